#include "pisd-mixture.h"

#include <math.h>

#include "pisd-linear-map.h"

#define A 0 /* field 0 */
#define U 1 /* the fields that it determines */
/* What a reading of u weighs beside one of a, each in units of its prior's variance: one of a also
 * holds the modes that no latent keeps. */
#define WEIGHT_OF_U 10.0
/* Modes in each direction that hold nearly all of a field's variance; u is far smoother. */
#define N_SOURCE_MODES 64
#define N_SOLVED_MODES 16

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

/* Mean variance of field 0: sum s^2 / S^2, s the prior's scale of a mode. */
static double
source_variance (const PisdRandomOps *random, const PisdSourcePrior *prior)
{
  double variance = 0.0;

  for (guint ky = 0; ky < N_SOURCE_MODES; ky++)
    for (guint kx = 0; kx < N_SOURCE_MODES; kx++)
      variance += pow (random->scale (ky, kx, prior) / PISD_GRID, 2);
  return variance;
}

/* Mean variance of field 1: sum_i sum_j (R_ij s_j)^2 / S^2, R the solver between modes. */
static double
solution_variance (const PisdEquation *equation, const PisdSourcePrior *prior)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  g_autoptr (PisdModes) a =
      pisd_modes_new (PISD_MODES_SQUARE, N_SOLVED_MODES, row->fields[0].basis, FALSE, NULL);
  g_autoptr (PisdModes) u =
      pisd_modes_new (PISD_MODES_SQUARE, N_SOLVED_MODES, row->fields[1].basis, FALSE, NULL);
  g_autoptr (PisdLinearMap) map = pisd_linear_map_new (equation, a, u);
  g_autofree double *sd = g_new (double, a->n);
  g_autofree double *variance = g_new (double, u->n);
  double sum = 0.0;

  for (guint j = 0; j < a->n; j++)
    sd[j] = row->random->scale (a->ky[j], a->kx[j], prior);
  pisd_linear_map_propagate_variance (map, sd, variance);
  for (guint i = 0; i < u->n; i++)
    sum += variance[i];
  return sum / (PISD_GRID * PISD_GRID);
}

static void
fill_variances (const PisdEquation *equation, const PisdSourcePrior *prior, double variances[2])
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  gboolean is_linear = row->linear != NULL;

  variances[A] = source_variance (row->random, prior);
  variances[U] = is_linear ? solution_variance (equation, prior) : variances[A];
}

/* counts: of readings, a noisy one v / (v + sd^2); information: the same over v. */
static void
mix (PisdMixture *self, const double counts[2], const double variances[2])
{
  double a = counts[A] / variances[A], u = WEIGHT_OF_U * counts[U] / variances[U];

  if (counts[A] > 0.0 && counts[U] > 0.0)
    {
      self->share = u / (a + u);
      self->balance = MIN (1.0, sqrt (counts[U] / counts[A]));
    }
  else
    self->share = self->balance = counts[U] > 0.0 ? 1.0 : 0.0;
}

/* Sensors of one kind without noise count one each, whatever the variances. */
static gboolean
are_alike (const PisdSensors *sensors, PisdFieldId source)
{
  for (guint i = 0; i < sensors->n; i++)
    if (sensors->items[i].sd > 0.0
        || (sensors->items[i].field == source) != (sensors->items[0].field == source))
      return FALSE;
  return TRUE;
}

void
pisd_mixture_init (PisdMixture *self,
                   const PisdEquation *equation,
                   const PisdSourcePrior *prior,
                   const PisdSensors *sensors)
{
  double variances[2] = { 1.0, 1.0 }, counts[2] = { 0.0, 0.0 };
  PisdFieldId source;

  g_return_if_fail (self != NULL && equation != NULL && sensors != NULL);

  source = pisd_operator_get (equation->problem)->fields[0].id;
  if (!are_alike (sensors, source))
    fill_variances (equation, prior, variances);
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
  const PisdRandomOps *random = pisd_operator_get (equation->problem)->random;
  const PisdSourcePrior prior = { PISD_FAMILY_GRF, 0.0, random->benchmark };
  double variances[2] = { 1.0, 1.0 }, counts[2];

  g_return_if_fail (self != NULL && equation != NULL && (guint) task < PISD_N_TASKS);

  if (task == PISD_TASK_BOTH)
    fill_variances (equation, &prior, variances);
  counts[A] = task != PISD_TASK_INVERSE;
  counts[U] = task != PISD_TASK_FORWARD;
  mix (self, counts, variances);
}
