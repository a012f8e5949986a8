/* Which model listens at a socket of this machine, in words, and what it is asked about.
 *
 * All words are translated; what the model calls itself is escaped.
 * Errors:  those of pisd_representation_new() and pisd_socket_link_get_title().
 * Threads: immutable; pisd_model_note_new() waits for the model. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  /* What it calls itself: "Gaussian denoiser in numpy". */
  char *title;
  /* "Poisson: a, u as 3871 modes on 128 × 128 nodes; version 1 of the protocol, ..." */
  char *story;
} PisdModelNote;

/* The model behind a socket, a name or path as in pisd_local_socket_dup_path(), for a run of these
 * settings, whose prior is `socket`. */
PisdModelNote *pisd_model_note_new (const char *name,
                                    const PisdSettings *settings,
                                    PisdCancel *cancel,
                                    GError **error);
void pisd_model_note_free (PisdModelNote *note); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdModelNote, pisd_model_note_free)

G_END_DECLS
