/* pisd-newton, against a reference in numpy, closed forms and the gradient of what it minimises. */
#include "pisd-newton.h"

#include <string.h>

#include "pisd-basis.h"
#include "pisd-error.h"
#include "pisd-half-plane.h"
#include "pisd-npz.h"
#include "pisd-test.h"
#include "pisd-vorticity-prior.h"

#define S PISD_GRID
#define ALL PISD_NEWTON_SIDE
#define LAST 3 /* index of t = 1 among the frames that are kept */

/* The benchmark between its first and last frame, as the reference solves it. */
static const PisdVorticityShape benchmark = { 0, 2, 0, 1e-3, 1.0, 0.1 };
static const PisdNewtonLevel coarse[] = { { 32, 20, 0.1 }, { 32, 20, 0.05 } };

static PisdArray *
read_golden (const char *file, const char *name)
{
  const char *names[] = { name, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), file, NULL);
  g_autoptr (GPtrArray) arrays = pisd_npz_read (path, names, 4 * S * S, &error);

  g_assert_no_error (error);
  return g_ptr_array_steal_index (arrays, 0);
}

/* Readings of the golden flow: frame 0 at `n_first` nodes, its last one at `n_last`. */
static PisdNewtonSite *
golden_sites (guint n_first, guint n_last)
{
  g_autoptr (PisdArray) w = read_golden ("navier-stokes-00.npz", "w");
  g_autoptr (PisdArray) a = read_golden ("navier-stokes-00.npz", "observed_a");
  g_autoptr (PisdArray) u = read_golden ("navier-stokes-00.npz", "observed_u");
  PisdNewtonSite *sites = g_new0 (PisdNewtonSite, n_first + n_last);

  for (guint i = 0; i < n_first + n_last; i++)
    {
      guint frame = i < n_first ? 0 : 1;
      guint node = (guint) (frame == 0 ? a->data[i] : u->data[i - n_first]);

      sites[i] = (PisdNewtonSite){ frame, (double) (node / S) / S, (double) (node % S) / S,
                                   w->data[(frame == 0 ? 0 : LAST) * S * S + node], 0.0 };
    }
  return sites;
}

static void
walk (PisdNewton *newton, const PisdNewtonLevel *levels, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      pisd_newton_step (newton, &levels[i], 2, NULL, &error);
      g_assert_no_error (error);
    }
}

static double *
synthesize (const PisdNewton *newton)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, ALL, PISD_TRANSFORM_AUTO);
  double *grid = g_new (double, S *S);

  pisd_transform_synthesize (transform, pisd_newton_get_mode (newton), grid);
  return grid;
}

/* Error against the true w0. */
static double
measure_error (const PisdNewton *newton)
{
  g_autoptr (PisdArray) w = read_golden ("navier-stokes-00.npz", "w");
  g_autofree double *grid = synthesize (newton);

  return test_difference (grid, w->data, S * S);
}

/* The mode on the nodes of a coarser grid that the benchmark's has too. */
static void
check_golden (const PisdNewton *newton, const char *name, guint size)
{
  g_autoptr (PisdArray) expected = read_golden ("navier-stokes-mode.npz", name);
  g_autofree double *grid = synthesize (newton), *got = g_new (double, size *size);

  for (guint p = 0; p < size * size; p++)
    got[p] = grid[p / size * (S / size) * S + p % size * (S / size)];
  test_assert_below (test_difference (got, expected->data, size * size), 1e-6);
}

/* 500 readings of the last frame: the reference after the same two steps, and its error. */
static void
test_coarse (void)
{
  g_autofree PisdNewtonSite *sites = golden_sites (0, 500);
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, 500);

  walk (newton, coarse, G_N_ELEMENTS (coarse));
  check_golden (newton, "mode_32", 32);
  test_assert_close (measure_error (newton), 0.1044, 1e-4);
}

/* The reference's converged mode, and what our own levels, whose steps of time are those of ten
 * frames and which trust the readings more, make of the same readings. */
static void
test_converged (void)
{
  static const PisdNewtonLevel reference[] = {
    { 32, 20, 0.1 }, { 32, 20, 0.05 }, { 48, 30, 0.01 }, { 64, 60, 1e-3 }, { 64, 60, 1e-4 }
  };
  PisdVorticityShape shape = benchmark;
  g_autofree PisdNewtonSite *sites = golden_sites (0, 500);
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, 500);
  g_autoptr (PisdNewton) ours = NULL;
  const PisdNewtonLevel *levels;
  guint n;

  if (!g_test_slow ())
    {
      g_test_skip ("takes seconds, run with -m slow");
      return;
    }
  walk (newton, reference, G_N_ELEMENTS (reference));
  check_golden (newton, "mode_64", 64);
  shape.n_frames = 10;
  for (guint i = 0; i < 500; i++)
    sites[i].frame = 9;
  ours = pisd_newton_new (&shape, sites, 500);
  levels = pisd_newton_get_levels (ours, &n);
  walk (ours, levels, n);
  test_assert_below (measure_error (ours) / measure_error (newton), 0.97);
}

/* Readings of frame 0 alone: the posterior mean of the Gaussian field at another place, by its
 * covariance summed mode by mode, on the grid and off it. */
static void
test_linear (void)
{
  enum
  {
    N = 3
  };
  PisdNewtonSite sites[N] = { { 0, 0.25, 0.5, 0.3, 0.0 },
                              { 0, 0.311, 0.47, -0.1, 1e-3 },
                              { 0, 0.9, 0.07, 0.2, 4e-2 } };
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, N);
  guint n;
  const PisdNewtonLevel *levels = pisd_newton_get_levels (newton, &n);
  double g[N][N], read[N], basis[N][2][ALL];

  g_assert_cmpuint (n, ==, 1);
  walk (newton, levels, n);
  for (guint i = 0; i < N; i++)
    {
      pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, sites[i].y, basis[i][0]);
      pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, sites[i].x, basis[i][1]);
      read[i] = 0.0;
      for (guint k = 0; k < ALL * ALL; k++)
        read[i] += basis[i][0][k / ALL] * basis[i][1][k % ALL] * pisd_newton_get_mode (newton)[k];
    }
  /* With weights q = G^-1 y the mode reads (G - E) q, so y - E q: q is what noise leaves over. */
  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      {
        g[i][j] = 0.0;
        for (guint k = 0; k < ALL * ALL; k++)
          g[i][j] += pow (pisd_vorticity_prior_scale (k / ALL, k % ALL), 2) * basis[i][0][k / ALL]
                     * basis[i][1][k % ALL] * basis[j][0][k / ALL] * basis[j][1][k % ALL];
      }
  {
    double q1 = (sites[1].value - read[1]) / sites[1].variance;
    double q2 = (sites[2].value - read[2]) / sites[2].variance;
    double q0 = (read[0] - g[0][1] * q1 - g[0][2] * q2) / g[0][0];

    test_assert_close (read[0], sites[0].value, 1e-6);
    test_assert_close (g[1][0] * q0 + g[1][1] * q1 + g[1][2] * q2, read[1], 1e-6);
    test_assert_close (g[2][0] * q0 + g[2][1] * q1 + g[2][2] * q2, read[2], 1e-6);
  }
}

/* Where the steps stand still, z = H' E^-1 (y - F (w0)), the gradient by the adjoint of all frames
 * together. */
static void
test_gradient (void)
{
  enum
  {
    N = 40,
    SIDE = 21
  };
  PisdVorticityShape shape = benchmark;
  g_autofree PisdNewtonSite *sites = golden_sites (0, N);
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, N);
  g_autoptr (PisdVorticity) solver = NULL;
  g_autoptr (PisdVorticityPath) path = NULL;
  g_autofree double *frames = g_new0 (double, 2 * SIDE * SIDE);
  double w[SIDE * SIDE], gradient[SIDE * SIDE], mean = 0.0, variance = 0.0;

  for (guint i = 0; i < 10; i++)
    walk (newton, coarse + 1, 1);
  shape.size = 32;
  shape.steps = 20;
  solver = pisd_vorticity_new (&shape);
  path = pisd_vorticity_path_new (solver);
  pisd_periodic_resize (ALL, pisd_newton_get_mode (newton), SIDE, w);
  g_assert_true (pisd_vorticity_path_solve (path, w, NULL, NULL));
  for (guint i = 0; i < N; i++)
    mean += sites[i].value / N;
  for (guint i = 0; i < N; i++)
    variance += 0.05 * 0.05 * (sites[i].value - mean) * (sites[i].value - mean) / N;
  for (guint i = 0; i < N; i++)
    {
      double y[SIDE], x[SIDE], seed[SIDE * SIDE], left;

      pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, sites[i].y, y);
      pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, sites[i].x, x);
      for (guint k = 0; k < SIDE * SIDE; k++)
        seed[k] = y[k / SIDE] * x[k % SIDE];
      left = sites[i].value - test_dot (seed, pisd_vorticity_path_get_frame (path, 1), SIDE * SIDE);
      for (guint k = 0; k < SIDE * SIDE; k++)
        frames[SIDE * SIDE + k] += left / variance * seed[k];
    }
  g_assert_true (pisd_vorticity_path_vjp (path, frames, gradient, NULL));
  for (guint k = 0; k < SIDE * SIDE; k++)
    gradient[k] *= pow (pisd_vorticity_prior_scale (k / SIDE, k % SIDE), 2);
  test_assert_below (test_difference (gradient, w, SIDE * SIDE), 1e-4);
}

/* Sensors of both frames say more than those of either; what a coarse grid cuts off of frame 0 is
 * conditioned all the same. */
static void
test_both (void)
{
  double error[3];

  for (guint i = 0; i < 3; i++)
    {
      guint n_first = i == 1 ? 0 : 60, n_last = i == 0 ? 0 : 60;
      g_autofree PisdNewtonSite *sites = golden_sites (n_first, n_last);
      g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, n_first + n_last);

      walk (newton, coarse, G_N_ELEMENTS (coarse));
      error[i] = measure_error (newton);
    }
  test_assert_below (error[2], 0.9 * MIN (error[0], error[1]));
}

/* One sensor, two that contradict each other, and nothing but noise: all sensible. */
static void
test_odd (void)
{
  const PisdNewtonSite sites[] = { { 1, 0.3, 0.3, 0.4, 0.0 },
                                   { 1, 0.3, 0.3, -0.4, 0.0 },
                                   { 0, 0.7, 0.1, 50.0, 1e8 } };

  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, n);
      double norm;

      walk (newton, coarse, G_N_ELEMENTS (coarse));
      norm = test_norm (pisd_newton_get_mode (newton), ALL * ALL) / S;
      test_assert_below (norm, 0.3);
      g_assert_true (isfinite (pisd_newton_get_misfit (newton)));
    }
}

/* The bits are those of one thread. */
static void
test_threads (void)
{
  g_autofree PisdNewtonSite *sites = golden_sites (20, 60);
  g_autoptr (PisdNewton) one = pisd_newton_new (&benchmark, sites, 80);
  g_autoptr (PisdNewton) three = pisd_newton_new (&benchmark, sites, 80);

  g_assert_true (pisd_newton_step (one, coarse, 1, NULL, NULL));
  g_assert_true (pisd_newton_step (three, coarse, 3, NULL, NULL));
  g_assert_cmpmem (pisd_newton_get_mode (one), sizeof (double) * ALL * ALL,
                   pisd_newton_get_mode (three), sizeof (double) * ALL * ALL);
}

/* Draws of frame 0 alone: they meet a reading without noise, and elsewhere have the posterior's
 * variance, k - k' G^-1 k, around the mode. */
static void
test_linear_draws (void)
{
  enum
  {
    DRAWS = 300
  };
  const PisdNewtonSite site = { 0, 0.25, 0.5, 0.3, 0.0 };
  const double place[2] = { 0.3, 0.56 };
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, &site, 1);
  g_autofree double *w = g_new (double, ALL *ALL);
  double y[2][ALL], x[2][ALL], k[3] = { 0.0 }, variance = 0.0;
  guint n;

  walk (newton, pisd_newton_get_levels (newton, &n), 1);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, site.y, y[0]);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, site.x, x[0]);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, place[0], y[1]);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, ALL, place[1], x[1]);
  for (guint i = 0; i < ALL * ALL; i++)
    {
      double s = pisd_vorticity_prior_scale (i / ALL, i % ALL);
      double p = s * y[0][i / ALL] * x[0][i % ALL], q = s * y[1][i / ALL] * x[1][i % ALL];

      k[0] += p * p;
      k[1] += p * q;
      k[2] += q * q;
    }
  for (guint lane = 0; lane < DRAWS; lane++)
    {
      double read = 0.0, away = 0.0;

      g_assert_true (pisd_newton_sample (newton, 5, lane, 0, NULL, w, NULL));
      for (guint i = 0; i < ALL * ALL; i++)
        {
          read += y[0][i / ALL] * x[0][i % ALL] * w[i];
          away += y[1][i / ALL] * x[1][i % ALL] * (w[i] - pisd_newton_get_mode (newton)[i]);
        }
      test_assert_close (read, site.value, 1e-3);
      variance += away * away / DRAWS;
    }
  test_assert_close (variance / (k[2] - k[1] * k[1] / k[0]), 1.0, 4.0 * sqrt (2.0 / DRAWS));
}

/* Draws of a few later readings with little noise: corrected, their own solution meets them up to that
 * noise, which more corrections leave. */
static void
test_corrected_draws (void)
{
  enum
  {
    N = 10,
    SIDE = 21
  };
  PisdVorticityShape shape = benchmark;
  g_autofree PisdNewtonSite *sites = golden_sites (0, N);
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, N);
  g_autoptr (PisdVorticity) solver = NULL;
  g_autoptr (PisdVorticityPath) path = NULL;
  g_autofree double *w = g_new (double, ALL *ALL);
  double misfit[3] = { 0.0 };

  walk (newton, coarse, G_N_ELEMENTS (coarse));
  shape.size = 32;
  shape.steps = 20;
  solver = pisd_vorticity_new (&shape);
  path = pisd_vorticity_path_new (solver);
  for (guint n = 0; n < G_N_ELEMENTS (misfit); n++)
    for (guint lane = 0; lane < 4; lane++)
      {
        double kept[SIDE * SIDE], y[SIDE], x[SIDE];

        g_assert_true (pisd_newton_sample (newton, 5, lane, 3 * n, NULL, w, NULL));
        pisd_periodic_resize (ALL, w, SIDE, kept);
        g_assert_true (pisd_vorticity_path_solve (path, kept, NULL, NULL));
        for (guint i = 0; i < N; i++)
          {
            double read = 0.0;

            pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, sites[i].y, y);
            pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, sites[i].x, x);
            for (guint k = 0; k < SIDE * SIDE; k++)
              read += y[k / SIDE] * x[k % SIDE] * pisd_vorticity_path_get_frame (path, 1)[k];
            misfit[n] += (read - sites[i].value) * (read - sites[i].value);
          }
      }
  test_assert_below (misfit[1], 0.5 * misfit[0]);
  test_assert_close (misfit[2] / misfit[1], 1.0, 0.05);
}

/* A request to stop is heard, and the mode stays that of the step before. */
static void
test_cancel (void)
{
  g_autofree PisdNewtonSite *sites = golden_sites (0, 60);
  g_autoptr (PisdNewton) newton = pisd_newton_new (&benchmark, sites, 60);
  g_autofree double *before = NULL;

  walk (newton, coarse, 1);
  before = g_memdup2 (pisd_newton_get_mode (newton), sizeof (double) * ALL * ALL);
  for (guint limit = 0; limit < 60; limit += 9)
    {
      TestTrip trip = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_newton_step (newton, coarse, 1, cancel, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
      g_assert_cmpmem (pisd_newton_get_mode (newton), sizeof (double) * ALL * ALL, before,
                       sizeof (double) * ALL * ALL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/newton/coarse", test_coarse);
  g_test_add_func ("/engine/newton/converged", test_converged);
  g_test_add_func ("/engine/newton/linear", test_linear);
  g_test_add_func ("/engine/newton/gradient", test_gradient);
  g_test_add_func ("/engine/newton/both", test_both);
  g_test_add_func ("/engine/newton/odd", test_odd);
  g_test_add_func ("/engine/newton/threads", test_threads);
  g_test_add_func ("/engine/newton/draws/linear", test_linear_draws);
  g_test_add_func ("/engine/newton/draws/corrected", test_corrected_draws);
  g_test_add_func ("/engine/newton/cancel", test_cancel);
  return g_test_run ();
}
