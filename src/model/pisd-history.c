#include "pisd-history.h"

#include "pisd-level.h"

/* Two stacks of PisdLevel, the newest entry last. */
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
free_level (gpointer data)
{
  pisd_level_free (data);
}

PisdHistory *
pisd_history_new (guint least, guint most, gsize bytes)
{
  PisdHistory *history = g_new0 (PisdHistory, 1);

  history->undo = g_ptr_array_new_with_free_func (free_level);
  history->redo = g_ptr_array_new_with_free_func (free_level);
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

/* How many of the newest levels stay. */
static guint
count_kept (const PisdHistory *history)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gsize bytes = 0;
  guint n = 0;

  for (; n < MIN (history->undo->len, history->most); n++)
    {
      const PisdLevel *level = g_ptr_array_index (history->undo, history->undo->len - 1 - n);

      bytes += pisd_level_count_bytes (level, seen);
      if (n >= history->least && bytes > history->bytes)
        break;
    }
  return n;
}

/* Puts the scenario away on top of the stack. */
static void
put_away (GPtrArray *stack, const PisdScenario *scenario)
{
  const PisdLevel *top = stack->len > 0 ? g_ptr_array_index (stack, stack->len - 1) : NULL;

  g_ptr_array_add (stack, pisd_level_new (scenario, top));
}

void
pisd_history_push (PisdHistory *history, PisdScenario *before, const char *tag, gint64 now)
{
  g_autoptr (PisdScenario) taken = before;

  g_return_if_fail (history != NULL && before != NULL);

  if (continues_drag (history, tag, now))
    {
      history->tag_time = now;
      return;
    }
  g_free (history->tag);
  history->tag = g_strdup (tag);
  history->tag_time = now;
  g_ptr_array_set_size (history->redo, 0);
  put_away (history->undo, before);
  g_ptr_array_remove_range (history->undo, 0, history->undo->len - count_kept (history));
}

static PisdScenario *
move_one (PisdHistory *history, GPtrArray *from, GPtrArray *to, const PisdScenario *present)
{
  PisdScenario *scenario;

  if (from->len == 0)
    return NULL;
  g_clear_pointer (&history->tag, g_free);
  scenario = pisd_level_dup_scenario (g_ptr_array_index (from, from->len - 1), present);
  g_ptr_array_set_size (from, (int) from->len - 1);
  put_away (to, present);
  return scenario;
}

PisdScenario *
pisd_history_undo (PisdHistory *history, const PisdScenario *present)
{
  g_return_val_if_fail (history != NULL && present != NULL, NULL);
  return move_one (history, history->undo, history->redo, present);
}

PisdScenario *
pisd_history_redo (PisdHistory *history, const PisdScenario *present)
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
