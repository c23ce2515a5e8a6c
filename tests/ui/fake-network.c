/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-network.h"

static GNetworkConnectivity now = G_NETWORK_CONNECTIVITY_FULL;

typedef struct
{
  GObject parent_instance;
} FakeNetwork;

typedef struct
{
  GObjectClass parent_class;
} FakeNetworkClass;

enum { PROP_0, PROP_AVAILABLE, PROP_METERED, PROP_CONNECTIVITY };

static gboolean
fake_network_init_now (GInitable     *initable,
                       GCancellable  *cancellable,
                       GError       **error)
{
  return TRUE;
}

static void
fake_network_initable_init (GInitableIface *iface)
{
  iface->init = fake_network_init_now;
}

static void
fake_network_monitor_init (GNetworkMonitorInterface *iface)
{
}

GType fake_network_get_type (void);

G_DEFINE_TYPE_WITH_CODE (FakeNetwork, fake_network, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, fake_network_initable_init)
                         G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, fake_network_monitor_init))

static void
fake_network_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_AVAILABLE)
    g_value_set_boolean (value, now != G_NETWORK_CONNECTIVITY_LOCAL);
  else if (prop_id == PROP_METERED)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_enum (value, (int) now);
}

static void
fake_network_class_init (FakeNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fake_network_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
fake_network_init (FakeNetwork *self)
{
}

void
fake_network_install (void)
{
  g_setenv ("GIO_USE_NETWORK_MONITOR", "fake", TRUE);
  g_io_extension_point_register (G_NETWORK_MONITOR_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, fake_network_get_type (), "fake", 1000);
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (g_network_monitor_get_default (), fake_network_get_type ()));
}

/* As with NetworkManager: first the routes change, then it tells where they lead. */
void
fake_network_set (GNetworkConnectivity connectivity)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  g_signal_emit_by_name (monitor, "network-changed", now != G_NETWORK_CONNECTIVITY_LOCAL);
  now = connectivity;
  g_object_notify (G_OBJECT (monitor), "network-available");
  g_object_notify (G_OBJECT (monitor), "connectivity");
}
