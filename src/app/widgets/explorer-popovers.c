#include "explorer-popovers.h"

#ifdef GDK_WINDOWING_X11

#include <gdk/x11/gdkx.h>

/* Where a surface begins on the screen. */
static void
get_origin (GdkSurface *surface, int *x, int *y)
{
  const int scale = gdk_surface_get_scale_factor (surface);
  Display *server;
  Window window, child;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  server = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  window = gdk_x11_surface_get_xid (surface);
  G_GNUC_END_IGNORE_DEPRECATIONS
  XTranslateCoordinates (server, window, DefaultRootWindow (server), 0, 0, x, y, &child);
  *x /= scale;
  *y /= scale;
}

/* Where a widget begins on the screen; FALSE where the display does not tell. */
static gboolean
get_place (GtkWidget *widget, int *x, int *y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native == NULL ? NULL : gtk_native_get_surface (native);
  double surface_x, surface_y, in_native_x, in_native_y;

  if (surface == NULL || !GDK_IS_X11_SURFACE (surface)
      || !gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), 0, 0, &in_native_x,
                                            &in_native_y))
    return FALSE;
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  get_origin (surface, x, y);
  *x += (int) (surface_x + in_native_x);
  *y += (int) (surface_y + in_native_y);
  return TRUE;
}

/* The bounds of the monitor that it lies on, or else of the last one; FALSE: it is out of sight. */
static gboolean
find_monitor (GtkWidget *widget, const GdkRectangle *place, GdkRectangle *bounds)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (widget));
  gboolean in_sight = FALSE;

  for (guint k = 0; k < g_list_model_get_n_items (monitors) && !in_sight; k++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, k);

      gdk_monitor_get_geometry (monitor, bounds);
      in_sight = gdk_rectangle_intersect (bounds, place, NULL);
    }
  return in_sight;
}

static int
bring_between (int place, int length, int start, int room)
{
  return MAX (start, MIN (place, start + room - length));
}

/* Moves the anchor, which is in coordinates of the parent; FALSE: it is in sight as it is. */
static gboolean
bring_into_sight (GtkWidget *parent, GdkRectangle *anchor)
{
  GdkRectangle place = { 0, 0, MAX (1, anchor->width), MAX (1, anchor->height) }, bounds;
  int x, y;

  if (!get_place (parent, &x, &y))
    return FALSE;
  place.x = x + anchor->x;
  place.y = y + anchor->y;
  if (find_monitor (parent, &place, &bounds))
    return FALSE;
  anchor->x = bring_between (place.x, place.width, bounds.x, bounds.width) - x;
  anchor->y = bring_between (place.y, place.height, bounds.y, bounds.height) - y;
  return TRUE;
}

static void
free_place (gpointer place, GClosure *closure)
{
  g_free (place);
}

static void
on_hide (GtkPopover *popover, GdkRectangle *before)
{
  gtk_popover_set_pointing_to (popover, before->width < 0 ? NULL : before);
  g_signal_handlers_disconnect_by_func (popover, on_hide, before);
}

static void
on_show (GtkWidget *widget)
{
  GtkPopover *popover = GTK_POPOVER (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GdkRectangle anchor, before = { .width = -1 };

  if (gtk_popover_get_pointing_to (popover, &anchor))
    before = anchor;
  if (parent != NULL && !gtk_widget_get_visible (widget) && bring_into_sight (parent, &anchor))
    {
      gtk_popover_set_pointing_to (popover, &anchor);
      g_signal_connect_data (popover, "hide", G_CALLBACK (on_hide),
                             g_memdup2 (&before, sizeof before), free_place, G_CONNECT_AFTER);
    }
  g_signal_chain_from_overridden_handler (widget);
}

void
explorer_popovers_watch (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_POPOVER)); /* without its class it has no signal */
  g_signal_override_class_handler ("show", GTK_TYPE_POPOVER, G_CALLBACK (on_show));
}

#else

void
explorer_popovers_watch (void)
{
}

#endif
