<?php /* SPDX-License-Identifier: GPL-3.0-or-later */ ?>
<?php if ( post_password_required() ) { return; } ?>
<section id="comments"><ol><?php wp_list_comments(); ?></ol><?php the_comments_pagination(); comment_form(); ?></section>
