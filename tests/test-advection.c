#include "pisd-advection.h"

#include "pisd-test.h"

#define SIZE 32

/* A random smooth field of the reach by its half plane. */
static PisdComplex *
random_half (guint reach, guint lane)
{
  guint side = 2 * reach + 1;
  g_autofree double *box = test_random (side * side, lane);
  PisdComplex *half = g_new (PisdComplex, pisd_half_plane_get_n (reach));

  for (guint j = 0; j < side; j++)
    for (guint k = 0; k < side; k++)
      box[j * side + k] /= 1.0 + 0.1 * (j * j + k * k);
  box[0] = 0.0;
  pisd_half_plane_from_box (reach, box, half);
  return half;
}

/* Mean over the unit square of the product of two real fields. */
static double
dot (guint reach, const PisdComplex *a, const PisdComplex *b)
{
  double sum = 0.0;

  for (guint i = 0; i < pisd_half_plane_get_n (reach); i++)
    sum += (i % (reach + 1) > 0 ? 2.0 : 1.0) * (a[i].re * b[i].re + a[i].im * b[i].im);
  return sum;
}

/* The value of a real field at a place, multiplied by (2 pi i)^ny+nx ky^ny kx^nx. */
static double
derivative (guint reach, const PisdComplex *w, double y, double x, guint ny, guint nx, int inverse)
{
  double sum = 0.0;

  for (int ky = -(int) reach; ky <= (int) reach; ky++)
    for (guint kx = 0; kx <= reach; kx++)
      {
        PisdComplex f = w[pisd_half_plane_index (reach, ky, kx)];
        double phase = 2.0 * G_PI * (ky * y + kx * x) + 0.5 * G_PI * (ny + nx);
        double factor = pow (2.0 * G_PI * ky, ny) * pow (2.0 * G_PI * kx, nx);
        double square = 4.0 * G_PI * G_PI * (ky * ky + (double) kx * kx);

        if (inverse && square == 0.0)
          continue;
        factor *= (kx > 0 ? 2.0 : 1.0) / (inverse ? square : 1.0);
        sum += factor * (f.re * cos (phase) - f.im * sin (phase));
      }
  return sum;
}

/* psi_y w_x - psi_x w_y at nodes, summed mode by mode, against N: with half of the modes, whose
 * products all lie within the reach, the two agree everywhere. */
static void
test_definition (void)
{
  g_autoptr (PisdAdvection) advection = pisd_advection_new (SIZE);
  guint reach = pisd_advection_get_reach (advection), side = 2 * reach + 1, half = reach / 2;
  g_autofree double *low = test_random ((2 * half + 1) * (2 * half + 1), 1);
  g_autofree double *box = g_new (double, side *side);
  g_autofree PisdComplex *w = g_new (PisdComplex, pisd_half_plane_get_n (reach));
  g_autofree PisdComplex *n = g_new (PisdComplex, pisd_half_plane_get_n (reach));
  PisdComplex *z = pisd_advection_new_values (advection, 2);

  pisd_periodic_resize (2 * half + 1, low, side, box);
  pisd_half_plane_from_box (reach, box, w);
  pisd_advection_get_velocity (advection, w, z);
  pisd_advection_apply (advection, z, z + SIZE * SIZE, n);
  for (guint i = 0; i < 5; i++)
    {
      double y = 0.13 * i, x = 0.71 * i + 0.05;
      double u = derivative (reach, w, y, x, 1, 0, TRUE);
      double v = -derivative (reach, w, y, x, 0, 1, TRUE);
      double expected = u * derivative (reach, w, y, x, 0, 1, FALSE)
                        + v * derivative (reach, w, y, x, 1, 0, FALSE);

      test_assert_close (derivative (reach, n, y, x, 0, 0, FALSE), expected,
                         1e-12 * (1.0 + fabs (expected)));
    }
  pisd_plane_free_values (z);
}

/* Advection moves vorticity and makes none: its mean, its energy (w psi) and its enstrophy (w w) do
 * not change, whatever was cut off. */
static void
test_conserves (void)
{
  g_autoptr (PisdAdvection) advection = pisd_advection_new (SIZE);
  guint reach = pisd_advection_get_reach (advection), count = pisd_half_plane_get_n (reach);
  g_autofree PisdComplex *w = random_half (reach, 2), *n = g_new (PisdComplex, count);
  g_autofree PisdComplex *psi = g_new0 (PisdComplex, count);
  PisdComplex *z = pisd_advection_new_values (advection, 2);
  double scale;

  for (int ky = -(int) reach; ky <= (int) reach; ky++)
    for (guint kx = 0; kx <= reach; kx++)
      if (ky != 0 || kx != 0)
        {
          guint i = pisd_half_plane_index (reach, ky, kx);
          double square = 4.0 * G_PI * G_PI * (ky * ky + (double) kx * kx);

          psi[i] = (PisdComplex){ w[i].re / square, w[i].im / square };
        }
  pisd_advection_get_velocity (advection, w, z);
  pisd_advection_apply (advection, z, z + SIZE * SIZE, n);
  scale = sqrt (dot (reach, n, n));
  test_assert_close (dot (reach, n, w) / (scale * sqrt (dot (reach, w, w))), 0.0, 1e-14);
  test_assert_close (dot (reach, n, psi) / (scale * sqrt (dot (reach, psi, psi))), 0.0, 1e-14);
  test_assert_close (n[pisd_half_plane_index (reach, 0, 0)].re / scale, 0.0, 1e-15);
  pisd_plane_free_values (z);
}

/* N (w + e d) - N (w - e d) = 2 e N' d, exactly, N being quadratic. */
static void
test_tangent (void)
{
  g_autoptr (PisdAdvection) advection = pisd_advection_new (SIZE);
  guint reach = pisd_advection_get_reach (advection), count = pisd_half_plane_get_n (reach);
  g_autofree PisdComplex *w = random_half (reach, 3), *d = random_half (reach, 4);
  g_autofree PisdComplex *n = g_new (PisdComplex, count), *plus = g_new (PisdComplex, count);
  g_autofree PisdComplex *minus = g_new (PisdComplex, count);
  PisdComplex *z = pisd_advection_new_values (advection, 2);
  PisdComplex *scratch = z + SIZE * SIZE;

  pisd_advection_get_velocity (advection, w, z);
  pisd_advection_apply_tangent (advection, z, d, scratch, n);
  for (guint i = 0; i < count; i++)
    {
      plus[i] = (PisdComplex){ w[i].re + 0.5 * d[i].re, w[i].im + 0.5 * d[i].im };
      minus[i] = (PisdComplex){ w[i].re - 0.5 * d[i].re, w[i].im - 0.5 * d[i].im };
    }
  pisd_advection_get_velocity (advection, plus, z);
  pisd_advection_apply (advection, z, scratch, plus);
  pisd_advection_get_velocity (advection, minus, z);
  pisd_advection_apply (advection, z, scratch, minus);
  for (guint i = 0; i < count; i++)
    {
      test_assert_close (n[i].re, plus[i].re - minus[i].re, 1e-13);
      test_assert_close (n[i].im, plus[i].im - minus[i].im, 1e-13);
    }
  pisd_plane_free_values (z);
}

/* <N' d, p> = <d, N'* p> */
static void
test_adjoint (void)
{
  static const guint sizes[] = { 8, 32, 48 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (PisdAdvection) advection = pisd_advection_new (sizes[s]);
      guint reach = pisd_advection_get_reach (advection), count = pisd_half_plane_get_n (reach);
      g_autofree PisdComplex *w = random_half (reach, 5), *d = random_half (reach, 6);
      g_autofree PisdComplex *p = random_half (reach, 7);
      g_autofree PisdComplex *nd = g_new (PisdComplex, count), *np = g_new (PisdComplex, count);
      PisdComplex *z = pisd_advection_new_values (advection, 2);
      PisdComplex *scratch = z + sizes[s] * sizes[s];
      double size;

      pisd_advection_get_velocity (advection, w, z);
      pisd_advection_apply_tangent (advection, z, d, scratch, nd);
      pisd_advection_apply_adjoint (advection, z, p, scratch, np);
      size = sqrt (dot (reach, nd, nd) * dot (reach, p, p));
      test_assert_close (dot (reach, nd, p) / size, dot (reach, d, np) / size, 1e-14);
      pisd_plane_free_values (z);
    }
}

/* The speed of a single eddy, psi = cos 2 pi x / 4 pi^2: w = cos 2 pi x moves with v = sin 2 pi x /
 * 2 pi along y. */
static void
test_speed (void)
{
  g_autoptr (PisdAdvection) advection = pisd_advection_new (SIZE);
  guint reach = pisd_advection_get_reach (advection), count = pisd_half_plane_get_n (reach);
  g_autofree PisdComplex *w = g_new0 (PisdComplex, count), *n = g_new (PisdComplex, count);
  PisdComplex *z = pisd_advection_new_values (advection, 2);

  w[pisd_half_plane_index (reach, 0, 1)].re = 0.5;
  pisd_advection_get_velocity (advection, w, z);
  for (guint i = 0; i < SIZE; i++)
    {
      test_assert_close (z[3 * SIZE + i].re, 0.0, 1e-15);
      test_assert_close (z[3 * SIZE + i].im, sin (2.0 * G_PI * i / SIZE) / (2.0 * G_PI), 1e-15);
    }
  test_assert_close (pisd_advection_apply (advection, z, z + SIZE * SIZE, n),
                     1.0 / (4.0 * G_PI * G_PI), 1e-15);
  z[7].re = NAN;
  g_assert_true (isnan (pisd_advection_apply (advection, z, z + SIZE * SIZE, n)));
  pisd_plane_free_values (z);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/advection/definition", test_definition);
  g_test_add_func ("/engine/advection/conserves", test_conserves);
  g_test_add_func ("/engine/advection/tangent", test_tangent);
  g_test_add_func ("/engine/advection/adjoint", test_adjoint);
  g_test_add_func ("/engine/advection/speed", test_speed);
  return g_test_run ();
}
