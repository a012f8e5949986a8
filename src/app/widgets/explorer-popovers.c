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

#define KEY "explorer-anchor"

/* Of a popover that is open. */
typedef struct
{
  GdkRectangle own; /* the anchor that it was given; width -1: it is its parent */
  gboolean moved;   /* that one is out of sight, and another one stands for it */
} Anchor;

static void
get_own (GtkPopover *popover, Anchor *anchor)
{
  if (!gtk_popover_get_pointing_to (popover, &anchor->own))
    anchor->own.width = -1;
}

static GdkRectangle
get_bounds (const Anchor *anchor, GtkWidget *parent)
{
  if (anchor->own.width >= 0)
    return anchor->own;
  return (GdkRectangle){ 0, 0, gtk_widget_get_width (parent), gtk_widget_get_height (parent) };
}

/* Its window may have been moved: before a menu is placed anew by the frame to come. */
static void
place (GtkPopover *popover)
{
  Anchor *anchor = g_object_get_data (G_OBJECT (popover), KEY);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  GdkRectangle bounds, now;

  if (parent == NULL)
    return;
  if (!anchor->moved)
    get_own (popover, anchor);
  bounds = get_bounds (anchor, parent);
  if (bring_into_sight (parent, &bounds))
    {
      if (!gtk_popover_get_pointing_to (popover, &now) || !gdk_rectangle_equal (&now, &bounds))
        gtk_popover_set_pointing_to (popover, &bounds);
      anchor->moved = TRUE;
    }
  else if (anchor->moved)
    {
      gtk_popover_set_pointing_to (popover, anchor->own.width < 0 ? NULL : &anchor->own);
      anchor->moved = FALSE;
    }
}

static void
on_hide (GtkPopover *popover, GdkFrameClock *clock)
{
  const Anchor *anchor = g_object_get_data (G_OBJECT (popover), KEY);

  if (anchor->moved)
    gtk_popover_set_pointing_to (popover, anchor->own.width < 0 ? NULL : &anchor->own);
  g_signal_handlers_disconnect_by_func (clock, place, popover);
  g_signal_handlers_disconnect_by_func (popover, on_hide, clock);
  g_object_set_data (G_OBJECT (popover), KEY, NULL);
}

/* What cannot be seen has no focus: keys would go nowhere. */
static void
leave (GtkWidget *popover)
{
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  if (focus != NULL && !gtk_widget_get_mapped (popover) && gtk_widget_is_ancestor (focus, popover))
    gtk_root_set_focus (root, NULL);
}

/* Pages of a menu slide, and the focus with them, after it has closed. */
static void
watch_focus (GtkWidget *popover)
{
  GtkRoot *root = gtk_widget_get_root (popover);

  g_signal_handlers_disconnect_by_func (root, leave, popover);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (leave), popover,
                           G_CONNECT_SWAPPED);
  g_signal_handlers_disconnect_by_func (popover, leave, NULL);
  g_signal_connect_after (popover, "hide", G_CALLBACK (leave), NULL);
}

static void
on_show (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GdkFrameClock *clock = parent == NULL ? NULL : gtk_widget_get_frame_clock (parent);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    watch_focus (widget);
  if (clock != NULL && GDK_IS_X11_DISPLAY (gtk_widget_get_display (widget))
      && g_object_get_data (G_OBJECT (widget), KEY) == NULL)
    {
      g_object_set_data_full (G_OBJECT (widget), KEY, g_new0 (Anchor, 1), g_free);
      place (GTK_POPOVER (widget));
      g_signal_connect_object (clock, "before-paint", G_CALLBACK (place), widget,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (widget, "hide", G_CALLBACK (on_hide), clock, G_CONNECT_AFTER);
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
