#include "pisd-history.h"

#include "pisd-level.h"
#include "pisd-undo.h"

struct _PisdHistory
{
  PisdUndo *levels; /* of PisdLevel */
  guint least;
  gsize bytes;
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

  history->levels = pisd_undo_new (most, free_level);
  history->least = least;
  history->bytes = bytes;
  return history;
}

void
pisd_history_free (PisdHistory *history)
{
  if (history == NULL)
    return;
  pisd_undo_free (history->levels);
  g_free (history);
}

/* How many of the newest levels stay. */
static guint
count_kept (const PisdHistory *history)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gsize bytes = 0;
  guint n = 0;

  for (; n < pisd_history_get_n_undo (history); n++)
    {
      bytes += pisd_level_count_bytes (pisd_undo_get (history->levels, PISD_UNDO_BACK, n), seen);
      if (n >= history->least && bytes > history->bytes)
        break;
    }
  return n;
}

/* The scenario as a level that goes on top of a stack. */
static PisdLevel *
make_level (const PisdHistory *history, PisdUndoWay way, const PisdScenario *scenario)
{
  return pisd_level_new (scenario, pisd_undo_get_n (history->levels, way) > 0
                                       ? pisd_undo_get (history->levels, way, 0)
                                       : NULL);
}

void
pisd_history_push (PisdHistory *history, PisdScenario *before, const char *tag, gint64 now)
{
  G_GNUC_UNUSED g_autoptr (PisdScenario) taken = before;

  g_return_if_fail (history != NULL && before != NULL);

  if (pisd_undo_joins (history->levels, tag, now))
    return;
  pisd_undo_push (history->levels, make_level (history, PISD_UNDO_BACK, before), tag, now);
  pisd_undo_keep (history->levels, count_kept (history));
}

static PisdScenario *
move_one (PisdHistory *history, PisdUndoWay way, const PisdScenario *present)
{
  const PisdUndoWay back = way == PISD_UNDO_BACK ? PISD_UNDO_FORTH : PISD_UNDO_BACK;
  PisdScenario *scenario;
  PisdLevel *level;

  if (pisd_undo_get_n (history->levels, way) == 0)
    return NULL;
  level = pisd_undo_move (history->levels, way, make_level (history, back, present));
  scenario = pisd_level_dup_scenario (level, present);
  pisd_level_free (level);
  return scenario;
}

PisdScenario *
pisd_history_undo (PisdHistory *history, const PisdScenario *present)
{
  g_return_val_if_fail (history != NULL && present != NULL, NULL);
  return move_one (history, PISD_UNDO_BACK, present);
}

PisdScenario *
pisd_history_redo (PisdHistory *history, const PisdScenario *present)
{
  g_return_val_if_fail (history != NULL && present != NULL, NULL);
  return move_one (history, PISD_UNDO_FORTH, present);
}

guint
pisd_history_get_n_undo (const PisdHistory *history)
{
  return pisd_undo_get_n (history->levels, PISD_UNDO_BACK);
}

guint
pisd_history_get_n_redo (const PisdHistory *history)
{
  return pisd_undo_get_n (history->levels, PISD_UNDO_FORTH);
}
