#include "pisd-mixture.h"

#include <math.h>

#include "pisd-grf.h"

#define A 0 /* field 0 */
#define U 1 /* the fields that it determines */
/* What a reading of u weighs beside one of a of the same precision, each in units of its prior. */
#define WEIGHT_OF_U 2.0
/* Modes in each direction that hold nearly all of either field's variance. */
#define N_MODES 64

static const char *const task_names[PISD_N_TASKS] = { "forward", "inverse", "both" };

const char *
pisd_task_get_name (PisdTask task)
{
  g_return_val_if_fail ((guint) task < PISD_N_TASKS, NULL);

  return task_names[task];
}

gboolean
pisd_task_from_name (const char *name, PisdTask *task)
{
  g_return_val_if_fail (name != NULL && task != NULL, FALSE);

  for (guint i = 0; i < PISD_N_TASKS; i++)
    if (g_str_equal (task_names[i], name))
      {
        *task = i;
        return TRUE;
      }
  return FALSE;
}

/* Mean variance of field 1: sum (s / lambda)^2 / S^2, s the prior's scale of a mode and lambda
 * its eigenvalue, its modes taken for the source's of the same numbers. */
static double
solution_variance (const PisdEquation *equation)
{
  double variance = 0.0;

  for (guint16 ky = 0; ky < N_MODES; ky++)
    {
      guint16 kys[N_MODES], kxs[N_MODES];
      double lambda[N_MODES];

      for (guint16 kx = 0; kx < N_MODES; kx++)
        {
          kys[kx] = ky;
          kxs[kx] = kx;
        }
      pisd_equation_fill_eigenvalues (equation, PISD_SPECTRAL, N_MODES, kys, kxs, lambda);
      for (guint kx = 0; kx < N_MODES; kx++)
        variance += pow (pisd_grf_scale (ky + 1, kx + 1) / (PISD_GRID * lambda[kx]), 2);
    }
  return variance;
}

/* Mean variance of field 0: sum s^2 / S^2. */
static double
source_variance (void)
{
  double variance = 0.0;

  for (guint ky = 0; ky < N_MODES; ky++)
    for (guint kx = 0; kx < N_MODES; kx++)
      variance += pow (pisd_grf_scale (ky, kx) / PISD_GRID, 2);
  return variance;
}

static void
fill_variances (const PisdEquation *equation, double variances[2])
{
  gboolean is_linear = pisd_operator_get (equation->problem)->linear != NULL;

  variances[A] = source_variance ();
  variances[U] = is_linear ? solution_variance (equation) : variances[A];
}

/* counts: of readings, a noisy one v / (v + sd^2); information: the same over v. */
static void
mix (PisdMixture *self, const double counts[2], const double variances[2])
{
  double a = counts[A] / variances[A], u = WEIGHT_OF_U * counts[U] / variances[U];

  self->is_of_u = counts[U] > counts[A];
  if (counts[A] > 0.0 && counts[U] > 0.0)
    self->share = u / (a + u);
  else
    self->share = counts[U] > 0.0 ? 1.0 : 0.0;
}

void
pisd_mixture_init (PisdMixture *self, const PisdEquation *equation, const PisdSensors *sensors)
{
  double variances[2], counts[2] = { 0.0, 0.0 };
  PisdFieldId source;

  g_return_if_fail (self != NULL && equation != NULL && sensors != NULL);

  source = pisd_operator_get (equation->problem)->fields[0].id;
  fill_variances (equation, variances);
  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *sensor = &sensors->items[i];
      guint field = sensor->field == source ? A : U;

      counts[field] += variances[field] / (variances[field] + sensor->sd * sensor->sd);
    }
  mix (self, counts, variances);
}

void
pisd_mixture_init_task (PisdMixture *self, const PisdEquation *equation, PisdTask task)
{
  double variances[2], counts[2];

  g_return_if_fail (self != NULL && equation != NULL && (guint) task < PISD_N_TASKS);

  fill_variances (equation, variances);
  counts[A] = task != PISD_TASK_INVERSE;
  counts[U] = task != PISD_TASK_FORWARD;
  mix (self, counts, variances);
}
