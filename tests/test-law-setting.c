#include "pisd-law-setting.h"

/* The members of the laws in their order, each with the benchmark's number. */
static void
test_rows (void)
{
  const PisdLaw benchmarks[PISD_N_LAWS] = { PISD_LAW_BENCHMARK, PISD_LAW_BENCHMARK_FLOWS };
  const gsize first[] = { G_STRUCT_OFFSET (PisdSettings, instance_law),
                          G_STRUCT_OFFSET (PisdSettings, prior_law),
                          G_STRUCT_OFFSET (PisdSettings, instance_flow_law),
                          G_STRUCT_OFFSET (PisdSettings, prior_flow_law) };

  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    {
      const PisdLawSetting *law = pisd_law_setting_get (i);
      const guint which = i % PISD_N_SLOPES, member = i / PISD_N_SLOPES;
      const PisdLaw *benchmark = &benchmarks[law->of];
      const double standard[] = { benchmark->amplitude, benchmark->tau, benchmark->alpha };

      g_assert_cmpuint (pisd_settings_find (law->key)->offset, ==,
                        first[member] + which * sizeof (double));
      g_assert_cmpuint (law->of, ==, member / 2);
      g_assert_cmpint (law->is_prior, ==, member % 2);
      g_assert_cmpfloat (pisd_law_setting_get_standard (law), ==, standard[which]);
      g_assert_true (law == pisd_law_setting_get_of_prior (law->of, which) || !law->is_prior);
    }
}

/* Those of the equation's own fields; amplitude is every family's, tau and alpha are those of
 * random fields. */
static void
test_may (void)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (guint problem = 0; problem < pisd_operator_get_n (); problem++)
    for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
      {
        settings.problem = problem;
        g_assert_true (
            pisd_law_setting_may (pisd_law_setting_get (i), &settings)
            == (pisd_law_setting_get (i)->of == pisd_operator_get (problem)->random->law_of));
      }
  settings.problem = PISD_PROBLEM_POISSON;
  settings.prior_family = settings.family = PISD_FAMILY_BLOBS;
  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    g_assert_true (
        pisd_law_setting_may (pisd_law_setting_get (i), &settings)
        == (pisd_law_setting_get (i)
            == pisd_law_setting_get_of_prior (PISD_LAW_OF_SOURCES, PISD_SLOPE_AMPLITUDE)));
}

/* What may not be is put back, what may be stays. */
static void
test_drop (void)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.instance_law = settings.prior_law = (PisdLaw){ 5.0, 6.0, 2.5 };
  settings.prior_flow_law = (PisdLaw){ 2.0, 9.0, 2.0 };
  settings.prior_family = PISD_FAMILY_BLOBS;
  pisd_settings_drop_laws (&settings);
  g_assert_cmpfloat (settings.prior_flow_law.tau, ==, 7.0);
  g_assert_cmpfloat (settings.instance_law.tau, ==, 6.0);
  g_assert_cmpfloat (settings.prior_law.amplitude, ==, 5.0);
  g_assert_cmpfloat (settings.prior_law.tau, ==, 3.0);
  g_assert_cmpfloat (settings.prior_law.alpha, ==, 2.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/law-setting/rows", test_rows);
  g_test_add_func ("/setup/law-setting/may", test_may);
  g_test_add_func ("/setup/law-setting/drop", test_drop);
  return g_test_run ();
}
