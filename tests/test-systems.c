/* The systems of a learned prior's noise levels, with a network that has learned nothing: what it
 * leads to is known in closed form. */
#include "pisd-systems.h"

#include "pisd-budget.h"
#include "pisd-measure.h"
#include "pisd-run.h"
#include "pisd-sampler.h"
#include "pisd-scatter.h"
#include "pisd-test-files.h"
#include "pisd-test.h"
#include "pisd-weights.h"

#define MODES 6
#define N (MODES * MODES) /* of a latent, mean included */
#define STEPS 4

typedef struct
{
  const char *name;
  PisdProblemId problem;
  PisdFamily family;
  guint n_a, n_u;
  gboolean off_grid;
} Case;

static const Case cases[] = {
  { "forward", PISD_PROBLEM_POISSON, PISD_FAMILY_INCLUSIONS, 40, 0, FALSE },
  { "inverse", PISD_PROBLEM_HELMHOLTZ, PISD_FAMILY_BLOBS, 0, 30, FALSE },
  { "both", PISD_PROBLEM_POISSON, PISD_FAMILY_BLOBS, 20, 20, FALSE },
  { "off-grid", PISD_PROBLEM_HELMHOLTZ, PISD_FAMILY_INCLUSIONS, 15, 15, TRUE },
  { "without-a-mean", PISD_PROBLEM_POISSON, PISD_FAMILY_GRF, 20, 10, FALSE },
  { "by-modes", PISD_PROBLEM_POISSON, PISD_FAMILY_BLOBS, 1100, 0, FALSE },
};

typedef struct
{
  TestFile file;
  PisdScenario *scenario;
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  PisdConditioning *conditioning;
  PisdSystems *systems;
  guint n_levels;
  double sigma[2 * STEPS];
  double c[2 * STEPS * N];
} Fixture;

/* A network that has learned nothing.  error_ratio: of its errors as the file tells them, 1: it tells
 * nothing. */
static void
save_weights (const PisdSettings *settings, double error_ratio, const char *path)
{
  static const PisdNetworkShape shape = { MODES, 2, 1, 16, 1, 1, 3, FALSE };
  static const char *const families[] = { "grf", "inclusions", "blobs", NULL };
  g_autoptr (PisdWeights) weights = pisd_weights_new (&shape, settings, families);

  pisd_network_initialise (&shape, 2, weights->parameters);
  if (error_ratio < 1.0)
    {
      weights->errors = pisd_error_table_new (&shape, 1, &(double){ 1.0 });
      for (gsize i = 0; i < 4 * pisd_error_table_count_modes (weights->errors); i++)
        weights->errors->ratio[i] = (float) error_ratio;
    }
  g_assert_true (pisd_weights_save (weights, path, NULL));
}

static void
place_sensors (PisdScenario *scenario, const Case *c)
{
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, c->n_a, 0.0, 1);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, c->n_u, 0.0, 2);
  for (guint i = 0; c->off_grid && i < scenario->sensors->n; i++)
    {
      PisdSensor *sensor = &pisd_sensors_edit (scenario->sensors)[i];

      sensor->x = 0.1 + 0.8 * pisd_rng_uniform (1, PISD_STREAM_TEST, 0, i);
      sensor->y = 0.1 + 0.8 * pisd_rng_uniform (1, PISD_STREAM_TEST, 1, i);
    }
  pisd_sensors_measure (scenario->sensors, scenario->instance, 3);
}

static PisdScenario *
make_scenario (const Case *c, const char *weights)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  *settings = test_settings (c->problem, PISD_MODES_SQUARE, MODES);
  settings->prior = PISD_PRIOR_LEARNED;
  settings->family = settings->prior_family = c->family;
  settings->space = PISD_SPACE_DECOUPLED;
  settings->guidance = PISD_GUIDANCE_SECOND_ORDER;
  settings->sampler = PISD_SAMPLER_HEUN;
  settings->churn = (PisdChurn){ 1.0, 0.0, 1000.0, 1.0 };
  settings->steps = STEPS;
  scenario->weights_path = g_strdup (weights);
  save_weights (settings, 1.0, weights);
  scenario->instance =
      pisd_instance_new_random (TEST_EQUATION (c->problem, 3.0), c->family, 11, NULL);
  place_sensors (scenario, c);
  return scenario;
}

static PisdSystems *
make_systems (Fixture *f)
{
  return pisd_conditioning_make_systems (f->conditioning, f->n_levels, f->sigma, f->c, 1, NULL,
                                         NULL);
}

static void
fixture_init (Fixture *f, const Case *c)
{
  g_autoptr (GError) error = NULL;

  test_file_init (&f->file, "w.safetensors");
  f->scenario = make_scenario (c, f->file.path);
  f->representation = pisd_representation_new (&f->scenario->settings, NULL);
  g_assert_cmpuint (pisd_representation_get_n (f->representation), ==, N);
  f->prior = pisd_prior_new_weighted (PISD_PRIOR_LEARNED, &(PisdLearned){ f->file.path, 1.0 },
                                      f->representation, 1, NULL, &error);
  g_assert_no_error (error);
  f->denoiser = pisd_denoiser_new (f->prior, f->representation);
  f->conditioning = pisd_conditioning_new (NULL, f->representation, f->scenario->sensors,
                                           PISD_FACTORS_TAIL, 1, NULL, NULL);
  f->n_levels = pisd_sampler_list_levels (&f->scenario->settings, f->sigma);
  g_assert_cmpuint (f->n_levels, ==, 2 * STEPS - 1);
  for (guint i = 0; i < f->n_levels; i++)
    pisd_prior_fill_variances (f->prior, f->representation, PISD_COVARIANCE_GAUSSIAN, f->sigma[i],
                               f->c + i * N);
  f->systems = make_systems (f);
  pisd_conditioning_use_systems (f->conditioning, f->systems, NULL);
}

static void
fixture_clear (Fixture *f)
{
  pisd_systems_unref (f->systems);
  pisd_conditioning_free (f->conditioning);
  pisd_denoiser_free (f->denoiser);
  pisd_prior_unref (f->prior);
  pisd_representation_free (f->representation);
  pisd_scenario_free (f->scenario);
  test_file_tear_down (&f->file, NULL);
}

/* E[z | x, y] for z = r w, x = z + sigma n, y = H w + T t + e, from the sum of what each says:
 *   (I + r^2 / sigma^2 + H' E^-1 H) w = r x / sigma^2 + H' E^-1 y */
static void
solve_densely (Fixture *f, double sigma, const double *x, double *z)
{
  const PisdFactors *factors = pisd_conditioning_get_factors (f->conditioning);
  guint n = factors->n;
  g_autoptr (PisdReadings) readings = pisd_readings_new (&factors->equation, factors->kept,
                                                         factors->scale, factors->sites, n, NULL);
  g_autoptr (PisdTriangle) sum = pisd_triangle_new (N);
  g_autofree double *rows = g_new (double, n *N);
  g_autofree double *column = g_new (double, n);
  double r[N];

  pisd_representation_fill_ratio (f->representation, r);
  pisd_readings_fill_rows (readings, 0, n, rows);
  for (guint i = 0; i < N; i++)
    {
      for (guint s = 0; s < n; s++)
        column[s] = rows[s * N + i];
      g_assert_true (pisd_factors_solve (factors->l_tail, column, NULL));
      z[i] = r[i] * x[i] / (sigma * sigma) + test_dot (column, factors->y, n);
      for (guint j = 0; j <= i; j++)
        {
          double entry = 0.0;

          for (guint s = 0; s < n; s++)
            entry += column[s] * rows[s * N + j];
          pisd_triangle_row (sum, i)[j] = entry;
        }
      pisd_triangle_row (sum, i)[i] += 1.0 + r[i] * r[i] / (sigma * sigma);
    }
  g_assert_cmpint (pisd_triangle_cholesky (sum, 1, NULL), ==, PISD_TRIANGLE_FACTORED);
  g_assert_true (pisd_factors_solve (sum, z, NULL));
  for (guint i = 0; i < N; i++)
    z[i] *= r[i];
}

/* The corrected estimate is the mean of the family's Gaussian given state and readings, at every
 * level that a run meets. */
static void
test_exact (gconstpointer data)
{
  Fixture f;
  g_autoptr (PisdSecondOrder) second_order = NULL;

  fixture_init (&f, data);
  second_order = pisd_second_order_new (f.representation, f.denoiser, &f.scenario->settings,
                                        f.scenario->sensors, f.conditioning);
  for (guint i = 0; i < f.n_levels; i++)
    {
      g_autofree double *x = test_random (N, i);
      double m[N], expected[N];

      pisd_denoiser_denoise (f.denoiser, f.sigma[i], x, m);
      g_assert_true (pisd_second_order_correct (second_order, f.sigma[i], x, m));
      solve_densely (&f, f.sigma[i], x, expected);
      test_assert_below (test_difference (m, expected, N), 1e-7);
    }
  g_clear_pointer (&second_order, pisd_second_order_free);
  fixture_clear (&f);
}

/* Where the network is better than the linear denoiser, the covariance is wider. */
static void
test_widened (void)
{
  Fixture f;
  g_autoptr (PisdPrior) better = NULL;
  double c[N];

  fixture_init (&f, &cases[1]);
  save_weights (&f.scenario->settings, 0.25, f.file.path);
  better = pisd_prior_new_weighted (PISD_PRIOR_LEARNED, &(PisdLearned){ f.file.path, 1.0 },
                                    f.representation, 1, NULL, NULL);
  pisd_prior_fill_variances (better, f.representation, PISD_COVARIANCE_GAUSSIAN, f.sigma[1], c);
  for (guint i = 0; i < N; i++)
    test_assert_close (c[i], 3.25 * f.c[N + i], 1e-12);
  fixture_clear (&f);
}

/* C, in units of the latent's own scales, of that family and class. */
static void
fill_covariance (const Fixture *f, PisdFamily family, double class_weight, double out[N])
{
  PisdSettings settings = f->scenario->settings;
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (PisdPrior) prior = NULL;
  double c[N], r[N];

  settings.prior_family = family;
  representation = pisd_representation_new_scaled (
      &settings, pisd_representation_get_normaliser (f->representation), NULL);
  prior = pisd_prior_new_weighted (PISD_PRIOR_LEARNED, &(PisdLearned){ f->file.path, class_weight },
                                   representation, 1, NULL, NULL);
  pisd_prior_fill_variances (prior, representation, PISD_COVARIANCE_GAUSSIAN, f->sigma[1], c);
  pisd_representation_fill_ratio (representation, r);
  for (guint i = 0; i < N; i++)
    out[i] = c[i] * r[i] * r[i];
}

/* Without a weight the class says nothing: the covariance is that of any family, and not its own. */
static void
test_class_without_weight (void)
{
  Fixture f;
  double own[N], any[N], without[N];

  fixture_init (&f, &cases[2]);
  fill_covariance (&f, PISD_FAMILY_BLOBS, 1.0, own);
  fill_covariance (&f, PISD_FAMILY_BLOBS, 0.0, without);
  fill_covariance (&f, PISD_FAMILY_ANY, 1.0, any);
  test_assert_below (test_difference (without, any, N), 1e-12);
  g_assert_cmpfloat (test_difference (own, any, N), >, 0.01);
  fixture_clear (&f);
}

static void
correct_all (Fixture *f, double *m)
{
  for (guint i = 0; i < f->n_levels; i++)
    {
      g_autofree double *x = test_random (N, i);

      memcpy (m + i * N, x, sizeof (double) * N);
      g_assert_true (pisd_conditioning_correct_at (f->conditioning, f->sigma[i], m + i * N));
    }
}

/* The same bits by another set's levels, where a thread goes ahead and where there is no memory for
 * them. */
static void
test_who_makes (gconstpointer data)
{
  Fixture f;
  double m[2 * STEPS * N], again[2 * STEPS * N];

  fixture_init (&f, data);
  correct_all (&f, m);
  for (guint has_room = 0; has_room < 2; has_room++)
    {
      g_autoptr (PisdSystems) systems = NULL;

      pisd_budget_set_limit (has_room ? 0 : 1);
      systems = make_systems (&f);
      pisd_budget_set_limit (0);
      g_assert_true ((pisd_systems_get_bytes (systems) > 0) == (has_room > 0));
      g_assert_true (
          pisd_conditioning_has_made (f.conditioning, systems, f.n_levels, f.sigma, f.c));
      pisd_conditioning_use_systems (f.conditioning, systems, NULL);
      pisd_systems_begin_ahead (systems);
      correct_all (&f, again);
      pisd_systems_end_ahead (systems);
      g_assert_cmpmem (again, sizeof (double) * f.n_levels * N, m,
                       sizeof (double) * f.n_levels * N);
    }
  f.c[N]++;
  g_assert_false (pisd_conditioning_has_made (f.conditioning, f.systems, f.n_levels, f.sigma, f.c));
  fixture_clear (&f);
}

/* Covariances that are no numbers end in an estimate that is none, too. */
static void
test_not_a_number (gconstpointer data)
{
  Fixture f;
  g_autofree double *m = test_random (N, 1);

  fixture_init (&f, data);
  pisd_systems_unref (f.systems);
  f.c[N] = NAN;
  f.systems = make_systems (&f);
  pisd_conditioning_use_systems (f.conditioning, f.systems, NULL);
  g_assert_true (pisd_conditioning_correct_at (f.conditioning, f.sigma[1], m));
  g_assert_true (isnan (m[1]));
  fixture_clear (&f);
}

/* What is stopped leaves the estimate alone, and can be made later. */
static void
test_cancel (gconstpointer data)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  Fixture f;
  g_autofree double *m = test_random (N, 1);
  g_autofree double *same = test_random (N, 1);

  fixture_init (&f, data);
  pisd_cancel_trigger (cancel);
  pisd_conditioning_use_systems (f.conditioning, f.systems, cancel);
  g_assert_false (pisd_conditioning_correct_at (f.conditioning, f.sigma[1], m));
  g_assert_cmpmem (m, sizeof (double) * N, same, sizeof (double) * N);
  pisd_conditioning_use_systems (f.conditioning, f.systems, NULL);
  g_assert_true (pisd_conditioning_correct_at (f.conditioning, f.sigma[1], m));
  fixture_clear (&f);
}

/* Runs meet no other levels than are listed, and their bits do not depend on threads or samples. */
static void
test_runs (void)
{
  for (guint s = 0; s < PISD_N_SAMPLERS; s++)
    {
      Fixture f;
      g_autoptr (PisdResult) one = NULL, three = NULL;
      g_autoptr (GError) error = NULL;
      PisdSettings *settings;

      if (pisd_method_get_sampler (s)->is_exact_flow)
        continue;
      fixture_init (&f, &cases[2]);
      settings = &f.scenario->settings;
      settings->sampler = s;
      if (!pisd_settings_use_sampler (settings, PISD_SAMPLER_USES_CHURN))
        settings->churn.amount = 0.0;
      one = pisd_run (f.scenario, NULL, 2, NULL, NULL, &error);
      g_assert_no_error (error);
      settings->samples = 3;
      three = pisd_run (f.scenario, NULL, 2, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (pisd_result_get_sample (one, 0, 0), sizeof (double) * PISD_GRID * PISD_GRID,
                       pisd_result_get_sample (three, 0, 0),
                       sizeof (double) * PISD_GRID * PISD_GRID);
      fixture_clear (&f);
    }
}

typedef struct
{
  guint64 done;
  guint n_looks, limit;
} Watched;

/* Goes on for so many looks; what is done never becomes less. */
static gboolean
watch (guint64 done, guint64 total, gpointer data)
{
  Watched *watched = data;

  g_assert_cmpuint (done, >=, watched->done);
  watched->done = done;
  return watched->n_looks++ < watched->limit;
}

static void
assert_finite (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_true (isfinite (values[i]));
}

/* Means and samples of what is left of a run. */
static void
assert_numbers (const PisdResult *result)
{
  for (guint f = 0; f < result->n_fields; f++)
    {
      const gsize n = pisd_field_get_n (result->mean[f]);

      assert_finite (result->mean[f]->data, n);
      for (guint s = 0; s < result->n_finished; s++)
        assert_finite (pisd_result_get_sample (result, f, s), n);
    }
}

/* A run that is stopped, whether between steps or while a level is made, ends, and what is shown of
 * it are numbers. */
static void
test_stopped (gconstpointer data)
{
  const guint n_threads = GPOINTER_TO_UINT (data);
  Fixture f;
  Watched all = { .limit = G_MAXUINT };
  g_autoptr (PisdResult) whole = NULL;

  fixture_init (&f, &cases[2]);
  f.scenario->settings.samples = n_threads;
  whole = pisd_run (f.scenario, NULL, n_threads, watch, &all, NULL);
  g_assert_cmpuint (all.n_looks, >, STEPS);
  for (guint limit = 0; limit < all.n_looks; limit++)
    {
      Watched some = { .limit = limit };
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdResult) result = pisd_run (f.scenario, NULL, n_threads, watch, &some, &error);

      if (result == NULL)
        g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
      else
        {
          g_assert_cmpuint (result->n_steps, <=, STEPS);
          assert_numbers (result);
        }
    }
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  static const TestCheck exact[] = { { "exact", test_exact } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/systems", exact, cases);
  g_test_add_data_func ("/engine/systems/who-makes", &cases[2], test_who_makes);
  g_test_add_data_func ("/engine/systems/cancel/by-readings", &cases[0], test_cancel);
  g_test_add_data_func ("/engine/systems/cancel/by-modes", &cases[5], test_cancel);
  g_test_add_data_func ("/engine/systems/not-a-number/by-readings", &cases[0], test_not_a_number);
  g_test_add_data_func ("/engine/systems/not-a-number/by-modes", &cases[5], test_not_a_number);
  g_test_add_func ("/engine/systems/class-without-weight", test_class_without_weight);
  g_test_add_func ("/engine/systems/widened", test_widened);
  g_test_add_func ("/engine/systems/runs", test_runs);
  for (guint n = 1; n <= 2; n++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/systems/stopped/%u", n);

      g_test_add_data_func (path, GUINT_TO_POINTER (n), test_stopped);
    }
  return g_test_run ();
}
