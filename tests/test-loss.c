#include "pisd-loss.h"

#include "pisd-solver.h"
#include "pisd-scatter.h"
#include "pisd-test.h"

#define S PISD_GRID

typedef struct
{
  const char *path;
  PisdProblemId problem;
  PisdLossForm form;
} Case;

static const Case cases[] = {
  { "poisson-squared", PISD_PROBLEM_POISSON, PISD_LOSS_SQUARED },
  { "helmholtz-squared", PISD_PROBLEM_HELMHOLTZ, PISD_LOSS_SQUARED },
  { "poisson-norm", PISD_PROBLEM_POISSON, PISD_LOSS_NORM },
  { "helmholtz-norm", PISD_PROBLEM_HELMHOLTZ, PISD_LOSS_NORM },
};

static double
weighted_sum (PisdLoss *loss, const double *m, const double *zeta)
{
  double values[PISD_N_TERMS], shares[PISD_N_TERMS];

  pisd_loss_evaluate (loss, m, zeta, values, shares, NULL);
  return zeta[0] * values[0] + zeta[1] * values[1] + zeta[2] * values[2];
}

/* Every term alone and all together, along random directions, by central differences. */
static void
test_gradient (gconstpointer data)
{
  static const double weights[][PISD_N_TERMS] = {
    { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0.3, 40, 1e-3 }
  };
  const Case *c = data;
  PisdSettings settings = test_settings (c->problem, PISD_MODES_SQUARE, 10);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSensors) sensors = test_sensors (30);
  g_autoptr (PisdLoss) loss = pisd_loss_new (r, sensors, c->form);
  gsize n = pisd_representation_get_n (r);
  g_autofree double *m = test_random (n, 1);
  g_autofree double *v = test_random (n, 2);
  g_autofree double *gradient = g_new (double, n);
  g_autofree double *shifted = g_new (double, n);
  const double h = 1e-5;

  for (guint w = 0; w < G_N_ELEMENTS (weights); w++)
    {
      double values[PISD_N_TERMS], shares[PISD_N_TERMS], plus, minus;

      pisd_loss_evaluate (loss, m, weights[w], values, shares, gradient);
      for (gsize i = 0; i < n; i++)
        shifted[i] = m[i] + h * v[i];
      plus = weighted_sum (loss, shifted, weights[w]);
      for (gsize i = 0; i < n; i++)
        shifted[i] = m[i] - h * v[i];
      minus = weighted_sum (loss, shifted, weights[w]);
      test_assert_close ((plus - minus) / (2.0 * h) / test_dot (gradient, v, n), 1.0, 1e-6);
      test_assert_close (shares[0] + shares[1] + shares[2], 1.0, 1e-12);
      if (w < PISD_N_TERMS)
        test_assert_close (shares[w], 1.0, 0.0);
    }
}

/* The values are those of the definition, from the decoded fields, by loops. */
static void
test_values (gconstpointer data)
{
  const Case *c = data;
  PisdSettings settings = test_settings (c->problem, PISD_MODES_SQUARE, 10);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdLoss) loss = NULL;
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autoptr (PisdField) residual = pisd_field_new (S, S);
  g_autofree double *m = test_random (pisd_representation_get_n (r), 1);
  const double zeta[PISD_N_TERMS] = { 1, 1, 1 };
  double values[PISD_N_TERMS], shares[PISD_N_TERMS], sum = 0.0, norm;
  gboolean squared = c->form == PISD_LOSS_SQUARED;
  g_autoptr (PisdSolver) solver = NULL;
  PisdField *const fields[] = { a, u };

  pisd_representation_decode (r, m, 0, a);
  pisd_representation_decode (r, m, 1, u);
  for (guint p = 5000; p < 5050; p++)
    {
      PisdSensor s = test_sensor_at_node (NULL, PISD_FIELD_A, p / S, p % S, 0.0);

      s.value = 0.01 * p;
      sum += pow (a->data[p] - s.value, 2);
      pisd_sensors_add (sensors, &s);
    }
  loss = pisd_loss_new (r, sensors, c->form);
  pisd_loss_evaluate (loss, m, zeta, values, shares, NULL);
  test_assert_close (values[PISD_TERM_OBS (0)] / (squared ? S * S * sum / 50 : sqrt (sum)), 1.0,
                     1e-12);
  g_assert_true (isnan (values[PISD_TERM_OBS (1)]));

  solver = pisd_solver_new (pisd_representation_get_equation (r));
  pisd_solver_residual (solver, squared ? PISD_SPECTRAL : PISD_DIFFERENCES, fields, residual);
  norm = pisd_field_norm (residual);
  test_assert_close (values[PISD_TERM_PDE] / (squared ? norm * norm : norm / (127.0 * 127.0)), 1.0,
                     1e-10);
  pisd_field_zero_boundary (a);
  test_assert_close (pisd_loss_get_relative_residual (loss) / (norm / pisd_field_norm (a)), 1.0,
                     1e-10);
}

/* A noisier sensor pulls less; equally noisy ones pull as noise-free ones do. */
static void
test_noise_weights (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autofree double *m = test_random (pisd_representation_get_n (r), 1);
  const double zeta[PISD_N_TERMS] = { 1, 0, 0 };
  double values[3][PISD_N_TERMS], shares[PISD_N_TERMS];
  static const double sds[3][2] = { { 0, 0 }, { 0.5, 0.5 }, { 0, 5 } };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
      g_autoptr (PisdLoss) loss = NULL;
      PisdSensor first = {
        .field = PISD_FIELD_A, .x = 0.3, .y = 0.4, .value = 0.0, .sd = sds[i][0]
      };
      PisdSensor second = {
        .field = PISD_FIELD_A, .x = 0.8, .y = 0.5, .value = 100.0, .sd = sds[i][1]
      };

      pisd_sensors_add (sensors, &first);
      pisd_sensors_add (sensors, &second);
      loss = pisd_loss_new (r, sensors, PISD_LOSS_SQUARED);
      pisd_loss_evaluate (loss, m, zeta, values[i], shares, NULL);
    }
  test_assert_close (values[1][0] / values[0][0], 1.0, 1e-12);
  test_assert_below (values[2][0] / values[0][0], 1e-2);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = { { "gradient", test_gradient }, { "values", test_values } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/loss", checks, cases);
  g_test_add_func ("/engine/loss/noise-weights", test_noise_weights);
  return g_test_run ();
}
