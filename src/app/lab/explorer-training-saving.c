#include "explorer-training-private.h"

#include <string.h>

#include "explorer-palette.h"
#include "pisd-draw-save.h"

/* What is written, by a thread: copies. */
typedef struct
{
  PisdRegressionRuns *runs;
  GPtrArray *logs;
  PisdTrainingLook *look;
  char *caption;
  const PisdPalette *palette;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  pisd_training_look_free (content->look);
  pisd_regression_runs_free (content->runs);
  g_ptr_array_unref (content->logs);
  g_free (content->caption);
  g_free (content);
}

static gboolean
write_figure (gpointer data, const char *path, GError **error)
{
  const Content *content = data;
  PisdTrainingFigure figure = { .caption = content->caption };

  pisd_training_look_update (content->look,
                             (const PisdRegressionLog *const *) content->logs->pdata);
  figure.courses = pisd_training_look_get_courses (content->look);
  figure.function = pisd_training_look_get_function (content->look);
  figure.panels = pisd_training_look_get_panels (content->look);
  return pisd_draw_save_training (path, content->palette, &figure, error);
}

static Content *
dup_figure (ExplorerTraining *self)
{
  Content *content = g_new0 (Content, 1);
  const guint watched = adw_combo_row_get_selected (ADW_COMBO_ROW (self->watched));
  guint wrong;

  content->runs = explorer_training_setup_make (self->ran, &wrong, NULL);
  content->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_regression_log_free);
  for (guint k = 0; k < self->logs->len; k++)
    g_ptr_array_add (content->logs, pisd_regression_log_dup (g_ptr_array_index (self->logs, k)));
  content->look = pisd_training_look_new (content->runs);
  pisd_training_look_watch (content->look, watched < self->logs->len ? watched : 0);
  pisd_training_look_set_logarithmic (content->look,
                                      gtk_switch_get_active (GTK_SWITCH (self->logarithmic)));
  pisd_training_look_set_flags (content->look, self->flags->len,
                                (const double *) (gpointer) self->flags->data);
  content->caption = pisd_regression_runs_dup_caption (content->runs);
  content->palette = explorer_palette_get ();
  return content;
}

void
explorer_training_save (ExplorerTraining *self, const char *path)
{
  g_autofree char *target = NULL;
  char *csv;

  g_return_if_fail (EXPLORER_IS_TRAINING (self) && path != NULL && self->group != NULL);

  if (explorer_file_saving_is_table (path))
    {
      csv = pisd_regression_log_dup_csv ((const PisdRegressionLog *const *) self->logs->pdata,
                                         (const char *const *) self->runs->names, self->logs->len);
      explorer_file_saving_start_bytes (self->saving, path, g_bytes_new_take (csv, strlen (csv)));
      return;
    }
  target = pisd_draw_save_dup_path (path);
  explorer_file_saving_start (self->saving, target, write_figure, dup_figure (self), content_free);
}
