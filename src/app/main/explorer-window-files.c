#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-name-line.h"
#include "explorer-palette.h"
#include "explorer-reading.h"

/* Milliseconds: what takes no longer is not worth a word. */
#define SILENT 200

void
explorer_window_open (ExplorerWindow *self, const char *const *paths)
{
  g_return_if_fail (EXPLORER_IS_WINDOW (self) && paths != NULL);
  explorer_loader_open (self->loader, paths);
}

/* What is read first: Esc stops it. */
static void
show_file (ExplorerWindow *self)
{
  explorer_name_line_show_file (EXPLORER_NAME_LINE (self->name_line),
                                explorer_loader_get_reading (self->loader),
                                explorer_saver_get_writing (self->saver));
}

static gboolean
on_long (gpointer data)
{
  ExplorerWindow *self = data;

  self->file_delay = 0;
  show_file (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_busy (ExplorerWindow *self)
{
  return explorer_loader_get_reading (self->loader) != NULL
         || explorer_saver_get_writing (self->saver) != NULL;
}

static void
on_file (ExplorerWindow *self)
{
  g_clear_handle_id (&self->file_delay, g_source_remove);
  if (is_busy (self))
    self->file_delay = g_timeout_add (SILENT, on_long, self);
  else
    show_file (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    explorer_window_run_first (self);
}

void
explorer_window_run_first (ExplorerWindow *self)
{
  if (self->has_run || explorer_loader_get_reading (self->loader) != NULL)
    return;
  self->has_run = TRUE;
  explorer_session_run (self->session, explorer_window_get_pace (self));
}

static gboolean
write_saving (gpointer saving, const char *path, GError **error)
{
  return explorer_saving_write (saving, path, error);
}

static void
free_saving (gpointer saving)
{
  explorer_saving_free (saving);
}

/* As the preferences have it: its width, 0 where its panels choose it, and pixels an inch. */
static PisdPaper
get_paper (ExplorerWindow *self)
{
  const int millimetres = explorer_preferences_get (self->preferences, "picture-width");
  const int dpi = explorer_preferences_get (self->preferences, "picture-dpi");

  return (PisdPaper){ .width = millimetres * 72.0 / 25.4, .dpi = dpi };
}

void
explorer_window_save (ExplorerWindow *self, ExplorerExport kind, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = explorer_export_dup_path (kind, path);
  const PisdPaper paper = get_paper (self);
  ExplorerSaving *saving;

  g_return_if_fail (EXPLORER_IS_WINDOW (self));
  saving =
      explorer_saving_new (kind, self->session, EXPLORER_VIEW_GRID (self->grid),
                           EXPLORER_TIMELINE (self->timeline), explorer_palette_get (), &error);
  if (saving == NULL)
    {
      explorer_window_show_toast (self, error->message);
      return;
    }
  explorer_saving_set_paper (saving, &paper);
  explorer_saver_save (self->saver, target, write_saving, saving, free_saving,
                       explorer_saving_get_cancel (saving));
}

static void
on_saved (ExplorerWindow *self, const char *name)
{
  g_autofree char *message = g_strdup_printf (_ ("Saved as %s"), name);

  explorer_window_show_toast (self, message);
}

static void
on_answered (ExplorerWindow *self, gpointer reading)
{
  explorer_loader_answer (self->loader, reading);
}

/* There is one, or none any more. */
static void
on_question (ExplorerWindow *self)
{
  PisdFileQuestion *question = explorer_loader_get_question (self->loader);
  GtkWidget *reading;

  if (self->reading != NULL)
    gtk_window_destroy (GTK_WINDOW (self->reading));
  if (question == NULL)
    return;
  reading = explorer_reading_new (GTK_WINDOW (self), question);
  g_set_weak_pointer (&self->reading, reading);
  g_signal_connect_object (reading, "answered", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (reading));
}

void
explorer_window_connect_files (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->loader, "failed", G_CALLBACK (explorer_window_show_toast) },
    { self->loader, "warned", G_CALLBACK (explorer_window_show_toast) },
    { self->loader, "notify::reading", G_CALLBACK (on_file) },
    { self->loader, "question", G_CALLBACK (on_question) },
    { self->saver, "failed", G_CALLBACK (explorer_window_show_toast) },
    { self->saver, "saved", G_CALLBACK (on_saved) },
    { self->saver, "notify::writing", G_CALLBACK (on_file) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
}

static void
on_open_chosen (const char *path, gpointer data)
{
  const char *const paths[] = { path, NULL };

  explorer_window_open (data, paths);
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

/* A page's picture has an address and no path. */
static void
say_elsewhere (ExplorerWindow *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *message = g_strdup_printf (
      /* Translators: %s is an address, such as https://example.org/f.png */
      _ ("%s: got an address, expected a file on this machine: save it to one first"), uri);

  explorer_window_show_toast (self, message);
}

gboolean
explorer_window_open_files (ExplorerWindow *self, GFile *const *files, guint n)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_return_val_if_fail (EXPLORER_IS_WINDOW (self), FALSE);
  for (guint k = 0; k < n; k++)
    if (g_file_peek_path (files[k]) != NULL)
      g_ptr_array_add (paths, (char *) g_file_peek_path (files[k]));
    else
      say_elsewhere (self, files[k]);
  g_ptr_array_add (paths, NULL);
  if (paths->len > 1)
    explorer_window_open (self, (const char *const *) paths->pdata);
  return paths->len > 1;
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *link = list; link != NULL; link = link->next)
    g_ptr_array_add (files, link->data);
  return explorer_window_open_files (data, (GFile *const *) files->pdata, files->len);
}

void
explorer_window_add_drop_target (ExplorerWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
