#include "pisd-regression.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-ode.h"
#include "pisd-optimizer.h"
#include "pisd-rng.h"

/* Points of a pass, fewer of a wide network: between two passes a stop is heard. */
#define POINTS_BLOCK 512
#define WIDE_BLOCK 64
#define WIDE 100000 /* parameters */
#define BETA1 0.9
#define BETA2 0.999
/* Lanes of PISD_STREAM_TRAINING: where points lie, and from there on the order of each round. */
#define LANE_POINTS 0
#define LANE_ORDERS 1
/* A step of the flow is allowed that part of the relative error as an absolute one. */
#define ABSOLUTE 1e-3

struct _PisdRegression
{
  PisdRegressionPlan *plan;
  PisdCancel *cancel; /* NULL: none */
  guint block;        /* points of a pass */
  PisdPerceptron *perceptron;
  PisdPerceptronPass *pass;
  PisdOptimizer *optimizer; /* NULL: not Adam */
  PisdOde *ode;             /* NULL: not the flow */
  gsize n_parameters;
  double *parameters, *gradient;               /* [n_parameters] */
  double *points, *values;                     /* [n_points, d], [n_points] */
  double *input, *expected, *output, *weights; /* [block, d], [block] */
  guint *order;                                /* [n_points] of this round of batches */
  guint64 step;
  double time, rate;
  double batch_sum; /* of losses since the last measurement */
  guint n_batches;
};

static double
norm (gsize n, const double *v)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += v[i] * v[i];
  return sqrt (sum);
}

/* Points `index` of the data, or the first ones. */
static void
gather (PisdRegression *self, gsize first, gsize n, const guint *index)
{
  guint d = self->plan->widths[0];

  if (index == NULL)
    {
      memcpy (self->input, self->points + first * d, n * d * sizeof (double));
      memcpy (self->expected, self->values + first, n * sizeof (double));
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      for (guint v = 0; v < d; v++)
        self->input[i * d + v] = self->points[index[first + i] * d + v];
      self->expected[i] = self->values[index[first + i]];
    }
}

/* The mean square over n points, and its gradient (NULL: none), overwritten:
 *   grad = sum of 2 (y - p) / n grad y. */
static double
evaluate (PisdRegression *self,
          const double *parameters,
          gsize n,
          const guint *index,
          double *gradient)
{
  double sum = 0.0;

  if (gradient != NULL)
    memset (gradient, 0, self->n_parameters * sizeof (double));
  for (gsize first = 0; first < n && !pisd_cancel_look (self->cancel); first += self->block)
    {
      gsize part = MIN (n - first, self->block);

      gather (self, first, part, index);
      pisd_perceptron_pass_forward (self->pass, parameters, part, self->input, self->output);
      for (gsize i = 0; i < part; i++)
        {
          double difference = self->output[i] - self->expected[i];

          sum += difference * difference;
          self->weights[i] = 2.0 * difference / n;
        }
      if (gradient != NULL)
        pisd_perceptron_pass_backward (self->pass, parameters, self->weights, gradient, NULL);
    }
  return sum / n;
}

static void
add_decay (PisdRegression *self, const double *parameters, double *gradient)
{
  if (self->plan->decay > 0.0)
    for (gsize i = 0; i < self->n_parameters; i++)
      gradient[i] += self->plan->decay * parameters[i];
}

static void
get_slope (double t, const double *y, double *dy, gpointer data)
{
  PisdRegression *self = data;

  evaluate (self, y, self->plan->n_points, NULL, dy);
  add_decay (self, y, dy);
  for (gsize i = 0; i < self->n_parameters; i++)
    dy[i] = -dy[i];
}

static void
draw_points (PisdRegression *self)
{
  const PisdRegressionPlan *plan = self->plan;
  gsize n = (gsize) plan->n_points * plan->widths[0];

  for (gsize i = 0; i < n; i++)
    self->points[i] =
        2.0 * pisd_rng_uniform (plan->seed, PISD_STREAM_TRAINING, LANE_POINTS, i) - 1.0;
  pisd_polynomial_evaluate (plan->target, plan->widths[0], plan->n_points, self->points,
                            self->values);
}

static void
allocate (PisdRegression *self)
{
  const PisdRegressionPlan *plan = self->plan;
  guint d = plan->widths[0];

  self->perceptron = pisd_perceptron_new (plan->n_layers, plan->widths, plan->activation);
  self->n_parameters = pisd_perceptron_get_n_parameters (self->perceptron);
  self->block = self->n_parameters > WIDE ? WIDE_BLOCK : POINTS_BLOCK;
  self->pass = pisd_perceptron_pass_new (self->perceptron, self->block);
  self->parameters = g_new0 (double, self->n_parameters);
  self->gradient = g_new0 (double, self->n_parameters);
  self->points = pisd_memory_new ((gsize) plan->n_points * d);
  self->values = g_new (double, plan->n_points);
  self->input = g_new (double, (gsize) self->block *d);
  self->expected = g_new (double, self->block);
  self->output = g_new (double, self->block);
  self->weights = g_new (double, self->block);
  self->order = g_new (guint, plan->n_points);
}

/* The flow begins where the parameters are. */
static gboolean
begin_method (PisdRegression *self, GError **error)
{
  const PisdRegressionPlan *plan = self->plan;

  if (plan->method == PISD_DESCENT_ADAM)
    self->optimizer = pisd_optimizer_new (self->n_parameters, NULL);
  if (plan->method == PISD_DESCENT_FLOW)
    self->ode = pisd_ode_new (self->n_parameters, self->parameters, plan->tolerance,
                              ABSOLUTE * plan->tolerance, get_slope, self, error);
  return plan->method != PISD_DESCENT_FLOW || self->ode != NULL;
}

PisdRegression *
pisd_regression_new (const PisdRegressionPlan *plan, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdRegression) self = NULL;

  if (!pisd_regression_plan_check (plan, error))
    return NULL;
  self = g_new0 (PisdRegression, 1);
  self->plan = pisd_regression_plan_dup (plan);
  self->cancel = cancel != NULL ? pisd_cancel_ref (cancel) : NULL;
  self->rate = plan->rate;
  allocate (self);
  draw_points (self);
  pisd_perceptron_fill (self->perceptron, plan->seed, self->parameters);
  if (!begin_method (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pisd_regression_free (PisdRegression *self)
{
  if (self == NULL)
    return;
  pisd_ode_free (self->ode);
  pisd_optimizer_free (self->optimizer);
  pisd_perceptron_pass_free (self->pass);
  pisd_perceptron_free (self->perceptron);
  pisd_memory_free (self->points);
  g_free (self->parameters);
  g_free (self->gradient);
  g_free (self->values);
  g_free (self->input);
  g_free (self->expected);
  g_free (self->output);
  g_free (self->weights);
  g_free (self->order);
  pisd_regression_plan_free (self->plan);
  pisd_cancel_unref (self->cancel);
  g_free (self);
}

const PisdRegressionPlan *
pisd_regression_get_plan (const PisdRegression *self)
{
  return self->plan;
}

guint64
pisd_regression_get_step (const PisdRegression *self)
{
  return self->step;
}

gsize
pisd_regression_get_n_parameters (const PisdRegression *self)
{
  return self->n_parameters;
}

const double *
pisd_regression_get_parameters (const PisdRegression *self)
{
  return self->parameters;
}

void
pisd_regression_set_rate (PisdRegression *self, double rate)
{
  self->rate = rate;
}

gboolean
pisd_regression_is_through (const PisdRegression *self)
{
  return self->ode != NULL && self->time >= self->plan->end;
}

static double
step_gradient (PisdRegression *self)
{
  double loss = evaluate (self, self->parameters, self->plan->n_points, NULL, self->gradient);

  add_decay (self, self->parameters, self->gradient);
  for (gsize i = 0; i < self->n_parameters; i++)
    self->parameters[i] -= self->rate * self->gradient[i];
  self->time += self->rate;
  return loss;
}

/* Batches that do not fill up a round leave its last points out. */
static double
step_adam (PisdRegression *self)
{
  const PisdRegressionPlan *plan = self->plan;
  guint n_rounds = plan->n_points / plan->batch, part = self->step % n_rounds;
  guint lane = LANE_ORDERS + (guint) (self->step / n_rounds);
  double loss;

  if (part == 0)
    pisd_rng_choose (plan->seed, PISD_STREAM_TRAINING, lane, plan->n_points, plan->n_points,
                     self->order);
  loss = evaluate (self, self->parameters, plan->batch, self->order + part * plan->batch,
                   self->gradient);
  add_decay (self, self->parameters, self->gradient);
  pisd_optimizer_set_rate (self->optimizer, self->rate);
  pisd_optimizer_step (self->optimizer, BETA1, BETA2, self->gradient, self->parameters);
  self->time = self->step + 1.0;
  return loss;
}

gboolean
pisd_regression_step (PisdRegression *self, GError **error)
{
  double loss = 0.0;

  if (self->ode != NULL)
    {
      if (!pisd_ode_step (self->ode, self->plan->end, &self->time, self->parameters, error))
        return FALSE;
    }
  else
    {
      loss = self->optimizer != NULL ? step_adam (self) : step_gradient (self);
      self->batch_sum += loss;
      self->n_batches++;
    }
  self->step++;
  if (isfinite (loss))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                          "step %" G_GUINT64_FORMAT ": the loss is %g, expected a number; "
                          "is the learning rate %g too high?",
                          self->step, loss, self->rate);
}

void
pisd_regression_measure (PisdRegression *self, gboolean whole, PisdRegressionRow *row)
{
  *row = (PisdRegressionRow){ .step = self->step,
                              .time = self->time,
                              .loss = NAN,
                              .gradient = NAN,
                              .batch = self->batch_sum / self->n_batches,
                              .norm = norm (self->n_parameters, self->parameters) };
  self->batch_sum = 0.0;
  self->n_batches = 0;
  for (guint l = 0; l < self->plan->n_layers; l++)
    {
      gsize begin = pisd_perceptron_get_offset (self->perceptron, l);

      row->layers[l] = norm (pisd_perceptron_get_offset (self->perceptron, l + 1) - begin,
                             self->parameters + begin);
    }
  if (!whole)
    return;
  row->loss = evaluate (self, self->parameters, self->plan->n_points, NULL, self->gradient);
  add_decay (self, self->parameters, self->gradient);
  row->gradient = norm (self->n_parameters, self->gradient);
}
