/* Two stacks of states that were put away, of whatever is edited: what can be undone, and what can
 * be redone.  Nothing here knows what a state is.
 *
 * Units:   times in microseconds of g_get_monotonic_time().
 * Threads: main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PISD_UNDO_BACK,
  PISD_UNDO_FORTH,
  PISD_UNDO_N_WAYS
} PisdUndoWay;

typedef struct _PisdUndo PisdUndo;

/* Keeps `most` states that can be undone. */
PisdUndo *pisd_undo_new (guint most, GDestroyNotify free_state);
void pisd_undo_free (PisdUndo *undo); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdUndo, pisd_undo_free)

/* Whether an edit belongs to the newest one, so that nothing is to be put away: both have the same
 * `tag` (NULL: none) and are less than a second apart, as while a slider is dragged. */
gboolean pisd_undo_joins (PisdUndo *undo, const char *tag, gint64 now);
/* Takes the state as it was before an edit; forgets what could be redone. */
void pisd_undo_push (PisdUndo *undo, gpointer before, const char *tag, gint64 now);
/* Of those that can be undone the newest `n` stay. */
void pisd_undo_keep (PisdUndo *undo, guint n);

guint pisd_undo_get_n (const PisdUndo *undo, PisdUndoWay way);
/* State number k on the way, the nearest one first; borrowed. */
gpointer pisd_undo_get (const PisdUndo *undo, PisdUndoWay way, guint k);
/* The nearest state on the way, owned, for the present one, which is taken; there must be one. */
gpointer pisd_undo_move (PisdUndo *undo, PisdUndoWay way, gpointer present);

G_END_DECLS
