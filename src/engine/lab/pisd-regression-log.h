/* What is kept of a run of the training lab: a row every few steps, and the parameters of some.
 *
 * Of the rows with all numbers the parameters are kept, those of 128 to 256 of them: when there are
 * more every second one goes, so that they always span the whole run.
 * Threads: one at a time; the parameters that logs share are constant. */
#pragma once

#include "pisd-regression.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_layers;
  GArray *rows;         /* of PisdRegressionRow */
  GPtrArray *snapshots; /* of GBytes: parameters, [n_parameters] doubles */
  GArray *places;       /* of guint: the row of each snapshot */
  guint every;          /* how many rows with all numbers stand for one snapshot */
  guint n_whole;        /* rows with all numbers */
} PisdRegressionLog;

PisdRegressionLog *pisd_regression_log_new (guint n_layers);
void pisd_regression_log_free (PisdRegressionLog *log); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRegressionLog, pisd_regression_log_free)
PisdRegressionLog *pisd_regression_log_dup (const PisdRegressionLog *log);

/* parameters: [n]; NULL: not to be kept, whatever the row has. */
void pisd_regression_log_add (PisdRegressionLog *log,
                              const PisdRegressionRow *row,
                              gsize n,
                              const double *parameters);
/* Brings a copy up to date with what it was made from. */
void pisd_regression_log_follow (PisdRegressionLog *copy, const PisdRegressionLog *log);
const PisdRegressionRow *pisd_regression_log_get_row (const PisdRegressionLog *log, guint row);
/* NULL: there is none yet. */
const PisdRegressionRow *pisd_regression_log_get_last (const PisdRegressionLog *log);
/* The newest row with all numbers; NULL: there is none yet. */
const PisdRegressionRow *pisd_regression_log_get_last_whole (const PisdRegressionLog *log);
/* The last row at that step or before it; NULL: there is none. */
const PisdRegressionRow *pisd_regression_log_find (const PisdRegressionLog *log, guint64 step);
/* 1 - <theta_k, theta> / (|theta_k| |theta|) of snapshot k and the newest one. */
double pisd_regression_log_get_turn (const PisdRegressionLog *log, guint k);

/* A quantity of a row, for charts and tables. */
typedef enum
{
  PISD_MEASURE_LOSS,
  PISD_MEASURE_BATCH,
  PISD_MEASURE_NORM,
  PISD_MEASURE_GRADIENT,
  PISD_MEASURE_TIME,
  PISD_MEASURE_STEP,
  PISD_MEASURE_LAYER /* and the following: norm of a layer */
} PisdMeasure;

double pisd_regression_row_get (const PisdRegressionRow *row, guint measure);
/* All rows as CSV with a head; owned.  `title`: what the run is, as a column of its own, where
 * there are several: logs [n], titles [n]. */
char *pisd_regression_log_dup_csv (const PisdRegressionLog *const *logs,
                                   const char *const *titles,
                                   guint n);

G_END_DECLS
