#include "pisd-schedule.h"

#include "pisd-test.h"

#define N_TIMES 1000 /* of DDPM's process */

static void
test_levels (void)
{
  const PisdSchedule edm = { PISD_SCHEDULE_EDM, 0.002, 80.0, 7.0 };
  double sigma[19];

  pisd_schedule_fill (&edm, 18, sigma);
  test_assert_close (sigma[0], 80.0, 1e-12);
  test_assert_close (sigma[17], 0.002, 1e-16);
  g_assert_cmpfloat (sigma[18], ==, 0.0);
  /* Karras et al., table of the 18-step schedule. */
  test_assert_close (sigma[1], 57.58598, 1e-4);
  for (guint i = 0; i < 18; i++)
    g_assert_cmpfloat (sigma[i], >, sigma[i + 1]);
}

static void
test_one_step (void)
{
  for (guint id = 0; id < PISD_N_SCHEDULES; id++)
    {
      double sigma[2];

      pisd_schedule_fill (&(PisdSchedule){ id, 0.02, 80.0, 7.0 }, 1, sigma);
      test_assert_close (sigma[0], 80.0, 1e-10);
      g_assert_cmpfloat (sigma[1], ==, 0.0);
    }
}

/* sqrt ((1 - abar) / abar) with abar as DDPM multiplies it up. */
static double
get_linear (guint t)
{
  long double abar = 1.0L;

  for (guint i = 1; i <= t; i++)
    abar *= 1.0L - (1e-4L + (i - 1) * (0.02L - 1e-4L) / 999.0L);
  return (double) sqrtl ((1.0L - abar) / abar);
}

/* Nichol and Dhariwal's abar = f (t) / f (0); the last beta would be 1 and is 0.999. */
static double
get_cosine (guint t)
{
  const long double quarter = 0.5L * acosl (-1.0L);
  long double f0 = cosl (0.008L / 1.008L * quarter), f, abar;

  f = cosl ((MIN (t, N_TIMES - 1) / 1000.0L + 0.008L) / 1.008L * quarter);
  abar = f * f / (f0 * f0) * (t == N_TIMES ? 0.001L : 1.0L);
  return (double) sqrtl ((1.0L - abar) / abar);
}

/* With as many steps as the process has, and ends beyond its own, the levels are those of every
 * time. */
static void
test_process (void)
{
  static const struct
  {
    PisdScheduleId id;
    double (*get) (guint t);
  } rows[] = { { PISD_SCHEDULE_LINEAR, get_linear }, { PISD_SCHEDULE_COSINE, get_cosine } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      double sigma[N_TIMES + 1], low, high;

      pisd_schedule_fill (&(PisdSchedule){ rows[k].id, 1e-5, 1e6, 7.0 }, N_TIMES, sigma);
      for (guint t = 1; t <= N_TIMES; t++)
        test_assert_close (sigma[N_TIMES - t] / rows[k].get (t), 1.0, 1e-9);
      pisd_schedule_get_range (rows[k].id, &low, &high);
      test_assert_close (low / sigma[N_TIMES - 1], 1.0, 1e-12);
      test_assert_close (high / sigma[0], 1.0, 1e-12);
    }
  /* Where DDPM's process ends. */
  test_assert_close (get_linear (N_TIMES), 157.4, 0.1);
}

/* Cut to the ends that the settings have; falling in between, whatever the number of steps. */
static void
test_ends (void)
{
  for (guint id = 0; id < PISD_N_SCHEDULES; id++)
    for (guint n = 2; n < 3000; n = 3 * n + 1)
      {
        g_autofree double *sigma = g_new (double, n + 1);

        pisd_schedule_fill (&(PisdSchedule){ id, 0.05, 60.0, 5.0 }, n, sigma);
        test_assert_close (sigma[0], 60.0, 1e-10);
        test_assert_close (sigma[n - 1], 0.05, 1e-12);
        for (guint i = 0; i < n; i++)
          g_assert_cmpfloat (sigma[i], >, sigma[i + 1]);
        g_assert_cmpfloat (sigma[n], ==, 0.0);
      }
}

static void
test_churn (void)
{
  const PisdChurn churn = { .amount = 4.0, .from = 0.1, .to = 10.0, .noise = 1.0 };
  const PisdChurn none = { .amount = 0.0, .from = 0.1, .to = 10.0, .noise = 1.0 };

  test_assert_close (pisd_churn_raise (&churn, 40, 2.0), 2.2, 1e-15);
  test_assert_close (pisd_churn_raise (&churn, 4, 2.0), 2.0 * G_SQRT2, 1e-15);
  g_assert_cmpfloat (pisd_churn_raise (&churn, 40, 0.1), >, 0.1);
  g_assert_cmpfloat (pisd_churn_raise (&churn, 40, 10.0), >, 10.0);
  g_assert_cmpfloat (pisd_churn_raise (&churn, 40, 0.0999), ==, 0.0999);
  g_assert_cmpfloat (pisd_churn_raise (&churn, 40, 10.01), ==, 10.01);
  g_assert_cmpfloat (pisd_churn_raise (&none, 40, 2.0), ==, 2.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/schedule/levels", test_levels);
  g_test_add_func ("/engine/schedule/one-step", test_one_step);
  g_test_add_func ("/engine/schedule/process", test_process);
  g_test_add_func ("/engine/schedule/ends", test_ends);
  g_test_add_func ("/engine/schedule/churn", test_churn);
  return g_test_run ();
}
