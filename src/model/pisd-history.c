#include "pisd-history.h"

/* Two stacks, the newest entry last. */
struct _PisdHistory
{
  GPtrArray *undo;
  GPtrArray *redo;
  guint max_levels;
  char *tag;
  gint64 tag_time;
};

static void
free_scenario (gpointer data)
{
  pisd_scenario_free (data);
}

PisdHistory *
pisd_history_new (guint max_levels)
{
  PisdHistory *history = g_new0 (PisdHistory, 1);

  history->undo = g_ptr_array_new_with_free_func (free_scenario);
  history->redo = g_ptr_array_new_with_free_func (free_scenario);
  history->max_levels = max_levels;
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
  if (history->undo->len > history->max_levels)
    g_ptr_array_remove_index (history->undo, 0);
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
