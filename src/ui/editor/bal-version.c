/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-version.h"

#include <glib/gi18n.h>

struct _BalVersion
{
  GObject          parent_instance;

  gint64           id;
  gint64           created;
  BalRevisionKind  kind;
  gint64           older_id;
  char            *counts;    /* NULL: not counted */
};

enum
{
  PROP_0,
  PROP_TIME,
  PROP_WHAT,
  PROP_COUNTS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalVersion, bal_version, G_TYPE_OBJECT)

static char *
dup_time (BalVersion *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (self->created);
  g_autoptr(GDateTime) yesterday = g_date_time_add_days (now, -1);

  if (self->id == 0)
    return g_strdup (_("Now"));
  if (time == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (time) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today; see g_date_time_format() */
    return g_date_time_format (time, _("Today, %H:%M"));
  if (g_date_time_get_year (time) == g_date_time_get_year (yesterday) &&
      g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (yesterday))
    /* Translators: a time of yesterday; see g_date_time_format() */
    return g_date_time_format (time, _("Yesterday, %H:%M"));
  /* Translators: a date and time such as "3 May 2021, 18:04"; see g_date_time_format() */
  return g_date_time_format (time, _("%-d %b %Y, %H:%M"));
}

static const char *
get_what (BalVersion *self)
{
  if (self->id == 0)
    return _("The present version");
  switch (self->kind)
    {
    case BAL_REVISION_REMOTE:
      return _("Before a change on the blog");
    case BAL_REVISION_SENT:
      return _("As it was sent to the blog");
    case BAL_REVISION_CONFLICT:
      return _("Not taken in a conflict");
    case BAL_REVISION_DELETED:
      return _("Before it was deleted");
    case BAL_REVISION_RESTORED:
      return _("Before restoring");
    case BAL_REVISION_EDIT:
    default:
      return _("Before an edit here");
    }
}

static void
bal_version_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BalVersion *self = BAL_VERSION (object);

  switch (prop_id)
    {
    case PROP_TIME:
      g_value_take_string (value, dup_time (self));
      break;
    case PROP_WHAT:
      g_value_set_string (value, get_what (self));
      break;
    case PROP_COUNTS:
      g_value_set_string (value, self->counts != NULL ? self->counts : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_version_finalize (GObject *object)
{
  g_free (BAL_VERSION (object)->counts);
  G_OBJECT_CLASS (bal_version_parent_class)->finalize (object);
}

static void
bal_version_class_init (BalVersionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = bal_version_finalize;
  object_class->get_property = bal_version_get_property;

  properties[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WHAT] = g_param_spec_string ("what", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNTS] = g_param_spec_string ("counts", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bal_version_init (BalVersion *self)
{
}

BalVersion *
bal_version_new (gint64          id,
                 gint64          created,
                 BalRevisionKind kind)
{
  BalVersion *self = g_object_new (BAL_TYPE_VERSION, NULL);

  self->id = id;
  self->created = created;
  self->kind = kind;
  self->older_id = -1;
  return self;
}

gint64
bal_version_get_id (BalVersion *self)
{
  g_return_val_if_fail (BAL_IS_VERSION (self), 0);

  return self->id;
}

gboolean
bal_version_set_older (BalVersion *self,
                       gint64      older_id)
{
  g_return_val_if_fail (BAL_IS_VERSION (self), FALSE);

  if (self->older_id == older_id)
    return FALSE;
  self->older_id = older_id;
  g_clear_pointer (&self->counts, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTS]);
  return TRUE;
}

gint64
bal_version_get_older (BalVersion *self)
{
  g_return_val_if_fail (BAL_IS_VERSION (self), -1);

  return self->older_id;
}

void
bal_version_set_counts (BalVersion *self,
                        guint       n_added,
                        guint       n_removed)
{
  g_autofree char *counts = NULL;

  g_return_if_fail (BAL_IS_VERSION (self));

  if (self->older_id < 0)
    counts = g_strdup_printf (ngettext ("%u word", "%u words", n_added), n_added);
  else if (n_added > 0 && n_removed > 0)
    /* Translators: so many words came in, so many went out */
    counts = g_strdup_printf (_("+%u −%u words"), n_added, n_removed);
  else if (n_added > 0)
    counts = g_strdup_printf (ngettext ("+%u word", "+%u words", n_added), n_added);
  else if (n_removed > 0)
    counts = g_strdup_printf (ngettext ("−%u word", "−%u words", n_removed), n_removed);
  else
    counts = g_strdup (_("The same words"));

  if (g_strcmp0 (self->counts, counts) == 0)
    return;
  g_free (self->counts);
  self->counts = g_steal_pointer (&counts);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTS]);
}

gboolean
bal_version_is_counted (BalVersion *self)
{
  g_return_val_if_fail (BAL_IS_VERSION (self), FALSE);

  return self->counts != NULL;
}
