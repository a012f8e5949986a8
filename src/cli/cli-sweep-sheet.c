#include "cli-sweep-sheet.h"

#include <math.h>

#include "cli-grid.h"
#include "pisd-color-range.h"
#include "pisd-draw-figure.h"
#include "pisd-error.h"
#include "pisd-name.h"

/* The table. */

#define MAX_COLUMNS (PISD_SWEEP_MAX_AXES + PISD_MAX_FIELDS + 4)

/* Its columns depend on the sweep; keys and titles that are made for it are kept beside them. */
typedef struct
{
  guint n;
  CliColumn columns[MAX_COLUMNS];
  GPtrArray *texts;
} Columns;

static void
add_column (Columns *self, char *key, char *title, guint digits)
{
  g_ptr_array_add (self->texts, key);
  g_ptr_array_add (self->texts, title);
  self->columns[self->n++] = (CliColumn){ key, title, digits };
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
    add_column (self, g_strdup (sweep->axes[a].key), g_strdup (sweep->axes[a].key), 0);
  for (guint f = 0; f < row->n_fields; f++)
    {
      g_autofree char *symbol = dup_last_symbol (row, f);

      add_column (self, g_strdup_printf ("error_%s_percent", row->fields[f].name),
                  g_strdup_printf ("error of %s, %%", symbol), 3);
    }
  add_column (self, g_strdup ("residual"), g_strdup ("residual"), 3);
  add_column (self, g_strdup ("evaluations"), g_strdup ("eval."), 6);
  add_column (self, g_strdup ("seconds"), g_strdup ("s"), 3);
  add_column (self, g_strdup ("remark"), g_strdup ("remark"), 0);
}

/* Why a cell has no numbers; "" where it has. */
static const char *
get_remark (PisdSweepQueue *queue, guint index)
{
  switch (pisd_sweep_queue_get_state (queue, index))
    {
    case PISD_CELL_DONE:
      return "";
    case PISD_CELL_FAILED:
      return pisd_sweep_queue_get_cell (queue, index)->message;
    default:
      return "stopped";
    }
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
  cli_grid_add_text (grid, get_remark (queue, index));
}

gboolean
cli_sweep_print (PisdSweepQueue *queue, const char *csv, GError **error)
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
  return csv == NULL || cli_grid_save_csv (grid, csv, error);
}

/* The sheet. */

static const PisdField *
get_truth (const PisdSweep *sweep, guint field, PisdField *last)
{
  const PisdInstance *instance = sweep->base->instance;
  const PisdField *truth;

  if (instance == NULL)
    return NULL;
  truth = pisd_instance_get_fields (instance)[field];
  *last = pisd_field_get_frame (truth, truth->ny / PISD_GRID - 1);
  return last;
}

/* Symmetric about 0: what the truth has, or the largest estimate. */
static double
get_limit (PisdSweepQueue *queue, guint field)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  PisdField last;
  double largest = pisd_color_get_largest (get_truth (sweep, field, &last));

  for (guint k = 0; largest == 0.0 && k < pisd_sweep_get_n_cells (sweep); k++)
    {
      const PisdCell *cell = pisd_sweep_queue_get_cell (queue, k);

      if (cell != NULL)
        largest = pisd_color_get_largest (cell->means[field]);
    }
  return largest > 0.0 ? largest : 1.0;
}

/* "zeta-pde 0.1, steps 300: 2.31 %" */
static char *
dup_panel_title (PisdSweepQueue *queue, guint index, guint field)
{
  const PisdCell *cell = pisd_sweep_queue_get_cell (queue, index);
  g_autofree char *values = pisd_sweep_dup_title (pisd_sweep_queue_get_sweep (queue), index);

  if (cell == NULL || !isfinite (cell->errors[field]))
    return g_steal_pointer (&values);
  return g_strdup_printf ("%s: %.3g\u2009%%", values, 100 * cell->errors[field]);
}

static PisdPanel
make_panel (PisdSweepQueue *queue, guint index, guint field, double limit, GPtrArray *titles)
{
  const PisdCell *cell = pisd_sweep_queue_get_cell (queue, index);
  PisdPanel panel = { .map = PISD_COLORMAP_DIVERGING, .min = -limit, .max = limit };

  g_ptr_array_add (titles, dup_panel_title (queue, index, field));
  panel.title = g_ptr_array_index (titles, titles->len - 1);
  panel.field = cell != NULL ? cell->means[field] : NULL;
  panel.note = get_remark (queue, index);
  return panel;
}

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
  const double limit = get_limit (queue, field);
  g_autofree PisdPanel *panels = g_new (PisdPanel, n_cells);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *caption = dup_caption (sweep, field);
  const PisdFigure figure = {
    .caption = caption,
    .panels = panels,
    .n_rows = pisd_sweep_get_n_rows (sweep),
    .n_columns = pisd_sweep_get_n_columns (sweep),
    .step = -1,
  };

  for (guint k = 0; k < n_cells; k++)
    panels[k] = make_panel (queue, k, field, limit, titles);
  return pisd_draw_save_figure (path, pisd_palette_get (FALSE), &figure, error);
}
