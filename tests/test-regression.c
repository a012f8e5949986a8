/* Runs of the training lab: steps by hand, what a gradient flow conserves, logs and judgements. */
#include "pisd-regression.h"

#include "pisd-error.h"
#include "pisd-growth.h"
#include "pisd-ode.h"
#include "pisd-test.h"

static PisdRegressionPlan *
make_plan (const char *target, PisdDescent method, const char *widths, guint n_points)
{
  g_autoptr (GError) error = NULL;
  PisdRegressionPlan *plan = pisd_regression_plan_new (target, method, &error);

  g_assert_no_error (error);
  plan->n_points = n_points;
  plan->seed = 3;
  g_assert_true (pisd_regression_plan_set_widths (plan, widths, &error));
  return plan;
}

static PisdRegression *
begin (const PisdRegressionPlan *plan)
{
  g_autoptr (GError) error = NULL;
  PisdRegression *run = pisd_regression_new (plan, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static void
advance (PisdRegression *run, guint n_steps)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_steps; i++)
    g_assert_true (pisd_regression_step (run, &error));
}

/* The mean square of y = w x + b against x^2 and its gradient over points of documented addresses. */
static double
evaluate_line (const double *theta, guint n, double gradient[2])
{
  double loss = 0.0;

  gradient[0] = gradient[1] = 0.0;
  for (guint i = 0; i < n; i++)
    {
      double x = 2.0 * pisd_rng_uniform (3, PISD_STREAM_TRAINING, 0, i) - 1.0;
      double r = theta[0] * x + theta[1] - x * x;

      loss += r * r / n;
      gradient[0] += 2.0 * r * x / n;
      gradient[1] += 2.0 * r / n;
    }
  return loss;
}

/* Gradient descent with weight decay, three steps by hand; loss and norms of the row. */
static void
test_gradient (void)
{
  const guint n = 700;
  g_autoptr (PisdRegressionPlan) plan = make_plan ("x^2", PISD_DESCENT_GRADIENT, "1-1", n);
  g_autoptr (PisdRegression) run = NULL;
  double theta[2], gradient[2], loss;
  PisdRegressionRow row;

  plan->rate = 0.1;
  plan->decay = 0.05;
  run = begin (plan);
  memcpy (theta, pisd_regression_get_parameters (run), sizeof theta);
  for (guint k = 0; k < 3; k++)
    {
      evaluate_line (theta, n, gradient);
      for (guint i = 0; i < 2; i++)
        theta[i] -= 0.1 * (gradient[i] + 0.05 * theta[i]);
    }
  advance (run, 3);
  test_assert_close (pisd_regression_get_parameters (run)[0], theta[0], 1e-13);
  test_assert_close (pisd_regression_get_parameters (run)[1], theta[1], 1e-13);
  loss = evaluate_line (theta, n, gradient);
  pisd_regression_measure (run, TRUE, &row);
  test_assert_close (row.loss, loss, 1e-13);
  test_assert_close (row.norm, test_norm (theta, 2), 1e-13);
  test_assert_close (row.layers[0], row.norm, 0.0);
  test_assert_close (row.gradient,
                     hypot (gradient[0] + 0.05 * theta[0], gradient[1] + 0.05 * theta[1]), 1e-13);
  test_assert_close (row.time, 0.3, 1e-15);
}

/* The first step of Adam goes by the rate, against the sign of the batch's gradient; a round of
 * batches sees every point once. */
static void
test_adam (void)
{
  g_autoptr (PisdRegressionPlan) plan = make_plan ("x^2", PISD_DESCENT_ADAM, "1-1", 40);
  g_autoptr (PisdRegression) run = NULL, still = NULL;
  double theta[2], gradient[2], before;
  PisdRegressionRow row;

  plan->batch = 40;
  run = begin (plan);
  memcpy (theta, pisd_regression_get_parameters (run), sizeof theta);
  before = evaluate_line (theta, 40, gradient);
  advance (run, 1);
  for (guint i = 0; i < 2; i++)
    test_assert_close (pisd_regression_get_parameters (run)[i],
                       theta[i] - copysign (5e-3, gradient[i]), 1e-9);
  plan->batch = 10;
  plan->rate = 1e-12;
  still = begin (plan);
  advance (still, 4);
  pisd_regression_measure (still, FALSE, &row);
  test_assert_close (row.batch, before, 1e-9);
  g_assert_true (isnan (row.loss));
}

/* The same seed gives the same bits, another one others. */
static void
test_seed (void)
{
  g_autoptr (PisdRegressionPlan) plan = make_plan ("p1", PISD_DESCENT_ADAM, "1-10-20-10-1", 1000);
  g_autoptr (PisdRegression) one = begin (plan), other = begin (plan), third = NULL;
  const gsize size = 461 * sizeof (double);

  advance (one, 25);
  advance (other, 25);
  g_assert_cmpmem (pisd_regression_get_parameters (one), size,
                   pisd_regression_get_parameters (other), size);
  plan->seed = 4;
  third = begin (plan);
  g_assert_cmpfloat (pisd_regression_get_parameters (one)[0], !=,
                     pisd_regression_get_parameters (third)[0]);
}

static void
decay_by_two (double t, const double *y, double *dy, gpointer data)
{
  dy[0] = -2.0 * y[0];
  dy[1] = cos (t);
}

/* y' = -2 y and y' = cos t in closed form, step by step up to the end. */
static void
test_ode (void)
{
  double y[2] = { 3.0, 0.0 }, t = 0.0;
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdOde) ode = pisd_ode_new (2, y, 1e-9, 1e-12, decay_by_two, NULL, &error);
  guint n_steps = 0;

  if (g_error_matches (error, PISD_ERROR, PISD_ERROR_UNKNOWN))
    {
      g_test_skip ("built without SUNDIALS");
      return;
    }
  g_assert_no_error (error);
  while (t < 2.0)
    {
      g_assert_true (pisd_ode_step (ode, 2.0, &t, y, &error));
      n_steps++;
      test_assert_close (y[0], 3.0 * exp (-2.0 * t), 1e-8);
      test_assert_close (y[1], sin (t), 1e-8);
    }
  test_assert_close (t, 2.0, 1e-14);
  g_assert_cmpuint (n_steps, >, 5);
}

/* Without an end it goes on for ever. */
static void
test_endless (void)
{
  double y[2] = { 3.0, 0.0 }, t = 0.0;
  g_autoptr (PisdOde) ode = pisd_ode_new (2, y, 1e-9, 1e-12, decay_by_two, NULL, NULL);

  if (ode == NULL)
    {
      g_test_skip ("built without SUNDIALS");
      return;
    }
  for (guint i = 0; i < 200; i++)
    g_assert_true (pisd_ode_step (ode, INFINITY, &t, y, NULL));
  g_assert_cmpfloat (t, >, 2.0);
  test_assert_close (y[1], sin (t), 1e-7);
}

/* B = W_2' W_2 - W_1 W_1' - b_1 b_1' of two layers: entry (i, j). */
static double
get_balance (const double *theta, guint in, guint middle, guint out, guint i, guint j)
{
  const double *b1 = theta + middle * in, *w2 = b1 + middle;
  double sum = -b1[i] * b1[j];

  for (guint o = 0; o < out; o++)
    sum += w2[o * middle + i] * w2[o * middle + j];
  for (guint v = 0; v < in; v++)
    sum -= theta[i * in + v] * theta[j * in + v];
  return sum;
}

/* The flow of a linear network conserves the balance of its layers, that of ReLU its diagonal; the
 * loss falls all the time. */
static void
check_balance (PisdActivation activation, gboolean whole)
{
  g_autoptr (PisdRegressionPlan) plan = make_plan ("x + y^2", PISD_DESCENT_FLOW, "2-4-1", 60);
  g_autoptr (PisdRegression) run = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree double *first = NULL;
  const double *theta;
  PisdRegressionRow row = { .loss = INFINITY };

  plan->activation = activation;
  plan->tolerance = 1e-8;
  plan->end = 5.0;
  run = pisd_regression_new (plan, NULL, &error);
  if (g_error_matches (error, PISD_ERROR, PISD_ERROR_UNKNOWN))
    return;
  g_assert_no_error (error);
  theta = pisd_regression_get_parameters (run);
  first = g_memdup2 (theta, 17 * sizeof (double));
  while (!pisd_regression_is_through (run))
    {
      double before = row.loss;

      advance (run, 1);
      pisd_regression_measure (run, TRUE, &row);
      g_assert_cmpfloat (row.loss, <=, before);
    }
  test_assert_close (row.time, 5.0, 1e-12);
  g_assert_cmpfloat (fabs (theta[0] - first[0]), >, 1e-3);
  for (guint i = 0; i < 4; i++)
    for (guint j = 0; j < 4; j++)
      if (whole || i == j)
        test_assert_close (get_balance (theta, 2, 4, 1, i, j), get_balance (first, 2, 4, 1, i, j),
                           1e-6);
}

static void
test_balance (void)
{
  check_balance (PISD_ACTIVATION_IDENTITY, TRUE);
  check_balance (PISD_ACTIVATION_RELU, FALSE);
}

/* A rate that is far too high is an error and no number that goes on. */
static void
test_bursts (void)
{
  g_autoptr (PisdRegressionPlan) plan =
      make_plan ("p1", PISD_DESCENT_GRADIENT, "1-10-20-10-1", 100);
  g_autoptr (PisdRegression) run = NULL;
  g_autoptr (GError) error = NULL;

  plan->rate = 10.0;
  run = begin (plan);
  for (guint i = 0; i < 200 && error == NULL; i++)
    pisd_regression_step (run, &error);
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
  g_assert_nonnull (strstr (error->message, "learning rate 10"));
}

static void
test_refused (void)
{
  static const char *const widths[] = { "",      "1",       "1-10-20-10-2",
                                        "1-0-1", "1-501-1", "1--1",
                                        "a-b-1", "11-5-1",  "1-1-1-1-1-1-1-1-1-1",
                                        "1 -2-1" };
  g_autoptr (PisdRegressionPlan) plan = make_plan ("p1", PISD_DESCENT_ADAM, "1-10-20-10-1", 100);
  g_autoptr (PisdRegressionPlan) other = make_plan ("p2", PISD_DESCENT_ADAM, "2-5-1", 100);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (GError) local = NULL;

      g_assert_false (pisd_regression_plan_set_widths (plan, widths[i], &local));
      g_assert_nonnull (local);
    }
  g_assert_false (pisd_regression_plan_set_widths (other, "1-5-1", &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_SHAPE);
  g_clear_error (&error);
  plan->batch = 101;
  g_assert_false (pisd_regression_plan_check (plan, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "batch: got 101, expected 1 to 100"));
}

/* A log of a made-up norm: row k is step and time k. */
static PisdRegressionLog *
make_log (guint n, double (*norm) (double t))
{
  PisdRegressionLog *log = pisd_regression_log_new (1);

  for (guint k = 0; k < n; k++)
    {
      PisdRegressionRow row = { .step = k, .time = k, .norm = norm (k), .gradient = 1.0 / (k + 1) };
      double theta[2] = { cos (k / (double) n), sin (k / (double) n) };

      row.layers[0] = row.norm;
      pisd_regression_log_add (log, &row, 2, theta);
    }
  return log;
}

static double
as_log (double t)
{
  return 5.0 + 2.0 * log (t + 1e-9);
}

static double
as_root (double t)
{
  return 5.0 + 0.3 * sqrt (t);
}

static double
as_settled (double t)
{
  return 5.0 - exp (-t / 10.0);
}

static double
as_still (double t)
{
  return 5.0;
}

static double
as_flat (double t)
{
  return 5.0 + fmin (t, 300.0) / 1000.0;
}

/* Each law is told from the others, with its numbers. */
static void
test_growth (void)
{
  g_autoptr (PisdRegressionLog) logarithmic = make_log (1000, as_log),
                                root = make_log (1000, as_root);
  g_autoptr (PisdRegressionLog) settled = make_log (1000, as_settled), brief = make_log (5, as_log);
  g_autoptr (PisdRegressionLog) flat = make_log (1000, as_flat), still = make_log (1000, as_still);
  PisdGrowth growth;

  pisd_growth_init (&growth, logarithmic);
  g_assert_cmpint (growth.look, ==, PISD_GROWTH_DIVERGES);
  test_assert_close (growth.log.slope, 2.0, 1e-6);
  test_assert_close (growth.log.misfit, 0.0, 1e-5);
  g_assert_cmpfloat (growth.root.misfit, >, 0.05);
  test_assert_close (pisd_growth_get_log (&growth, 500.0), as_log (500.0), 1e-6);
  pisd_growth_init (&growth, root);
  g_assert_cmpint (growth.look, ==, PISD_GROWTH_DIVERGES);
  test_assert_close (growth.root.slope, 0.3, 1e-10);
  test_assert_close (growth.root.misfit, 0.0, 1e-6);
  pisd_growth_init (&growth, settled);
  g_assert_cmpint (growth.look, ==, PISD_GROWTH_SETTLES);
  /* The same with the gradient as it was: nothing has moved, and nothing has converged. */
  for (guint k = 0; k < still->rows->len; k++)
    g_array_index (still->rows, PisdRegressionRow, k).gradient = 1.0;
  pisd_growth_init (&growth, still);
  g_assert_cmpint (growth.look, ==, PISD_GROWTH_UNDECIDED);
  pisd_growth_init (&growth, flat);
  g_assert_cmpint (growth.look, ==, PISD_GROWTH_UNDECIDED);
  pisd_growth_init (&growth, brief);
  g_assert_cmpint (growth.look, ==, PISD_GROWTH_UNDECIDED);
}

/* Snapshots span the run and never become many; turns are those of the directions. */
static void
test_log (void)
{
  g_autoptr (PisdRegressionLog) log = make_log (5000, as_root),
                                copy = pisd_regression_log_dup (log);
  const PisdRegressionRow extra = { .step = 5000, .time = 5000, .loss = NAN };
  guint last = log->snapshots->len - 1;

  g_assert_cmpuint (log->snapshots->len, <, 256);
  g_assert_cmpuint (log->snapshots->len, >=, 128);
  g_assert_cmpuint (g_array_index (log->places, guint, 0), ==, 0);
  for (guint k = 0; k <= last; k++)
    {
      guint place = g_array_index (log->places, guint, k);
      double angle = (g_array_index (log->places, guint, last) - place) / 5000.0;

      g_assert_cmpuint (place, ==, k * log->every);
      test_assert_close (pisd_regression_log_get_turn (log, k), 1.0 - cos (angle), 1e-12);
    }
  pisd_regression_log_add (log, &extra, 0, NULL);
  g_assert_cmpuint (pisd_regression_log_get_last_whole (log)->step, ==, 4999);
  pisd_regression_log_follow (copy, log);
  g_assert_cmpuint (pisd_regression_log_get_last (copy)->step, ==, 5000);
  g_assert_cmpuint (pisd_regression_log_find (copy, 77)->step, ==, 77);
}

static double
as_line (double t)
{
  return 4.0 + 0.5 * t;
}

static void
test_csv (void)
{
  g_autoptr (PisdRegressionLog) log = make_log (2, as_line);
  const PisdRegressionLog *const logs[] = { log, log };
  const char *const titles[] = { "a", "b" };
  g_autofree char *text = pisd_regression_log_dup_csv (logs, titles, 2);

  g_assert_cmpstr (text, ==,
                   "run,step,time,loss,batch_loss,norm,gradient_norm,norm_1\n"
                   "a,0,0,0,0,4,1,4\n"
                   "a,1,1,0,0,4.5,0.5,4.5\n"
                   "b,0,0,0,0,4,1,4\n"
                   "b,1,1,0,0,4.5,0.5,4.5\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/regression/gradient", test_gradient);
  g_test_add_func ("/lab/regression/adam", test_adam);
  g_test_add_func ("/lab/regression/seed", test_seed);
  g_test_add_func ("/lab/regression/ode", test_ode);
  g_test_add_func ("/lab/regression/endless", test_endless);
  g_test_add_func ("/lab/regression/balance", test_balance);
  g_test_add_func ("/lab/regression/bursts", test_bursts);
  g_test_add_func ("/lab/regression/refused", test_refused);
  g_test_add_func ("/lab/regression/growth", test_growth);
  g_test_add_func ("/lab/regression/log", test_log);
  g_test_add_func ("/lab/regression/csv", test_csv);
  return g_test_run ();
}
