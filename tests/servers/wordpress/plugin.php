<?php
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test instance: no mail, no surprise purges, switches in DIR/flag. */
function wordpress_server_flag( $name ) {
	$f = WORDPRESS_SERVER_DIR . '/flag/' . $name;
	return file_exists( $f ) ? ( trim( (string) file_get_contents( $f ) ) ?: '1' ) : '';
}
add_filter( 'pre_wp_mail', function ( $null, $atts ) {
	file_put_contents( WORDPRESS_SERVER_DIR . '/log/mail.log', wp_json_encode( array( 'to' => $atts['to'], 'subject' => $atts['subject'] ) ) . "\n", FILE_APPEND | LOCK_EX );
	return true;
}, 10, 2 );
add_action( 'init', function () {
	if ( ! wordpress_server_flag( 'flood' ) ) { remove_filter( 'comment_flood_filter', 'wp_throttle_comment_flood', 10 ); }
	remove_action( 'wp_scheduled_delete', 'wp_scheduled_delete' ); // seeded trash is old: do not purge it
	remove_action( 'init', 'wp_schedule_update_checks' );
}, 1 );
add_filter( 'pre_option_comment_moderation', function ( $v ) { return wordpress_server_flag( 'moderate' ) ? '1' : $v; } );
add_filter( 'wp_is_application_passwords_available', function ( $v ) { return wordpress_server_flag( 'no-app-passwords' ) ? false : $v; } );
add_filter( 'xmlrpc_enabled', function ( $v ) { return wordpress_server_flag( 'no-xmlrpc' ) ? false : $v; } );
// Embeds without the internet: what YouTube answers, more or less; other providers answer nothing.
add_filter( 'pre_oembed_result', function ( $null, $url ) {
	if ( ! preg_match( '~youtu(?:be\.com/watch\?v=|\.be/)([\w-]{5,})~', $url, $m ) ) { return false; }
	return '<iframe title="Trailer" width="500" height="281" src="https://www.youtube.com/embed/' . $m[1] . '?feature=oembed" frameborder="0" allowfullscreen></iframe>';
}, 10, 2 );
foreach ( array( 'core', 'plugins', 'themes' ) as $what ) {
	add_filter( 'pre_site_transient_update_' . $what, function () {
		return (object) array( 'last_checked' => time(), 'updates' => array(), 'response' => array(), 'version_checked' => $GLOBALS['wp_version'] );
	} );
}
add_filter( 'rest_pre_serve_request', function ( $served, $result, $request ) {
	$f = WORDPRESS_SERVER_DIR . '/flag/lose-response';
	if ( 'GET' === $request->get_method() || ! file_exists( $f ) ) { return $served; }
	$n = trim( (string) file_get_contents( $f ) );
	if ( '' !== $n ) { (int) $n > 1 ? file_put_contents( $f, (int) $n - 1 ) : unlink( $f ); }
	status_header( 504 );
	header( 'Content-Type: text/html; charset=UTF-8' );
	echo '<html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>';
	return true;
}, 1, 3 );
add_action( 'parse_request', function () {
	if ( empty( $GLOBALS['wp']->query_vars['rest_route'] ) ) { return; }
	if ( $ms = (int) wordpress_server_flag( 'delay-ms' ) ) { usleep( $ms * 1000 ); }
	if ( $st = (int) wordpress_server_flag( 'fail-status' ) ) {
		status_header( $st );
		header( 'Content-Type: text/html; charset=UTF-8' );
		if ( 429 === $st || 503 === $st ) { header( 'Retry-After: 2' ); }
		echo "<html><head><title>$st</title></head><body><h1>$st</h1></body></html>";
		exit;
	}
}, 1 );
