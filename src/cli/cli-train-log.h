/* The table that a training writes: a row every few steps, and what validations found.
 *
 * It is kept whole and written whole, so that a file is never half; a training that goes on goes on
 * with the rows that are there.
 *
 * Columns  step, seconds, cpu_seconds, loss, gradient_norm, rate, then FAMILY_SIGMA, one a row of
 *          the validation: the network's mean squared error over the best linear denoiser's
 * Errors   PISD_ERROR_IO
 * Threads  one at a time */
#pragma once

#include "pisd-training.h"

G_BEGIN_DECLS

typedef struct _CliTrainLog CliTrainLog;

/* path: NULL: nothing is written.  from: the step that is gone on from: rows of later ones are
 * dropped; 0: a table of its own. */
CliTrainLog *cli_train_log_new (const char *path, guint64 from);
void cli_train_log_free (CliTrainLog *log); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTrainLog, cli_train_log_free)

/* Since it began, those of the rows before included. */
double cli_train_log_get_seconds (const CliTrainLog *log);

/* One step; the row is the mean of some of them. */
void cli_train_log_add_step (CliTrainLog *log, guint64 step, const PisdTrainingReport *report);
void cli_train_log_add_validation (CliTrainLog *log,
                                   guint64 step,
                                   const PisdValidationRow *rows,
                                   guint n_rows);
gboolean cli_train_log_save (CliTrainLog *log, GError **error);

G_END_DECLS
