<?php
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Installs WordPress into an instance's empty database and prints its users as shell variables. */
define( 'WP_INSTALLING', true );
$_SERVER += array( 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1' );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
function pw() { return substr( strtr( base64_encode( random_bytes( 18 ) ), '+/', 'xy' ), 0, 20 ); }
$admin_pw = pw();
wp_install( 'The Last Reel', 'critic', 'critic@example.org', true, '', $admin_pw );
foreach ( array( 'posts', 'postmeta', 'comments', 'commentmeta', 'term_relationships' ) as $t ) {
	$wpdb->query( "TRUNCATE TABLE {$wpdb->$t}" );
}
$wpdb->query( "UPDATE {$wpdb->term_taxonomy} SET count = 0" );
foreach ( array(
	'permalink_structure' => '/%year%/%monthnum%/%postname%/', 'timezone_string' => getenv( 'WP_TIMEZONE' ) ?: 'America/New_York', 'gmt_offset' => '',
	'template' => 'plain', 'stylesheet' => 'plain', 'current_theme' => 'Plain', 'blogdescription' => 'Film reviews since 2008',
	'comment_moderation' => '0', 'comment_previously_approved' => '0', 'comment_max_links' => '0', 'comments_notify' => '0', 'moderation_notify' => '0',
	'require_name_email' => '1', 'comment_registration' => '0', 'close_comments_for_old_posts' => '0', 'thread_comments' => '1', 'thread_comments_depth' => '5',
	'default_ping_status' => 'closed', 'default_pingback_flag' => '0', 'blog_public' => '0', 'active_plugins' => array(),
	'sidebars_widgets' => array( 'wp_inactive_widgets' => array(), 'array_version' => 3 ), 'fresh_site' => '0', 'finished_updating_comment_type' => '1',
) as $k => $v ) { update_option( $k, $v ); }
$cron = _get_cron_array();
_set_cron_array( array() );
$env = array();
$make = function ( $prefix, $login, $role, $name ) use ( &$env, $admin_pw ) {
	if ( 'critic' === $login ) {
		$id = get_user_by( 'login', $login )->ID; $password = $admin_pw;
		wp_update_user( array( 'ID' => $id, 'display_name' => $name, 'nickname' => $name, 'first_name' => 'Ada', 'last_name' => 'Quill' ) );
	} else {
		$password = pw();
		$id = wp_insert_user( array( 'user_login' => $login, 'user_pass' => $password, 'user_email' => "$login@example.org", 'role' => $role, 'display_name' => $name, 'nickname' => $name ) );
		if ( is_wp_error( $id ) ) { fwrite( STDERR, $id->get_error_message() . "\n" ); exit( 1 ); }
	}
	list( $app, $item ) = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'wordpress-server' ) );
	$env[ "{$prefix}_USER" ] = $login; $env[ "{$prefix}_USER_ID" ] = $id; $env[ "{$prefix}_PASSWORD" ] = $password; $env[ "{$prefix}_APP_PASSWORD" ] = $app;
};
$make( 'WP', 'critic', 'administrator', 'Ada Quill' );
$make( 'WP_EDITOR', 'editor', 'editor', 'Émile Noir' );
$make( 'WP_AUTHOR', 'author', 'author', "Rosa D'Angelo" );
$make( 'WP_CONTRIBUTOR', 'contributor', 'contributor', 'Kenji Mori' );
$make( 'WP_SUBSCRIBER', 'reader', 'subscriber', 'Ines Lopes' );
require_once ABSPATH . 'wp-admin/includes/misc.php';
$GLOBALS['wp_rewrite']->init(); flush_rewrite_rules( false );
$env['WP_APP_PASSWORD_SPACED'] = WP_Application_Passwords::chunk_password( $env['WP_APP_PASSWORD'] );
$env['WP_VERSION'] = $wp_version;
foreach ( $env as $k => $v ) { echo "$k='", str_replace( "'", "'\\''", $v ), "'\n"; }
