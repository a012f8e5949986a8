/* Training: the data, the gradient, one result whatever the threads and interruptions, and that it
 * learns at all. */
#include "pisd-training.h"

#include "pisd-linear-fit.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

#define K 8

/* A tiny one. */
static PisdTrainingPlan
make_plan (PisdProblemId problem, guint families)
{
  PisdSettings settings;
  PisdTrainingPlan plan;
  g_autoptr (GError) error = NULL;

  pisd_settings_init_default (&settings);
  settings.problem = problem;
  settings.space = PISD_SPACE_DECOUPLED;
  settings.modes = K;
  pisd_training_plan_init (&plan, &settings);
  plan.families = families;
  plan.shape.width = PISD_NETWORK_WIDTH_STEP;
  plan.shape.n_blocks = 1;
  plan.batch = 8;
  plan.n_warm_up = 5;
  plan.n_steps = 20;
  plan.backend = PISD_BACKEND_PLAIN;
  pisd_training_plan_complete (&plan, &error);
  g_assert_no_error (error);
  return plan;
}

#define SHAPES (1u << PISD_FAMILY_INCLUSIONS | 1u << PISD_FAMILY_BLOBS)

static PisdTraining *
make_training (const PisdTrainingPlan *plan, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  PisdTraining *training = pisd_training_new (plan, n_threads, NULL, &error);

  g_assert_no_error (error);
  return training;
}

static void
do_steps (PisdTraining *training, guint n)
{
  PisdTrainingReport report;

  for (guint i = 0; i < n; i++)
    g_assert_true (pisd_training_step (training, NULL, &report));
}

static void
assert_same_state (const PisdTraining *a, const PisdTraining *b)
{
  const PisdAdam *x = pisd_training_get_state (a), *y = pisd_training_get_state (b);
  gsize size = x->n * sizeof (float);

  g_assert_cmpuint (x->n_steps, ==, y->n_steps);
  g_assert_cmpmem (x->parameters, size, y->parameters, size);
  g_assert_cmpmem (x->average, size, y->average, size);
  g_assert_cmpmem (x->mean, size, y->mean, size);
  g_assert_cmpmem (x->square, size, y->square, size);
}

static void
test_plan (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, SHAPES);
  g_auto (GStrv) families = pisd_training_plan_dup_families (&plan);

  g_autofree char *text = NULL;

  g_assert_cmpuint (plan.shape.n_labels, ==, 2);
  g_assert_cmpstr (families[1], ==, "blobs");
  g_assert_cmpint (pisd_training_plan_get_family (&plan, 0), ==, PISD_FAMILY_INCLUSIONS);
  g_assert_cmpint (pisd_training_plan_get_family (&plan, 2), ==, PISD_FAMILY_ANY);
  test_assert_close (pisd_training_plan_get_rate (&plan, 0), 0.2 * plan.rate, 1e-12);
  test_assert_close (pisd_training_plan_get_rate (&plan, 4), plan.rate, 1e-12);
  test_assert_close (pisd_training_plan_get_rate (&plan, 5), plan.rate, 1e-12);
  test_assert_close (pisd_training_plan_get_rate (&plan, 20), 0.0, 1e-12);
  plan.settings.problem = PISD_PROBLEM_NAVIER_STOKES;
  text = pisd_training_plan_dup_text (&plan);
  g_assert_nonnull (strstr (text, " viscosity=0.001 "));
}

/* Latents of pooled scales: over all families each mode has mean square 1. */
static void
test_data (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, PISD_FAMILIES_ALL);
  g_autoptr (PisdTrainingLatents) latents = pisd_training_latents_new (&plan, 1, NULL, NULL);
  g_autoptr (PisdTrainingTools) tools = pisd_training_tools_new (latents);
  g_autofree double *z = g_new (double, tools->n), *again = g_new (double, tools->n);
  double sum = 0.0;
  guint n = 300;

  for (guint i = 0; i < n; i++)
    {
      pisd_training_data_draw (tools->data, PISD_DATA_TRAINING, i % PISD_N_FAMILIES, i, z);
      sum += test_dot (z, z, tools->n) / tools->n / n;
    }
  test_assert_close (sum, 1.0, 0.15);
  pisd_training_data_draw (tools->data, PISD_DATA_VALIDATION, (n - 1) % PISD_N_FAMILIES, n - 1,
                           again);
  g_assert_cmpfloat (test_difference (again, z, tools->n), >, 0.1);
  pisd_training_data_draw (tools->data, PISD_DATA_TRAINING, (n - 1) % PISD_N_FAMILIES, n - 1,
                           again);
  g_assert_cmpmem (z, tools->n * sizeof *z, again, tools->n * sizeof *z);
}

/* Flows that were simulated before, moved: of scales that keep all modes about 1, each another one,
 * and one and the same whoever draws it. */
static void
test_flows (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_NAVIER_STOKES, PISD_MODES_SQUARE, K);
  g_autoptr (PisdFlowPool) pool = pisd_flow_pool_new ();
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (PisdTrainingData) one = NULL, other = NULL;
  g_autofree double *z = NULL, *before = NULL;
  double sum = 0.0;
  guint n_draws = 24;
  gsize n;

  settings.space = PISD_SPACE_JOINT;
  representation = pisd_representation_new (&settings, NULL);
  n = pisd_representation_get_n (representation);
  one = pisd_training_data_new (representation, 1, pool);
  z = g_new0 (double, n);
  before = g_new0 (double, n);
  for (guint i = 0; i < n_draws; i++)
    {
      memcpy (before, z, n * sizeof *z);
      pisd_training_data_draw (one, PISD_DATA_TRAINING, PISD_FAMILY_GRF, i, z);
      g_assert_cmpfloat (test_difference (before, z, n), >, 0.1);
      sum += test_dot (z, z, n) / n / n_draws;
    }
  test_assert_close (sum, 1.0, 0.3);
  other = pisd_training_data_new (representation, 1, pool);
  pisd_training_data_draw (other, PISD_DATA_TRAINING, PISD_FAMILY_GRF, n_draws - 1, before);
  g_assert_cmpmem (z, n * sizeof *z, before, n * sizeof *z);
}

/* Of a Gaussian field, whose modes are independent, the fitted denoiser does what the prior's own
 * one does: a few percent of its error more, as so many fields allow. */
static void
test_linear_fit (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, 1u << PISD_FAMILY_GRF);
  g_autoptr (PisdTrainingLatents) latents = pisd_training_latents_new (&plan, 2, NULL, NULL);
  g_autoptr (PisdTrainingCrew) crew = pisd_training_crew_new (&plan, latents, 2, 2);
  PisdTrainingPart *part = pisd_training_crew_take (crew);
  PisdTrainingTools *tools = pisd_training_part_get_tools (part);
  g_autoptr (PisdLinearFit) fit = NULL;
  double sigma = 0.7, fitted = 0.0, own = 0.0;
  g_autofree double *z = g_new (double, tools->n), *x = g_new (double, tools->n);
  g_autofree double *m = g_new (double, tools->n);

  pisd_training_crew_give (crew, part);
  fit = pisd_linear_fit_new (crew, pisd_representation_get_modes (tools->representations[0], 0),
                             PISD_FAMILY_GRF, 600, NULL);
  for (guint i = 0; i < 80; i++)
    {
      pisd_training_data_draw (tools->data, PISD_DATA_VALIDATION, PISD_FAMILY_GRF, i, z);
      pisd_rng_fill_normal (1, PISD_STREAM_TEST, i, 0, tools->n, x);
      for (gsize j = 0; j < tools->n; j++)
        x[j] = z[j] + sigma * x[j];
      pisd_linear_fit_denoise (fit, sigma, x, m);
      fitted += pow (test_difference (m, z, tools->n) * test_norm (z, tools->n), 2);
      pisd_denoiser_denoise (tools->denoisers[0], sigma, x, m);
      own += pow (test_difference (m, z, tools->n) * test_norm (z, tools->n), 2);
    }
  test_assert_close (fitted / own, 1.01, 0.02);
}

/* The gradient of a step's loss, by differences along it: the loss of the same fields at parameters
 * that are moved. */
static void
test_gradient (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, SHAPES);
  g_autoptr (PisdTrainingLatents) latents = pisd_training_latents_new (&plan, 1, NULL, NULL);
  g_autoptr (PisdTrainingPart) part = pisd_training_part_new (&plan, latents, 2);
  gsize n = pisd_network_get_n_parameters (&plan.shape);
  g_autofree float *parameters = g_new (float, n), *moved = g_new (float, n);
  g_autofree float *gradient = g_new (float, n), *ignored = g_new (float, n);
  g_autofree double *direction = test_random (n, 5);
  double expected = 0.0, loss[2], h = 1e-2;

  pisd_network_initialise (&plan.shape, 3, parameters);
  for (gsize i = 0; i < n; i++)
    parameters[i] += 0.05 * direction[i];
  pisd_training_part_load (part, parameters);
  pisd_training_part_step (part, 40, gradient);
  for (guint side = 0; side < 2; side++)
    {
      double norm = 0.0;

      for (gsize i = 0; i < n; i++)
        norm += (double) gradient[i] * gradient[i];
      for (gsize i = 0; i < n; i++)
        moved[i] = parameters[i] + (side == 0 ? -h : h) * gradient[i] / sqrt (norm);
      expected = sqrt (norm);
      pisd_training_part_load (part, moved);
      loss[side] = pisd_training_part_step (part, 40, ignored);
    }
  test_assert_close ((loss[1] - loss[0]) / (2.0 * h) / expected, 1.0, 1e-2);
}

static void
test_threads (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, SHAPES);
  g_autoptr (PisdTraining) one = make_training (&plan, 1);
  g_autoptr (PisdTraining) three = make_training (&plan, 3);

  do_steps (one, 4);
  do_steps (three, 4);
  assert_same_state (one, three);
}

static void
set_up (TestFile *self, gconstpointer data)
{
  test_file_init (self, "t.safetensors");
}

static gboolean
restore (TestFile *self, PisdTraining *training, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (self->path, NULL, NULL);

  return pisd_training_restore_from (training, input, error);
}

/* Four steps, or two, a file, and two more of another process. */
static void
test_resume (TestFile *self, gconstpointer data)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, SHAPES);
  g_autoptr (PisdTraining) whole = make_training (&plan, 2);
  g_autoptr (PisdTraining) first = make_training (&plan, 1);
  g_autoptr (PisdTraining) second = NULL;
  g_autoptr (GError) error = NULL;

  do_steps (whole, 4);
  do_steps (first, 2);
  g_assert_true (pisd_training_save (first, self->path, &error));
  plan.n_steps = 0;
  second = make_training (&plan, 2);
  g_assert_true (restore (self, second, &error));
  assert_same_state (first, second);
  do_steps (second, 2);
  assert_same_state (whole, second);
}

static void
test_restore_refused (TestFile *self, gconstpointer data)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, SHAPES);
  g_autoptr (PisdTraining) training = make_training (&plan, 1);
  g_autoptr (PisdTraining) other = NULL;
  g_autoptr (PisdWeights) weights = pisd_training_dup_weights (training);
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_training_save (training, self->path, NULL));
  plan.seed = 2;
  other = make_training (&plan, 1);
  g_assert_false (restore (self, other, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "metadata: `plan`: got `problem=poisson"));
  g_clear_error (&error);
  g_assert_true (pisd_weights_save (weights, self->path, NULL));
  g_assert_false (restore (self, training, &error));
  g_assert_nonnull (strstr (error->message,
                            "metadata: `format`: got `pisd-weights`, expected `pisd-checkpoint`"));
}

/* A step that is stopped has changed nothing. */
static void
test_stopped (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, SHAPES);
  g_autoptr (PisdTraining) stopped = make_training (&plan, 1);
  g_autoptr (PisdTraining) other = make_training (&plan, 1);
  TestTrip trip = { 0, 2 };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
  PisdTrainingReport report;

  g_assert_false (pisd_training_step (stopped, cancel, &report));
  assert_same_state (stopped, other);
  do_steps (stopped, 1);
  do_steps (other, 1);
  assert_same_state (stopped, other);
}

static double
measure (PisdTraining *training, PisdValidation *validation)
{
  guint n = pisd_validation_get_n_rows (validation);
  g_autofree PisdValidationRow *rows = g_new (PisdValidationRow, n);
  double sum = 0.0;

  g_assert_true (pisd_training_validate (training, validation, NULL, rows));
  for (guint i = 0; i < n; i++)
    sum += rows[i].network / rows[i].linear / n;
  return sum;
}

/* A network that has learned nothing is its linear denoiser, and some hundred steps are worth
 * something. */
static void
test_learns (void)
{
  PisdTrainingPlan plan = make_plan (PISD_PROBLEM_POISSON, 1u << PISD_FAMILY_INCLUSIONS);
  g_autoptr (PisdTraining) training = NULL;
  g_autoptr (PisdValidation) validation = NULL;

  plan.n_steps = 250;
  plan.n_warm_up = 20;
  plan.rate = 4e-3;
  plan.decay = 0.98;
  training = make_training (&plan, 1);
  validation = pisd_training_new_validation (training, 32, 0, NULL);
  test_assert_close (measure (training, validation), 1.0, 1e-6);
  do_steps (training, plan.n_steps);
  test_assert_below (measure (training, validation), 0.8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/training/plan", test_plan);
  g_test_add_func ("/training/training/data", test_data);
  g_test_add_func ("/training/training/flows", test_flows);
  g_test_add_func ("/training/training/linear-fit", test_linear_fit);
  g_test_add_func ("/training/training/gradient", test_gradient);
  g_test_add_func ("/training/training/threads", test_threads);
  g_test_add ("/training/training/resume", TestFile, NULL, set_up, test_resume,
              test_file_tear_down);
  g_test_add ("/training/training/restore-refused", TestFile, NULL, set_up, test_restore_refused,
              test_file_tear_down);
  g_test_add_func ("/training/training/stopped", test_stopped);
  g_test_add_func ("/training/training/learns", test_learns);
  return g_test_run ();
}
