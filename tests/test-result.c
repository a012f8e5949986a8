#include "pisd-result.h"

#include "pisd-test-files.h"
#include "pisd-test.h"

#define S PISD_GRID
#define N_NODES ((gsize) S * S)

/* Sample s of field f is a constant. */
static double
value_of (guint f, guint s)
{
  return 10.0 * f + (double) (s * s);
}

static PisdResult *
result_new (guint samples)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  PisdResult *result;

  settings.samples = samples;
  result = pisd_result_new (&settings, NULL);
  for (guint f = 0; f < 2; f++)
    for (guint s = 0; s < samples; s++)
      for (guint p = 0; p < N_NODES; p++)
        result->samples[f][s * N_NODES + p] = value_of (f, s);
  return result;
}

/* Nothing is known of a run that has not begun. */
static void
test_new (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  g_autoptr (PisdResult) result = NULL;

  settings.samples = 2;
  result = pisd_result_new (&settings, NULL);
  g_assert_cmpuint (result->n_fields, ==, 2);
  for (guint f = 0; f < 2; f++)
    {
      g_assert_true (isnan (result->errors[f]));
      g_assert_cmpfloat (pisd_field_norm (result->mean[f]), ==, 0.0);
      g_assert_cmpfloat (test_norm (result->samples[f], 2 * N_NODES), ==, 0.0);
    }
  g_assert_true (isnan (result->truth_residual_fd) && isnan (result->truth_residual_spectral));
  g_assert_true (isnan (result->deviation));
  pisd_result_free (NULL);
}

/* Finished samples move to the front in their order; none leaves the unfinished sample 0. */
static void
test_compact (void)
{
  static const struct
  {
    gboolean finished[4];
    guint n_finished, n_samples, order[4];
  } rows[] = {
    { { TRUE, TRUE, TRUE, TRUE }, 4, 4, { 0, 1, 2, 3 } },
    { { FALSE, TRUE, FALSE, TRUE }, 2, 2, { 1, 3 } },
    { { TRUE, FALSE, FALSE, TRUE }, 2, 2, { 0, 3 } },
    { { FALSE, FALSE, FALSE, FALSE }, 0, 1, { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdResult) result = result_new (4);

      pisd_result_compact (result, rows[i].finished);
      g_assert_cmpuint (result->n_finished, ==, rows[i].n_finished);
      g_assert_cmpuint (result->n_samples, ==, rows[i].n_samples);
      g_assert_true (result->complete == (rows[i].n_finished == 4));
      for (guint f = 0; f < 2; f++)
        for (guint s = 0; s < rows[i].n_samples; s++)
          for (guint p = 0; p < N_NODES; p += N_NODES - 1)
            g_assert_cmpfloat (result->samples[f][s * N_NODES + p], ==,
                               value_of (f, rows[i].order[s]));
    }
}

/* 0, 1, 4: mean 5/3, variance (25 + 4 + 49) / 9 / 2 = 13/3.  One sample has no spread. */
static void
test_moments (void)
{
  g_autoptr (PisdResult) three = result_new (3);
  g_autoptr (PisdResult) one = result_new (1);

  pisd_result_compact (three, (const gboolean[]){ TRUE, TRUE, TRUE });
  pisd_result_compact (one, (const gboolean[]){ TRUE });
  pisd_result_fill_moments (three);
  pisd_result_fill_moments (one);
  for (guint f = 0; f < 2; f++)
    for (guint p = 0; p < N_NODES; p += 127)
      {
        test_assert_close (three->mean[f]->data[p], 10.0 * f + 5.0 / 3.0, 1e-14);
        test_assert_close (three->sd[f]->data[p], sqrt (13.0 / 3.0), 1e-14);
        g_assert_cmpfloat (one->mean[f]->data[p], ==, 10.0 * f);
        g_assert_true (isnan (one->sd[f]->data[p]));
      }
}

/* A mean of twice the truth has an error of 1 and keeps the equation as the truth does; without a
 * truth there is no error, only a residual. */
static void
test_numbers (void)
{
  g_autoptr (PisdInstance) truth = test_instance (PISD_PROBLEM_POISSON);
  g_autoptr (PisdSolver) solver = pisd_solver_new (TEST_EQUATION (PISD_PROBLEM_POISSON, 0));
  g_autoptr (PisdResult) result = result_new (1);

  for (guint f = 0; f < 2; f++)
    for (guint p = 0; p < N_NODES; p++)
      result->mean[f]->data[p] = 2.0 * pisd_instance_get_fields (truth)[f]->data[p];
  pisd_result_fill_numbers (result, solver, NULL);
  g_assert_true (isnan (result->errors[0]) && isnan (result->truth_residual_fd));
  test_assert_below (result->residual_fd, 1e-10);
  pisd_result_fill_numbers (result, solver, truth);
  for (guint f = 0; f < 2; f++)
    test_assert_close (result->errors[f], 1.0, 1e-14);
  test_assert_below (1e-6, result->residual_spectral);
  test_assert_close (result->truth_residual_spectral / result->residual_spectral, 1.0, 1e-9);
  test_assert_below (result->truth_residual_fd, 1e-10);
}

/* The equation of a flow is said by no differences. */
static void
test_numbers_of_flow (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_NAVIER_STOKES, PISD_MODES_SQUARE, 8);
  const PisdEquation *equation = TEST_EQUATION (PISD_PROBLEM_NAVIER_STOKES, 1e-3);
  g_autoptr (PisdInstance) truth = pisd_instance_new_random (equation, PISD_FAMILY_GRF, 1, NULL);
  g_autoptr (PisdSolver) solver = pisd_solver_new (equation);
  g_autoptr (PisdResult) result = NULL;

  settings.samples = 1;
  result = pisd_result_new (&settings, NULL);
  for (guint f = 0; f < 2; f++)
    pisd_field_copy (pisd_instance_get_fields (truth)[f], result->mean[f]);
  pisd_result_fill_numbers (result, solver, truth);
  g_assert_true (isnan (result->residual_fd) && isnan (result->truth_residual_fd));
  test_assert_below (result->residual_spectral, 1e-2);
  g_assert_cmpfloat (result->residual_spectral, ==, result->truth_residual_spectral);
}

/* All samples of all frames are one array of a file, whose bytes are counted in 32 bits. */
static void
test_too_many (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_NAVIER_STOKES, PISD_MODES_SQUARE, 8);
  g_autoptr (GError) error = NULL;

  settings.samples = 3277;
  g_assert_null (pisd_result_new (&settings, &error));
  test_assert_error (&error, LIMIT, "samples: got 3277, expected at most 3276, of 10 frames each");
}

/* One sample has no spread, several have, and a method that knows it needs none. */
static void
test_spread (void)
{
  static const struct
  {
    PisdGuidanceId guidance;
    guint samples;
    gboolean has_spread;
    guint n_estimating;
  } rows[] = { { PISD_GUIDANCE_PISD, 1, FALSE, 1 },
               { PISD_GUIDANCE_PISD, 3, TRUE, 3 },
               { PISD_GUIDANCE_EXACT, 1, TRUE, 0 } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      const gboolean finished[3] = { TRUE, TRUE, TRUE };
      g_autoptr (PisdResult) result = NULL;
      PisdSettings settings;

      pisd_settings_init_default (&settings);
      settings.guidance = rows[k].guidance;
      settings.samples = rows[k].samples;
      result = pisd_result_new (&settings, NULL);
      pisd_result_compact (result, finished);
      g_assert_cmpint (pisd_result_has_spread (result), ==, rows[k].has_spread);
      g_assert_cmpuint (pisd_result_count_estimating (result), ==, rows[k].n_estimating);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/result/new", test_new);
  g_test_add_func ("/run/result/compact", test_compact);
  g_test_add_func ("/run/result/moments", test_moments);
  g_test_add_func ("/run/result/spread", test_spread);
  g_test_add_func ("/run/result/numbers", test_numbers);
  g_test_add_func ("/run/result/numbers-of-flow", test_numbers_of_flow);
  g_test_add_func ("/run/result/too-many", test_too_many);
  return g_test_run ();
}
