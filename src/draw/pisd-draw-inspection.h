/* Charts of guidance that was taken apart: what its terms come to over the steps of a run, and its
 * effective step by wave number.
 *
 * Units: user units of the Cairo context. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-inspector.h"

G_BEGIN_DECLS

/* What is drawn over the steps. */
typedef enum
{
  PISD_INSPECTION_NORMS,   /* of terms, total and update */
  PISD_INSPECTION_SHARES,  /* of the terms */
  PISD_INSPECTION_COSINES, /* between terms: where they fight */
  PISD_INSPECTION_N_CHARTS
} PisdInspectionChart;

/* Borrowed arrays [n]. */
typedef struct
{
  PisdProblemId problem;
  PisdInspectionKind kind;
  PisdInspectionChart chart;
  guint n; /* steps of the run */
  const PisdInspectionNumbers *numbers;
  const gboolean *is_known;
  double step; /* that is marked; NaN: none */
  const char *note;
} PisdInspectionCurves;

void pisd_draw_inspection_curves (cairo_t *cr,
                                  const PisdBox *box,
                                  const PisdPalette *palette,
                                  const PisdInspectionCurves *curves,
                                  double type);
/* Over the chart: the numbers at a place under the pointer. */
void pisd_draw_inspection_curves_readout (cairo_t *cr,
                                          const PisdBox *box,
                                          const PisdPalette *palette,
                                          const PisdInspectionCurves *curves,
                                          double type,
                                          double x);
/* The step at a place; -1: it is beside the plot. */
int pisd_inspection_curves_find_step (const PisdBox *box,
                                      const PisdInspectionCurves *curves,
                                      double type,
                                      double x,
                                      double y);

/* Update over gradient, or over pull, by wave number, and the method's own weight by frequency,
 * drawn at the same height. */
void pisd_draw_inspection_shells (cairo_t *cr,
                                  const PisdBox *box,
                                  const PisdPalette *palette,
                                  const PisdInspectionShells *shells,
                                  PisdInspectionKind kind,
                                  const char *note,
                                  double type);
void pisd_draw_inspection_shells_readout (cairo_t *cr,
                                          const PisdBox *box,
                                          const PisdPalette *palette,
                                          const PisdInspectionShells *shells,
                                          PisdInspectionKind kind,
                                          double type,
                                          double x);

G_END_DECLS
