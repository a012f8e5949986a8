#include "pisd-law-setting.h"

/* The members of both laws in their order, each with the benchmark's number. */
static void
test_rows (void)
{
  const PisdLaw benchmark = PISD_LAW_BENCHMARK;
  const double standard[PISD_N_SLOPES] = { benchmark.amplitude, benchmark.tau, benchmark.alpha };
  const gsize first[] = { G_STRUCT_OFFSET (PisdSettings, instance_law),
                          G_STRUCT_OFFSET (PisdSettings, prior_law) };

  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    {
      const PisdLawSetting *law = pisd_law_setting_get (i);
      const guint which = i % PISD_N_SLOPES;

      g_assert_cmpuint (pisd_settings_find (law->key)->offset, ==,
                        first[i / PISD_N_SLOPES] + which * sizeof (double));
      g_assert_cmpfloat (pisd_law_setting_get_standard (law), ==, standard[which]);
      g_assert_true (law == pisd_law_setting_get_of_prior (which) || i < PISD_N_SLOPES);
    }
}

/* Amplitude is every family's, tau and alpha are those of random fields. */
static void
test_may (void)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    g_assert_true (pisd_law_setting_get (i)->may (&settings));
  settings.prior_family = settings.family = PISD_FAMILY_BLOBS;
  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    g_assert_true (
        pisd_law_setting_get (i)->may (&settings)
        == (pisd_law_setting_get (i) == pisd_law_setting_get_of_prior (PISD_SLOPE_AMPLITUDE)));
}

/* What may not be is put back, what may be stays. */
static void
test_drop (void)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.instance_law = settings.prior_law = (PisdLaw){ 5.0, 6.0, 2.5 };
  settings.prior_family = PISD_FAMILY_BLOBS;
  pisd_settings_drop_laws (&settings);
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
