/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/xmlstring.h>

G_BEGIN_DECLS

/* Private to the reader of XML: tags as libxml2 hands them out, as text again. */

/* (transfer full): the value of an attribute, of its five pointers. */
char     *bal_import_xml_dup_attribute (const xmlChar **a);
/* "<name a="b">" */
void      bal_import_xml_append_start  (GString        *out,
                                        const xmlChar  *name,
                                        int             n_attributes,
                                        const xmlChar **attributes);
/* (transfer full): a start tag with its name spaces and without its attributes. */
char     *bal_import_xml_make_tag      (const xmlChar  *local,
                                        const xmlChar  *prefix,
                                        int             n_spaces,
                                        const xmlChar **spaces);
/* "<br></br>" would be two line breaks. */
gboolean  bal_import_xml_is_void       (const char     *name);

G_END_DECLS
