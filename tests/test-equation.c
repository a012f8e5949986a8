/* A new equation is one file and one row: here -lap u + u = a with Neumann's boundary condition, which no part of the
 * product knows, goes through settings, files, posterior and every method.  A second row describes it as if it were
 * not linear, so that the loss takes its way over the grid. */

#include <math.h>

#include "pisd-denoiser.h"
#include "pisd-diagonal.h"
#include "pisd-error.h"
#include "pisd-exact.h"
#include "pisd-sources.h"
#include "pisd-loss.h"
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-solver.h"
#include "pisd-scenario-load.h"
#include "pisd-scenario-save.h"
#include "pisd-test-files.h"
#include "pisd-test.h"
#include "pisd-truth.h"

#define S PISD_GRID

/* The equation's one file. */

static const PisdFieldInfo toy_fields[] = {
  { PISD_FIELD_A,
    "a",
    "Source a",
    "Weight of a",
    "Weight of the measurements of a",
    PISD_BASIS_COSINE,
    FALSE,
    1,
    { 0.0 } },
  { PISD_FIELD_U,
    "u",
    "Solution u",
    "Weight of u",
    "Weight of the measurements of u",
    PISD_BASIS_COSINE,
    FALSE,
    1,
    { 1.0 } },
};

static const PisdConstantInfo toy_constants[] = {
  { .key = "reaction",
    .title = "Reaction",
    .help = "What multiplies u",
    .note = "A positive number",
    .minimum = 0.1,
    .maximum = 10.0,
    .standard = 1.0 },
};

static gpointer toy_prepare (const PisdOperator *row, const double *constants);

/* lambda = axis (ky) + axis (kx) + c, in the cosine basis of nodes at (i + 1/2) / S, h = 1 / (S - 1) apart */
static double
toy_axis (PisdDiscretisation discretisation, guint index)
{
  double k = G_PI * index / S, h = 1.0 / (S - 1);

  return discretisation == PISD_SPECTRAL ? k * k / (h * h) : (2.0 - 2.0 * cos (k)) / (h * h);
}

static void
toy_fill_eigenvalues (const double *constants,
                      PisdDiscretisation discretisation,
                      guint n,
                      const guint16 *ky,
                      const guint16 *kx,
                      double *out)
{
  for (guint i = 0; i < n; i++)
    out[i] = toy_axis (discretisation, ky[i]) + toy_axis (discretisation, kx[i]) + constants[0];
}

static void
toy_release (gpointer plan)
{
  pisd_diagonal_free (plan);
}

static gboolean
toy_solve (gpointer plan, PisdField *const *fields, PisdCancel *cancel)
{
  pisd_diagonal_solve (plan, fields[0], fields[1]);
  return TRUE;
}

static void
toy_residual (gpointer plan,
              PisdDiscretisation discretisation,
              const PisdField *const *fields,
              PisdField *r)
{
  pisd_diagonal_residual (plan, discretisation, fields[0], fields[1], r);
}

static void
toy_residual_vjp (gpointer plan,
                  PisdDiscretisation discretisation,
                  const PisdField *const *fields,
                  const PisdField *v,
                  PisdField *const *gradients)
{
  pisd_diagonal_residual_vjp (plan, discretisation, v, gradients[1]);
  for (guint p = 0; p < S * S; p++)
    gradients[0]->data[p] = -v->data[p];
}

static const PisdLinearOps toy_linear = { toy_fill_eigenvalues };

#define TOY_ROW(file_name, linear_ops)                                                         \
  {                                                                                            \
    .name = file_name, .title = "Reaction", .equation = "-∆u + cu = a",                        \
    .n_fields = G_N_ELEMENTS (toy_fields), .fields = toy_fields,                               \
    .n_constants = G_N_ELEMENTS (toy_constants), .constants = toy_constants,                   \
    .families = 1u << PISD_FAMILY_GRF, .random = &pisd_sources_random, .prepare = toy_prepare, \
    .release = toy_release, .solve = toy_solve, .residual = toy_residual,                      \
    .residual_vjp = toy_residual_vjp, .linear = linear_ops,                                    \
  }

static const PisdOperator toy = TOY_ROW ("toy", &toy_linear);
static const PisdOperator toy_on_the_grid = TOY_ROW ("toy-on-the-grid", NULL);

static gpointer
toy_prepare (const PisdOperator *row, const double *constants)
{
  return pisd_diagonal_new (&toy, constants);
}

/* What the product makes of it. */

static PisdProblemId toy_id, grid_id;

static PisdSettings
toy_settings (guint modes)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = toy_id;
  settings.modes = modes;
  return settings;
}

/* A truth of the toy with sensors on a and on u. */
static PisdScenario *
toy_scenario (guint n_a, guint n_u)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings = toy_settings (16);
  g_assert_true (pisd_truth_set_random (scenario, NULL));
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, n_a, 0.0, 1);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, n_u, 0.0, 2);
  return scenario;
}

static void
test_settings_know_it (void)
{
  PisdSettings settings;
  PisdEquation equation;
  g_autoptr (GError) error = NULL;

  pisd_settings_init_default (&settings);
  g_assert_true (pisd_settings_set (&settings, "problem", "toy", NULL));
  g_assert_cmpint (settings.problem, ==, toy_id);
  equation = pisd_settings_get_equation (&settings);
  g_assert_cmpfloat (equation.constants[0], ==, 1.0);
  g_assert_true (pisd_settings_set (&settings, "reaction", "2.5", NULL));
  equation = pisd_settings_get_equation (&settings);
  g_assert_cmpfloat (equation.constants[0], ==, 2.5);
  g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_OBS (0)], >, 0.0);
  g_assert_true (pisd_settings_check (&settings, NULL));
  settings.family = PISD_FAMILY_BLOBS;
  g_assert_false (pisd_settings_check (&settings, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
}

/* a = lambda u for u = cos (pi 3 (i + 1/2) / S) by differences. */
static void
test_solve (void)
{
  const PisdEquation equation = { toy_id, { 1.0 } };
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  PisdField *const fields[] = { a, u };

  for (guint p = 0; p < S * S; p++)
    a->data[p] = (toy_axis (PISD_DIFFERENCES, 3) + 1.0) * cos (G_PI * 3.0 * (p / S + 0.5) / S);
  pisd_solver_complete (solver, fields);
  for (guint p = 0; p < S * S; p += 777)
    test_assert_close (u->data[p], cos (G_PI * 3.0 * (p / S + 0.5) / S), 1e-11);
  test_assert_below (pisd_solver_relative_residual (solver, PISD_DIFFERENCES, fields), 1e-11);
  /* (2 - 2 cos k) / k^2 = 1 - k^2 / 12 + ... */
  test_assert_close (pisd_solver_relative_residual (solver, PISD_SPECTRAL, fields), 4.5e-4, 0.1e-4);
}

/* Saved under its name, and read back equal. */
static void
test_files (void)
{
  g_autoptr (PisdScenario) scenario = toy_scenario (7, 5);
  g_autoptr (PisdScenario) back = NULL;
  g_autofree char *folder = test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "toy.scenario", NULL);

  g_assert_true (pisd_settings_set (&scenario->settings, "reaction", "3", NULL));
  g_assert_true (pisd_truth_set_random (scenario, NULL));
  g_assert_true (pisd_scenario_save (scenario, path, NULL));
  back = pisd_scenario_load (path, NULL);
  g_assert_nonnull (back);
  g_assert_true (pisd_settings_same_equation (&back->settings, &scenario->settings));
  g_assert_true (pisd_truth_equal (back, scenario));
  g_assert_true (pisd_sensors_equal (back->sensors, scenario->sensors));
  test_directory_remove (folder);
}

/* Without noise the exact mean goes through every reading, knows them exactly, and knows more than nothing. */
static void
test_exact_mean (gconstpointer data)
{
  gboolean forward = GPOINTER_TO_INT (data);
  g_autoptr (PisdScenario) scenario = toy_scenario (forward ? 120 : 20, forward ? 0 : 100);
  g_autoptr (PisdExact) exact = NULL;

  scenario->settings.guidance = PISD_GUIDANCE_EXACT;
  scenario->settings.space = PISD_SPACE_DECOUPLED;
  exact = pisd_exact_new (scenario, NULL, TRUE, 1, NULL, NULL);
  g_assert_nonnull (exact);
  for (guint i = 0; i < scenario->sensors->n; i++)
    {
      const PisdSensor *s = &scenario->sensors->items[i];
      guint node = (guint) (lround (s->y * (S - 1)) * S + lround (s->x * (S - 1)));
      guint f = s->field == PISD_FIELD_A ? 0 : 1;

      test_assert_close (exact->mean[f]->data[node], s->value, 1e-5);
      test_assert_below (exact->sd[f]->data[node], 1e-4);
    }
  for (guint f = 0; f < 2; f++)
    {
      test_assert_below (exact->errors[f], 0.8);
      test_assert_below (1e-3, exact->errors[f]);
    }
}

/* The error of the estimate less than that of no measurement, in both fields. */
static void
test_method (gconstpointer data)
{
  PisdGuidanceId guidance = GPOINTER_TO_UINT (data);
  g_autoptr (PisdScenario) scenario = toy_scenario (150, 0);
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pisd_settings_apply_preset (&scenario->settings, guidance, PISD_TASK_FORWARD, FALSE);
  scenario->settings.steps = guidance == PISD_GUIDANCE_EXACT ? 1 : 100;
  scenario->settings.samples = 2;
  result = pisd_run (scenario, NULL, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < 2; f++)
    {
      g_assert_true (pisd_field_is_finite (result->mean[f]));
      if (guidance != PISD_GUIDANCE_NONE)
        test_assert_below (result->errors[f], 0.9);
    }
}

/* The way over the grid gives the values and gradients of the way in coefficients. */
static void
test_loss_on_the_grid (gconstpointer data)
{
  PisdLossForm form = GPOINTER_TO_UINT (data);
  PisdSettings settings = toy_settings (10);
  g_autoptr (PisdRepresentation) linear = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdRepresentation) grid = NULL;
  g_autoptr (PisdNormaliser) normaliser = NULL;
  g_autoptr (PisdSensors) sensors = test_sensors (10);
  const PisdModes *modes[2] = { pisd_representation_get_modes (linear, 0),
                                pisd_representation_get_modes (linear, 1) };
  const double zeta[PISD_N_TERMS] = { 0.3, 2.0, 0.1 };
  double values[2][PISD_N_TERMS], shares[2][PISD_N_TERMS];
  gsize n = pisd_representation_get_n (linear);
  g_autofree double *m = test_random (n, 3);
  g_autofree double *gradients = g_new (double, 2 * n);

  normaliser = pisd_normaliser_new_gaussian (pisd_representation_get_equation (linear), modes,
                                             pisd_representation_get_prior (linear));
  settings.problem = grid_id;
  grid = pisd_representation_new_scaled (&settings, normaliser, NULL);
  for (guint way = 0; way < 2; way++)
    {
      g_autoptr (PisdLoss) loss = pisd_loss_new (way == 0 ? linear : grid, sensors, form);

      pisd_loss_evaluate (loss, m, zeta, values[way], shares[way], gradients + way * n);
    }
  for (guint t = 0; t < PISD_N_TERMS; t++)
    {
      test_assert_close (values[1][t] / values[0][t], 1.0, 1e-10);
      test_assert_close (shares[1][t], shares[0][t], 1e-10);
      test_assert_below (1e-6, shares[0][t]);
    }
  test_assert_below (test_difference (gradients + n, gradients, n), 1e-10);
}

/* Without the linear map scales come from a few simulated instances: about those of the map, and
 * field 0's are the prior's own.  A decoupled latent takes those for all fields. */
static void
test_simulated_scales (void)
{
  PisdSettings settings = toy_settings (10);
  g_autoptr (PisdRepresentation) linear = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdRepresentation) grid = NULL, decoupled = NULL;
  guint n = pisd_representation_get_modes (linear, 1)->n;

  settings.problem = grid_id;
  grid = pisd_representation_new (&settings, NULL);
  settings.space = PISD_SPACE_DECOUPLED;
  decoupled = pisd_representation_new (&settings, NULL);
  g_assert_true (pisd_representation_is_linear (linear));
  g_assert_false (pisd_representation_is_linear (grid));
  for (guint i = 0; i < n; i++)
    {
      double scale = pisd_representation_get_scale (linear, 0)[i];

      g_assert_cmpfloat (pisd_representation_get_scale (grid, 0)[i], ==, scale);
      g_assert_cmpfloat (pisd_representation_get_scale (decoupled, 1)[i], ==, scale);
      test_assert_close (log (pisd_representation_get_scale (grid, 1)[i]
                              / pisd_representation_get_scale (linear, 1)[i]),
                         0.0, log (2.0));
    }
  test_assert_close (pisd_representation_get_kept_variance (grid, 1)
                         / pisd_representation_get_kept_variance (linear, 1),
                     1.0, 0.7);
}

/* A decoupled latent's other fields by the solver, where there is no linear map: the same as by the
 * map, also the second time. */
static void
test_expansion (void)
{
  PisdSettings settings = toy_settings (10);
  g_autoptr (PisdRepresentation) linear = NULL, grid = NULL;
  g_autofree double *z = NULL, *joint = NULL, *solved = NULL;
  gsize n, n_joint;

  settings.space = PISD_SPACE_DECOUPLED;
  linear = pisd_representation_new (&settings, NULL);
  settings.problem = grid_id;
  grid =
      pisd_representation_new_scaled (&settings, pisd_representation_get_normaliser (linear), NULL);
  n = pisd_representation_get_n (linear);
  n_joint = pisd_representation_get_n_joint (linear);
  joint = g_new (double, n_joint);
  solved = g_new (double, n_joint);
  for (guint lane = 1; lane < 3; lane++)
    {
      g_free (z);
      z = test_random (n, lane);
      for (guint again = 0; again < 2; again++)
        {
          pisd_representation_expand (linear, z, joint);
          pisd_representation_expand (grid, z, solved);
          test_assert_below (test_difference (solved, joint, n_joint), 1e-12);
        }
    }
}

/* The best linear denoiser of simulated instances is near the exact one of the linear equation. */
static void
test_simulated_prior (void)
{
  PisdSettings settings = toy_settings (10);
  g_autoptr (PisdRepresentation) linear = pisd_representation_new (&settings, NULL), grid = NULL;
  g_autoptr (PisdPrior) exact = pisd_prior_new (PISD_PRIOR_GAUSSIAN, linear, 1, NULL, NULL);
  g_autoptr (PisdPrior) simulated = NULL;
  g_autoptr (PisdDenoiser) exact_denoiser = pisd_denoiser_new (exact, linear), denoiser = NULL;
  gsize n = pisd_representation_get_n (linear);
  g_autofree double *x = test_random (n, 4), *m = g_new (double, n), *expected = g_new (double, n);

  settings.problem = grid_id;
  grid =
      pisd_representation_new_scaled (&settings, pisd_representation_get_normaliser (linear), NULL);
  simulated = pisd_prior_new (PISD_PRIOR_GAUSSIAN, grid, 1, NULL, NULL);
  g_assert_false (pisd_prior_fits (exact, PISD_PRIOR_GAUSSIAN, grid));
  denoiser = pisd_denoiser_new (simulated, grid);
  for (double sigma = 0.1; sigma < 20.0; sigma *= 10.0)
    {
      pisd_denoiser_denoise (denoiser, sigma, x, m);
      pisd_denoiser_denoise (exact_denoiser, sigma, x, expected);
      test_assert_below (test_difference (m, expected, n), 0.2);
    }
}

/* Scales of another number of modes are refused. */
static void
test_foreign_scales (void)
{
  PisdSettings settings = toy_settings (10);
  g_autoptr (PisdRepresentation) small = pisd_representation_new (&settings, NULL);
  const PisdModes *modes[2] = { pisd_representation_get_modes (small, 0),
                                pisd_representation_get_modes (small, 1) };
  g_autoptr (PisdNormaliser) normaliser = pisd_normaliser_new (pisd_operator_get (toy_id), modes);
  g_autoptr (GError) error = NULL;

  settings.modes = 12;
  g_assert_null (pisd_representation_new_scaled (&settings, normaliser, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_SHAPE);
}

/* Guidance that needs the linear map says which do without one. */
static void
test_not_linear (void)
{
  PisdSettings settings = toy_settings (10);
  g_autoptr (GError) error = NULL;

  settings.problem = grid_id;
  settings.guidance = PISD_GUIDANCE_EXACT;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, RANGE, "which is not linear, expected none, dps or pisd");
}

int
main (int argc, char **argv)
{
  toy_id = pisd_operator_register (&toy);
  grid_id = pisd_operator_register (&toy_on_the_grid);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/equation/settings", test_settings_know_it);
  g_test_add_func ("/engine/equation/solve", test_solve);
  g_test_add_func ("/engine/equation/files", test_files);
  g_test_add_data_func ("/engine/equation/exact/forward", GINT_TO_POINTER (TRUE), test_exact_mean);
  g_test_add_data_func ("/engine/equation/exact/both", GINT_TO_POINTER (FALSE), test_exact_mean);
  for (guint guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    {
      g_autofree char *path =
          g_strdup_printf ("/engine/equation/method/%s", pisd_method_get (guidance)->choice.name);

      g_test_add_data_func (path, GUINT_TO_POINTER (guidance), test_method);
    }
  g_test_add_data_func ("/engine/equation/loss/squared", GUINT_TO_POINTER (PISD_LOSS_SQUARED),
                        test_loss_on_the_grid);
  g_test_add_data_func ("/engine/equation/loss/norm", GUINT_TO_POINTER (PISD_LOSS_NORM),
                        test_loss_on_the_grid);
  g_test_add_func ("/engine/equation/simulated-scales", test_simulated_scales);
  g_test_add_func ("/engine/equation/expansion", test_expansion);
  g_test_add_func ("/engine/equation/simulated-prior", test_simulated_prior);
  g_test_add_func ("/engine/equation/foreign-scales", test_foreign_scales);
  g_test_add_func ("/engine/equation/not-linear", test_not_linear);
  return g_test_run ();
}
