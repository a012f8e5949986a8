#include "pisd-elliptic.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-diagonal.h"
#include "pisd-error.h"

#define S PISD_GRID
#define M (S - 2)
#define A 0 /* index of the source in the tables of both equations */
#define U 1 /* index of the solution */
#define RESONANCE_TOLERANCE 1e-6

typedef struct
{
  double k2; /* wave number squared */
  PisdDiagonal *diagonal;
  PisdField *inside; /* scratch */
} Plan;

/* -pi^2 n^2, or (2 cos (pi n h) - 2) / h^2 of the second difference, with n = index + 1: what
 * one axis adds to the eigenvalue of that sine. */
static double
axis_eigenvalue (PisdDiscretisation discretisation, guint index)
{
  double n = index + 1.0;
  double h = 1.0 / (S - 1);

  if (discretisation == PISD_SPECTRAL)
    return -G_PI * G_PI * n * n;
  return (2.0 * cos (G_PI * n * h) - 2.0) / (h * h);
}

static void
fill_axis (PisdDiscretisation discretisation, double axis[M])
{
  for (guint k = 0; k < M; k++)
    axis[k] = axis_eigenvalue (discretisation, k);
}

/* lambda (ky, kx) = axis (ky) + axis (kx) + k^2: below 0 for Poisson; with a wave number the low
 * modes may be above it. */
void
pisd_elliptic_fill_eigenvalues (double wavenumber,
                                PisdDiscretisation discretisation,
                                guint n,
                                const guint16 *ky,
                                const guint16 *kx,
                                double *out)
{
  double axis[M];

  fill_axis (discretisation, axis);
  for (guint i = 0; i < n; i++)
    out[i] = axis[ky[i]] + axis[kx[i]] + wavenumber * wavenumber;
}

/* |k^2 - mu_ij| <= 1e-6 mu_ij, mu the eigenvalues of minus the Laplacian, which are the same at
 * (j, i).
 * The mode (i, j), i <= j, whose eigenvalue k^2 meets; FALSE if there is none. */
static gboolean
find_resonance (PisdDiscretisation discretisation,
                double k2,
                guint *i,
                guint *j,
                double *eigenvalue)
{
  double axis[M];

  fill_axis (discretisation, axis);
  for (*i = 0; *i < M; ++*i)
    for (*j = *i; *j < M; ++*j)
      {
        *eigenvalue = -(axis[*i] + axis[*j]);
        if (fabs (k2 - *eigenvalue) <= RESONANCE_TOLERANCE * *eigenvalue)
          return TRUE;
      }
  return FALSE;
}

gboolean
pisd_elliptic_check_wavenumber (double wavenumber, GError **error)
{
  static const char *const names[] = { "5-point", "spectral" };
  guint i, j;
  double eigenvalue;

  if (!isfinite (wavenumber) || wavenumber < 0.0)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   _ ("wavenumber: got %g, expected a number >= 0"), wavenumber);
      return FALSE;
    }
  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    if (find_resonance (d, wavenumber * wavenumber, &i, &j, &eigenvalue))
      {
        g_set_error (
            error, PISD_ERROR, PISD_ERROR_RESONANCE,
            _ ("wavenumber: got %.9g, whose square meets the eigenvalue %.9g of mode (%u, %u) "
               "of the %s Laplacian; expected one at least 1e-6 (relative) away"),
            wavenumber, eigenvalue, i + 1, j + 1, names[d]);
        return FALSE;
      }
  return TRUE;
}

gpointer
pisd_elliptic_prepare (const PisdOperator *row, double wavenumber)
{
  Plan *plan = g_new0 (Plan, 1);
  const double constants[PISD_MAX_CONSTANTS] = { wavenumber };

  plan->k2 = wavenumber * wavenumber;
  plan->diagonal = pisd_diagonal_new (row, constants);
  plan->inside = pisd_field_new (S, S);
  return plan;
}

void
pisd_elliptic_release (gpointer data)
{
  Plan *plan = data;

  pisd_diagonal_free (plan->diagonal);
  pisd_field_free (plan->inside);
  g_free (plan);
}

gboolean
pisd_elliptic_solve (gpointer data, PisdField *const *fields, PisdCancel *cancel)
{
  Plan *plan = data;

  pisd_diagonal_solve (plan->diagonal, fields[A], fields[U]);
  return TRUE;
}

/* r = (u_N + u_S + u_W + u_E - 4 u) / h^2 + k^2 u - a; u's boundary is read as it stands. */
static void
residual_by_differences (const Plan *plan, const PisdField *a, const PisdField *u, PisdField *r)
{
  double inverse_h2 = (double) (S - 1) * (S - 1);

  for (guint i = 1; i < S - 1; i++)
    for (guint j = 1; j < S - 1; j++)
      {
        guint p = i * S + j;
        double lap =
            (u->data[p - S] + u->data[p + S] + u->data[p - 1] + u->data[p + 1] - 4.0 * u->data[p])
            * inverse_h2;

        r->data[p] = lap + plan->k2 * u->data[p] - a->data[p];
      }
}

/* r = lap u + k^2 u - a, and 0 on the boundary, where u is given and the equation says nothing. */
void
pisd_elliptic_residual (gpointer data,
                        PisdDiscretisation discretisation,
                        const PisdField *const *fields,
                        PisdField *r)
{
  Plan *plan = data;

  if (discretisation == PISD_SPECTRAL)
    pisd_diagonal_residual (plan->diagonal, discretisation, fields[A], fields[U], r);
  else
    residual_by_differences (plan, fields[A], fields[U], r);
  pisd_field_zero_boundary (r);
}

/* The transpose of the stencil: what every interior node read is given back to where it came
 * from. */
static void
vjp_by_differences (const Plan *plan, const PisdField *v, PisdField *g)
{
  double inverse_h2 = (double) (S - 1) * (S - 1);

  memset (g->data, 0, sizeof (double) * S * S);
  for (guint i = 1; i < S - 1; i++)
    for (guint j = 1; j < S - 1; j++)
      {
        guint p = i * S + j;
        double part = v->data[p] * inverse_h2;

        g->data[p - S] += part;
        g->data[p + S] += part;
        g->data[p - 1] += part;
        g->data[p + 1] += part;
        g->data[p] += plan->k2 * v->data[p] - 4.0 * part;
      }
}

/* (d r / d u)' v is the operator itself or its transposed stencil, (d r / d a)' v = -v; v on the
 * boundary is left out, as r is 0 there whatever the fields are. */
void
pisd_elliptic_residual_vjp (gpointer data,
                            PisdDiscretisation discretisation,
                            const PisdField *const *fields,
                            const PisdField *v,
                            PisdField *const *gradients)
{
  Plan *plan = data;

  pisd_field_copy (v, plan->inside);
  pisd_field_zero_boundary (plan->inside);
  if (discretisation == PISD_SPECTRAL)
    pisd_diagonal_residual_vjp (plan->diagonal, discretisation, plan->inside, gradients[U]);
  else
    vjp_by_differences (plan, plan->inside, gradients[U]);
  for (guint p = 0; p < S * S; p++)
    gradients[A]->data[p] = -plan->inside->data[p];
}
