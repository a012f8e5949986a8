#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-palette.h"
#include "pisd-draw-save.h"

gboolean
explorer_window_open (ExplorerWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  gboolean success;

  g_return_val_if_fail (EXPLORER_IS_WINDOW (self) && path != NULL, FALSE);
  success = explorer_files_open (self->session, path, &error);
  if (error != NULL)
    explorer_window_show_toast (self, error->message);
  return success;
}

gboolean
explorer_window_save (ExplorerWindow *self, ExplorerExport kind, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target =
      kind == EXPLORER_EXPORT_PICTURE ? pisd_draw_save_dup_path (path) : g_strdup (path);
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *message = NULL;
  gboolean success;

  g_return_val_if_fail (EXPLORER_IS_WINDOW (self), FALSE);
  success = explorer_export_save (kind, self->session, EXPLORER_VIEW_GRID (self->grid),
                                  EXPLORER_TIMELINE (self->timeline), explorer_palette_get (),
                                  target, &error);
  message = success ? g_strdup_printf (_ ("Saved as %s"), name) : g_strdup (error->message);
  explorer_window_show_toast (self, message);
  return success;
}

static void
on_open_chosen (const char *path, gpointer data)
{
  explorer_window_open (data, path);
}

static void
on_save_chosen (const char *path, gpointer data)
{
  ExplorerWindow *self = data;

  explorer_window_save (self, self->dialog_kind, path);
}

void
explorer_window_take_dialog (ExplorerWindow *self, GtkNativeDialog *dialog)
{
  if (self->dialog != NULL)
    gtk_native_dialog_destroy (self->dialog);
  g_clear_object (&self->dialog);
  self->dialog = dialog;
}

void
explorer_window_ask_open (ExplorerWindow *self, guint kind)
{
  explorer_window_take_dialog (
      self, explorer_files_ask (GTK_WINDOW (self), explorer_files_get_title (kind), NULL,
                                pisd_file_kind_get_patterns (kind), on_open_chosen, self));
}

void
explorer_window_ask_save (ExplorerWindow *self, guint kind)
{
  self->dialog_kind = kind;
  explorer_window_take_dialog (
      self, explorer_files_ask (GTK_WINDOW (self), explorer_export_get_title (kind),
                                explorer_export_get_name (kind),
                                explorer_export_get_patterns (kind), on_save_chosen, self));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  ExplorerWindow *self = data;
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  gboolean success = FALSE;

  for (GSList *link = files; link != NULL; link = link->next)
    {
      const char *path = g_file_peek_path (link->data);

      if (path != NULL)
        success = explorer_window_open (self, path) || success;
    }
  return success;
}

void
explorer_window_add_drop_target (ExplorerWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
