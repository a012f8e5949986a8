/* Charts of runs of the training lab: what loss, norm and gradient come to over the steps, how the
 * layers share the norm, loss against norm, the laws of growth, the direction of the parameters.
 *
 * Runs of one group have one colour; several of them are a band from the lowest to the highest with
 * their median as a line, where their rows stand at the same steps, and else a line each.
 * Units: user units of the Cairo context. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-regression-log.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_TRAINING_LOSS,
  PISD_TRAINING_NORM,
  PISD_TRAINING_GRADIENT,
  PISD_TRAINING_LAYERS,    /* of the run that is watched */
  PISD_TRAINING_PATH,      /* loss against norm */
  PISD_TRAINING_GROWTH,    /* of the one that is watched, with ln t and sqrt t */
  PISD_TRAINING_DIRECTION, /* of the one that is watched */
  PISD_TRAINING_N_CHARTS
} PisdTrainingChart;

/* Borrowed arrays. */
typedef struct
{
  guint n_groups;
  const char *const *titles; /* [n_groups] */
  guint n_runs;
  const PisdRegressionLog *const *logs; /* [n_runs] */
  const guint *groups;                  /* [n_runs] */
  guint watched;                        /* a run */
  gboolean in_time;                     /* the axis is the time of the flow, else the steps */
  gboolean logarithmic;                 /* that axis */
  guint n_flags;                        /* where the rate was changed */
  const double *flags;                  /* [n_flags] steps or times */
  const char *note;                     /* where there is nothing */
} PisdTrainingCourses;

const char *pisd_training_chart_get_title (PisdTrainingChart chart);
void pisd_draw_training_chart (cairo_t *cr,
                               const PisdBox *box,
                               const PisdPalette *palette,
                               const PisdTrainingCourses *courses,
                               PisdTrainingChart chart,
                               double type);
/* Over the chart: the numbers at a place under the pointer. */
void pisd_draw_training_chart_readout (cairo_t *cr,
                                       const PisdBox *box,
                                       const PisdPalette *palette,
                                       const PisdTrainingCourses *courses,
                                       PisdTrainingChart chart,
                                       double type,
                                       double x);

/* What networks have learned along a line, beside the target. */
typedef struct
{
  guint n;                  /* points */
  const double *x, *target; /* [n] */
  const char *x_title;      /* "x" */
  guint n_groups;
  const char *const *titles; /* [n_groups] */
  guint n_runs;
  const double *const *values; /* [n_runs]: [n]; NULL: not known yet */
  const guint *groups;         /* [n_runs] */
} PisdTrainingFunction;

void pisd_draw_training_function (cairo_t *cr,
                                  const PisdBox *box,
                                  const PisdPalette *palette,
                                  const PisdTrainingFunction *function,
                                  double type);
void pisd_draw_training_function_readout (cairo_t *cr,
                                          const PisdBox *box,
                                          const PisdPalette *palette,
                                          const PisdTrainingFunction *function,
                                          double type,
                                          double x);

G_END_DECLS
