#include "explorer-sweep-private.h"

#include <string.h>

#include "explorer-palette.h"
#include "pisd-draw-save.h"

/* What is written, by a thread. */
typedef struct
{
  PisdSheet sheet;
  PisdSheetCell *cells;
  PisdSweep *sweep;
  char *caption;
  const PisdPalette *palette;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  for (guint k = 0; k < pisd_sweep_get_n_cells (content->sweep); k++)
    {
      pisd_field_free ((PisdField *) content->cells[k].field);
      g_free ((char *) content->cells[k].note);
    }
  pisd_sweep_free (content->sweep);
  g_free (content->cells);
  g_free (content->caption);
  g_free (content);
}

static gboolean
write_sheet (gpointer data, const char *path, GError **error)
{
  const Content *content = data;

  g_auto (PisdPaper) paper = { 0 };

  return pisd_draw_save_carry (path, content->sweep->base, &paper, error)
         && pisd_draw_save_sheet (path, &paper, content->palette, &content->sheet, error);
}

/* A copy of the sheet that outlives the queue. */
static Content *
dup_sheet (ExplorerSweep *self)
{
  Content *content = g_new0 (Content, 1);
  ExplorerSheet shown;

  content->sweep = pisd_sweep_dup (pisd_sweep_queue_get_sweep (self->queue));
  explorer_sheet_init (&shown, self->queue, self->field);
  content->sheet = shown.sheet;
  content->cells = g_steal_pointer (&shown.cells);
  for (guint k = 0; k < pisd_sweep_get_n_cells (content->sweep); k++)
    {
      PisdSheetCell *cell = &content->cells[k];

      cell->field = cell->field != NULL ? pisd_field_dup (cell->field) : NULL;
      cell->note = g_strdup (cell->note);
    }
  for (guint a = 0; a < content->sweep->n_axes; a++)
    content->sheet.axes[a].values = (const char *const *) content->sweep->axes[a].values;
  content->caption = g_strdup (gtk_widget_get_tooltip_text (self->caption));
  content->sheet.caption = content->caption;
  content->palette = explorer_palette_get ();
  return content;
}

void
explorer_sweep_save (ExplorerSweep *self, const char *path)
{
  g_autofree char *target = NULL;
  char *csv;

  g_return_if_fail (EXPLORER_IS_SWEEP (self) && path != NULL && self->queue != NULL);

  if (explorer_file_saving_is_table (path))
    {
      csv = pisd_sweep_queue_dup_csv (self->queue);
      explorer_file_saving_start_bytes (self->saving, path, g_bytes_new_take (csv, strlen (csv)));
      return;
    }
  target = pisd_draw_save_dup_path (path);
  explorer_file_saving_start (self->saving, target, write_sheet, dup_sheet (self), content_free);
}
