/* What a window works on: the scenario being edited with its undo history, and the run with its
 * thread, channel and frames.  No widgets in here.
 *
 * Properties: "running"    (boolean, read)
 *             "paused"     (boolean, read)
 *             "n-sensors"  (uint, read)
 *             "can-undo"   (boolean, read)
 *             "can-redo"   (boolean, read)
 *             "noise-sd"   (double, read)   of sensors that are placed from now on
 * Signals:    "scenario-changed" (uint flags)    PisdChange bits, also in the middle of a stroke
 *             "committed" (uint flags)           an edit is complete, or was undone or redone
 *             "edit-cancelled" ()                a stroke was taken back
 *             "drawn" ()                         a source that the truth will have once it is
 *                                                solved, or there is none any more
 *             "adjusted" (char **keys)           these settings changed with the one that was set
 *             "followed" ()                      an edit of the sensors moved weights a lot
 *             "run-started" (uint n_steps)
 *             "frame-ready" ()                   there is something to drain
 *             "frame" (PisdFrame *)              the newest frame, from explorer_session_drain()
 *             "ensemble" ()                      more samples are finished, drained likewise
 *             "run-finished" ()                  complete or stopped; there is a result
 *             "runs-changed" ()                  another one is kept, pinned, shown or gone; when
 *                                                one is shown again "run-started", "frame" and
 *                                                "run-finished" come, too
 *             "failed" (char *message)           plain words for a toast
 * Threads:    main thread only; the worker touches nothing but the channel. */
#pragma once

#include <gio/gio.h>

#include "explorer-run.h"
#include "pisd-content.h"
#include "pisd-edit.h"
#include "pisd-name.h"
#include "pisd-placing.h"
#include "pisd-prior-fit.h"
#include "pisd-representation.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* Levels of undo: so many in any case, so many where they take little. */
#define EXPLORER_UNDO_LEAST 100
#define EXPLORER_UNDO_MOST 200
#define EXPLORER_UNDO_BYTES ((gsize) 8 * 1024 * 1024)

#define EXPLORER_TYPE_SESSION (explorer_session_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSession, explorer_session, EXPLORER, SESSION, GObject)

/* The bundled instance with 500 sensors on a. */
ExplorerSession *explorer_session_new (void);

/* Borrowed; changes only through the functions below. */
const PisdScenario *explorer_session_get_scenario (ExplorerSession *self);
/* Another scenario (taken) to begin with, before the first run: there is nothing to undo. */
void explorer_session_begin (ExplorerSession *self, PisdScenario *scenario);
/* Another scenario (taken) in its place: one undo step. */
void explorer_session_set_scenario (ExplorerSession *self, PisdScenario *scenario);
/* The preset of the scenario's method and task, in `settings`. */
void explorer_session_get_preset (ExplorerSession *self, PisdSettings *settings);

/* Each of these is one undo step. FALSE and "failed" when refused: nothing changed. */
gboolean explorer_session_set_equation (ExplorerSession *self, const PisdEquation *equation);
/* Another equation, with its constants as they were: where its fields are others, with the sensors
 * that it is looked at first, because those of the other fields say nothing of it. */
gboolean explorer_session_choose_problem (ExplorerSession *self, PisdProblemId problem);
gboolean explorer_session_set_random_instance (ExplorerSession *self,
                                               PisdFamily family,
                                               guint64 seed);
/* Drawn by hand. */
gboolean explorer_session_set_source (ExplorerSession *self, const PisdField *source);
/* The same within a stroke: where solving takes long it is done beside the window, the newest wins,
 * and the edit ends when the last one is solved, unless the next one has begun by then, which goes
 * on with it.  "drawn" comes at once. */
void explorer_session_draw (ExplorerSession *self, const PisdField *source);
/* What is drawn and not solved yet; borrowed, NULL: there is none. */
const PisdField *explorer_session_get_drawn (ExplorerSession *self);
/* An edit that is over but for the solution of what was drawn is taken back; FALSE: there is
 * none. */
gboolean explorer_session_stop_solving (ExplorerSession *self);
/* The scenario's settings, with the constants that the truth is being solved with. */
void explorer_session_get_coming_settings (ExplorerSession *self, PisdSettings *settings);
/* The source as it is drawn, be it solved yet or not; zero where none is known. */
PisdField *explorer_session_dup_source (ExplorerSession *self);
/* Of a file that was read for the scenario's equation; weights of another one are refused.
 * Sensors keep the truth if every reading
 * agrees with it, else there is none from then on. */
void explorer_session_take_content (ExplorerSession *self, const PisdContent *content);
/* The sensors of one frame of a field become n random ones, n_rows x n_columns regular ones, or n
 * on the outermost ring of nodes that carry information. */
gboolean explorer_session_scatter (ExplorerSession *self,
                                   PisdFieldId field,
                                   guint frame,
                                   guint n,
                                   guint64 seed);
gboolean explorer_session_place_grid (ExplorerSession *self,
                                      PisdFieldId field,
                                      guint frame,
                                      guint n_rows,
                                      guint n_columns);
gboolean explorer_session_place_ring (ExplorerSession *self,
                                      PisdFieldId field,
                                      guint frame,
                                      guint n);
/* More sensors, with the question's noise, on these nodes of its field: y * PISD_GRID + x. */
gboolean explorer_session_place (ExplorerSession *self,
                                 const PisdQuestion *question,
                                 const guint *nodes,
                                 guint n);
/* Whether each edit of a frame's sensors is one of the same places of all frames of all fields,
 * where these change with time. */
void explorer_session_set_all_frames (ExplorerSession *self, gboolean all);
/* What must change with it changes, and "adjusted" says so; live ones reach a run at once. */
gboolean explorer_session_set_setting (ExplorerSession *self, const char *key, const char *text);
/* Takes what was fitted to the readings: one level of undo. */
void explorer_session_take_prior (ExplorerSession *self, const PisdPriorFit *fit);
/* The learned prior's, instead of a file's. */
void explorer_session_use_own_weights (ExplorerSession *self);
/* The prior is the model of another process behind that socket; NULL: behind none. */
gboolean explorer_session_set_socket (ExplorerSession *self, const char *name);
gboolean explorer_session_apply_preset (ExplorerSession *self, PisdGuidanceId guidance);
void explorer_session_clear_sensors (ExplorerSession *self);
/* pisd-edit-table.h: FALSE with an error, and no "failed", where the text is refused. */
gboolean explorer_session_set_cell (ExplorerSession *self,
                                    guint row,
                                    guint column,
                                    const char *text,
                                    GError **error);
void explorer_session_remove_rows (ExplorerSession *self, guint n, const guint *rows);
gboolean explorer_session_paste_rows (ExplorerSession *self,
                                      guint n,
                                      const guint *rows,
                                      const PisdSensors *pasted,
                                      GError **error);
/* A stroke (any number of edits) is one undo step. */
void explorer_session_begin_edit (ExplorerSession *self);
void explorer_session_paint (ExplorerSession *self,
                             PisdFieldId field,
                             guint frame,
                             int i,
                             int j,
                             int radius,
                             gboolean erase);
/* The sensor of that frame on node (i, j) goes to node (to_i, to_j), unless one is there
 * already. */
void explorer_session_move_sensor (ExplorerSession *self,
                                   PisdFieldId field,
                                   guint frame,
                                   int i,
                                   int j,
                                   int to_i,
                                   int to_j);
/* The sensors are as they were when the stroke began. */
void explorer_session_restart_edit (ExplorerSession *self);
void explorer_session_end_edit (ExplorerSession *self);
/* Ends the stroke with everything as it was when it began; "edit-cancelled". */
void explorer_session_cancel_edit (ExplorerSession *self);
gboolean explorer_session_is_editing (ExplorerSession *self); /* in the middle of a stroke */
/* Of sensors that are placed from now on. */
void explorer_session_set_noise_sd (ExplorerSession *self, double sd);
double explorer_session_get_noise_sd (ExplorerSession *self);
void explorer_session_undo (ExplorerSession *self);
void explorer_session_redo (ExplorerSession *self);

/* Runs.  One at a time: starting one stops the one before, which is kept. */
gboolean explorer_session_run (ExplorerSession *self, PisdPace pace);
void explorer_session_pause (ExplorerSession *self);
void explorer_session_resume (ExplorerSession *self, PisdPace pace);
void explorer_session_step (ExplorerSession *self); /* starts a paused run where none is */
void explorer_session_stop (ExplorerSession *self); /* keeps what there is */
/* Steps of a run at granted pace. */
void explorer_session_allow (ExplorerSession *self, guint n_steps);
/* Of a run that is not paused. */
void explorer_session_set_pace (ExplorerSession *self, PisdPace pace);
/* Of the run; free where there is none. */
PisdPace explorer_session_get_pace (ExplorerSession *self);
gboolean explorer_session_is_running (ExplorerSession *self);
gboolean explorer_session_is_paused (ExplorerSession *self);
/* Takes the newest frame and the newest ensemble and emits "frame" and "ensemble": once a display
 * frame, from the window's tick.  TRUE if there was one of them. */
gboolean explorer_session_drain (ExplorerSession *self);
guint explorer_session_get_n_frames (ExplorerSession *self);
PisdFrame *explorer_session_dup_frame (ExplorerSession *self, guint step);
/* What the shown run's step was made with, which of a branch may be another run's: another
 * reference, NULL: the run keeps none. */
PisdCheckpoint *explorer_session_dup_checkpoint (ExplorerSession *self, guint step);
/* The frame at that step of the run that the shown one, or one that it is a branch of, branched
 * from there: another reference, NULL: none did, or it is gone. */
PisdFrame *explorer_session_dup_fork (ExplorerSession *self, guint step);
PisdResult *explorer_session_get_result (ExplorerSession *self); /* borrowed, NULL while running */
/* The job with that result: another reference, or NULL. */
ExplorerJob *explorer_session_ref_job (ExplorerSession *self);
/* The samples of the shown run that are finished: borrowed, NULL before two are asked for and one
 * is there. */
PisdEnsemble *explorer_session_get_ensemble (ExplorerSession *self);
/* What the frames of the shown run were computed with; the scenario may have been edited since. */
const PisdSettings *explorer_session_get_run_settings (ExplorerSession *self);
/* Whether there is a run shown, and of the scenario's equation. */
gboolean explorer_session_has_run (ExplorerSession *self);
/* The whole scenario the shown run started from; borrowed, NULL before the first run. */
const PisdScenario *explorer_session_get_run_scenario (ExplorerSession *self);
/* Counts the runs from 1 on, as their frames do; 0 before the first. */
guint explorer_session_get_run_id (ExplorerSession *self);
/* As explorer_job_share_tables(), of the shown run; FALSE too where there is none. */
gboolean explorer_session_share_tables (ExplorerSession *self, PisdRunCache *cache);
/* What the shown run is called, as one sample of it; FALSE before the first run. */
gboolean explorer_session_get_run_name (ExplorerSession *self, PisdName *name);
/* What the shown run was told last. */
const PisdGuidanceParameters *explorer_session_get_parameters (ExplorerSession *self);
/* What has changed since the shown run began, as PisdChange bits: pisd_name_find_changes(). */
guint explorer_session_get_changes (ExplorerSession *self);
/* For decoding frames of that run, once there is one; borrowed. */
PisdRepresentation *explorer_session_get_representation (ExplorerSession *self);

/* Kept runs; undo has no part in them. */

/* Of ExplorerRun, the newest last, the one shown among them; borrowed. */
GPtrArray *explorer_session_get_runs (ExplorerSession *self);
ExplorerRun *explorer_session_get_shown_run (ExplorerSession *self); /* NULL before the first */
ExplorerRun *explorer_session_find_run (ExplorerSession *self, guint id); /* NULL: it is gone */
/* Whether a run is one of the present equation. */
gboolean explorer_session_shares_equation (ExplorerSession *self, const ExplorerRun *run);
/* Bytes that they hold, and how many they may: beyond that the oldest that is not pinned goes. */
gsize explorer_session_get_runs_bytes (ExplorerSession *self);
gsize explorer_session_get_runs_limit (ExplorerSession *self);
void explorer_session_pin_run (ExplorerSession *self, guint id, gboolean is_pinned);
/* FALSE: it is shown, or gone already. */
gboolean explorer_session_drop_run (ExplorerSession *self, guint id);
/* All that are neither pinned nor shown. */
void explorer_session_drop_runs (ExplorerSession *self);
/* In place of the one shown, which is stopped and kept; of another equation its whole set-up comes
 * with it, as one edit.  FALSE: it is shown, or gone. */
gboolean explorer_session_show_run (ExplorerSession *self, guint id);
/* Whether a branch may begin at a step of the run shown, which makes steps; not at the end. */
gboolean explorer_session_can_branch (ExplorerSession *self, guint step);
/* The scenario as it is now goes on from a step of the run shown.  FALSE and "failed" where it
 * cannot. */
gboolean explorer_session_branch (ExplorerSession *self, guint step, PisdPace pace);

G_END_DECLS
