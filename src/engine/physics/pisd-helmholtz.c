/* lap u + k^2 u = a on the unit square, u = 0 on the boundary: the benchmark's Helmholtz equation.
 * The source is set to 0 on the boundary nodes after it was drawn; sensors there say nothing.
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
    TRUE,
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

static const PisdConstantInfo constant_infos[] = {
  { .key = "wavenumber",
    .title = N_ ("Wave number k"),
    .help = N_ ("Wave number k of the Helmholtz equation"),
    .note = N_ ("k in ∆u + k²u = a. A k² that meets an eigenvalue of −∆ is refused: there the "
                "solution is not unique."),
    .minimum = 0.0,
    .maximum = 100.0,
    .standard = 1.0 },
};

static gboolean
check (const double *constants, GError **error)
{
  return pisd_elliptic_check_wavenumber (constants[0], error);
}

static gpointer
prepare (const PisdOperator *row, const double *constants)
{
  return pisd_elliptic_prepare (row, constants[0]);
}

static void
fill_eigenvalues (const double *constants,
                  PisdDiscretisation discretisation,
                  guint n,
                  const guint16 *ky,
                  const guint16 *kx,
                  double *out)
{
  pisd_elliptic_fill_eigenvalues (constants[0], discretisation, n, ky, kx, out);
}

static const PisdLinearOps linear = { fill_eigenvalues };

const PisdOperator pisd_helmholtz = {
  .name = "helmholtz",
  .title = N_ ("Helmholtz"),
  .equation = "∆u + k²u = a",
  .n_fields = G_N_ELEMENTS (fields),
  .fields = fields,
  .n_constants = G_N_ELEMENTS (constant_infos),
  .constants = constant_infos,
  .families = PISD_FAMILIES_ALL,
  .random = &pisd_sources_random,
  .check = check,
  .prepare = prepare,
  .release = pisd_elliptic_release,
  .solve = pisd_elliptic_solve,
  .residual = pisd_elliptic_residual,
  .residual_vjp = pisd_elliptic_residual_vjp,
  .linear = &linear,
};
