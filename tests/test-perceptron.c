/* Dense networks: values against the formula, derivatives against differences. */
#include "pisd-perceptron.h"

#include "pisd-test.h"

static const guint widths[] = { 2, 5, 9, 3 };
#define N_LAYERS 3

static PisdPerceptron *
make (PisdActivation activation, double **parameters)
{
  PisdPerceptron *perceptron = pisd_perceptron_new (N_LAYERS, widths, activation);

  *parameters = test_random (pisd_perceptron_get_n_parameters (perceptron), 1);
  return perceptron;
}

/* One point, by the header's formula. */
static void
evaluate (const double *parameters, PisdActivation activation, const double *x, double *y)
{
  double now[16], next[16];

  memcpy (now, x, widths[0] * sizeof (double));
  for (guint l = 0; l < N_LAYERS; l++)
    {
      const double *b = parameters + widths[l] * widths[l + 1];

      for (guint o = 0; o < widths[l + 1]; o++)
        next[o] = b[o] + test_dot (parameters + o * widths[l], now, widths[l]);
      parameters = b + widths[l + 1];
      if (l + 1 < N_LAYERS)
        pisd_activation_get_traits (activation)->apply (widths[l + 1], next, next, NULL);
      memcpy (now, next, sizeof now);
    }
  memcpy (y, now, widths[N_LAYERS] * sizeof (double));
}

/* Numbers of points around those of a tile and its lanes. */
static void
test_values (void)
{
  static const gsize counts[] = { 1, 15, 16, 17, 100, 127, 128, 129, 300 };
  g_autofree double *parameters = NULL, *x = test_random (600, 2), *y = g_new (double, 900);
  g_autoptr (PisdPerceptron) perceptron = make (PISD_ACTIVATION_TANH, &parameters);
  g_autoptr (PisdPerceptronPass) pass = pisd_perceptron_pass_new (perceptron, 300);

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      pisd_perceptron_pass_forward (pass, parameters, counts[c], x, y);
      for (gsize i = 0; i < counts[c]; i++)
        {
          double expected[3];

          evaluate (parameters, PISD_ACTIVATION_TANH, x + 2 * i, expected);
          for (guint o = 0; o < 3; o++)
            test_assert_close (y[3 * i + o], expected[o], 1e-13);
        }
    }
}

/* <v, y> of all points, by its formula. */
static double
pair (const double *parameters, PisdActivation a, gsize n, const double *x, const double *v)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double y[3];

      evaluate (parameters, a, x + 2 * i, y);
      sum += test_dot (v + 3 * i, y, 3);
    }
  return sum;
}

/* Every entry of both derivatives, of every activation, against central differences. */
static void
check_derivatives (PisdActivation a)
{
  const gsize n = 130;
  const double h = 1e-5;
  g_autofree double *parameters = NULL, *x = test_random (2 * n, 3), *v = test_random (3 * n, 4);
  g_autofree double *y = g_new (double, 3 * n), *gx = g_new (double, 2 * n), *g = NULL;
  g_autoptr (PisdPerceptron) perceptron = make (a, &parameters);
  g_autoptr (PisdPerceptronPass) pass = pisd_perceptron_pass_new (perceptron, n);
  gsize n_parameters = pisd_perceptron_get_n_parameters (perceptron);

  g = g_new0 (double, n_parameters);
  pisd_perceptron_pass_forward (pass, parameters, n, x, y);
  pisd_perceptron_pass_backward (pass, parameters, v, g, gx);
  for (gsize i = 0; i < n_parameters + 10; i++)
    {
      double *at = i < n_parameters ? &parameters[i] : &x[(i - n_parameters) * 26];
      double before = *at, got = i < n_parameters ? g[i] : gx[(i - n_parameters) * 26], difference;

      *at = before + h;
      difference = pair (parameters, a, n, x, v);
      *at = before - h;
      difference -= pair (parameters, a, n, x, v);
      *at = before;
      test_assert_close (got, difference / (2.0 * h), 2e-6 * MAX (1.0, fabs (got)));
    }
}

/* ReLU's kinks are where differences err: none of these random sums is within h of zero. */
static void
test_derivatives (void)
{
  for (guint a = 0; a < PISD_N_ACTIVATIONS; a++)
    check_derivatives (a);
}

/* Derivatives are added to what is there; without one of the two the other is the same. */
static void
test_parts (void)
{
  const gsize n = 40;
  g_autofree double *parameters = NULL, *x = test_random (2 * n, 3), *v = test_random (3 * n, 4);
  g_autofree double *y = g_new (double, 3 * n), *gx = g_new (double, 2 * n), *g = NULL;
  g_autofree double *again = NULL, *alone = g_new (double, 2 * n);
  g_autoptr (PisdPerceptron) perceptron = make (PISD_ACTIVATION_GELU, &parameters);
  g_autoptr (PisdPerceptronPass) pass = pisd_perceptron_pass_new (perceptron, n);
  gsize n_parameters = pisd_perceptron_get_n_parameters (perceptron);

  g = g_new0 (double, n_parameters);
  again = g_new0 (double, n_parameters);
  pisd_perceptron_pass_forward (pass, parameters, n, x, y);
  pisd_perceptron_pass_backward (pass, parameters, v, g, gx);
  for (guint i = 0; i < 2; i++)
    pisd_perceptron_pass_backward (pass, parameters, v, again, NULL);
  pisd_perceptron_pass_backward (pass, parameters, v, NULL, alone);
  for (gsize i = 0; i < n_parameters; i++)
    test_assert_close (again[i], 2.0 * g[i], 1e-12 * MAX (1.0, fabs (g[i])));
  g_assert_cmpmem (alone, 2 * n * sizeof (double), gx, 2 * n * sizeof (double));
}

/* W of 1-10-20-10-1 is uniform within +- sqrt (6 / (in + out)), so that the expected square of the
 * norm is the sum of 2 in out / (in + out) = 30.303; biases are zero. */
static void
test_first_values (void)
{
  static const guint shape[] = { 1, 10, 20, 10, 1 };
  g_autoptr (PisdPerceptron) perceptron = pisd_perceptron_new (4, shape, PISD_ACTIVATION_GELU);
  gsize n = pisd_perceptron_get_n_parameters (perceptron);
  g_autofree double *parameters = g_new (double, n);
  double squares = 0.0;

  g_assert_cmpuint (n, ==, 461);
  g_assert_cmpuint (pisd_perceptron_get_offset (perceptron, 2), ==, 240);
  for (guint64 seed = 0; seed < 400; seed++)
    {
      pisd_perceptron_fill (perceptron, seed, parameters);
      squares += test_dot (parameters, parameters, n) / 400.0;
      for (guint i = 0; i < 10; i++)
        {
          g_assert_cmpfloat (fabs (parameters[i]), <=, sqrt (6.0 / 11.0));
          g_assert_cmpfloat (parameters[10 + i], ==, 0.0);
        }
    }
  /* One draw deviates by sqrt (sum of (6 / (in + out))^2 4/45 in out) = 1.40. */
  test_assert_close (squares, 2.0 * (20.0 / 11.0 + 40.0 / 3.0), 4.0 * 1.40 / 20.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learning/perceptron/values", test_values);
  g_test_add_func ("/learning/perceptron/derivatives", test_derivatives);
  g_test_add_func ("/learning/perceptron/parts", test_parts);
  g_test_add_func ("/learning/perceptron/first-values", test_first_values);
  return g_test_run ();
}
