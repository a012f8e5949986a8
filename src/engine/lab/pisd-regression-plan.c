#include "pisd-regression-plan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-target.h"

#define N_POINTS 10000
#define TOLERANCE 1e-6
#define MOST_RATE 10.0
#define MOST_DECAY 10.0
/* Multiplications and additions of a round, some 20 ms: they are 6 a parameter and point. */
#define ROUND 5e8
/* A row at every step, then every 16th of what was done. */
#define ROWS_A_DOUBLING 16
/* Every multiple of this has a row. */
#define MILESTONE 1000

static const PisdDescentTraits table[PISD_N_DESCENTS] = {
  [PISD_DESCENT_GRADIENT] = { "gradient", N_ ("Gradient descent"), 1e-3, 0 },
  [PISD_DESCENT_ADAM] = { "adam", "Adam", 5e-3, 100 },
  [PISD_DESCENT_FLOW] = { "flow", N_ ("Gradient flow"), 0.0, 0 },
};

const PisdDescentTraits *
pisd_descent_get_traits (PisdDescent method)
{
  g_return_val_if_fail (method < PISD_N_DESCENTS, NULL);

  return &table[method];
}

PisdRegressionPlan *
pisd_regression_plan_new (const char *name, PisdDescent method, GError **error)
{
  const PisdTarget *target = pisd_target_find (name);
  g_autoptr (PisdRegressionPlan) self = g_new0 (PisdRegressionPlan, 1);
  g_autofree char *widths = NULL;

  self->target = pisd_target_make (name, error);
  if (self->target == NULL)
    return NULL;
  self->target_name = g_strdup (name);
  widths = target != NULL ? g_strdup (target->widths)
                          : pisd_target_dup_widths (pisd_polynomial_get_dimension (self->target));
  self->activation = PISD_ACTIVATION_GELU;
  self->method = method;
  self->rate = table[method].rate;
  self->batch = table[method].batch;
  self->tolerance = TOLERANCE;
  self->end = INFINITY;
  self->n_points = N_POINTS;
  if (!pisd_regression_plan_set_widths (self, widths, error))
    return NULL;
  return g_steal_pointer (&self);
}

PisdRegressionPlan *
pisd_regression_plan_dup (const PisdRegressionPlan *plan)
{
  PisdRegressionPlan *self = g_memdup2 (plan, sizeof *plan);

  self->target_name = g_strdup (plan->target_name);
  self->target = pisd_polynomial_dup (plan->target);
  return self;
}

void
pisd_regression_plan_free (PisdRegressionPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->target_name);
  pisd_polynomial_free (self->target);
  g_free (self);
}

static gboolean
refuse_widths (const char *text, const char *expected, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (text);

  return pisd_error_fail (error, PISD_ERROR_FORMAT, "network: got %s, expected %s", quoted,
                          expected);
}

static gboolean
read_width (const char *word, guint *width)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (word, 10, 1, PISD_REGRESSION_MAX_WIDTH, &value, NULL))
    return FALSE;
  *width = (guint) value;
  return TRUE;
}

gboolean
pisd_regression_plan_set_widths (PisdRegressionPlan *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, "-", PISD_REGRESSION_MAX_LAYERS + 2);
  guint n = g_strv_length (words), widths[PISD_REGRESSION_MAX_LAYERS + 1] = { 0 };
  guint d = pisd_polynomial_get_dimension (self->target);

  if (n < 2 || n > PISD_REGRESSION_MAX_LAYERS + 1)
    return refuse_widths (text, "2 to 9 numbers such as 1-10-20-10-1", error);
  for (guint i = 0; i < n; i++)
    if (!read_width (words[i], &widths[i]))
      return refuse_widths (text, "numbers from 1 to 500 with - between them", error);
  if (widths[n - 1] != 1)
    return refuse_widths (text, "1 at the end", error);
  if (widths[0] < d || widths[0] > PISD_POLYNOMIAL_MAX_VARIABLES)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            "network: its input has %u numbers, the target has %u variables",
                            widths[0], d);
  self->n_layers = n - 1;
  memcpy (self->widths, widths, sizeof widths);
  return TRUE;
}

char *
pisd_regression_plan_dup_widths (const PisdRegressionPlan *self)
{
  GString *text = g_string_new (NULL);

  for (guint l = 0; l <= self->n_layers; l++)
    g_string_append_printf (text, "%s%u", l == 0 ? "" : "-", self->widths[l]);
  return g_string_free (text, FALSE);
}

gboolean
pisd_regression_plan_check (const PisdRegressionPlan *self, GError **error)
{
  const PisdDescentTraits *traits = &table[self->method];
  const struct
  {
    const char *name;
    gboolean is_used;
    double value, low, high;
  } ranges[] = {
    { "learning rate", traits->rate > 0.0, self->rate, 1e-12, MOST_RATE },
    { "points", TRUE, self->n_points, 1, PISD_REGRESSION_MAX_POINTS },
    { "batch", traits->batch > 0, self->batch, 1, self->n_points },
    { "weight decay", TRUE, self->decay, 0.0, MOST_DECAY },
    { "tolerance", TRUE, self->tolerance, 1e-12, 1e-2 },
    { "end of the flow", TRUE, self->end, 1e-6, INFINITY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (ranges[i].is_used
        && !(ranges[i].value >= ranges[i].low && ranges[i].value <= ranges[i].high))
      return pisd_error_fail (error, PISD_ERROR_RANGE, "%s: got %g, expected %g to %g",
                              ranges[i].name, ranges[i].value, ranges[i].low, ranges[i].high);
  return TRUE;
}

gsize
pisd_regression_plan_count_parameters (const PisdRegressionPlan *self)
{
  return pisd_perceptron_count_parameters (self->n_layers, self->widths);
}

guint
pisd_regression_plan_get_stride (const PisdRegressionPlan *self, guint64 step)
{
  double points = table[self->method].batch > 0 ? self->batch : self->n_points;
  double most = ROUND / (6.0 * points * pisd_regression_plan_count_parameters (self));

  guint stride = (guint) CLAMP (step / (double) ROWS_A_DOUBLING, 1.0, fmax (most, 1.0));

  return MIN (stride, MILESTONE - (guint) (step % MILESTONE));
}

static guint64
count_strides (const PisdRegressionPlan *self, guint64 first, guint64 end)
{
  guint64 n = 0;

  for (guint64 step = first; step < end; n++)
    step += pisd_regression_plan_get_stride (self, step);
  return n;
}

/* From where strides are limited by milestones and time alone, every milestone has as many. */
guint64
pisd_regression_plan_count_rows (const PisdRegressionPlan *self, guint64 n_steps)
{
  const guint64 settled = ROWS_A_DOUBLING * MILESTONE;
  guint64 n_milestones;

  if (n_steps <= settled)
    return 1 + count_strides (self, 0, n_steps);
  n_milestones = (n_steps - settled) / MILESTONE;
  return 1 + count_strides (self, 0, settled)
         + n_milestones * count_strides (self, settled, settled + MILESTONE)
         + count_strides (self, settled + n_milestones * MILESTONE, n_steps);
}
