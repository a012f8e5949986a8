#include "pisd-sweep-queue.h"

#include <math.h>
#include <string.h>

#include "pisd-number.h"

/* In quotes where a reader would take it apart. */
static void
append_words (GString *text, const char *words)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (words, ",\"\n") == NULL)
    {
      g_string_append (text, words);
      return;
    }
  parts = g_strsplit (words, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  g_string_append_printf (text, "\"%s\"", doubled);
}

static void
append_head (GString *text, const PisdSweep *sweep)
{
  const PisdOperator *row = pisd_operator_get (sweep->base->settings.problem);

  for (guint a = 0; a < sweep->n_axes; a++)
    g_string_append_printf (text, "%s,", sweep->axes[a].key);
  for (guint f = 0; f < row->n_fields; f++)
    g_string_append_printf (text, "error_%s_percent,", row->fields[f].name);
  g_string_append (text, "residual,evaluations,seconds,remark\n");
}

static void
append_cell (GString *text, PisdSweepQueue *queue, guint index)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  const gboolean is_done = pisd_sweep_queue_get_state (queue, index) == PISD_CELL_DONE;
  const PisdCell *cell = pisd_sweep_queue_get_cell (queue, index);

  for (guint a = 0; a < sweep->n_axes; a++)
    {
      g_string_append (text, a > 0 ? "," : "");
      append_words (text, pisd_sweep_get_value (sweep, a, index));
    }
  for (guint f = 0; f < pisd_operator_get (sweep->base->settings.problem)->n_fields; f++)
    pisd_number_append_cell (text, is_done ? 100.0 * cell->errors[f] : NAN);
  pisd_number_append_cell (text, is_done ? cell->residual : NAN);
  pisd_number_append_cell (text, is_done ? cell->n_evaluations : NAN);
  pisd_number_append_cell (text, is_done ? cell->seconds : NAN);
  g_string_append_c (text, ',');
  append_words (text, pisd_sweep_queue_get_remark (queue, index));
  g_string_append_c (text, '\n');
}

char *
pisd_sweep_queue_dup_csv (PisdSweepQueue *queue)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  GString *text = g_string_new (NULL);

  append_head (text, sweep);
  for (guint k = 0; k < pisd_sweep_get_n_cells (sweep); k++)
    append_cell (text, queue, k);
  return g_string_free (text, FALSE);
}
