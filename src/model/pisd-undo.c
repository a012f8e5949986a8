#include "pisd-undo.h"

/* The nearest state is the last one of its stack. */
struct _PisdUndo
{
  GPtrArray *stacks[PISD_UNDO_N_WAYS];
  guint most;
  char *tag; /* of the newest edit */
  gint64 tag_time;
};

PisdUndo *
pisd_undo_new (guint most, GDestroyNotify free_state)
{
  PisdUndo *undo = g_new0 (PisdUndo, 1);

  undo->most = most;
  for (guint way = 0; way < PISD_UNDO_N_WAYS; way++)
    undo->stacks[way] = g_ptr_array_new_with_free_func (free_state);
  return undo;
}

void
pisd_undo_free (PisdUndo *undo)
{
  if (undo == NULL)
    return;
  for (guint way = 0; way < PISD_UNDO_N_WAYS; way++)
    g_ptr_array_unref (undo->stacks[way]);
  g_free (undo->tag);
  g_free (undo);
}

gboolean
pisd_undo_joins (PisdUndo *undo, const char *tag, gint64 now)
{
  g_return_val_if_fail (undo != NULL, FALSE);

  if (tag == NULL || g_strcmp0 (tag, undo->tag) != 0 || undo->stacks[PISD_UNDO_FORTH]->len > 0
      || undo->stacks[PISD_UNDO_BACK]->len == 0 || now - undo->tag_time >= G_USEC_PER_SEC)
    return FALSE;
  undo->tag_time = now;
  return TRUE;
}

void
pisd_undo_push (PisdUndo *undo, gpointer before, const char *tag, gint64 now)
{
  g_return_if_fail (undo != NULL && before != NULL);

  g_free (undo->tag);
  undo->tag = g_strdup (tag);
  undo->tag_time = now;
  g_ptr_array_set_size (undo->stacks[PISD_UNDO_FORTH], 0);
  g_ptr_array_add (undo->stacks[PISD_UNDO_BACK], before);
  pisd_undo_keep (undo, undo->most);
}

void
pisd_undo_keep (PisdUndo *undo, guint n)
{
  GPtrArray *stack;

  g_return_if_fail (undo != NULL);

  stack = undo->stacks[PISD_UNDO_BACK];
  if (stack->len > n)
    g_ptr_array_remove_range (stack, 0, stack->len - n);
}

guint
pisd_undo_get_n (const PisdUndo *undo, PisdUndoWay way)
{
  g_return_val_if_fail (undo != NULL && way < PISD_UNDO_N_WAYS, 0);

  return undo->stacks[way]->len;
}

gpointer
pisd_undo_get (const PisdUndo *undo, PisdUndoWay way, guint k)
{
  g_return_val_if_fail (k < pisd_undo_get_n (undo, way), NULL);

  return g_ptr_array_index (undo->stacks[way], undo->stacks[way]->len - 1 - k);
}

gpointer
pisd_undo_move (PisdUndo *undo, PisdUndoWay way, gpointer present)
{
  GPtrArray *from;

  g_return_val_if_fail (pisd_undo_get_n (undo, way) > 0 && present != NULL, NULL);

  from = undo->stacks[way];
  g_clear_pointer (&undo->tag, g_free);
  g_ptr_array_add (undo->stacks[way == PISD_UNDO_BACK ? PISD_UNDO_FORTH : PISD_UNDO_BACK], present);
  return g_ptr_array_steal_index (from, from->len - 1);
}
