/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-comment.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * bal_avatars_follow:
 * @store: an open store; all who show its comments share what was loaded
 * @avatar: shows the initials of who wrote @comment
 * @comment: a comment, which may still be read
 *
 * Shows the picture that the comment's author has deposited with the service of the settings, if the settings allow to ask
 * it (`load-portraits`), the comment has an e-mail address, and the network is there; the initials otherwise. It follows the
 * settings and the comment until @avatar goes.
 */
void bal_avatars_follow (BalStore   *store,
                         AdwAvatar  *avatar,
                         BalComment *comment);

G_END_DECLS
