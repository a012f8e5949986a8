/* A run of the session, the one shown or one that is kept: its job with all frames, and what it was
 * told on the way.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-job.h"
#include "pisd-name.h"

G_BEGIN_DECLS

/* All but the job's own state is the session's to change. */
typedef struct
{
  guint id; /* as its frames say */
  ExplorerJob *job;
  PisdEnsemble *ensemble;      /* of finished samples; NULL: none */
  PisdGuidanceParameters sent; /* what it was told last */
  gboolean is_pinned;          /* it stays, whatever memory there is */
  guint origin;                /* run that it is a branch of, ... */
  guint branch_step;           /* ... from that step on; origin 0: of none */
} ExplorerRun;

/* The job is taken. */
ExplorerRun *explorer_run_new (guint id, ExplorerJob *job);
void explorer_run_free (ExplorerRun *run);

const PisdScenario *explorer_run_get_scenario (const ExplorerRun *run);
/* Steps of which there is an estimate. */
guint explorer_run_count_steps (const ExplorerRun *run);
/* What it is called, as one sample of it. */
void explorer_run_get_name (const ExplorerRun *run, gboolean is_running, PisdName *name);
char *explorer_run_dup_name (const ExplorerRun *run, gboolean is_running);
/* Relative error of a field as it ended, or of its newest step; NaN: the truth is not known. */
double explorer_run_get_error (const ExplorerRun *run, guint field);
/* Bytes of frames, checkpoints and samples. */
gsize explorer_run_get_bytes (const ExplorerRun *run);
/* The step at a share of all its steps, 0 .. 1, as far as it has come. */
guint explorer_run_find_step (const ExplorerRun *run, double share);
/* At its end a run is what it came to, and one without steps has nothing else; NULL: it is at the
 * step. */
const PisdResult *explorer_run_get_end (const ExplorerRun *run, guint step);
/* Its estimate at a step, and its state x, all frames of the field; FALSE: there is none. */
gboolean explorer_run_decode (const ExplorerRun *run, guint step, guint field, PisdField *out);
gboolean explorer_run_decode_state (const ExplorerRun *run,
                                    guint step,
                                    guint field,
                                    PisdField *out);

G_END_DECLS
