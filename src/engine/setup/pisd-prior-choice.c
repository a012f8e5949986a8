#include "pisd-prior-choice.h"

#include <math.h>

#include "pisd-method.h"
#include "pisd-truth.h"

/* A mean of less than this part of the root mean square is none: without its mode it costs less
 * than 2 % of error. */
#define LEAST_MEAN 0.01

/* The node whose value stands for node i of n where the boundary is zeroed: the nearest one
 * inside. */
static guint
inside (guint i, guint n)
{
  return CLAMP (i, 1, n - 2);
}

static gboolean
is_of_the_benchmark (const PisdScenario *scenario)
{
  return scenario->settings.family == PISD_FAMILY_GRF
         && pisd_truth_get_kind (scenario) == PISD_TRUTH_RANDOM;
}

/* |mean| < LEAST_MEAN |f| / sqrt n, in units in which the largest value is 1.  A zeroed
 * boundary, which alone would give a mean to a field without one, counts as the nodes beside
 * it. */
static gboolean
has_mean (const PisdField *f, gboolean zero_boundary)
{
  const double unit = pisd_field_get_largest (f);
  double sum = 0.0, squares = 0.0;
  gsize n = pisd_field_get_n (f);

  for (guint i = 0; i < f->ny; i++)
    for (guint j = 0; j < f->nx; j++)
      {
        guint row = zero_boundary ? inside (i, f->ny) : i,
              column = zero_boundary ? inside (j, f->nx) : j;
        double value = f->data[row * f->nx + column] / unit;

        sum += value;
        squares += value * value;
      }
  return fabs (sum / n) > LEAST_MEAN * sqrt (squares / n);
}

PisdFamily
pisd_prior_choose_family (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;

  return pisd_truth_get_kind (scenario) == PISD_TRUTH_RANDOM ? settings->family
                                                             : settings->prior_family;
}

double
pisd_prior_choose_mean_sd (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdOperator *row = pisd_operator_get (settings->problem);
  const PisdFieldInfo *source = &row->fields[0];

  if (settings->prior_family != PISD_FAMILY_GRF)
    return row->random->get_mean_sd (settings->prior_family);
  if (scenario->instance == NULL || !pisd_operator_has_mean (settings->problem)
      || !has_mean (pisd_instance_get_field (scenario->instance, source->id), source->zero_boundary)
      || is_of_the_benchmark (scenario))
    return 0.0;
  return PISD_PRIOR_MEAN_SD;
}

void
pisd_prior_follow_family (const PisdScenario *before, PisdScenario *after)
{
  if (before->settings.prior_family == pisd_prior_choose_family (before))
    after->settings.prior_family = pisd_prior_choose_family (after);
  pisd_settings_drop_laws (&after->settings);
}

void
pisd_prior_follow_mean (const PisdScenario *before, PisdScenario *after)
{
  if (before->settings.mean_sd == pisd_prior_choose_mean_sd (before))
    after->settings.mean_sd = pisd_prior_choose_mean_sd (after);
}

gboolean
pisd_prior_is_of_truth (const PisdScenario *scenario)
{
  const PisdSettings *settings = &scenario->settings;
  const PisdRandomOps *random = pisd_operator_get (settings->problem)->random;

  return pisd_method_get_prior (settings->prior)->is_gaussian
         && settings->prior_family == settings->family
         && settings->mean_sd == random->get_mean_sd (settings->family)
         && pisd_law_equal (pisd_settings_get_prior_law (settings),
                            pisd_settings_get_instance_law (settings))
         && settings->noise_sd == 0.0 && pisd_truth_get_kind (scenario) == PISD_TRUTH_RANDOM;
}

gboolean
pisd_prior_fits_truth (const PisdScenario *scenario)
{
  return scenario->settings.family == PISD_FAMILY_GRF && pisd_prior_is_of_truth (scenario);
}
