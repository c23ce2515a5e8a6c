<?php
/* SPDX-License-Identifier: GPL-3.0-or-later */
add_theme_support( 'title-tag' );
add_theme_support( 'post-thumbnails' );
add_theme_support( 'automatic-feed-links' );
add_theme_support( 'html5', array( 'comment-form', 'comment-list', 'caption', 'gallery' ) );
