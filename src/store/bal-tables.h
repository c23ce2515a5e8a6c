/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of the store, for the work that bal_store_read() and bal_store_write() run. */

#include "bal-blog-table.h"
#include "bal-comment-table.h"
#include "bal-cursor-table.h"
#include "bal-filter-table.h"
#include "bal-media-table.h"
#include "bal-person-table.h"
#include "bal-reply-draft-table.h"
#include "bal-review-table.h"
#include "bal-revision-table.h"
#include "bal-snippet-table.h"
#include "bal-spam-table.h"
