#include "pisd-elliptic.h"

#include <math.h>

#include "pisd-basis.h"
#include "pisd-error.h"

#define S PISD_GRID
#define M (S - 2)
#define RESONANCE_TOLERANCE 1e-6

static double
eigenvalue_1d (PisdLaplacian laplacian, guint index)
{
  double n = index + 1.0;
  double h = 1.0 / (S - 1);

  if (laplacian == PISD_LAPLACIAN_SPECTRAL)
    return -G_PI * G_PI * n * n;
  return (2.0 * cos (G_PI * n * h) - 2.0) / (h * h);
}

double
pisd_elliptic_eigenvalue (PisdLaplacian laplacian, double wavenumber, guint ky, guint kx)
{
  return eigenvalue_1d (laplacian, ky) + eigenvalue_1d (laplacian, kx) + wavenumber * wavenumber;
}

void
pisd_elliptic_fill_axis (PisdLaplacian laplacian, guint n, double *out)
{
  for (guint k = 0; k < n; k++)
    out[k] = eigenvalue_1d (laplacian, k);
}

static const char *const laplacian_names[] = { "5-point", "spectral" };

gboolean
pisd_elliptic_check_wavenumber (PisdProblemId problem, double wavenumber, GError **error)
{
  double k2 = wavenumber * wavenumber, axis[M];

  if (problem != PISD_PROBLEM_HELMHOLTZ)
    return TRUE;
  if (!isfinite (wavenumber) || wavenumber < 0.0)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "wavenumber: got %g, expected a number >= 0", wavenumber);
      return FALSE;
    }
  for (int laplacian = PISD_LAPLACIAN_FIVE_POINT; laplacian <= PISD_LAPLACIAN_SPECTRAL; laplacian++)
    {
      pisd_elliptic_fill_axis (laplacian, M, axis);
      for (guint i = 0; i < M; i++)
        for (guint j = i; j < M; j++)
          {
            double eigenvalue = -(axis[i] + axis[j]);

            if (fabs (k2 - eigenvalue) > RESONANCE_TOLERANCE * eigenvalue)
              continue;
            g_set_error (
                error, PISD_ERROR, PISD_ERROR_RESONANCE,
                "wavenumber: got %.9g, whose square meets the eigenvalue %.9g of mode (%u, "
                "%u) of the "
                "%s Laplacian; expected one at least 1e-6 (relative) away",
                wavenumber, eigenvalue, i + 1, j + 1, laplacian_names[laplacian]);
            return FALSE;
          }
    }
  return TRUE;
}

void
pisd_elliptic_solve (double wavenumber, const PisdField *source, PisdField *u)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_SINE, M, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, M *M);
  double axis[M];

  pisd_transform_analyze (transform, source->data, c);
  pisd_elliptic_fill_axis (PISD_LAPLACIAN_FIVE_POINT, M, axis);
  for (guint i = 0; i < M; i++)
    for (guint j = 0; j < M; j++)
      c[i * M + j] /= axis[i] + axis[j] + wavenumber * wavenumber;
  pisd_transform_synthesize (transform, c, u->data);
}

static void
residual_five_point (double wavenumber, const PisdField *a, const PisdField *u, PisdField *r)
{
  double inverse_h2 = (double) (S - 1) * (S - 1);

  for (guint i = 1; i < S - 1; i++)
    for (guint j = 1; j < S - 1; j++)
      {
        guint p = i * S + j;
        double lap =
            (u->data[p - S] + u->data[p + S] + u->data[p - 1] + u->data[p + 1] - 4.0 * u->data[p])
            * inverse_h2;

        r->data[p] = lap + wavenumber * wavenumber * u->data[p] - a->data[p];
      }
}

static void
residual_spectral (double wavenumber, const PisdField *a, const PisdField *u, PisdField *r)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_SINE, M, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, M *M);
  double axis[M];

  pisd_transform_analyze (transform, u->data, c);
  pisd_elliptic_fill_axis (PISD_LAPLACIAN_SPECTRAL, M, axis);
  for (guint i = 0; i < M; i++)
    for (guint j = 0; j < M; j++)
      c[i * M + j] *= axis[i] + axis[j] + wavenumber * wavenumber;
  pisd_transform_synthesize (transform, c, r->data);
  for (guint p = 0; p < S * S; p++)
    r->data[p] -= a->data[p];
}

void
pisd_elliptic_residual (PisdLaplacian laplacian,
                        double wavenumber,
                        const PisdField *a,
                        const PisdField *u,
                        PisdField *r)
{
  if (laplacian == PISD_LAPLACIAN_SPECTRAL)
    residual_spectral (wavenumber, a, u, r);
  else
    residual_five_point (wavenumber, a, u, r);
  pisd_field_zero_boundary (r);
}

double
pisd_elliptic_relative_residual (PisdLaplacian laplacian,
                                 double wavenumber,
                                 const PisdField *a,
                                 const PisdField *u)
{
  g_autoptr (PisdField) r = pisd_field_new (S, S);
  g_autoptr (PisdField) inside = pisd_field_dup (a);

  pisd_elliptic_residual (laplacian, wavenumber, a, u, r);
  pisd_field_zero_boundary (inside);
  return pisd_field_norm (r) / pisd_field_norm (inside);
}
