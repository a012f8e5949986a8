#include "pisd-normaliser.h"

#include <math.h>

#include "pisd-linear-map.h"

#define S PISD_GRID
#define SOURCE 0
#define SOLUTION 1

PisdNormaliser *
pisd_normaliser_new (guint n_fields, const PisdModes *const *modes)
{
  PisdNormaliser *self = g_new0 (PisdNormaliser, 1);

  self->ref_count = 1;
  self->n_fields = n_fields;
  for (guint f = 0; f < n_fields; f++)
    {
      self->n[f] = modes[f]->n;
      self->scale[f] = g_new0 (double, modes[f]->n);
    }
  return self;
}

/* Sum of squares of the scales: the field's variance at a node, averaged, times S^2. */
static double
sum_squares (const double *scale, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += scale[i] * scale[i];
  return sum;
}

double
pisd_normaliser_get_kept_variance (const PisdNormaliser *self, guint field)
{
  return sum_squares (self->scale[field], self->n[field]) / (S * S);
}

/* What is left of a field's whole variance, a sum over all modes, beyond the kept ones. */
static double
rest_of (double all, const PisdNormaliser *self, guint field)
{
  return MAX (0.0, all - sum_squares (self->scale[field], self->n[field])) / (S * S);
}

static void
fill_source (PisdNormaliser *self,
             const PisdRandomOps *random,
             const PisdModes *modes,
             double mean_sd)
{
  double all = 0.0;

  for (guint i = 0; i < modes->n; i++)
    self->scale[SOURCE][i] = random->scale (modes->ky[i], modes->kx[i], mean_sd);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      all += random->scale (i, j, mean_sd) * random->scale (i, j, mean_sd);
  self->tail_variance[SOURCE] = rest_of (all, self, SOURCE);
}

/* Sum of the variances of all modes of the solution of the whole source. */
static double
whole_solution_variance (const PisdEquation *equation, double mean_sd)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  const PisdFieldInfo *fields = row->fields;
  PisdBasis basis = fields[SOLUTION].basis;
  g_autoptr (PisdModes) a = pisd_modes_new (
      PISD_MODES_SQUARE, pisd_basis_get_n_modes (fields[SOURCE].basis), fields[SOURCE].basis,
      fields[SOURCE].basis == PISD_BASIS_COSINE && mean_sd == 0.0, NULL);
  g_autoptr (PisdModes) u =
      pisd_modes_new (PISD_MODES_SQUARE, pisd_basis_get_n_modes (basis), basis, FALSE, NULL);
  g_autoptr (PisdLinearMap) map = pisd_linear_map_new (equation, a, u);
  g_autofree double *sd = g_new (double, a->n);
  g_autofree double *variance = g_new (double, u->n);
  double all = 0.0;

  for (guint i = 0; i < a->n; i++)
    sd[i] = row->random->scale (a->ky[i], a->kx[i], mean_sd);
  pisd_linear_map_propagate_variance (map, sd, variance);
  for (guint i = 0; i < u->n; i++)
    all += variance[i];
  return all;
}

static void
fill_solution (PisdNormaliser *self,
               const PisdEquation *equation,
               const PisdModes *const *modes,
               double mean_sd)
{
  g_autoptr (PisdLinearMap) map = pisd_linear_map_new (equation, modes[SOURCE], modes[SOLUTION]);

  pisd_linear_map_propagate_variance (map, self->scale[SOURCE], self->scale[SOLUTION]);
  for (guint i = 0; i < modes[SOLUTION]->n; i++)
    self->scale[SOLUTION][i] = sqrt (self->scale[SOLUTION][i]);
  self->tail_variance[SOLUTION] =
      rest_of (whole_solution_variance (equation, mean_sd), self, SOLUTION);
}

PisdNormaliser *
pisd_normaliser_new_gaussian (const PisdEquation *equation,
                              const PisdModes *const *modes,
                              double mean_sd)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdNormaliser *self = pisd_normaliser_new (row->n_fields, modes);

  fill_source (self, row->random, modes[SOURCE], mean_sd);
  fill_solution (self, equation, modes, mean_sd);
  return self;
}

PisdNormaliser *
pisd_normaliser_ref (PisdNormaliser *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_normaliser_unref (PisdNormaliser *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint f = 0; f < self->n_fields; f++)
    g_free (self->scale[f]);
  g_free (self);
}
