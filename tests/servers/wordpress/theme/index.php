<?php /* SPDX-License-Identifier: GPL-3.0-or-later */ ?>
<!doctype html><html <?php language_attributes(); ?>><head><meta charset="<?php bloginfo( 'charset' ); ?>"><?php wp_head(); ?></head>
<body <?php body_class(); ?>><?php wp_body_open(); ?><h1><a href="<?php echo esc_url( home_url( '/' ) ); ?>"><?php bloginfo( 'name' ); ?></a></h1>
<?php while ( have_posts() ) : the_post(); ?>
<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>><h2><a href="<?php the_permalink(); ?>"><?php the_title(); ?></a></h2>
<p><?php echo esc_html( get_the_date() . ', ' . get_the_author() ); ?> <?php the_category( ', ' ); ?></p>
<?php the_content(); wp_link_pages(); if ( is_singular() ) { comments_template(); } ?></article>
<?php endwhile; the_posts_pagination(); wp_footer(); ?></body></html>
