#include "pisd-draw-training.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-draw-text.h"
#include "pisd-draw-training-series.h"

/* What a group has learned: its runs that are known as a band. */
static void
add_group (PisdTrainingSeries *self,
           const PisdTrainingFunction *function,
           const PisdPalette *palette,
           guint group)
{
  g_autofree const double **curves = g_new (const double *, function->n_runs);
  guint n = 0;

  for (guint k = 0; k < function->n_runs; k++)
    if (function->groups[k] == group && function->values[k] != NULL)
      curves[n++] = function->values[k];
  if (n > 0)
    pisd_training_series_take_band (self, function->titles[group], function->n,
                                    g_memdup2 (function->x, function->n * sizeof (double)), n,
                                    curves, pisd_training_series_get_line (palette, group));
}

static char *
dup_place (double x)
{
  g_autofree char *number = pisd_number_dup_markup (x);

  return g_strconcat ("x = ", number, NULL);
}

static void
draw (cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      const PisdTrainingFunction *function,
      double type,
      double x)
{
  const PisdLine line = { palette->text, 3.2, 4.0, 0.0 };
  g_auto (PisdTrainingSeries) series = { NULL };
  PisdGraph graph = { .mark = NAN };

  pisd_training_series_init (&series);
  pisd_training_series_take (&series, _ ("target"), function->n,
                             g_memdup2 (function->x, function->n * sizeof (double)),
                             g_memdup2 (function->target, function->n * sizeof (double)), line);
  for (guint g = 0; g < function->n_groups; g++)
    add_group (&series, function, palette, g);
  graph.x =
      (PisdGraphAxis){ function->x_title,     FALSE, -1.0, 1.0, .dup_label = pisd_label_dup_plain,
                       .dup_value = dup_place };
  graph.y = (PisdGraphAxis){ "", FALSE, .dup_label = pisd_label_dup_plain,
                             .dup_value = pisd_number_dup_markup };
  graph.n_series = series.series->len;
  graph.series = (const PisdSeries *) (gpointer) series.series->data;
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
pisd_draw_training_function (cairo_t *cr,
                             const PisdBox *box,
                             const PisdPalette *palette,
                             const PisdTrainingFunction *function,
                             double type)
{
  draw (cr, box, palette, function, type, NAN);
}

void
pisd_draw_training_function_readout (cairo_t *cr,
                                     const PisdBox *box,
                                     const PisdPalette *palette,
                                     const PisdTrainingFunction *function,
                                     double type,
                                     double x)
{
  draw (cr, box, palette, function, type, x);
}
