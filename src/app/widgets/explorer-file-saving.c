#include "explorer-file-saving.h"

#include <glib/gi18n.h>

#include "explorer-files.h"
#include "pisd-draw-save.h"
#include "pisd-save.h"

struct _ExplorerFileSaving
{
  GtkWindow *window;
  ExplorerToasts *toasts;
  ExplorerSaver *saver;
  GtkNativeDialog *dialog; /* NULL: none is open */
};

static void
on_saved (ExplorerFileSaving *self, const char *name)
{
  g_autofree char *message = g_strdup_printf (_ ("Saved as %s"), name);

  explorer_toasts_show (self->toasts, message);
}

static void
on_failed (ExplorerFileSaving *self, const char *message)
{
  explorer_toasts_show (self->toasts, message);
}

ExplorerFileSaving *
explorer_file_saving_new (GtkWindow *window, ExplorerToasts *toasts)
{
  ExplorerFileSaving *self = g_new0 (ExplorerFileSaving, 1);

  self->window = window;
  self->toasts = toasts;
  self->saver = explorer_saver_new ();
  g_signal_connect_swapped (self->saver, "saved", G_CALLBACK (on_saved), self);
  g_signal_connect_swapped (self->saver, "failed", G_CALLBACK (on_failed), self);
  return self;
}

static void
take_dialog (ExplorerFileSaving *self, GtkNativeDialog *dialog)
{
  if (self->dialog != NULL)
    gtk_native_dialog_destroy (self->dialog);
  g_clear_object (&self->dialog);
  self->dialog = dialog;
}

void
explorer_file_saving_free (ExplorerFileSaving *self)
{
  if (self == NULL)
    return;
  take_dialog (self, NULL);
  g_signal_handlers_disconnect_by_data (self->saver, self);
  g_object_unref (self->saver); /* which goes when everything is written */
  g_free (self);
}

void
explorer_file_saving_ask (ExplorerFileSaving *self,
                          const char *title,
                          const char *name,
                          const char *const *patterns,
                          void (*chosen) (const char *path, gpointer window))
{
  take_dialog (self,
               explorer_files_ask (self->window, title, name, patterns, chosen, self->window));
}

void
explorer_file_saving_start (ExplorerFileSaving *self,
                            const char *path,
                            ExplorerWrite write,
                            gpointer content,
                            GDestroyNotify free)
{
  explorer_saver_save (self->saver, path, write, content, free, NULL);
}

static gboolean
write_bytes (gpointer data, const char *path, GError **error)
{
  GBytes *bytes = data;

  return pisd_save_bytes (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static void
free_bytes (gpointer data)
{
  g_bytes_unref (data);
}

void
explorer_file_saving_start_bytes (ExplorerFileSaving *self, const char *path, GBytes *bytes)
{
  explorer_file_saving_start (self, path, write_bytes, bytes, free_bytes);
}

gboolean
explorer_file_saving_is_table (const char *path)
{
  static const char *const endings[] = { ".csv", NULL };

  return pisd_draw_find_ending (path, endings, NULL) == 0;
}

ExplorerSaver *
explorer_file_saving_get_saver (ExplorerFileSaving *self)
{
  return self->saver;
}
