#include "explorer-compare-saving.h"

#include <glib/gi18n.h>

#include "explorer-files.h"
#include "pisd-draw-save.h"

struct _ExplorerCompareSaving
{
  GtkWindow *window;
  ExplorerToasts *toasts;
  ExplorerSaver *saver;
  GtkNativeDialog *dialog; /* NULL: none is open */
};

/* What is written, by a thread. */
typedef struct
{
  PisdComparison *comparison;
  const PisdPalette *palette;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  pisd_comparison_free (content->comparison);
  g_free (content);
}

static gboolean
write_content (gpointer data, const char *path, GError **error)
{
  const Content *content = data;

  return pisd_draw_save_comparison (path, content->palette, content->comparison, error);
}

static void
on_saved (ExplorerCompareSaving *self, const char *name)
{
  g_autofree char *message = g_strdup_printf (_ ("Saved as %s"), name);

  explorer_toasts_show (self->toasts, message);
}

static void
on_failed (ExplorerCompareSaving *self, const char *message)
{
  explorer_toasts_show (self->toasts, message);
}

ExplorerCompareSaving *
explorer_compare_saving_new (GtkWindow *window, ExplorerToasts *toasts)
{
  ExplorerCompareSaving *self = g_new0 (ExplorerCompareSaving, 1);

  self->window = window;
  self->toasts = toasts;
  self->saver = explorer_saver_new ();
  g_signal_connect_swapped (self->saver, "saved", G_CALLBACK (on_saved), self);
  g_signal_connect_swapped (self->saver, "failed", G_CALLBACK (on_failed), self);
  return self;
}

static void
take_dialog (ExplorerCompareSaving *self, GtkNativeDialog *dialog)
{
  if (self->dialog != NULL)
    gtk_native_dialog_destroy (self->dialog);
  g_clear_object (&self->dialog);
  self->dialog = dialog;
}

void
explorer_compare_saving_free (ExplorerCompareSaving *self)
{
  if (self == NULL)
    return;
  take_dialog (self, NULL);
  g_signal_handlers_disconnect_by_data (self->saver, self);
  g_object_unref (self->saver); /* which goes when everything is written */
  g_free (self);
}

void
explorer_compare_saving_ask (ExplorerCompareSaving *self,
                             void (*chosen) (const char *path, gpointer window))
{
  static const char *const patterns[] = { "*.png", "*.svg", "*.pdf", NULL };

  take_dialog (self, explorer_files_ask (self->window, _ ("Save Picture"), _ ("methods.png"),
                                         patterns, chosen, self->window));
}

void
explorer_compare_saving_start (ExplorerCompareSaving *self,
                               ExplorerComparePicture *picture,
                               const PisdPalette *palette,
                               const char *path)
{
  g_autofree char *target = pisd_draw_save_dup_path (path);
  Content *content = g_new (Content, 1);

  *content = (Content){ explorer_compare_picture_dup (picture), palette };
  explorer_saver_save (self->saver, target, write_content, content, content_free, NULL);
}

ExplorerSaver *
explorer_compare_saving_get_saver (ExplorerCompareSaving *self)
{
  return self->saver;
}
