#include "pisd-diagonal.h"

#define S PISD_GRID
#define SOLUTION 1

struct _PisdDiagonal
{
  guint n; /* modes of the whole basis on an axis */
  PisdTransform *transform;
  double *eigenvalues[PISD_N_DISCRETISATIONS]; /* [n, n] */
  double *coefficients;                        /* [n, n] scratch */
};

static void
fill_eigenvalues (PisdDiagonal *self, const PisdOperator *row, const double *constants)
{
  g_autofree guint16 *ky = g_new (guint16, self->n * self->n);
  g_autofree guint16 *kx = g_new (guint16, self->n * self->n);

  for (guint i = 0; i < self->n * self->n; i++)
    {
      ky[i] = i / self->n;
      kx[i] = i % self->n;
    }
  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    {
      self->eigenvalues[d] = g_new (double, self->n * self->n);
      row->linear->fill_eigenvalues (constants, d, self->n * self->n, ky, kx, self->eigenvalues[d]);
    }
}

PisdDiagonal *
pisd_diagonal_new (const PisdOperator *row, const double *constants)
{
  PisdDiagonal *self = g_new0 (PisdDiagonal, 1);
  PisdBasis basis = row->fields[SOLUTION].basis;

  self->n = pisd_basis_get_n_modes (basis);
  self->transform = pisd_transform_new (basis, self->n, PISD_TRANSFORM_AUTO);
  self->coefficients = g_new (double, self->n * self->n);
  fill_eigenvalues (self, row, constants);
  return self;
}

void
pisd_diagonal_free (PisdDiagonal *self)
{
  if (self == NULL)
    return;
  pisd_transform_free (self->transform);
  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    g_free (self->eigenvalues[d]);
  g_free (self->coefficients);
  g_free (self);
}

/* u_k = <basis_k, a> / lambda_k */
void
pisd_diagonal_solve (PisdDiagonal *self, const PisdField *a, PisdField *u)
{
  const double *lambda = self->eigenvalues[PISD_DIFFERENCES];

  pisd_transform_analyze (self->transform, a->data, self->coefficients);
  for (guint i = 0; i < self->n * self->n; i++)
    self->coefficients[i] /= lambda[i];
  pisd_transform_synthesize (self->transform, self->coefficients, u->data);
}

/* out = B diag (lambda) B' in: the differential operator itself, and its own transpose. */
static void
apply (PisdDiagonal *self, PisdDiscretisation discretisation, const PisdField *in, PisdField *out)
{
  const double *lambda = self->eigenvalues[discretisation];

  pisd_transform_analyze (self->transform, in->data, self->coefficients);
  for (guint i = 0; i < self->n * self->n; i++)
    self->coefficients[i] *= lambda[i];
  pisd_transform_synthesize (self->transform, self->coefficients, out->data);
}

/* r = B diag (lambda) B' u - a at all nodes; the caller's boundary rule comes after it. */
void
pisd_diagonal_residual (PisdDiagonal *self,
                        PisdDiscretisation discretisation,
                        const PisdField *a,
                        const PisdField *u,
                        PisdField *r)
{
  apply (self, discretisation, u, r);
  for (guint p = 0; p < S * S; p++)
    r->data[p] -= a->data[p];
}

void
pisd_diagonal_residual_vjp (PisdDiagonal *self,
                            PisdDiscretisation discretisation,
                            const PisdField *v,
                            PisdField *gradient_u)
{
  apply (self, discretisation, v, gradient_u);
}
