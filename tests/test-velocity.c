#include "pisd-velocity.h"

#include "pisd-advection.h"
#include "pisd-basis.h"
#include "pisd-test.h"

#define S PISD_GRID

/* psi = cos 2 pi p x cos 2 pi q y */
static void
fill_vortices (double *w, double p, double q)
{
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      w[i * S + j] = 4.0 * G_PI * G_PI * (p * p + q * q) * cos (2.0 * G_PI * p * j / S)
                     * cos (2.0 * G_PI * q * i / S);
}

/* Taylor and Green's vortices, u = psi_y and v = -psi_x, at every node; a mean of the vorticity
 * moves nothing. */
static void
test_taylor_green (void)
{
  g_autoptr (PisdVelocity) velocity = pisd_velocity_new ();
  g_autofree double *w = g_new (double, S *S);
  const double p = 3.0, q = 2.0;
  const PisdComplex *z;

  fill_vortices (w, p, q);
  for (guint k = 0; k < S * S; k++)
    w[k] += 0.7;
  z = pisd_velocity_compute (velocity, w);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      {
        double x = 2.0 * G_PI * p * j / S, y = 2.0 * G_PI * q * i / S;

        test_assert_close (z[i * S + j].re, -2.0 * G_PI * q * cos (x) * sin (y), 1e-11);
        test_assert_close (z[i * S + j].im, 2.0 * G_PI * p * sin (x) * cos (y), 1e-11);
      }
}

/* Of a flow that the solver's grid holds, the velocity is the solver's. */
static void
test_solver (void)
{
  g_autoptr (PisdAdvection) advection = pisd_advection_new (S);
  g_autoptr (PisdVelocity) velocity = pisd_velocity_new ();
  guint reach = pisd_advection_get_reach (advection), side = 2 * reach + 1;
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, side, PISD_TRANSFORM_AUTO);
  g_autofree double *box = test_random (side * side, 3), *w = g_new (double, S *S);
  g_autofree PisdComplex *half = g_new (PisdComplex, pisd_half_plane_get_n (reach));
  PisdComplex *z = pisd_advection_new_values (advection, 1);

  pisd_half_plane_from_box (reach, box, half);
  pisd_advection_get_velocity (advection, half, z);
  pisd_transform_synthesize (transform, box, w);
  test_assert_below (test_difference ((const double *) pisd_velocity_compute (velocity, w),
                                      (double *) z, 2 * S * S),
                     1e-13);
  pisd_plane_free_values (z);
}

/* All energy of one pair of wave numbers lies in one shell, 1/2 <|v|^2> = pi^2 (p^2 + q^2) / 2. */
static void
test_one_shell (void)
{
  g_autoptr (PisdVelocity) velocity = pisd_velocity_new ();
  g_autofree double *w = g_new (double, S *S);
  double energy[PISD_N_SHELLS];

  fill_vortices (w, 8.0, 6.0);
  pisd_velocity_compute_spectrum (velocity, w, energy);
  for (guint k = 1; k <= PISD_N_SHELLS; k++)
    test_assert_close (energy[k - 1], k == 10 ? 50.0 * G_PI * G_PI : 0.0, 1e-10);
}

/* w = sum over k of 4 pi k sqrt (E (k)) cos (2 pi k x) has that spectrum. */
static void
test_power_law (void)
{
  g_autoptr (PisdVelocity) velocity = pisd_velocity_new ();
  g_autofree double *w = g_new0 (double, S *S);
  double energy[PISD_N_SHELLS];

  for (guint k = 1; k <= PISD_N_SHELLS; k++)
    for (guint p = 0; p < S * S; p++)
      w[p] += 4.0 * G_PI * k * pow (k, -1.5) * cos (2.0 * G_PI * k * (p % S) / S + k);
  pisd_velocity_compute_spectrum (velocity, w, energy);
  for (guint k = 1; k <= PISD_N_SHELLS; k++)
    test_assert_close (energy[k - 1] * k * k * k, 1.0, 1e-9);
}

/* Parseval: the shells together are the mean of |v|^2 / 2, of any flow without modes beyond them. */
static void
test_parseval (void)
{
  const guint side = 2 * 44 + 1; /* 44 sqrt 2 < 62.5 */
  g_autoptr (PisdVelocity) velocity = pisd_velocity_new ();
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, side, PISD_TRANSFORM_AUTO);
  g_autofree double *box = test_random (side * side, 4), *w = g_new (double, S *S);
  double energy[PISD_N_SHELLS], sum = 0.0, mean;
  const double *z;

  pisd_transform_synthesize (transform, box, w);
  pisd_velocity_compute_spectrum (velocity, w, energy);
  for (guint k = 0; k < PISD_N_SHELLS; k++)
    sum += energy[k];
  z = (const double *) pisd_velocity_compute (velocity, w);
  mean = 0.5 * test_dot (z, z, 2 * S * S) / (S * S);
  test_assert_close (sum / mean, 1.0, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/velocity/taylor-green", test_taylor_green);
  g_test_add_func ("/physics/velocity/solver", test_solver);
  g_test_add_func ("/physics/velocity/one-shell", test_one_shell);
  g_test_add_func ("/physics/velocity/power-law", test_power_law);
  g_test_add_func ("/physics/velocity/parseval", test_parseval);
  return g_test_run ();
}
