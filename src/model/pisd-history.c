#include "pisd-history.h"

/* Two stacks, the newest entry last. */
struct _PisdHistory
{
  GPtrArray *undo;
  GPtrArray *redo;
  guint least, most;
  gsize bytes;
  char *tag;
  gint64 tag_time;
};

static void
free_scenario (gpointer data)
{
  pisd_scenario_free (data);
}

PisdHistory *
pisd_history_new (guint least, guint most, gsize bytes)
{
  PisdHistory *history = g_new0 (PisdHistory, 1);

  history->undo = g_ptr_array_new_with_free_func (free_scenario);
  history->redo = g_ptr_array_new_with_free_func (free_scenario);
  history->least = least;
  history->most = most;
  history->bytes = bytes;
  return history;
}

void
pisd_history_free (PisdHistory *history)
{
  if (history == NULL)
    return;
  g_ptr_array_unref (history->undo);
  g_ptr_array_unref (history->redo);
  g_free (history->tag);
  g_free (history);
}

static gboolean
continues_drag (const PisdHistory *history, const char *tag, gint64 now)
{
  return tag != NULL && g_strcmp0 (tag, history->tag) == 0 && history->redo->len == 0
         && history->undo->len > 0 && now - history->tag_time < G_USEC_PER_SEC;
}

/* What a level holds that the next newer one (NULL: none) does not. */
static gsize
count_bytes (const PisdScenario *level, const PisdScenario *newer)
{
  gsize bytes = sizeof *level;

  if (newer == NULL || !pisd_sensors_share (level->sensors, newer->sensors))
    bytes += level->sensors->n * sizeof (PisdSensor);
  if (level->instance != NULL && (newer == NULL || level->instance != newer->instance))
    bytes += (gsize) pisd_operator_get (level->settings.problem)->n_fields * PISD_GRID * PISD_GRID
             * sizeof (double);
  return bytes;
}

/* How many of the newest levels stay. */
static guint
count_kept (const PisdHistory *history)
{
  const PisdScenario *newer = NULL;
  gsize bytes = 0;
  guint n = 0;

  for (; n < MIN (history->undo->len, history->most); n++)
    {
      const PisdScenario *level = g_ptr_array_index (history->undo, history->undo->len - 1 - n);

      bytes += count_bytes (level, newer);
      if (n >= history->least && bytes > history->bytes)
        break;
      newer = level;
    }
  return n;
}

void
pisd_history_push (PisdHistory *history, PisdScenario *before, const char *tag, gint64 now)
{
  g_return_if_fail (history != NULL && before != NULL);

  if (continues_drag (history, tag, now))
    {
      history->tag_time = now;
      pisd_scenario_free (before);
      return;
    }
  g_free (history->tag);
  history->tag = g_strdup (tag);
  history->tag_time = now;
  g_ptr_array_set_size (history->redo, 0);
  g_ptr_array_add (history->undo, before);
  g_ptr_array_remove_range (history->undo, 0, history->undo->len - count_kept (history));
}

static PisdScenario *
move_one (PisdHistory *history, GPtrArray *from, GPtrArray *to, PisdScenario *present)
{
  PisdScenario *scenario;

  if (from->len == 0)
    return NULL;
  g_clear_pointer (&history->tag, g_free);
  scenario = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, present);
  return scenario;
}

PisdScenario *
pisd_history_undo (PisdHistory *history, PisdScenario *present)
{
  g_return_val_if_fail (history != NULL && present != NULL, NULL);
  return move_one (history, history->undo, history->redo, present);
}

PisdScenario *
pisd_history_redo (PisdHistory *history, PisdScenario *present)
{
  g_return_val_if_fail (history != NULL && present != NULL, NULL);
  return move_one (history, history->redo, history->undo, present);
}

guint
pisd_history_get_n_undo (const PisdHistory *history)
{
  return history->undo->len;
}

guint
pisd_history_get_n_redo (const PisdHistory *history)
{
  return history->redo->len;
}
