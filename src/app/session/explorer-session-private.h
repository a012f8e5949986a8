/* What the files of the session share.
 *
 * explorer-session.c          class, signals, the scenario and its history
 * explorer-session-edits.c    sensors, settings, strokes
 * explorer-session-truth.c    problem and truth, what files bring
 * explorer-session-run.c      the run: job, frames, ensemble, result
 * explorer-session-kept.c     runs that are kept, and branches of them
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-session.h"
#include "pisd-history.h"

G_BEGIN_DECLS

struct _ExplorerSession
{
  GObject parent_instance;

  PisdScenario *scenario;
  PisdHistory *history;
  double noise_sd;
  gboolean all_frames;

  /* The stroke under way. */
  guint edit_depth;
  PisdScenario *before_edit;
  gboolean edit_refused; /* it has been said already */

  /* A source that is drawn faster than it is solved. */
  PisdField *source;    /* the newest one, NULL: all are solved */
  PisdEquation wanted;  /* that it is solved for */
  PisdCancel *solving;  /* stops the thread of the pool that solves one, NULL: none does; ... */
  gboolean unsolved;    /* ... and that is not the newest */
  guint drawing;        /* counts what is drawn; what is solved for another one is dropped */
  gboolean ends_solved; /* the edit ends when all are solved */

  /* Runs, the newest last, and the one shown, running or not; NULL before the first. */
  GPtrArray *runs;  /* of ExplorerRun, owned */
  ExplorerRun *run; /* one of them */
  ExplorerJob *job; /* its job */
  guint n_runs;     /* that were started */
  guint changes;    /* of the scenario since the run, as PisdChange bits */
  gboolean running;
  gboolean paused;
};

/* Emits "failed". */
void explorer_session_fail (ExplorerSession *self, const char *message);
/* The scenario has become another one: tells the run and everybody else. */
void explorer_session_changed (ExplorerSession *self, guint flags);
/* The edit that began at `before` (taken) is complete: one level of undo. */
void explorer_session_commit (ExplorerSession *self,
                              PisdScenario *before,
                              guint flags,
                              const char *tag);
/* The edited copy (taken) becomes the scenario; nothing happens where it is equal. */
void explorer_session_adopt (ExplorerSession *self, PisdScenario *next, const char *tag);
/* The same at the end of an edit, at the preset where the scenario was; with an error (taken) the
 * copy is dropped and "failed" says why.  FALSE then. */
gboolean explorer_session_conclude (ExplorerSession *self, PisdScenario *next, GError *error);
/* And tells which choices of method were taken along. */
gboolean explorer_session_conclude_telling (ExplorerSession *self,
                                            PisdScenario *next,
                                            GError *error);

/* Whether the edit has to wait for a source. */
gboolean explorer_session_is_solving (ExplorerSession *self);
/* What is drawn and not solved yet is forgotten, together with the edit that waits for it, ... */
void explorer_session_forget_drawing (ExplorerSession *self);
/* ... or because another truth comes: such an edit ends before that. */
void explorer_session_drop_drawing (ExplorerSession *self);
/* Emits "failed", once in an edit. */
void explorer_session_refuse (ExplorerSession *self, const char *message);

/* A run of that scenario, a branch or from the beginning (NULL); the one shown is kept. */
gboolean explorer_session_start (ExplorerSession *self,
                                 const PisdScenario *scenario,
                                 PisdBranch *branch,
                                 PisdPace pace);
void explorer_session_set_state (ExplorerSession *self, gboolean running, gboolean paused);
/* Ends the run shown, which is kept where it has come to something; what the next one need not make
 * again goes into the empty `cache`. */
void explorer_session_leave_run (ExplorerSession *self, PisdRunCache *cache);
/* The oldest runs go as far as memory asks for it; emits "runs-changed". */
void explorer_session_keep_budget (ExplorerSession *self);

/* New weights reach a run that they fit. */
void explorer_session_send_parameters (ExplorerSession *self);
/* Finds out what has changed since the run. */
void explorer_session_update_changes (ExplorerSession *self);

G_END_DECLS
