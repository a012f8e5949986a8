#include "pisd-mixture.h"

#include <math.h>

#include "pisd-settings.h"
#include "pisd-test.h"

static void
add (PisdSensors *sensors, PisdFieldId field, guint n, double sd)
{
  for (guint i = 0; i < n; i++)
    {
      const PisdSensor sensor = {
        .field = field, .x = (i % 40 + 1) / 42.0, .y = (i / 40 + 1) / 42.0, .t = 1.0, .sd = sd
      };

      pisd_sensors_add (sensors, &sensor);
    }
}

/* Priors of fields without a mean, and with one. */
static const PisdSourcePrior zero = { PISD_FAMILY_GRF, 0.0, PISD_LAW_BENCHMARK },
                             open = { PISD_FAMILY_GRF, 1.0, PISD_LAW_BENCHMARK };

static PisdMixture
mix (guint n_a, guint n_u, double sd_a, double sd_u)
{
  const PisdEquation poisson = { PISD_PROBLEM_POISSON };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  PisdMixture mixture;

  add (sensors, PISD_FIELD_A, n_a, sd_a);
  add (sensors, PISD_FIELD_U, n_u, sd_u);
  pisd_mixture_init (&mixture, &poisson, &zero, sensors);
  return mixture;
}

/* The pure tasks are the ends, whatever the numbers of sensors. */
static void
test_ends (void)
{
  g_assert_cmpfloat (mix (0, 0, 0, 0).share, ==, 0.0);
  g_assert_cmpfloat (mix (1, 0, 0, 0).share, ==, 0.0);
  g_assert_cmpfloat (mix (0, 500, 0, 0).share, ==, 1.0);
  g_assert_cmpfloat (mix (500, 0, 0, 0).balance, ==, 0.0);
  g_assert_cmpfloat (mix (0, 1, 0, 0).balance, ==, 1.0);
}

/* One sensor more of one field changes little, and in the right direction. */
static void
test_monotone (void)
{
  double before = mix (0, 500, 0, 0).share;

  for (guint n = 1; n <= 500; n += 7)
    {
      double share = mix (n, 500, 0, 0).share;

      g_assert_cmpfloat (share, <, before);
      test_assert_below (before - share, 2e-3);
      before = share;
    }
  g_assert_cmpfloat (mix (500, 500, 0, 0).balance, ==, 1.0);
  test_assert_close (mix (500, 125, 0, 0).balance, 0.5, 1e-15);
  test_assert_below (mix (500, 1, 0, 0).balance, 0.05);
}

/* A sensor so noisy that it says nothing is as good as none. */
static void
test_noise (void)
{
  test_assert_below (1.0 - mix (100, 10, 1e4, 0).share, 1e-9);
  test_assert_below (mix (10, 100, 0, 1e4).share, 1e-6);
  g_assert_cmpfloat (mix (100, 10, 1e4, 0).balance, ==, 1.0);
  test_assert_below (mix (10, 100, 0, 1e4).balance, 1e-3);
  g_assert_cmpfloat (mix (10, 10, 0, 0.01).share, <, mix (10, 10, 0, 0.001).share);
}

/* At the ends, and where the tasks have the same values, a mixture's preset is the task's own, bit for bit. */
static void
test_presets (void)
{
  const PisdMixture ends[] = { { 0.0, 0.0 }, { 1.0, 1.0 } };
  const PisdTask tasks[] = { PISD_TASK_FORWARD, PISD_TASK_INVERSE };

  for (guint guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
      {
        PisdSettings pure, mixed;

        pisd_settings_init_default (&pure);
        pisd_settings_init_default (&mixed);
        pisd_settings_apply_preset (&pure, guidance, tasks[i], TRUE);
        pisd_settings_apply_mixture (&mixed, guidance, &ends[i], TRUE);
        g_assert_cmpmem (&pure.parameters, sizeof pure.parameters, &mixed.parameters,
                         sizeof mixed.parameters);
      }
}

/* The official weights of pisd, and ours for u alone, between them a straight line, and one by
 * ratios for Adam. */
static void
test_blend (void)
{
  const PisdMixture half = { 0.25, 0.5 };
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.steps = 2000;
  pisd_settings_apply_mixture (&settings, PISD_GUIDANCE_PISD, &half, FALSE);
  test_assert_close (settings.parameters.zeta[PISD_TERM_OBS (0)], 0.75 * 0.05, 1e-15);
  test_assert_close (settings.parameters.zeta[PISD_TERM_OBS (1)], 0.25 * 0.05, 1e-15);
  test_assert_close (settings.parameters.zeta[PISD_TERM_PDE], 0.75 * 0.5 * 5e-4, 1e-15);
  test_assert_close (settings.parameters.rate_low, sqrt (0.2 * 0.4), 1e-15);
  test_assert_close (settings.parameters.rate_high, sqrt (0.01 * 0.1), 1e-15);
  g_assert_cmpfloat (settings.parameters.beta1, ==, 0.985);
}

static double
get_beta1 (PisdTask task, guint steps)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.steps = steps;
  pisd_settings_apply_preset (&settings, PISD_GUIDANCE_PISD, task, FALSE);
  return settings.parameters.beta1;
}

/* The official preset is what it is; ours remembers less where there are fewer steps. */
static void
test_steps (void)
{
  const guint steps[] = { 1, 10, 60, 300, 1000, 2000, 10000 };
  double before = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double beta1 = get_beta1 (PISD_TASK_INVERSE, steps[i]);

      g_assert_cmpfloat (get_beta1 (PISD_TASK_FORWARD, steps[i]), ==, 0.985);
      g_assert_cmpfloat (beta1, >=, before);
      g_assert_cmpfloat (beta1, <, 1.0);
      before = beta1;
    }
  g_assert_cmpfloat (get_beta1 (PISD_TASK_INVERSE, 1), ==, 0.0);
  test_assert_close (get_beta1 (PISD_TASK_INVERSE, 300), 1 - 0.015 * pow (2000.0 / 300, 0.8),
                     1e-15);
  g_assert_cmpfloat (get_beta1 (PISD_TASK_INVERSE, 2000), ==, 0.985);
}

/* A prior that leaves a's mean open lets a and u vary more, u more so: sensors on u say less. */
static void
test_mean (void)
{
  const PisdEquation poisson = { PISD_PROBLEM_POISSON };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  PisdMixture without, with;

  add (sensors, PISD_FIELD_A, 100, 0);
  add (sensors, PISD_FIELD_U, 1, 0);
  pisd_mixture_init (&without, &poisson, &zero, sensors);
  pisd_mixture_init (&with, &poisson, &open, sensors);
  g_assert_cmpfloat (with.balance, ==, without.balance);
  test_assert_below (with.share / (1 - with.share), 0.9 * without.share / (1 - without.share));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/mixture/ends", test_ends);
  g_test_add_func ("/setup/mixture/monotone", test_monotone);
  g_test_add_func ("/setup/mixture/noise", test_noise);
  g_test_add_func ("/setup/mixture/presets", test_presets);
  g_test_add_func ("/setup/mixture/blend", test_blend);
  g_test_add_func ("/setup/mixture/steps", test_steps);
  g_test_add_func ("/setup/mixture/mean", test_mean);
  return g_test_run ();
}
