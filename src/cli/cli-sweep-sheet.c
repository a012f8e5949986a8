#include "cli-sweep-sheet.h"

#include <math.h>

#include "cli-grid.h"
#include "pisd-draw-save.h"
#include "pisd-draw-sheet.h"
#include "pisd-name.h"

/* The table. */

#define MAX_COLUMNS (PISD_SWEEP_MAX_AXES + PISD_MAX_FIELDS + 4)

/* Its columns depend on the sweep; titles that are made for it are kept beside them. */
typedef struct
{
  guint n;
  CliColumn columns[MAX_COLUMNS];
  GPtrArray *texts;
} Columns;

static void
add_column (Columns *self, char *title, guint digits)
{
  g_ptr_array_add (self->texts, title);
  self->columns[self->n++] = (CliColumn){ title, title, digits };
}

static char *
dup_last_symbol (const PisdOperator *row, guint field)
{
  return pisd_field_info_dup_symbol (&row->fields[field], row->fields[field].n_frames - 1);
}

static void
fill_columns (Columns *self, const PisdSweep *sweep)
{
  const PisdOperator *row = pisd_operator_get (sweep->base->settings.problem);

  for (guint a = 0; a < sweep->n_axes; a++)
    add_column (self, g_strdup (sweep->axes[a].key), 0);
  for (guint f = 0; f < row->n_fields; f++)
    {
      g_autofree char *symbol = dup_last_symbol (row, f);

      add_column (self, g_strdup_printf ("error of %s, %%", symbol), 3);
    }
  add_column (self, g_strdup ("residual"), 3);
  add_column (self, g_strdup ("eval."), 6);
  add_column (self, g_strdup ("s"), 3);
  add_column (self, g_strdup ("remark"), 0);
}

static void
add_row (CliGrid *grid, PisdSweepQueue *queue, guint index)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  const PisdOperator *row = pisd_operator_get (sweep->base->settings.problem);
  const PisdCell *cell = pisd_sweep_queue_get_state (queue, index) == PISD_CELL_DONE
                             ? pisd_sweep_queue_get_cell (queue, index)
                             : NULL;

  for (guint a = 0; a < sweep->n_axes; a++)
    cli_grid_add_text (grid, pisd_sweep_get_value (sweep, a, index));
  for (guint f = 0; f < row->n_fields; f++)
    cli_grid_add_number (grid, cell != NULL ? 100 * cell->errors[f] : NAN);
  cli_grid_add_number (grid, cell != NULL ? cell->residual : NAN);
  cli_grid_add_number (grid, cell != NULL ? cell->n_evaluations : NAN);
  cli_grid_add_number (grid, cell != NULL ? cell->seconds : NAN);
  cli_grid_add_text (grid, pisd_sweep_queue_get_remark (queue, index));
}

void
cli_sweep_print (PisdSweepQueue *queue)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Columns columns = { .texts = texts };
  g_autoptr (CliGrid) grid = NULL;

  fill_columns (&columns, sweep);
  grid = cli_grid_new (columns.columns, columns.n);
  for (guint k = 0; k < pisd_sweep_get_n_cells (sweep); k++)
    add_row (grid, queue, k);
  cli_grid_print (grid);
}

/* The sheet. */

/* What all cells have in common. */
static char *
dup_caption (const PisdSweep *sweep, guint field)
{
  const PisdOperator *row = pisd_operator_get (sweep->base->settings.problem);
  g_autofree char *symbol = dup_last_symbol (row, field);
  GString *caption = g_string_new (row->title);

  g_string_append_printf (caption, " %s", row->equation);
  if (!pisd_sweep_has_axis (sweep, "sensors"))
    {
      g_autofree char *sensors = pisd_name_dup_sensors (sweep->base);

      g_string_append_printf (caption, " · %s", sensors);
    }
  if (!pisd_sweep_has_axis (sweep, "guidance"))
    g_string_append_printf (caption, " · %s",
                            pisd_name_get_method (sweep->base->settings.guidance));
  g_string_append_printf (caption, " · estimates of %s", symbol);
  return g_string_free (caption, FALSE);
}

gboolean
cli_sweep_save_sheet (PisdSweepQueue *queue, guint field, const char *path, GError **error)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  const guint n_cells = pisd_sweep_get_n_cells (sweep);
  g_autofree PisdSheetCell *cells = g_new0 (PisdSheetCell, n_cells);
  g_autofree char *caption = dup_caption (sweep, field);
  g_auto (PisdPaper) paper = { 0 };
  PisdSheet sheet = { .caption = caption, .n_axes = sweep->n_axes, .cells = cells };

  for (guint a = 0; a < sweep->n_axes; a++)
    sheet.axes[a] = (PisdSheetAxis){ sweep->axes[a].key, sweep->axes[a].n,
                                     (const char *const *) sweep->axes[a].values };
  for (guint k = 0; k < n_cells; k++)
    {
      const PisdCell *cell = pisd_sweep_queue_get_cell (queue, k);

      cells[k] = (PisdSheetCell){ cell != NULL ? cell->means[field] : NULL,
                                  pisd_sweep_queue_get_remark (queue, k),
                                  cell != NULL ? cell->errors[field] : NAN };
    }
  sheet.limit = pisd_sweep_queue_get_limit (queue, field);
  return pisd_draw_save_carry (path, sweep->base, &paper, error)
         && pisd_draw_save_sheet (path, &paper, pisd_palette_get (FALSE), &sheet, error);
}
