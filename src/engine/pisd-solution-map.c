#include "pisd-solution-map.h"

#include <cblas.h>

#include "pisd-basis.h"
#include "pisd-elliptic.h"
#include "pisd-field.h"

#define S PISD_GRID

struct _PisdSolutionMap
{
  const PisdModes *a, *u;
  double *t1;      /* [u->box, a->box] sum over interior nodes of sine k times cosine j */
  double *inverse; /* [u->n] 1 / eigenvalue */
  double *ones;    /* [max (a->n, u->n)] */
  double *box_a;   /* [a->box, a->box] */
  double *box_u;   /* [u->box, u->box] */
  double *scratch; /* of products with t1 */
  double *scaled;  /* [u->n] */
};

/* The cosine modes are even (j even) or odd about the middle, sine index k is even for even k:
 * entries of mixed parity vanish, and are set to zero rather than left at rounding error. */
static void
fill_t1 (PisdSolutionMap *self)
{
  guint na = self->a->support.box, nu = self->u->support.box;
  g_autofree double *cosine = g_new (double, S *na);
  g_autofree double *sine = g_new (double, S *nu);

  for (guint i = 0; i < S; i++)
    {
      pisd_basis_evaluate (PISD_BASIS_COSINE, na, (double) i / (S - 1), cosine + i * na);
      pisd_basis_evaluate (PISD_BASIS_SINE, nu, (double) i / (S - 1), sine + i * nu);
    }
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, nu, na, S, 1.0, sine, nu, cosine, na, 0.0,
               self->t1, na);
  for (guint k = 0; k < nu; k++)
    for (guint j = (k + 1) % 2; j < na; j += 2)
      self->t1[k * na + j] = 0.0;
}

PisdSolutionMap *
pisd_solution_map_new (double wavenumber, const PisdModes *a, const PisdModes *u)
{
  PisdSolutionMap *self = g_new0 (PisdSolutionMap, 1);
  guint most = MAX (a->n, u->n);

  self->a = a;
  self->u = u;
  self->t1 = g_new (double, u->support.box * a->support.box);
  self->inverse = g_new (double, u->n);
  self->ones = g_new (double, most);
  self->box_a = g_new (double, a->support.box * a->support.box);
  self->box_u = g_new (double, u->support.box * u->support.box);
  self->scratch =
      g_new (double, pisd_support_get_scratch (&a->support, u->support.box, u->support.box));
  self->scaled = g_new (double, u->n);
  fill_t1 (self);
  for (guint i = 0; i < u->n; i++)
    self->inverse[i] =
        1.0 / pisd_elliptic_eigenvalue (PISD_LAPLACIAN_FIVE_POINT, wavenumber, u->ky[i], u->kx[i]);
  for (guint i = 0; i < most; i++)
    self->ones[i] = 1.0;
  return self;
}

void
pisd_solution_map_free (PisdSolutionMap *self)
{
  if (self == NULL)
    return;
  g_free (self->t1);
  g_free (self->inverse);
  g_free (self->ones);
  g_free (self->box_a);
  g_free (self->box_u);
  g_free (self->scratch);
  g_free (self->scaled);
  g_free (self);
}

/* box_u = M box_a M', M: [box of u, box of a] */
static void
change_basis (PisdSolutionMap *self, const double *m)
{
  guint nu = self->u->support.box;

  pisd_support_multiply (&self->a->support, m, nu, m, nu, self->box_a, self->box_u, self->scratch);
}

void
pisd_solution_map_apply (PisdSolutionMap *self,
                         const double *a,
                         const double *scale_a,
                         const double *scale_u,
                         double *u)
{
  pisd_modes_unpack (self->a, a, scale_a, self->box_a);
  change_basis (self, self->t1);
  pisd_modes_pack (self->u, self->box_u, self->inverse, u);
  for (guint i = 0; i < self->u->n; i++)
    u[i] *= scale_u[i];
}

void
pisd_solution_map_apply_adjoint (PisdSolutionMap *self,
                                 const double *u,
                                 const double *scale_u,
                                 const double *scale_a,
                                 double *a)
{
  guint nu = self->u->support.box;

  for (guint i = 0; i < self->u->n; i++)
    self->scaled[i] = u[i] * scale_u[i];
  pisd_modes_unpack (self->u, self->scaled, self->inverse, self->box_u);
  pisd_support_multiply_adjoint (&self->a->support, self->t1, nu, self->t1, nu, self->box_u,
                                 self->box_a, self->scratch);
  pisd_modes_pack (self->a, self->box_a, scale_a, a);
}

double
pisd_solution_map_get_entry (const PisdSolutionMap *self, guint u_index, guint a_index)
{
  guint na = self->a->support.box;

  return self->inverse[u_index] * self->t1[self->u->ky[u_index] * na + self->a->ky[a_index]]
         * self->t1[self->u->kx[u_index] * na + self->a->kx[a_index]];
}

void
pisd_solution_map_propagate_variance (PisdSolutionMap *self, const double *sd_a, double *variance_u)
{
  gsize n = (gsize) self->u->support.box * self->a->support.box;
  g_autofree double *squares = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    squares[i] = self->t1[i] * self->t1[i];
  pisd_modes_unpack (self->a, sd_a, sd_a, self->box_a);
  change_basis (self, squares);
  pisd_modes_pack (self->u, self->box_u, self->ones, variance_u);
  for (guint i = 0; i < self->u->n; i++)
    variance_u[i] *= self->inverse[i] * self->inverse[i];
}
