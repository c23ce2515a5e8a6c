<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs WordPress's own importer (the plugin in folder $argv[1]) over the file $argv[2], as an administrator does in the
// browser, and prints as JSON what is in the site then.
define('WP_LOAD_IMPORTERS', true);
foreach (['import', 'post', 'taxonomy', 'comment', 'class-wp-importer'] as $part)
  require_once ABSPATH . "wp-admin/includes/$part.php";
require_once $argv[1] . '/wordpress-importer.php';
require_once $argv[1] . '/class-wp-import.php';

wp_set_current_user(1);
kses_remove_filters();
ob_start();
$import = new WP_Import();
$import->fetch_attachments = false;
$import->import($argv[2]);
$said = ob_get_clean();

global $wpdb;
$posts = [];
foreach (get_posts(['post_type' => 'post', 'post_status' => ['publish', 'future', 'draft', 'private', 'trash'],
                    'numberposts' => -1, 'orderby' => 'ID', 'order' => 'ASC']) as $post) {
  $comments = $wpdb->get_results($wpdb->prepare("SELECT * FROM $wpdb->comments WHERE comment_post_ID = %d ORDER BY comment_ID",
                                                $post->ID), ARRAY_A);
  $posts[] = ['post' => $post->to_array(), 'comments' => $comments,
              'tags' => wp_get_post_terms($post->ID, 'post_tag', ['fields' => 'names']),
              'categories' => wp_get_post_terms($post->ID, 'category', ['fields' => 'names']),
              'meta' => array_map(fn($values) => $values[0], get_post_meta($post->ID))];
}
echo json_encode(['said' => $said, 'posts' => $posts], JSON_INVALID_UTF8_SUBSTITUTE), "\n";
