/* pisd-linearisation and what sees later frames through it: rows against differences of the solver,
 * apply against adjoint, means against a dense solve. */
#include "pisd-linearisation.h"

#include "pisd-correction.h"
#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-test-flow.h"
#include "pisd-vorticity-prior.h"

#define S PISD_GRID

static const PisdLevel level = { 32, 20, 0.05 };

static const PisdSourcePrior prior = { PISD_FAMILY_GRF, 0.0, PISD_LAW_BENCHMARK_FLOWS };

static PisdProblemId two;

/* A beginning that is no prior mean: half of a draw. */
static double *
make_beginning (void)
{
  double *box = test_random (S * S, 3);

  for (guint i = 0; i < S * S; i++)
    box[i] *= 0.5 * pisd_vorticity_prior_scale (i / S, i % S);
  return box;
}

static PisdLinearisation *
linearise (const PisdSensors *sensors, const double *w0)
{
  guint n;
  g_autofree PisdSite *sites = pisd_sites_new (two, sensors, &n);
  g_autoptr (GError) error = NULL;
  PisdLinearisation *l = pisd_linearisation_new (TEST_EQUATION (two, 1e-3), &prior, sites, n,
                                                 &level, w0, 2, NULL, &error);

  g_assert_no_error (error);
  return l;
}

/* F (w + h d) - F (w - h d) = 2 h J d + O (h^3), and F (w) = offset + J w. */
static void
test_rows (void)
{
  const double h = 1e-4;
  g_autoptr (PisdSensors) sensors = test_golden_sensors (5, 12);
  g_autofree double *w0 = make_beginning ();
  g_autoptr (PisdLinearisation) l = linearise (sensors, w0);
  g_autoptr (PisdVorticityPath) path = pisd_linearisation_new_path (l);
  guint count = l->side * l->side;
  g_autofree double *d = test_random (count, 4), *w = g_new (double, count);
  const double *at = pisd_linearisation_get_beginning (l);
  double f[3][12];

  g_assert_cmpuint (l->n, ==, 12);
  for (int side = -1; side <= 1; side++)
    {
      for (guint k = 0; k < count; k++)
        w[k] = at[k] + side * h * d[k];
      g_assert_true (pisd_linearisation_solve (l, path, w, f[side + 1], NULL, NULL));
    }
  for (guint i = 0; i < l->n; i++)
    {
      const double *row = l->rows + i * count;

      test_assert_close ((f[2][i] - f[0][i]) / (2.0 * h), test_dot (row, d, count), 1e-5);
      test_assert_close (f[1][i], l->offset[i] + test_dot (row, at, count), 1e-12);
    }
}

/* Sensors that stay keep their rows, bit for bit; the others get those of a new linearisation. */
static void
test_from (void)
{
  g_autoptr (PisdSensors) before = test_golden_sensors (5, 12), after = test_golden_sensors (2, 12);
  g_autofree double *w0 = make_beginning ();
  g_autoptr (PisdLinearisation) old = linearise (before, w0), fresh = NULL, quick = NULL;
  g_autofree PisdSite *sites = NULL;
  guint n;

  pisd_sensors_edit (after)[5].x = 0.123;
  fresh = linearise (after, w0);
  sites = pisd_sites_new (two, after, &n);
  quick = pisd_linearisation_new_from (old, sites, n, 1, NULL);
  g_assert_true (pisd_linearisation_shares_rows (old, quick));
  g_assert_false (pisd_linearisation_shares_rows (old, fresh));
  g_assert_cmpuint (quick->n, ==, fresh->n);
  g_assert_cmpmem (quick->rows, sizeof (double) * quick->n * quick->side * quick->side, fresh->rows,
                   sizeof (double) * fresh->n * fresh->side * fresh->side);
  g_assert_cmpmem (quick->offset, sizeof (double) * quick->n, fresh->offset,
                   sizeof (double) * fresh->n);
}

/* Readings on both frames: <H z, f> = <z, H' f>, and rows are what apply() multiplies with; also where
 * fewer modes are kept than later frames know of. */
static void
test_readings (gconstpointer data)
{
  g_autoptr (PisdSensors) sensors = test_golden_sensors (7, 9);
  g_autofree double *w0 = make_beginning ();
  g_autoptr (PisdLinearisation) l = linearise (sensors, w0);
  g_autoptr (PisdModes) modes =
      pisd_modes_new (PISD_MODES_SQUARE, GPOINTER_TO_UINT (data), PISD_BASIS_PERIODIC, TRUE, NULL);
  g_autofree double *scale = g_new (double, modes->n), *rows = NULL, *z = NULL, *f = NULL;
  g_autofree double *pulled = NULL, *read = NULL;
  g_autoptr (PisdReadings) readings = NULL;
  g_autofree PisdSite *sites = NULL;
  guint n;

  for (guint i = 0; i < modes->n; i++)
    scale[i] = pisd_vorticity_prior_scale (modes->ky[i], modes->kx[i]);
  sites = pisd_sites_new (two, sensors, &n);
  readings = pisd_readings_new (TEST_EQUATION (two, 1e-3), modes, scale, sites, n, l);
  z = test_random (modes->n, 5);
  f = test_random (n, 6);
  pulled = g_new (double, modes->n);
  read = g_new (double, n);
  rows = g_new (double, n * modes->n);
  pisd_readings_apply (readings, z, read);
  pisd_readings_apply_adjoint (readings, f, pulled);
  pisd_readings_fill_rows (readings, 0, n, rows);
  test_assert_close (test_dot (read, f, n), test_dot (z, pulled, modes->n), 1e-12);
  for (guint i = 0; i < n; i++)
    test_assert_close (read[i], test_dot (rows + i * modes->n, z, modes->n), 1e-12);
}

/* The mean of factors is z = H' (H H' + R)^-1 (y - offset) of all modes, densely, by elimination. */
static void
test_mean (gconstpointer data)
{
  PisdSettings settings = test_flow_settings (two, GPOINTER_TO_UINT (data));
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSensors) sensors = test_golden_sensors (4, 5);
  g_autofree double *w0 = make_beginning ();
  g_autoptr (PisdLinearisation) l = linearise (sensors, w0);
  g_autoptr (PisdFactors) f =
      pisd_factors_new (NULL, r, sensors, l, PISD_FACTORS_MEAN, 1, NULL, NULL);
  guint n = f->n, n_all = f->all->n;
  g_autofree double *z = g_new (double, n_all), *rows = g_new (double, n *n_all);
  g_autofree double *expected = g_new0 (double, n_all);
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites, n, l);
  double g[9][10];

  g_assert_cmpuint (n, ==, 9);
  pisd_readings_fill_rows (readings, 0, n, rows);
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < n; j++)
        g[i][j] = test_dot (rows + i * n_all, rows + j * n_all, n_all);
      g[i][i] += f->variance[i] + f->jitter;
      g[i][n] = f->y[i];
    }
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < n; i++)
      for (guint j = n + 1; j-- > k && i != k;)
        g[i][j] -= g[i][k] / g[k][k] * g[k][j];
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n_all; k++)
      expected[k] += g[i][n] / g[i][i] * rows[i * n_all + k];
  g_assert_true (pisd_factors_get_mean (f, NULL, z));
  test_assert_below (test_difference (z, expected, n_all), 1e-7);
}

/* More readings of a frame than it has modes: never more memory than was announced, but for the path
 * and a block of rows. */
static void
test_memory (void)
{
  enum
  {
    N = 2000
  };
  static const PisdLevel fine = { 64, 2, 0.05 };
  const gsize rest = 10 << 20;
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autofree double *w0 = make_beginning ();
  g_autofree PisdSite *sites = NULL;
  g_autoptr (PisdLinearisation) l = NULL;
  gsize before, peak;
  guint n;

  for (guint i = 0; i < N; i++)
    pisd_sensors_add (sensors, &(PisdSensor){ .field = PISD_FIELD_U,
                                              .x = pisd_rng_uniform (1, PISD_STREAM_TEST, 0, i),
                                              .y = pisd_rng_uniform (2, PISD_STREAM_TEST, 0, i),
                                              .t = 1.0 });
  sites = pisd_sites_new (two, sensors, &n);
  before = pisd_memory_begin_peak ();
  l = pisd_linearisation_new (TEST_EQUATION (two, 1e-3), &prior, sites, n, &fine, w0, 1, NULL,
                              NULL);
  g_assert_nonnull (l);
  peak = pisd_memory_get_peak () - before;
  g_test_message ("peak %.1f MB", peak / 1048576.0);
  test_assert_below ((double) peak, (double) (pisd_linearisation_get_bytes (&fine, n) + rest));
}

/* A flow that is too fast for any step is an error that says so. */
static void
test_too_fast (void)
{
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 3);
  g_autofree double *w0 = g_new0 (double, S *S);
  g_autofree PisdSite *sites = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  w0[1] = 1e4 * S;
  sites = pisd_sites_new (two, sensors, &n);
  g_assert_null (pisd_linearisation_new (TEST_EQUATION (two, 1e-3), &prior, sites, n, &level, w0, 1,
                                         NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
}

/* A draw that is corrected has a smaller |z - z0|^2 + |y + e - F (z)|^2 / R than without, and more
 * steps leave it. */
static void
test_correction (void)
{
  PisdSettings settings = test_flow_settings (two, 30);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 10);
  g_autofree double *w0 = make_beginning ();
  g_autoptr (PisdLinearisation) l = linearise (sensors, w0);
  g_autoptr (PisdFactors) f =
      pisd_factors_new (NULL, r, sensors, l, PISD_FACTORS_MEAN, 1, NULL, NULL);
  g_autoptr (PisdCorrection) correction = pisd_correction_new (f);
  g_autoptr (PisdVorticityPath) path = pisd_linearisation_new_path (l);
  g_autofree double *z = g_new (double, f->all->n);
  double misfit[3] = { 0.0 };

  for (guint k = 0; k < G_N_ELEMENTS (misfit); k++)
    {
      double w[21 * 21] = { 0.0 }, read[10];

      g_assert_true (pisd_factors_get_mean (f, NULL, z));
      g_assert_true (pisd_correction_run (correction, NULL, NULL, 5 * k, NULL, z));
      for (guint i = 0; i < f->all->n; i++)
        if (MAX (f->all->ky[i], f->all->kx[i]) < 21)
          w[f->all->ky[i] * 21 + f->all->kx[i]] = f->scale[i] * z[i];
      g_assert_true (pisd_linearisation_solve (l, path, w, read, NULL, NULL));
      for (guint i = 0; i < 10; i++)
        misfit[k] += pow (read[i] - f->sites[i].value, 2.0);
    }
  test_assert_below (misfit[1], 0.5 * misfit[0]);
  test_assert_close (misfit[2] / misfit[1], 1.0, 0.05);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  two = test_flow_problem_of_two ();
  g_test_add_func ("/engine/linearisation/rows", test_rows);
  g_test_add_func ("/engine/linearisation/from", test_from);
  g_test_add_data_func ("/engine/linearisation/readings/few", GUINT_TO_POINTER (12), test_readings);
  g_test_add_data_func ("/engine/linearisation/readings/many", GUINT_TO_POINTER (30),
                        test_readings);
  g_test_add_data_func ("/engine/linearisation/mean/few", GUINT_TO_POINTER (12), test_mean);
  g_test_add_data_func ("/engine/linearisation/mean/many", GUINT_TO_POINTER (30), test_mean);
  g_test_add_func ("/engine/linearisation/memory", test_memory);
  g_test_add_func ("/engine/linearisation/too-fast", test_too_fast);
  g_test_add_func ("/engine/linearisation/correction", test_correction);
  return g_test_run ();
}
