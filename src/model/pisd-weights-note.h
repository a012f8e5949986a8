/* Which weights a learned prior has, in words, and what they are for.
 *
 * All words are translated.
 * Errors:  those of pisd_safetensors_read_from(); PISD_ERROR_UNKNOWN where the program has no
 *          weights for the problem.
 * Threads: immutable. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;   /* "mine.safetensors" */
  char *story;   /* "Poisson, 44 × 44 modes, 6000 steps of training in 76 min" */
  char *details; /* what else the file says: a line each, "Command: pisd train ..." */
  guint modes;   /* K; 0: it does not say */
} PisdWeightsNote;

/* Of a file; path NULL: of those that come with the program for that problem. */
PisdWeightsNote *pisd_weights_note_new (const char *path, PisdProblemId problem, GError **error);
void pisd_weights_note_free (PisdWeightsNote *note); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdWeightsNote, pisd_weights_note_free)

G_END_DECLS
