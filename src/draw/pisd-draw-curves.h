/* Losses, errors and sigma over the steps of a run: what is known of them, and how they are drawn
 * on logarithmic axes.  The window's timeline and every export share it. */
#pragma once

#include "pisd-draw-chart.h"
#include "pisd-frame.h"

G_BEGIN_DECLS

/* A curve by its number: the losses in the order of PisdTerm (one for the sensors of each field, by
 * the field's index, then the equation's), sigma, and the errors of the fields. */
typedef guint PisdCurve;
#define PISD_CURVE_LOSS(field) ((PisdCurve) (field))
#define PISD_CURVE_EQUATION ((PisdCurve) PISD_MAX_FIELDS)
#define PISD_CURVE_SIGMA ((PisdCurve) (PISD_MAX_FIELDS + 1))
#define PISD_CURVE_ERROR(field) ((PisdCurve) (PISD_MAX_FIELDS + 2 + (field)))
#define PISD_N_CURVES (2 * PISD_MAX_FIELDS + 2)

/* Losses and sigma belong to the left axis, errors (in percent) to the right one. */
typedef enum
{
  PISD_AXIS_LEFT,
  PISD_AXIS_RIGHT,
  PISD_N_AXES
} PisdAxis;

typedef struct
{
  const PisdOperator *equation;  /* names the fields; NULL before the first run */
  guint n_steps;                 /* N: steps 0 .. N; 0 before the first run */
  guint n_known;                 /* steps 0 .. n_known - 1 are all known */
  int last;                      /* highest known step, -1 = none */
  guint8 *known;                 /* [N + 1] */
  guint8 *marked;                /* [N + 1] parameters changed here */
  double *values[PISD_N_CURVES]; /* [N + 1], NaN where unknown; errors in percent */
  double *logs[PISD_N_CURVES];   /* [N + 1] log10 of them, NaN where there is none */
  gboolean hidden[PISD_N_CURVES];
  gboolean present[PISD_N_CURVES]; /* has at least one value that can be drawn */
  double min[PISD_N_CURVES];       /* of logs, where present */
  double max[PISD_N_CURVES];
} PisdCurves;

PisdCurves *pisd_curves_new (void);
PisdCurves *pisd_curves_dup (const PisdCurves *curves);
void pisd_curves_free (PisdCurves *curves); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdCurves, pisd_curves_free)

/* A new run: forgets everything but what is hidden. */
void pisd_curves_start (PisdCurves *curves, const PisdOperator *equation, guint n_steps);
/* The numbers of one frame of that run, in any order; a step that comes again is replaced. */
void pisd_curves_add_frame (PisdCurves *curves, const PisdFrame *frame);

/* "loss a", "σ", "error u": translated; NULL for a field that the equation does not have. */
char *pisd_curves_dup_title (const PisdCurves *curves, PisdCurve curve);
PisdAxis pisd_curve_get_axis (PisdCurve curve);
/* Ink, width and dashes of a curve at a layout's scale, as the legend repeats them. */
PisdLine pisd_curve_get_line (PisdCurve curve, const PisdPalette *palette, double scale);
/* Whether a curve has something to show at a step. */
gboolean pisd_curves_is_shown (const PisdCurves *curves, PisdCurve curve, guint step);

/* Where the parts lie. */
typedef struct
{
  double scale;                  /* of type and spacing */
  PisdBox plot;                  /* step 0 at its left edge, step N at its right edge */
  double labels_y;               /* middle of the numbers of the steps */
  double legend_y;               /* middle of the legend */
  double legend_scale;           /* of its type: less than `scale` where that is too wide */
  PisdBox legend[PISD_N_CURVES]; /* what a click on an entry hits; empty: curve not present */
  double legend_end;             /* right end of the last entry */
  double header_end;             /* right end of what stands beside the legend */
  PisdScale steps;               /* 0 .. N */
  PisdScale axes[PISD_N_AXES];   /* logarithmic; not used where the axis carries no curve */
} PisdCurvesLayout;

/* gap: room kept between the plot and the numbers of the steps, for a scrubber; type: what the
 * reader's type is larger than usual by. */
void pisd_curves_layout_init (PisdCurvesLayout *layout,
                              const PisdCurves *curves,
                              const PisdBox *box,
                              double gap,
                              double type);
/* A plot without axes and legend, and to the right of it `tail` units for words. */
void pisd_curves_layout_init_slim (PisdCurvesLayout *layout,
                                   const PisdCurves *curves,
                                   const PisdBox *box,
                                   double gap,
                                   double type,
                                   double tail);
double pisd_curves_layout_get_x (const PisdCurvesLayout *layout, guint step);
/* The step nearest to x, clamped to those there are. */
guint pisd_curves_layout_get_step (const PisdCurvesLayout *layout, double x);

/* Axes, legend, marks and curves. */
void pisd_draw_curves (cairo_t *cr,
                       const PisdCurvesLayout *layout,
                       const PisdPalette *palette,
                       const PisdCurves *curves);
/* A card with the values of all curves at one step, beside a thin line there; kept inside `box`. */
void pisd_draw_curves_readout (cairo_t *cr,
                               const PisdBox *box,
                               const PisdCurvesLayout *layout,
                               const PisdPalette *palette,
                               const PisdCurves *curves,
                               guint step);

G_END_DECLS
