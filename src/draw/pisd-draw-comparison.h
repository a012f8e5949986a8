/* Methods side by side on one set of readings: a column of heatmaps each, in as many bands as make
 * them largest, and below them all one plot of their errors.  The window and every export share
 * it.
 *
 * Layer: above panels and the chart kit. */
#pragma once

#include "pisd-draw-chart.h"
#include "pisd-draw-paper.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

#define PISD_COMPARISON_MOST 8 /* columns */

/* What lies along the plot. */
typedef enum
{
  PISD_COMPARISON_FRACTION,    /* of each method's own run, linear */
  PISD_COMPARISON_EVALUATIONS, /* of the denoiser, logarithmic */
  PISD_N_COMPARISON_AXES
} PisdComparisonAxis;

/* Colours of curves: an index into PisdPalette.method, or one of these. */
enum
{
  PISD_COMPARISON_NO_INK = -1,
  PISD_COMPARISON_OWN_INK = G_N_ELEMENTS (((PisdPalette *) NULL)->method), /* of no preset */
  PISD_COMPARISON_OTHER_INK                                                /* of another prior */
};

/* One method, or the truth.  Everything is borrowed. */
typedef struct
{
  const char *title;                        /* "Second order" */
  const char *detail;                       /* under it: "60 steps" */
  const char *number;                       /* under that: "5.6 % · 1.04×"; NULL: none */
  const char *note;                         /* where there is no field */
  const PisdField *fields[PISD_MAX_FIELDS]; /* one frame each; NULL: none */
  gboolean dashed;                          /* it has no curve but a level */
  int ink;              /* its curve's colour; PISD_COMPARISON_NO_INK: no curve */
  guint n_steps;        /* N of its run */
  guint stages;         /* evaluations a step, but one in the last */
  guint n_known;        /* points of the curve: steps 0 .. n_known - 1 */
  const double *errors; /* [n_known] relative; NaN: unknown */
  double end;           /* what the run came to beside its curve, a dot at its end; 0: nothing */
  double level;         /* relative error that needs no steps, a dashed line; NaN: none */
} PisdComparisonColumn;

typedef struct
{
  const char *caption; /* NULL: none */
  guint n_columns;
  PisdComparisonColumn columns[PISD_COMPARISON_MOST];
  guint n_fields;
  const PisdFieldInfo *fields;    /* [n_fields] */
  guint frames[PISD_MAX_FIELDS];  /* of each field the one that is shown */
  double limits[PISD_MAX_FIELDS]; /* colours go from -limit to limit */
  PisdColormap map;
  const PisdSensors *sensors; /* drawn on the first column; NULL: none */
  guint field; /* whose errors are plotted; shown alone where there is no room for all */
  PisdComparisonAxis axis;
  double fraction;       /* of every run shown, marked on the curves; NaN: no mark */
  const char *remark;    /* above the plot; NULL: none */
  const char *plot_note; /* instead of curves */
  const char *mark;      /* why all but the truth is of yesterday; NULL: it is not */
} PisdComparison;

typedef struct
{
  double scale; /* of type and spacing */
  double head;  /* of the type above the columns: less where they are narrow */
  double caption_y;
  guint n_bands;               /* of columns, one below the other */
  guint n_in_band;             /* columns; fewer in the last */
  guint n_rows;                /* of a band */
  guint rows[PISD_MAX_FIELDS]; /* field number of each row */
  PisdBox heads[PISD_COMPARISON_MOST];
  PisdBox heats[PISD_MAX_FIELDS][PISD_COMPARISON_MOST]; /* by row */
  PisdBox bars[PISD_MAX_FIELDS][PISD_COMPARISON_MOST];  /* by row and band */
  PisdBox area;                                         /* of the plot with all around it */
  PisdBox plot;
  PisdScale errors; /* percent, logarithmic */
  PisdScale run;    /* fraction of a run, linear, or evaluations, logarithmic */
} PisdComparisonLayout;

/* With all that it borrows, but for the table of fields. */
PisdComparison *pisd_comparison_dup (const PisdComparison *comparison);
void pisd_comparison_free (PisdComparison *comparison); /* of a copy; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdComparison, pisd_comparison_free)

/* type: what the reader's type is larger than usual by. */
void pisd_comparison_layout_init (PisdComparisonLayout *layout,
                                  const PisdComparison *comparison,
                                  const PisdBox *box,
                                  double type);
/* Heads, heatmaps, colour bars, plot.  Paints no background. */
void pisd_draw_comparison (cairo_t *cr,
                           const PisdComparisonLayout *layout,
                           const PisdPalette *palette,
                           const PisdComparison *comparison);
/* A card with every method's step and error at x, beside a line there; inside layout->area. */
void pisd_draw_comparison_readout (cairo_t *cr,
                                   const PisdComparisonLayout *layout,
                                   const PisdPalette *palette,
                                   const PisdComparison *comparison,
                                   double x);
/* The fraction of a run that lies at x on the plot, clamped to [0, 1]. */
double pisd_comparison_layout_get_fraction (const PisdComparisonLayout *layout, double x);
/* How errors are written: three significant digits at most, 0.54 %, 5.6 %, 142 %. */
char *pisd_comparison_dup_percent (double error);
/* Saves as .png, .svg or .pdf on the palette's background.
 * Errors: as pisd_draw_save(). */
gboolean pisd_draw_save_comparison (const char *path,
                                    const PisdPaper *paper,
                                    const PisdPalette *palette,
                                    const PisdComparison *comparison,
                                    GError **error);

G_END_DECLS
