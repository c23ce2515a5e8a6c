/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block-private.h"
#include "bal-document.h"

G_BEGIN_DECLS

/* (transfer full): reads @bytes as @dialect, whatever they show. */
BalDocument *bal_document_new_in_dialect (GBytes      *bytes,
                                          BalDialect   dialect);
/* (transfer none): the container of all blocks. */
BalBlock    *bal_document_get_root       (BalDocument *self);

G_END_DECLS
