#include "pisd-draw-inspection.h"
#include "pisd-draw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Measures at scale 1. */
static const double line_width = 1.7;
static const double thin_width = 1.2;
static const double dash = 5.0;

/* Decades of norms, and of effective steps, below the largest. */
static const double most_decades = 8.0;

/* One curve over the steps. */
typedef struct
{
  char *title;
  PisdInspected which;
  PisdTerm term;
  PisdLine line;
} Curve;

#define MOST_CURVES (PISD_N_TERMS + 3)

static PisdLine
get_solid (const PisdInk *ink)
{
  return (PisdLine){ .ink = *ink, .width = line_width };
}

static PisdLine
get_dashed (const PisdInk *ink)
{
  return (PisdLine){ *ink, thin_width, dash, 0.7 * dash };
}

/* Shares in percent. */
static double
get_number (const PisdInspectionCurves *curves, guint step, const Curve *curve)
{
  const double unit = curve->which == PISD_INSPECTED_SHARE ? 100.0 : 1.0;

  return unit * pisd_inspection_numbers_get (&curves->numbers[step], curve->which, curve->term);
}

/* Whether any step has such a number. */
static gboolean
is_there (const PisdInspectionCurves *curves, const Curve *curve)
{
  for (guint i = 0; i < curves->n; i++)
    if (curves->is_known[i] && isfinite (get_number (curves, i, curve)))
      return TRUE;
  return FALSE;
}

static void
add_curve (const PisdInspectionCurves *curves, Curve curve, Curve *list, guint *n)
{
  if (is_there (curves, &curve))
    list[(*n)++] = curve;
  else
    g_free (curve.title);
}

static void
add_terms (const PisdInspectionCurves *curves,
           const PisdPalette *palette,
           PisdInspected which,
           Curve *list,
           guint *n)
{
  const PisdOperator *row = pisd_operator_get (curves->problem);

  for (guint f = 0; f < row->n_fields; f++)
    add_curve (curves,
               (Curve){ g_strdup_printf (_ ("readings of %s"), row->fields[f].name), which,
                        PISD_TERM_OBS (f), get_solid (&palette->loss[f % PISD_PALETTE_FIELDS]) },
               list, n);
  add_curve (
      curves,
      (Curve){ g_strdup (_ ("equation")), which, PISD_TERM_PDE, get_solid (&palette->equation) },
      list, n);
}

static guint
choose_norms (const PisdInspectionCurves *curves, const PisdPalette *palette, Curve *list)
{
  guint n = 0;

  add_terms (curves, palette, PISD_INSPECTED_NORM, list, &n);
  add_curve (
      curves,
      (Curve){ g_strdup (_ ("total")), PISD_INSPECTED_TOTAL, 0, get_dashed (&palette->text) }, list,
      &n);
  add_curve (
      curves,
      (Curve){ g_strdup (_ ("update")), PISD_INSPECTED_UPDATE, 0, get_dashed (&palette->error[0]) },
      list, &n);
  return n;
}

static guint
choose_shares (const PisdInspectionCurves *curves, const PisdPalette *palette, Curve *list)
{
  guint n = 0;

  add_terms (curves, palette, PISD_INSPECTED_SHARE, list, &n);
  return n;
}

static guint
choose_cosines (const PisdInspectionCurves *curves, const PisdPalette *palette, Curve *list)
{
  const PisdOperator *row = pisd_operator_get (curves->problem);
  guint n = 0;

  add_curve (curves,
             (Curve){ g_strdup (_ ("readings, equation")), PISD_INSPECTED_COSINE_EQUATION, 0,
                      get_solid (&palette->equation) },
             list, &n);
  if (row->n_fields > 1)
    add_curve (curves,
               (Curve){ g_strdup_printf (_ ("readings of %s, of %s"), row->fields[0].name,
                                         row->fields[1].name),
                        PISD_INSPECTED_COSINE_FIELDS, 0, get_solid (&palette->loss[1]) },
               list, &n);
  add_curve (curves,
             (Curve){ g_strdup (curves->kind == PISD_INSPECTION_GRADIENTS ? _ ("update, − total")
                                                                          : _ ("update, total")),
                      PISD_INSPECTED_COSINE_UPDATE, 0, get_dashed (&palette->text) },
             list, &n);
  return n;
}

static char *
dup_step (double step)
{
  return g_strdup_printf (_ ("step %.0f"), step);
}

static char *
dup_percent (double percent)
{
  return g_strdup_printf ("%.1f\u2009%%", percent);
}

static char *
dup_cosine (double cosine)
{
  return g_strdup_printf ("%+.2f", cosine);
}

/* One row a chart: its curves and its axis of numbers. */
static const struct
{
  guint (*choose) (const PisdInspectionCurves *curves, const PisdPalette *palette, Curve *list);
  const char *title;
  gboolean logarithmic;
  double low, high;
  char *(*dup_label) (double number);
  char *(*dup_value) (double number);
} charts[PISD_INSPECTION_N_CHARTS] = {
  [PISD_INSPECTION_NORMS] = { choose_norms, N_ ("norm"), TRUE, 0.0, 0.0, pisd_ticks_dup_power,
                              pisd_number_dup_markup },
  [PISD_INSPECTION_SHARES] = { choose_shares, N_ ("share"), FALSE, 0.0, 100.0,
                               pisd_label_dup_percent, dup_percent },
  [PISD_INSPECTION_COSINES] = { choose_cosines, N_ ("cosine"), FALSE, -1.0, 1.0,
                                pisd_label_dup_plain, dup_cosine },
};

/* What a graph of the curves borrows from. */
typedef struct
{
  Curve list[MOST_CURVES];
  PisdSeries series[MOST_CURVES + 1];
  double *x, *y[MOST_CURVES]; /* [known steps] */
  double zero_x[2], zero_y[2];
  PisdGraph graph;
} CurvesGraph;

/* The numbers of the steps that are known, side by side. */
static void
fill_points (const PisdInspectionCurves *curves, CurvesGraph *self, guint n_curves)
{
  guint n = 0;

  self->x = g_new (double, curves->n);
  for (guint c = 0; c < n_curves; c++)
    self->y[c] = g_new (double, curves->n);
  for (guint i = 0; i < curves->n; i++)
    {
      if (!curves->is_known[i])
        continue;
      self->x[n] = i;
      for (guint c = 0; c < n_curves; c++)
        self->y[c][n] = get_number (curves, i, &self->list[c]);
      n++;
    }
  for (guint c = 0; c < n_curves; c++)
    self->series[c] = (PisdSeries){ .title = self->list[c].title,
                                    .n = n,
                                    .x = self->x,
                                    .y = self->y[c],
                                    .line = self->list[c].line };
}

/* A line at cosine 0, below which two terms fight. */
static void
add_zero (CurvesGraph *self, const PisdPalette *palette, double last)
{
  self->zero_x[1] = last;
  self->series[self->graph.n_series++] =
      (PisdSeries){ .n = 2,
                    .x = self->zero_x,
                    .y = self->zero_y,
                    .line = { .ink = palette->faint, .width = 1.0 },
                    .is_guide = TRUE };
}

static void
init_curves (CurvesGraph *self, const PisdInspectionCurves *curves, const PisdPalette *palette)
{
  const double last = MAX (curves->n, 2) - 1;
  const guint chart = curves->chart;
  const guint n = charts[chart].choose (curves, palette, self->list);

  fill_points (curves, self, n);
  self->graph = (PisdGraph){
    .x = { _ ("step"), FALSE, 0.0, last, 0.0, pisd_label_dup_plain, dup_step },
    .y = { _ (charts[chart].title), charts[chart].logarithmic, charts[chart].low,
           charts[chart].high, most_decades, charts[chart].dup_label, charts[chart].dup_value },
    .n_series = n,
    .series = self->series,
    .mark = curves->step,
    .note = curves->note,
  };
  if (chart == PISD_INSPECTION_COSINES && n > 0)
    add_zero (self, palette, last);
}

static void
clear_curves (CurvesGraph *self)
{
  for (guint c = 0; c < MOST_CURVES; c++)
    {
      g_free (self->list[c].title);
      g_free (self->y[c]);
    }
  g_free (self->x);
}

void
pisd_draw_inspection_curves_readout (cairo_t *cr,
                                     const PisdBox *box,
                                     const PisdPalette *palette,
                                     const PisdInspectionCurves *curves,
                                     double type,
                                     double x)
{
  CurvesGraph graph = { .x = NULL };

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && curves != NULL);

  init_curves (&graph, curves, palette);
  pisd_draw_graph_at (cr, box, palette, &graph.graph, type, x);
  clear_curves (&graph);
}

void
pisd_draw_inspection_curves (cairo_t *cr,
                             const PisdBox *box,
                             const PisdPalette *palette,
                             const PisdInspectionCurves *curves,
                             double type)
{
  pisd_draw_inspection_curves_readout (cr, box, palette, curves, type, NAN);
}

int
pisd_inspection_curves_find_step (const PisdBox *box,
                                  const PisdInspectionCurves *curves,
                                  double type,
                                  double x,
                                  double y)
{
  CurvesGraph graph = { .x = NULL };
  PisdGraphLayout layout;
  const PisdBox *plot = &layout.plot;
  int step = -1;

  init_curves (&graph, curves, pisd_palette_get (FALSE));
  pisd_graph_layout_init (&layout, &graph.graph, box, type);
  if (pisd_scale_is_used (&layout.x) && x >= plot->x && x <= plot->x + plot->width && y >= plot->y
      && y <= plot->y + plot->height)
    step = (int) lround (pisd_scale_get_value (&layout.x, x));
  clear_curves (&graph);
  return step;
}

/* By wave number. */

/* The weight at the height of the effective steps: their mean on the logarithmic axis is the same.
 * NaN where there is none. */
static double
find_lift (const PisdInspectionShells *shells)
{
  double sum = 0.0;
  guint n = 0;

  for (guint k = 0; k < shells->n; k++)
    if (shells->step[k] > 0.0 && shells->weight[k] > 0.0)
      {
        sum += log (shells->step[k] / shells->weight[k]);
        n++;
      }
  return n > 0 ? exp (sum / n) : NAN;
}

static char *
dup_wave_number (double k)
{
  return g_strdup_printf ("|k| = %.0f", k);
}

static void
draw_shells (cairo_t *cr,
             const PisdBox *box,
             const PisdPalette *palette,
             const PisdInspectionShells *shells,
             PisdInspectionKind kind,
             const char *note,
             double type,
             double x)
{
  const guint n = shells != NULL ? shells->n : 0;
  const double lift = n > 0 ? find_lift (shells) : NAN;
  g_autofree double *k = g_new (double, MAX (n, 1));
  g_autofree double *lifted = g_new (double, MAX (n, 1));

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL);

  for (guint i = 0; i < n; i++)
    {
      k[i] = i;
      lifted[i] = lift * shells->weight[i];
    }
  const PisdSeries series[] = {
    { .title =
          kind == PISD_INSPECTION_PULLS ? _ ("|update| / |pull|") : _ ("|update| / |gradient|"),
      .n = n,
      .x = k,
      .y = n > 0 ? shells->step : k,
      .line = get_solid (&palette->loss[0]) },
    { .title = isfinite (lift) ? _ ("frequency weight, to scale") : NULL,
      .n = isfinite (lift) ? n : 0,
      .x = k,
      .y = lifted,
      .line = get_dashed (&palette->error[0]) },
  };
  const PisdGraph graph = {
    .x = { _ ("wave number |k|"), FALSE, 0.0, 0.0, 0.0, pisd_label_dup_plain, dup_wave_number },
    .y = { _ ("step"), TRUE, 0.0, 0.0, most_decades, pisd_ticks_dup_power, pisd_number_dup_markup },
    .n_series = G_N_ELEMENTS (series),
    .series = series,
    .mark = NAN,
    .note = note,
  };

  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
pisd_draw_inspection_shells (cairo_t *cr,
                             const PisdBox *box,
                             const PisdPalette *palette,
                             const PisdInspectionShells *shells,
                             PisdInspectionKind kind,
                             const char *note,
                             double type)
{
  draw_shells (cr, box, palette, shells, kind, note, type, NAN);
}

void
pisd_draw_inspection_shells_readout (cairo_t *cr,
                                     const PisdBox *box,
                                     const PisdPalette *palette,
                                     const PisdInspectionShells *shells,
                                     PisdInspectionKind kind,
                                     double type,
                                     double x)
{
  draw_shells (cr, box, palette, shells, kind, NULL, type, x);
}
