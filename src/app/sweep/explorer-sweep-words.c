#include "explorer-sweep-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-number.h"

/* "Weight of equation 0.1, Steps 300": in the window's words. */
static char *
dup_values (const PisdSweep *sweep, guint cell)
{
  GString *text = g_string_new (NULL);

  for (guint a = 0; a < sweep->n_axes; a++)
    {
      g_autofree char *value = pisd_number_dup_local (pisd_sweep_get_value (sweep, a, cell));

      g_string_append_printf (text, "%s%s %s", a > 0 ? ", " : "",
                              pisd_sweep_get_word (sweep->axes[a].key), value);
    }
  return g_string_free (text, FALSE);
}

/* ": error of a 2.31 %, of u 0.4 %, 1.2 s" */
static void
append_numbers (GString *text, const PisdOperator *row, const PisdCell *cell)
{
  for (guint f = 0; f < row->n_fields; f++)
    {
      g_autofree char *symbol =
          pisd_field_info_dup_symbol (&row->fields[f], row->fields[f].n_frames - 1);

      if (isfinite (cell->errors[f]))
        /* Translators: the error of a field, as in "error of a 2.31 %" */
        g_string_append_printf (text, _ (", error of %s %.3g\u2009%%"), symbol,
                                100.0 * cell->errors[f]);
    }
  g_string_append_printf (text, ", %.2g\u2009s", cell->seconds);
}

static char *
dup_cell_words (ExplorerSweep *self, guint index)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (self->queue);
  const PisdCell *cell = pisd_sweep_queue_get_cell (self->queue, index);
  g_autofree char *values = dup_values (sweep, index);
  GString *text = g_string_new (values);

  if (pisd_sweep_queue_get_state (self->queue, index) == PISD_CELL_DONE)
    append_numbers (text, pisd_operator_get (sweep->base->settings.problem), cell);
  else
    g_string_append_printf (text, ": %s", pisd_sweep_queue_get_remark (self->queue, index));
  return g_string_free (text, FALSE);
}

static guint
count_done (ExplorerSweep *self)
{
  guint n = 0;

  for (guint k = 0; k < pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (self->queue)); k++)
    n += pisd_sweep_queue_get_state (self->queue, k) == PISD_CELL_DONE;
  return n;
}

/* The selected cell, else the best one once all are through, else how many are done. */
char *
explorer_sweep_dup_status (ExplorerSweep *self)
{
  const int selected = explorer_sweep_sheet_get_selected (EXPLORER_SWEEP_SHEET (self->sheet));
  const guint n_cells = pisd_sweep_get_n_cells (pisd_sweep_queue_get_sweep (self->queue));
  ExplorerSheet sheet;
  g_autofree char *words = NULL;
  int best;

  if (selected >= 0)
    return dup_cell_words (self, selected);
  explorer_sheet_init (&sheet, self->queue, self->field);
  best = pisd_sheet_find_best (&sheet.sheet);
  explorer_sheet_clear (&sheet);
  if (self->running || best < 0)
    return g_strdup_printf (_ ("%u of %u runs are done"), count_done (self), n_cells);
  words = dup_cell_words (self, best);
  return g_strdup_printf (_ ("Best: %s"), words);
}
