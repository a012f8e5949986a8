/* Several runs at once: the bits of each alone, and how they are led. */
#include "pisd-regression-group.h"

#include "pisd-error.h"
#include "pisd-test.h"

#define N_RUNS 5
#define N_STEPS 200

static PisdRegressionPlan *
make_plan (guint k)
{
  PisdRegressionPlan *plan = pisd_regression_plan_new ("x^2 + x", PISD_DESCENT_ADAM, NULL);

  plan->seed = k;
  plan->activation = k % PISD_N_ACTIVATIONS;
  plan->n_points = 200;
  plan->batch = 20;
  pisd_regression_plan_set_widths (plan, "1-4-1", NULL);
  return plan;
}

static PisdRegressionGroup *
make (guint n_runs, guint64 n_steps, guint n_threads, gboolean held, double rate)
{
  PisdRegressionPlan *plans[N_RUNS] = { NULL };
  g_autoptr (GError) error = NULL;
  PisdRegressionGroup *group;

  for (guint k = 0; k < n_runs; k++)
    {
      plans[k] = make_plan (k);
      plans[k]->rate = rate;
    }
  group = pisd_regression_group_new ((const PisdRegressionPlan *const *) plans, n_runs, n_steps,
                                     n_threads, held, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < n_runs; k++)
    pisd_regression_plan_free (plans[k]);
  return group;
}

static void
finish (PisdRegressionGroup *group)
{
  g_assert_true (pisd_regression_group_wait (group, 60 * G_USEC_PER_SEC));
}

/* The last parameters that a log has kept. */
static const double *
get_last (const PisdRegressionLog *log)
{
  return g_bytes_get_data (g_ptr_array_index (log->snapshots, log->snapshots->len - 1), NULL);
}

/* On one thread and on three, and alone, step by step. */
static void
test_bits (void)
{
  g_autoptr (PisdRegressionGroup) one = make (N_RUNS, N_STEPS, 1, FALSE, 5e-3);
  g_autoptr (PisdRegressionGroup) three = make (N_RUNS, N_STEPS, 3, FALSE, 5e-3);

  finish (one);
  finish (three);
  g_assert_cmpuint (pisd_regression_group_get_done (one), ==, N_RUNS * N_STEPS);
  for (guint k = 0; k < N_RUNS; k++)
    {
      g_autoptr (PisdRegressionPlan) plan = make_plan (k);
      g_autoptr (PisdRegression) alone = pisd_regression_new (plan, NULL, NULL);
      g_autoptr (PisdRegressionLog) first = pisd_regression_group_dup_log (one, k);
      g_autoptr (PisdRegressionLog) second = pisd_regression_group_dup_log (three, k);
      const gsize size = pisd_regression_get_n_parameters (alone) * sizeof (double);

      for (guint i = 0; i < N_STEPS; i++)
        pisd_regression_step (alone, NULL);
      g_assert_cmpmem (get_last (first), size, pisd_regression_get_parameters (alone), size);
      g_assert_cmpmem (get_last (second), size, pisd_regression_get_parameters (alone), size);
      g_assert_cmpuint (first->rows->len, ==, second->rows->len);
      g_assert_cmpuint (pisd_regression_log_get_last_whole (first)->step, ==, N_STEPS);
    }
}

static guint64
get_step (PisdRegressionGroup *group, guint run)
{
  g_autoptr (PisdRegressionLog) log = pisd_regression_group_dup_log (group, run);

  return log->rows->len > 0 ? pisd_regression_log_get_last (log)->step : G_MAXUINT64;
}

/* Until every run is at that step. */
static void
wait_for (PisdRegressionGroup *group, guint64 step)
{
  for (guint k = 0; k < N_RUNS; k++)
    for (guint i = 0; get_step (group, k) != step; i++)
      {
        g_assert_cmpuint (i, <, 10000);
        g_usleep (1000);
      }
}

/* Held, every run waits at the same round; one more is allowed; then all go on. */
static void
test_held (void)
{
  g_autoptr (PisdRegressionGroup) group = make (N_RUNS, N_STEPS, 2, TRUE, 5e-3);

  wait_for (group, 0);
  g_assert_false (pisd_regression_group_wait (group, 20000));
  wait_for (group, 0);
  pisd_regression_group_allow (group);
  wait_for (group, 1);
  pisd_regression_group_allow (group);
  pisd_regression_group_allow (group);
  wait_for (group, 3);
  g_assert_true (pisd_regression_group_is_held (group));
  pisd_regression_group_hold (group, FALSE);
  finish (group);
  wait_for (group, N_STEPS);
}

/* Held or not, a stop is heard at once; what was computed stays. */
static void
test_stopped (void)
{
  g_autoptr (PisdRegressionGroup) held = make (N_RUNS, N_STEPS, 2, TRUE, 5e-3);
  g_autoptr (PisdRegressionGroup) free_one = make (2, G_MAXUINT32, 2, FALSE, 5e-3);

  wait_for (held, 0);
  pisd_regression_group_stop (held);
  finish (held);
  g_assert_cmpuint (get_step (held, 0), ==, 0);
  pisd_regression_group_stop (free_one);
  finish (free_one);
  g_assert_true (pisd_regression_group_is_stopped (free_one));
}

/* A new rate holds from the next round on: with none left, parameters stay. */
static void
test_rate (void)
{
  g_autoptr (PisdRegressionGroup) group = make (1, N_STEPS, 1, TRUE, 5e-3);
  g_autoptr (PisdRegressionLog) log = NULL;

  pisd_regression_group_allow (group);
  while (get_step (group, 0) != 1)
    g_usleep (1000);
  pisd_regression_group_set_rate (group, 0.0);
  pisd_regression_group_hold (group, FALSE);
  finish (group);
  log = pisd_regression_group_dup_log (group, 0);
  g_assert_cmpfloat (pisd_regression_log_get_row (log, 0)->norm, !=,
                     pisd_regression_log_get_row (log, 1)->norm);
  g_assert_cmpfloat (pisd_regression_log_get_row (log, 1)->norm, ==,
                     pisd_regression_log_get_last (log)->norm);
}

/* A run that bursts says why; nothing else ends. */
static void
test_bursts (void)
{
  g_autoptr (PisdRegressionPlan) plan =
      pisd_regression_plan_new ("p1", PISD_DESCENT_GRADIENT, NULL);
  const PisdRegressionPlan *plans[] = { plan };
  g_autoptr (PisdRegressionGroup) group = NULL;
  g_autofree char *message = NULL;

  plan->rate = 10.0;
  plan->n_points = 50;
  group = pisd_regression_group_new (plans, 1, N_STEPS, 1, FALSE, NULL);
  finish (group);
  message = pisd_regression_group_dup_message (group, 0);
  g_assert_nonnull (strstr (message, "the loss is"));
}

/* Rows are counted as they come, beyond the first thousands from their period. */
static void
test_rows (void)
{
  static const guint64 ends[] = { 0, 1, 999, 15999, 16000, 16001, 31234, 120000 };
  g_autoptr (PisdRegressionPlan) plan = make_plan (0);

  for (guint wide = 0; wide < 2; wide++)
    {
      g_assert_true (pisd_regression_plan_set_widths (plan, wide ? "1-300-300-1" : "1-4-1", NULL));
      for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
        {
          guint64 n = 1;

          for (guint64 step = 0; step < ends[i]; n++)
            step += pisd_regression_plan_get_stride (plan, step);
          g_assert_cmpuint (pisd_regression_plan_count_rows (plan, ends[i]), ==, n);
        }
    }
}

/* What would not fit into memory is refused before it is made. */
static void
test_large (void)
{
  g_autoptr (PisdRegressionPlan) plan = make_plan (0);
  const PisdRegressionPlan *plans[PISD_GROUP_MAX_RUNS];
  g_autoptr (PisdRegressionGroup) group = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_regression_plan_set_widths (plan, "1-500-500-500-1", NULL));
  g_assert_cmpuint (pisd_regression_plan_count_parameters (plan), ==, 502501);
  for (guint k = 0; k < PISD_GROUP_MAX_RUNS; k++)
    plans[k] = plan;
  group = pisd_regression_group_new (plans, PISD_GROUP_MAX_RUNS, N_STEPS, 1, TRUE, &error);
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
  g_assert_null (group);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/regression-group/bits", test_bits);
  g_test_add_func ("/lab/regression-group/held", test_held);
  g_test_add_func ("/lab/regression-group/stopped", test_stopped);
  g_test_add_func ("/lab/regression-group/rate", test_rate);
  g_test_add_func ("/lab/regression-group/bursts", test_bursts);
  g_test_add_func ("/lab/regression-group/rows", test_rows);
  g_test_add_func ("/lab/regression-group/large", test_large);
  return g_test_run ();
}
