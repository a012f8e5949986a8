/* lap u = a on the unit square, u = 0 on the boundary: the benchmark's Poisson equation.
 * Source: arXiv 2602.09708. */
#include <glib/gi18n-lib.h>

#include "pisd-elliptic.h"
#include "pisd-sources.h"

static const PisdFieldInfo fields[] = {
  { PISD_FIELD_A,
    "a",
    N_ ("Source a"),
    N_ ("Weight of a"),
    N_ ("Weight of the measurements of a"),
    PISD_BASIS_COSINE,
    FALSE,
    1,
    { 0.0 } },
  { PISD_FIELD_U,
    "u",
    N_ ("Solution u"),
    N_ ("Weight of u"),
    N_ ("Weight of the measurements of u"),
    PISD_BASIS_SINE,
    TRUE,
    1,
    { 1.0 } },
};

static gpointer
prepare (const PisdOperator *row, const double *constants)
{
  return pisd_elliptic_prepare (row, 0.0);
}

static void
fill_eigenvalues (const double *constants,
                  PisdDiscretisation discretisation,
                  guint n,
                  const guint16 *ky,
                  const guint16 *kx,
                  double *out)
{
  pisd_elliptic_fill_eigenvalues (0.0, discretisation, n, ky, kx, out);
}

static const PisdLinearOps linear = { fill_eigenvalues };

const PisdOperator pisd_poisson = {
  .name = "poisson",
  .title = N_ ("Poisson"),
  .equation = "∆u = a",
  .n_fields = G_N_ELEMENTS (fields),
  .fields = fields,

  .families = PISD_FAMILIES_ALL,
  .random = &pisd_sources_random,

  .prepare = prepare,
  .release = pisd_elliptic_release,
  .solve = pisd_elliptic_solve,
  .residual = pisd_elliptic_residual,
  .residual_vjp = pisd_elliptic_residual_vjp,
  .linear = &linear,
};
