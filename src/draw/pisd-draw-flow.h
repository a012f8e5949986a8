/* Charts of a flow: its energy by wave number, or the power of any field, and the error of every
 * frame.
 *
 * Shapes: spectra [n], of the wave numbers 1, 2, ...; errors [n], one a frame.
 * Units:  errors relative, drawn in percent. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-velocity.h"

G_BEGIN_DECLS

/* Borrowed arrays; NULL where something is not known. */
typedef struct
{
  const double *truth;
  const double *estimate;
  const double *low, *high;           /* most samples lie between them */
  guint n;                            /* wave numbers; 0: PISD_N_SHELLS of a flow's energy, ... */
  const char *axis, *quantity, *note; /* ... with their words; else below, beside, and instead */
} PisdSpectra;

/* On logarithmic axes; of a flow with a guide line of slope -3, as steep as a cascade of
 * enstrophy. */
void pisd_draw_spectra (cairo_t *cr,
                        const PisdBox *box,
                        const PisdPalette *palette,
                        const PisdSpectra *spectra,
                        double type);
/* Over the chart: the numbers at a place under the pointer; likewise below. */
void pisd_draw_spectra_readout (cairo_t *cr,
                                const PisdBox *box,
                                const PisdPalette *palette,
                                const PisdSpectra *spectra,
                                double type,
                                double x);

typedef struct
{
  guint n;
  const double *times;      /* [n] ascending */
  const double *errors;     /* [n] NaN where not known; NULL: of no frame */
  const double *expected;   /* [n] of the best possible estimate; NULL: not known */
  const gboolean *measured; /* [n] frames with sensors; NULL: not told */
  double time;              /* that is marked; NaN: none */
} PisdTimeErrors;

void pisd_draw_time_errors (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdTimeErrors *errors,
                            double type);
void pisd_draw_time_errors_readout (cairo_t *cr,
                                    const PisdBox *box,
                                    const PisdPalette *palette,
                                    const PisdTimeErrors *errors,
                                    double type,
                                    double x);

G_END_DECLS
