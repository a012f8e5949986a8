#include "pisd-solver.h"

#include <math.h>

#define S PISD_GRID

struct _PisdSolver
{
  const PisdOperator *row;
  gpointer plan;
  PisdField *residual, *source; /* scratch */
};

PisdSolver *
pisd_solver_new (const PisdEquation *equation)
{
  PisdSolver *self = g_new0 (PisdSolver, 1);

  self->row = pisd_operator_get (equation->problem);
  self->plan = self->row->prepare (self->row, equation->constants);
  self->residual = pisd_field_info_new_field (&self->row->fields[self->row->n_fields - 1]);
  self->source = pisd_field_new (S, S);
  return self;
}

void
pisd_solver_free (PisdSolver *self)
{
  if (self == NULL)
    return;
  self->row->release (self->plan);
  pisd_field_free (self->residual);
  pisd_field_free (self->source);
  g_free (self);
}

void
pisd_solver_complete (PisdSolver *self, PisdField *const *fields)
{
  pisd_solver_try_complete (self, fields, NULL);
}

gboolean
pisd_solver_try_complete (PisdSolver *self, PisdField *const *fields, PisdCancel *cancel)
{
  if (self->row->fields[0].zero_boundary)
    pisd_field_zero_boundary (fields[0]);
  return self->row->solve (self->plan, fields, cancel);
}

void
pisd_solver_sketch (PisdSolver *self, PisdField *const *fields)
{
  if (self->row->sketch == NULL)
    {
      pisd_solver_complete (self, fields);
      return;
    }
  if (self->row->fields[0].zero_boundary)
    pisd_field_zero_boundary (fields[0]);
  self->row->sketch (self->plan, fields);
}

void
pisd_solver_sketch_vjp (PisdSolver *self, PisdField *const *gradients)
{
  g_return_if_fail (self->row->sketch_vjp != NULL);

  self->row->sketch_vjp (self->plan, gradients);
  if (self->row->fields[0].zero_boundary)
    pisd_field_zero_boundary (gradients[0]);
}

void
pisd_solver_residual (PisdSolver *self,
                      PisdDiscretisation discretisation,
                      PisdField *const *fields,
                      PisdField *r)
{
  self->row->residual (self->plan, discretisation, (const PisdField *const *) fields, r);
}

void
pisd_solver_residual_vjp (PisdSolver *self,
                          PisdDiscretisation discretisation,
                          PisdField *const *fields,
                          const PisdField *v,
                          PisdField *const *gradients)
{
  self->row->residual_vjp (self->plan, discretisation, (const PisdField *const *) fields, v,
                           gradients);
}

/* sqrt (sum over frames of |r_n|^2 / n_frames) / |a|, on the nodes where the equation holds. */
double
pisd_solver_relative_residual (PisdSolver *self,
                               PisdDiscretisation discretisation,
                               PisdField *const *fields)
{
  double n_frames = self->row->fields[self->row->n_fields - 1].n_frames;

  if (self->row->is_spectral && discretisation != PISD_SPECTRAL)
    return NAN;
  pisd_solver_residual (self, discretisation, fields, self->residual);
  pisd_field_copy (fields[0], self->source);
  if (!pisd_operator_holds_on_boundary (self->row))
    pisd_field_zero_boundary (self->source);
  return pisd_field_norm (self->residual) / pisd_field_norm (self->source) / sqrt (n_frames);
}
