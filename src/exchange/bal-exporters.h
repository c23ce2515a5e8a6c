/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-export-report.h"
#include "bal-exporter.h"

G_BEGIN_DECLS

/* Private to the exporters: the formats. Each has a line in the table of bal-exporter.c. */

#define BAL_TYPE_JSON_EXPORTER (bal_json_exporter_get_type ())
G_DECLARE_FINAL_TYPE (BalJsonExporter, bal_json_exporter, BAL, JSON_EXPORTER, BalExporter)
#define BAL_TYPE_LETTERBOXD_EXPORTER (bal_letterboxd_exporter_get_type ())
G_DECLARE_FINAL_TYPE (BalLetterboxdExporter, bal_letterboxd_exporter, BAL, LETTERBOXD_EXPORTER, BalExporter)
#define BAL_TYPE_MARKDOWN_EXPORTER (bal_markdown_exporter_get_type ())
G_DECLARE_FINAL_TYPE (BalMarkdownExporter, bal_markdown_exporter, BAL, MARKDOWN_EXPORTER, BalExporter)
#define BAL_TYPE_SITE_EXPORTER (bal_site_exporter_get_type ())
G_DECLARE_FINAL_TYPE (BalSiteExporter, bal_site_exporter, BAL, SITE_EXPORTER, BalExporter)

#define BAL_TYPE_WXR_EXPORTER (bal_wxr_exporter_get_type ())
G_DECLARE_FINAL_TYPE (BalWxrExporter, bal_wxr_exporter, BAL, WXR_EXPORTER, BalExporter)
#define BAL_TYPE_ATOM_EXPORTER (bal_atom_exporter_get_type ())
G_DECLARE_FINAL_TYPE (BalAtomExporter, bal_atom_exporter, BAL, ATOM_EXPORTER, BalExporter)

G_END_DECLS
