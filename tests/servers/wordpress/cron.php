<?php
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the events that are due, but for those that purge or look for updates. */
$skip = array( 'wp_version_check', 'wp_update_plugins', 'wp_update_themes', 'wp_https_detection', 'wp_scheduled_delete', 'wp_site_health_scheduled_check', 'do_pings' );
foreach ( (array) wp_get_ready_cron_jobs() as $ts => $hooks ) { foreach ( $hooks as $hook => $events ) { foreach ( $events as $e ) {
	if ( in_array( $hook, $skip, true ) ) { continue; }
	wp_unschedule_event( $ts, $hook, $e['args'] );
	do_action_ref_array( $hook, $e['args'] );
	echo "$hook ", wp_json_encode( $e['args'] ), "\n";
} } }
