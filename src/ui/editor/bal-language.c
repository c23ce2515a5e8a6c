/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-language.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *code;
  const char *name;
} Name;

/* What dictionaries there are for. Names as ISO 639 and 3166 have them: where iso-codes is
 * installed, its translations are found by them. */
static const Name languages[] = {
  { "af", "Afrikaans" }, { "an", "Aragonese" }, { "ar", "Arabic" }, { "be", "Belarusian" },
  { "bg", "Bulgarian" }, { "bn", "Bengali" }, { "br", "Breton" }, { "bs", "Bosnian" },
  { "ca", "Catalan; Valencian" }, { "cs", "Czech" }, { "cy", "Welsh" }, { "da", "Danish" },
  { "de", "German" }, { "el", "Greek, Modern (1453-)" }, { "en", "English" }, { "eo", "Esperanto" },
  { "es", "Spanish; Castilian" }, { "et", "Estonian" }, { "eu", "Basque" }, { "fa", "Persian" },
  { "fi", "Finnish" }, { "fo", "Faroese" }, { "fr", "French" }, { "ga", "Irish" },
  { "gd", "Gaelic; Scottish Gaelic" }, { "gl", "Galician" }, { "gu", "Gujarati" }, { "he", "Hebrew" },
  { "hi", "Hindi" }, { "hr", "Croatian" }, { "hu", "Hungarian" }, { "hy", "Armenian" },
  { "id", "Indonesian" }, { "is", "Icelandic" }, { "it", "Italian" }, { "ka", "Georgian" },
  { "kk", "Kazakh" }, { "ko", "Korean" }, { "ku", "Kurdish" }, { "lo", "Lao" }, { "lt", "Lithuanian" },
  { "lv", "Latvian" }, { "mk", "Macedonian" }, { "ml", "Malayalam" }, { "mn", "Mongolian" },
  { "ms", "Malay" }, { "mt", "Maltese" }, { "nb", "Bokmål, Norwegian; Norwegian Bokmål" },
  { "ne", "Nepali" }, { "nl", "Dutch; Flemish" }, { "nn", "Norwegian Nynorsk; Nynorsk, Norwegian" },
  { "oc", "Occitan (post 1500); Provençal" }, { "pl", "Polish" }, { "pt", "Portuguese" },
  { "ro", "Romanian; Moldavian; Moldovan" }, { "ru", "Russian" }, { "si", "Sinhala; Sinhalese" },
  { "sk", "Slovak" }, { "sl", "Slovenian" }, { "sq", "Albanian" }, { "sr", "Serbian" },
  { "sv", "Swedish" }, { "sw", "Swahili" }, { "ta", "Tamil" }, { "te", "Telugu" }, { "th", "Thai" },
  { "tl", "Tagalog" }, { "tr", "Turkish" }, { "uk", "Ukrainian" }, { "uz", "Uzbek" },
  { "vi", "Vietnamese" },
};

static const Name places[] = {
  { "AR", "Argentina" }, { "AT", "Austria" }, { "AU", "Australia" }, { "BE", "Belgium" },
  { "BO", "Bolivia, Plurinational State of" }, { "BR", "Brazil" }, { "BY", "Belarus" },
  { "CA", "Canada" }, { "CH", "Switzerland" }, { "CL", "Chile" }, { "CN", "China" },
  { "CO", "Colombia" }, { "CR", "Costa Rica" }, { "CU", "Cuba" }, { "CZ", "Czechia" },
  { "DE", "Germany" }, { "DK", "Denmark" }, { "DO", "Dominican Republic" }, { "EC", "Ecuador" },
  { "ES", "Spain" }, { "FI", "Finland" }, { "FR", "France" }, { "GB", "United Kingdom" },
  { "GR", "Greece" }, { "GT", "Guatemala" }, { "HN", "Honduras" }, { "IE", "Ireland" },
  { "IN", "India" }, { "IT", "Italy" }, { "LI", "Liechtenstein" }, { "LU", "Luxembourg" },
  { "MX", "Mexico" }, { "NI", "Nicaragua" }, { "NL", "Netherlands" }, { "NO", "Norway" },
  { "NZ", "New Zealand" }, { "PA", "Panama" }, { "PE", "Peru" }, { "PH", "Philippines" },
  { "PR", "Puerto Rico" }, { "PT", "Portugal" }, { "PY", "Paraguay" }, { "RO", "Romania" },
  { "RU", "Russian Federation" }, { "SE", "Sweden" }, { "SV", "El Salvador" },
  { "TT", "Trinidad and Tobago" }, { "UA", "Ukraine" }, { "US", "United States" }, { "UY", "Uruguay" },
  { "VE", "Venezuela, Bolivarian Republic of" }, { "ZA", "South Africa" },
};

static const char *
find_name (const Name *names,
           gsize       n_names,
           const char *code)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_ascii_strcasecmp (names[i].code, code) == 0)
      return names[i].name;
  return NULL;
}

/* "Spanish; Castilian" and "Greek, Modern (1453-)" say more than a menu has room for. */
static char *
translate (const char *domain,
           const char *name)
{
  const char *translated;

  bind_textdomain_codeset (domain, "UTF-8");
  translated = g_dgettext (domain, name);
  return g_strchomp (g_strndup (translated, strcspn (translated, ";,(")));
}

char *
bal_language_get_name (const char *tag)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *language = NULL;
  g_autofree char *place = NULL;
  const char *language_name, *place_name;

  g_return_val_if_fail (tag != NULL, NULL);

  parts = g_strsplit (tag, "_", 2);
  language_name = parts[0] != NULL ? find_name (languages, G_N_ELEMENTS (languages), parts[0]) : NULL;
  if (language_name == NULL)
    return g_strdup (tag);
  language = translate ("iso_639-2", language_name);
  if (parts[1] == NULL)
    return g_steal_pointer (&language);

  place_name = find_name (places, G_N_ELEMENTS (places), parts[1]);
  place = place_name != NULL ? translate ("iso_3166-1", place_name) : g_strdup (parts[1]);
  /* Translators: a language and where it is spoken so: English (United States) */
  return g_strdup_printf (_("%s (%s)"), language, place);
}
