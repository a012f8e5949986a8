#include "pisd-regression-view.h"

#define SIDE 65  /* of a grid */
#define LINE 241 /* points of a line */

struct _PisdRegressionView
{
  gboolean is_grid;
  guint n, side;
  double *places, *points, *target;                /* [side], [n, d], [n] */
  PisdPerceptron *perceptrons[PISD_N_ACTIVATIONS]; /* NULL: not yet asked for */
  PisdPerceptronPass *passes[PISD_N_ACTIVATIONS];
  guint n_layers;
  guint widths[PISD_REGRESSION_MAX_LAYERS + 1];
};

static void
fill_points (PisdRegressionView *self, guint d)
{
  for (guint i = 0; i < self->side; i++)
    self->places[i] = 2.0 * i / (self->side - 1.0) - 1.0;
  for (guint i = 0; i < self->n; i++)
    for (guint v = 0; v < d; v++)
      self->points[i * d + v] =
          self->places[self->is_grid && v == 1 ? i / self->side : i % self->side];
}

PisdRegressionView *
pisd_regression_view_new (const PisdRegressionPlan *plan)
{
  PisdRegressionView *self = g_new0 (PisdRegressionView, 1);
  guint d = plan->widths[0];

  self->is_grid = d == 2;
  self->side = self->is_grid ? SIDE : LINE;
  self->n = self->is_grid ? SIDE * SIDE : LINE;
  self->places = g_new (double, self->side);
  self->points = g_new (double, (gsize) self->n *d);
  self->target = g_new (double, self->n);
  self->n_layers = plan->n_layers;
  for (guint l = 0; l <= plan->n_layers; l++)
    self->widths[l] = plan->widths[l];
  fill_points (self, d);
  pisd_polynomial_evaluate (plan->target, d, self->n, self->points, self->target);
  return self;
}

void
pisd_regression_view_free (PisdRegressionView *self)
{
  if (self == NULL)
    return;
  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    {
      pisd_perceptron_pass_free (self->passes[a]);
      pisd_perceptron_free (self->perceptrons[a]);
    }
  g_free (self->places);
  g_free (self->points);
  g_free (self->target);
  g_free (self);
}

gboolean
pisd_regression_view_is_grid (const PisdRegressionView *self)
{
  return self->is_grid;
}

guint
pisd_regression_view_get_n (const PisdRegressionView *self)
{
  return self->n;
}

guint
pisd_regression_view_get_side (const PisdRegressionView *self)
{
  return self->side;
}

const double *
pisd_regression_view_get_places (const PisdRegressionView *self)
{
  return self->places;
}

const double *
pisd_regression_view_get_target (const PisdRegressionView *self)
{
  return self->target;
}

void
pisd_regression_view_evaluate (PisdRegressionView *self,
                               PisdActivation a,
                               const double *parameters,
                               double *values)
{
  if (self->passes[a] == NULL)
    {
      self->perceptrons[a] = pisd_perceptron_new (self->n_layers, self->widths, a);
      self->passes[a] = pisd_perceptron_pass_new (self->perceptrons[a], self->n);
    }
  pisd_perceptron_pass_forward (self->passes[a], parameters, self->n, self->points, values);
}
