#include "pisd-aim.h"

#include <cblas.h>
#include <string.h>

#include "pisd-linear-map.h"

#define S PISD_GRID

struct _PisdAim
{
  const PisdFactors *f;
  double weights[PISD_MAX_FIELDS]; /* one over the variance of all nodes; 0: not aimed at */
  PisdTransform *source, *solution;
  PisdModes *modes; /* of the solution, all; NULL, with all below: not linear */
  PisdLinearMap *map;
  double *ones;   /* [modes of the solution] */
  double *solved; /* likewise, scratch */
  double *back;   /* [all] scratch */
  double *box;    /* [S, S] scratch */
};

static void
make_map (PisdAim *self)
{
  const PisdFieldInfo *fields = pisd_operator_get (self->f->equation.problem)->fields;
  const guint side = pisd_basis_get_n_modes (fields[1].basis);

  self->modes = pisd_modes_new (PISD_MODES_SQUARE, side, fields[1].basis, FALSE, NULL);
  self->map = pisd_linear_map_new (&self->f->equation, self->f->all, self->modes);
  self->solution = pisd_transform_new (fields[1].basis, side, PISD_TRANSFORM_AUTO);
  self->ones = g_new (double, self->modes->n);
  for (guint i = 0; i < self->modes->n; i++)
    self->ones[i] = 1.0;
  self->solved = g_new (double, self->modes->n);
  self->back = g_new (double, self->f->all->n);
}

/* sum_k s_k^2 of the source, sum_k var (u_k) of the solution: sum of its nodes' variances under
 * the prior, as both bases are orthonormal. */
static double
get_variance (PisdAim *self, guint field)
{
  const PisdFactors *f = self->f;

  if (field == 0)
    return cblas_ddot ((int) f->all->n, f->scale, 1, f->scale, 1);
  pisd_linear_map_propagate_variance (self->map, f->scale, self->solved);
  return cblas_ddot ((int) self->modes->n, self->solved, 1, self->ones, 1);
}

PisdAim *
pisd_aim_new (const PisdFactors *f, guint target)
{
  const PisdOperator *row = pisd_operator_get (f->equation.problem);
  PisdAim *self = g_new0 (PisdAim, 1);
  const guint n_fields = row->linear != NULL ? 2 : 1;
  guint n_aimed = 0;

  g_return_val_if_fail (target == PISD_AIM_ALL || target < n_fields, NULL);

  self->f = f;
  self->source =
      pisd_transform_new (row->fields[0].basis, f->all->support.box, PISD_TRANSFORM_AUTO);
  self->box = g_new (double, S *S);
  if (row->linear != NULL)
    make_map (self);
  for (guint k = 0; k < n_fields; k++)
    n_aimed += target == PISD_AIM_ALL || target == k;
  for (guint k = 0; k < n_fields; k++)
    if (target == PISD_AIM_ALL || target == k)
      self->weights[k] = 1.0 / (n_aimed * get_variance (self, k));
  return self;
}

void
pisd_aim_free (PisdAim *self)
{
  if (self == NULL)
    return;
  pisd_transform_free (self->source);
  pisd_transform_free (self->solution);
  pisd_linear_map_free (self->map);
  pisd_modes_free (self->modes);
  g_free (self->ones);
  g_free (self->solved);
  g_free (self->back);
  g_free (self->box);
  g_free (self);
}

/* z' M z = w_0 |s z|^2 + w_1 |S s z|^2 */
double
pisd_aim_get_square (PisdAim *self, const double *z)
{
  const PisdFactors *f = self->f;
  double square = 0.0;

  for (guint i = 0; i < f->all->n; i++)
    square += self->weights[0] * (f->scale[i] * z[i]) * (f->scale[i] * z[i]);
  if (self->weights[1] == 0.0)
    return square;
  pisd_linear_map_apply (self->map, z, f->scale, self->ones, self->solved);
  return square
         + self->weights[1] * cblas_ddot ((int) self->modes->n, self->solved, 1, self->solved, 1);
}

/* M z = w_0 s^2 z + w_1 s S' S s z */
void
pisd_aim_apply (PisdAim *self, const double *z, double *out)
{
  const PisdFactors *f = self->f;
  const double weight = self->weights[0];

  for (guint i = 0; i < f->all->n; i++)
    out[i] = weight * f->scale[i] * f->scale[i] * z[i];
  if (self->weights[1] == 0.0)
    return;
  pisd_linear_map_apply (self->map, z, f->scale, self->ones, self->solved);
  pisd_linear_map_apply_adjoint (self->map, self->solved, self->ones, f->scale, self->back);
  cblas_daxpy ((int) f->all->n, self->weights[1], self->back, 1, out, 1);
}

void
pisd_aim_synthesize (PisdAim *self, guint field, const double *z, double *nodes)
{
  const PisdFactors *f = self->f;

  if (field == 0)
    {
      pisd_modes_unpack (f->all, z, f->scale, self->box);
      pisd_transform_synthesize (self->source, self->box, nodes);
      return;
    }
  pisd_linear_map_apply (self->map, z, f->scale, self->ones, self->solved);
  pisd_transform_synthesize (self->solution, self->solved, nodes);
}
