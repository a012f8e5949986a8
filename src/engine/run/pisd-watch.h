/* The values of a field at a few nodes from step to step of a run, decoded there alone.
 *
 * In the decoupled space fields but the first are the kept modes of the solution: what lies beyond
 * them, which pisd_representation_decode() has, is left out.
 *
 * Shapes:  values of a step [n_frames, n_nodes].
 * Threads: one at a time, with its representation. */
#pragma once

#include "pisd-frame.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

typedef struct
{
  guint i, j; /* row and column */
} PisdWatchNode;

typedef struct _PisdWatch PisdWatch;

/* The representation is borrowed and outlives the watch. */
PisdWatch *pisd_watch_new (PisdRepresentation *representation,
                           guint field,
                           guint n_nodes,
                           const PisdWatchNode *nodes);
void pisd_watch_free (PisdWatch *watch); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdWatch, pisd_watch_free)

/* The next step, of the denoised estimate; frames of another length are no steps of this run: they
 * are left out. */
void pisd_watch_add (PisdWatch *watch, const PisdFrame *frame);
guint pisd_watch_get_n_steps (const PisdWatch *watch);
double pisd_watch_get (const PisdWatch *watch, guint step, guint frame, guint node);

G_END_DECLS
