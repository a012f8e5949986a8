/* Another program: drag-source FILE ... shows a window from which they can be dragged. It prints its
 * X window's number once that is active, then a line as a drag begins, is accepted and ends. */
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <stdio.h>

#define SIDE 120

static void
say (const char *line)
{
  puts (line);
  fflush (stdout);
}

/* By what lies under the pointer. */
static void
on_selected (GdkDrag *drag)
{
  if (gdk_drag_get_selected_action (drag) != 0)
    say ("accepted");
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (on_selected), NULL);
  say ("begun");
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer data)
{
  say ("ended");
}

static GdkContentProvider *
make_content (char *const *paths)
{
  g_autoslist (GFile) files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  for (; *paths != NULL; paths++)
    files = g_slist_append (files, g_file_new_for_commandline_arg (*paths));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  return gdk_content_provider_new_for_value (&value);
}

static GtkEventController *
make_source (char *const *paths)
{
  g_autoptr (GdkContentProvider) content = make_content (paths);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_content (source, content);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), NULL);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), NULL);
  return GTK_EVENT_CONTROLLER (source);
}

/* The window manager has placed it by then. */
static void
on_active (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autofree char *line = NULL;

  if (!gtk_window_is_active (window))
    return;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  line = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
  G_GNUC_END_IGNORE_DEPRECATIONS
  say (line);
}

int
main (int argc, char *argv[])
{
  GtkWidget *window;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), SIDE, SIDE);
  gtk_widget_add_controller (window, make_source (argv + 1));
  g_signal_connect (window, "notify::is-active", G_CALLBACK (on_active), NULL);
  gtk_window_present (GTK_WINDOW (window));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
