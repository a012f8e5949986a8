#include "pisd-method.h"

#include "pisd-settings.h"
#include "pisd-test.h"

static const char *const choice_keys[] = {
  "problem",    "family",  "prior",    "guidance", "space",
  "covariance", "sampler", "schedule", "mode-set",
};

/* Every choice has a name of its own, is found by it, and is followed by no other. */
static void
test_choices (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (choice_keys); k++)
    {
      const PisdSettingInfo *info = pisd_settings_find (choice_keys[k]);
      g_autofree char *names = pisd_setting_dup_choices (info, "|");
      g_auto (GStrv) parts = g_strsplit (names, "|", -1);
      guint n = g_strv_length (parts);

      g_assert_cmpuint (n, >, 0);
      g_assert_null (info->get_choice (n).name);
      for (guint value = 0; value < n; value++)
        {
          g_assert_cmpstr (parts[value], ==, info->get_choice (value).name);
          g_assert_cmpint (pisd_setting_find_choice (info, parts[value]), ==, (int) value);
        }
      g_assert_cmpint (pisd_setting_find_choice (info, "no such choice"), ==, -1);
    }
}

/* The settings' choices are the rows of the table, in its order. */
static void
test_every_method (void)
{
  const PisdSettingInfo *info = pisd_settings_find ("guidance");

  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      const PisdMethod *method = pisd_method_get (m);

      g_assert_nonnull (method->choice.name);
      g_assert_nonnull (method->choice.title);
      g_assert_cmpstr (info->get_choice (m).name, ==, method->choice.name);
      g_assert_cmpstr (info->get_choice (m).title, ==, method->choice.title);
      /* A sample comes from somewhere, and from one place. */
      g_assert_cmpint (method->makes_steps, !=, method->draws_directly);
      g_assert_true (!method->draws_directly || method->conditions);
      g_assert_true (!method->conditions || !method->uses_gradient);
      /* Weights are those of a loss. */
      g_assert_cmpint (method->uses_gradient, ==, (method->uses & PISD_USES_WEIGHTS) != 0);
    }
}

static void
test_traits (void)
{
  const struct
  {
    PisdGuidanceId id;
    gboolean makes_steps, conditions, knows_mean, uses_gradient, is_guided;
  } rows[] = {
    { PISD_GUIDANCE_NONE, TRUE, FALSE, FALSE, FALSE, FALSE },
    { PISD_GUIDANCE_DPS, TRUE, FALSE, FALSE, TRUE, TRUE },
    { PISD_GUIDANCE_PISD, TRUE, FALSE, FALSE, TRUE, TRUE },
    { PISD_GUIDANCE_SECOND_ORDER, TRUE, TRUE, FALSE, FALSE, TRUE },
    { PISD_GUIDANCE_EXACT, FALSE, TRUE, TRUE, FALSE, TRUE },
  };

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, PISD_N_GUIDANCES);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PisdMethod *method = pisd_method_get (rows[i].id);

      g_assert_cmpint (method->makes_steps, ==, rows[i].makes_steps);
      g_assert_cmpint (method->conditions, ==, rows[i].conditions);
      g_assert_cmpint (method->knows_mean, ==, rows[i].knows_mean);
      g_assert_cmpint (method->uses_gradient, ==, rows[i].uses_gradient);
      g_assert_cmpint (pisd_method_is_guided (method), ==, rows[i].is_guided);
    }
}

static void
set (PisdSettings *settings, PisdGuidanceId guidance, PisdSpace space, PisdCovarianceId covariance)
{
  settings->guidance = guidance;
  settings->space = space;
  settings->covariance = covariance;
}

/* Which choices lead to one factored system, and which to exact steps. */
static void
test_closed_form (void)
{
  static const struct
  {
    PisdSpace space;
    PisdCovarianceId covariance;
    gboolean closed, exact;
  } rows[] = {
    { PISD_SPACE_DECOUPLED, PISD_COVARIANCE_GAUSSIAN, TRUE, TRUE },
    { PISD_SPACE_DECOUPLED, PISD_COVARIANCE_ISOTROPIC, TRUE, FALSE },
    { PISD_SPACE_DECOUPLED, PISD_COVARIANCE_JACOBIAN, FALSE, FALSE },
    { PISD_SPACE_JOINT, PISD_COVARIANCE_GAUSSIAN, FALSE, FALSE },
    { PISD_SPACE_JOINT, PISD_COVARIANCE_ISOTROPIC, FALSE, FALSE },
    { PISD_SPACE_JOINT, PISD_COVARIANCE_JACOBIAN, FALSE, FALSE },
  };
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint m = 0; m < PISD_N_GUIDANCES; m++)
      {
        gboolean conditions = pisd_method_get (m)->conditions;

        set (&settings, m, rows[i].space, rows[i].covariance);
        settings.sampler = PISD_SAMPLER_EULER;
        g_assert_cmpint (pisd_settings_need_conditioning (&settings), ==,
                         rows[i].closed && conditions);
        g_assert_cmpint (pisd_settings_allow_exact (&settings), ==, rows[i].exact);
        g_assert_cmpint (pisd_settings_check (&settings, NULL), ==,
                         rows[i].exact || !pisd_method_get (m)->draws_directly);
        settings.sampler = PISD_SAMPLER_EXACT;
        g_assert_cmpint (pisd_settings_check (&settings, NULL), ==, rows[i].exact && conditions);
      }
}

/* A preset's choices go together, whatever was chosen before. */
static void
test_presets_fit (void)
{
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      g_autoptr (GError) error = NULL;
      PisdSettings settings;

      pisd_settings_init_default (&settings);
      settings.covariance = PISD_COVARIANCE_JACOBIAN;
      pisd_settings_apply_preset (&settings, m, PISD_TASK_FORWARD, TRUE);
      pisd_settings_check (&settings, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/method/choices", test_choices);
  g_test_add_func ("/setup/method/every-method", test_every_method);
  g_test_add_func ("/setup/method/traits", test_traits);
  g_test_add_func ("/setup/method/closed-form", test_closed_form);
  g_test_add_func ("/setup/method/presets-fit", test_presets_fit);
  return g_test_run ();
}
