/* Settings as a whole: values, pisd-settings-table, -text, -check and -preset. */
#include "pisd-settings.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

/* Every number of two settings the same; their padding may differ. */
static void
assert_same (const PisdSettings *a, const PisdSettings *b)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *left = pisd_settings_dup_text (a, &infos[i]);
      g_autofree char *right = pisd_settings_dup_text (b, &infos[i]);

      if (!g_str_equal (left, right))
        g_error ("%s: got %s, expected %s", infos[i].key, left, right);
    }
}

static void
assert_set (PisdSettings *settings, const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;

  pisd_settings_set (settings, key, text, &error);
  g_assert_no_error (error);
}

static void
assert_text (const PisdSettings *settings, const char *key, const char *expected)
{
  g_autofree char *text = pisd_settings_dup_text (settings, pisd_settings_find (key));

  if (!g_str_equal (text, expected))
    g_error ("%s: got %s, expected %s", key, text, expected);
}

static void
test_table (void)
{
  static const char *const keys[] = { "problem",
                                      "wavenumber",
                                      "viscosity",
                                      "family",
                                      "instance-seed",
                                      "instance-amplitude",
                                      "instance-tau",
                                      "instance-alpha",
                                      "instance-flow-amplitude",
                                      "instance-flow-tau",
                                      "instance-flow-alpha",
                                      "prior",
                                      "prior-family",
                                      "class-weight",
                                      "model-wait",
                                      "mean-sd",
                                      "prior-amplitude",
                                      "prior-tau",
                                      "prior-alpha",
                                      "prior-flow-amplitude",
                                      "prior-flow-tau",
                                      "prior-flow-alpha",
                                      "noise-sd",
                                      "guidance",
                                      "space",
                                      "covariance",
                                      "pde-sd",
                                      "sampler",
                                      "eta",
                                      "churn",
                                      "churn-min",
                                      "churn-max",
                                      "churn-noise",
                                      "steps",
                                      "samples",
                                      "seed",
                                      "mode-set",
                                      "modes",
                                      "schedule",
                                      "sigma-min",
                                      "sigma-max",
                                      "rho",
                                      "zeta-obs-a",
                                      "zeta-obs-u",
                                      "zeta-pde",
                                      "course-obs-a",
                                      "course-obs-u",
                                      "course-pde",
                                      "rate-low",
                                      "rate-high",
                                      "cutoff",
                                      "beta1",
                                      "beta2",
                                      "late-start",
                                      "late-factor" };
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < n; i++)
    {
      gsize parameters = G_STRUCT_OFFSET (PisdSettings, parameters);
      gboolean inside = infos[i].offset >= parameters
                        && infos[i].offset < parameters + sizeof (PisdGuidanceParameters);

      g_assert_cmpstr (infos[i].key, ==, keys[i]);
      g_assert_true (pisd_settings_find (keys[i]) == &infos[i]);
      g_assert_cmpint (infos[i].live, ==, inside);
      g_assert_cmpint (strlen (infos[i].help), >, 5);
    }
  g_assert_null (pisd_settings_find ("zeta"));
}

/* The choices' names are those that problems and families have elsewhere. */
static void
test_names (void)
{
  const PisdSettingInfo *problem = pisd_settings_find ("problem");
  const PisdSettingInfo *family = pisd_settings_find ("family");
  const PisdSettingInfo *prior_family = pisd_settings_find ("prior-family");
  PisdTask task;

  for (guint i = 0; i < PISD_N_PROBLEMS; i++)
    g_assert_cmpstr (problem->get_choice (i).name, ==, pisd_operator_get (i)->name);
  for (guint i = 0; i < PISD_N_FAMILIES; i++)
    {
      g_assert_cmpstr (family->get_choice (i).name, ==, pisd_family_get_name (i));
      g_assert_cmpstr (prior_family->get_choice (i).name, ==, pisd_family_get_name (i));
    }
  g_assert_null (family->get_choice (PISD_FAMILY_ANY).name);
  g_assert_cmpstr (prior_family->get_choice (PISD_FAMILY_ANY).name, ==, "any");
  for (guint i = 0; i < PISD_N_TASKS; i++)
    {
      g_assert_true (pisd_task_from_name (pisd_task_get_name (i), &task));
      g_assert_cmpint (task, ==, i);
    }
  g_assert_false (pisd_task_from_name ("backward", &task));
  g_assert_cmpstr (pisd_term_get_name (PISD_PROBLEM_POISSON, PISD_TERM_OBS (0)), ==, "obs_a");
  g_assert_cmpstr (pisd_term_get_name (PISD_PROBLEM_POISSON, PISD_TERM_OBS (1)), ==, "obs_u");
  g_assert_cmpstr (pisd_term_get_name (PISD_PROBLEM_POISSON, PISD_TERM_PDE), ==, "pde");
  g_assert_cmpint (pisd_setting_get_term (pisd_settings_find ("zeta-obs-a")), ==,
                   PISD_TERM_OBS (0));
  g_assert_cmpint (pisd_setting_get_term (pisd_settings_find ("zeta-obs-u")), ==,
                   PISD_TERM_OBS (1));
  g_assert_cmpint (pisd_setting_get_term (pisd_settings_find ("zeta-pde")), ==, PISD_TERM_PDE);
  g_assert_cmpint (pisd_setting_get_term (pisd_settings_find ("steps")), ==, PISD_N_TERMS);
  g_assert_cmpint (pisd_setting_get_term (pisd_settings_find ("beta1")), ==, PISD_N_TERMS);
}

static void
test_default (void)
{
  static const char *const rows[][2] = {
    { "problem", "poisson" }, { "wavenumber", "1" },
    { "viscosity", "0.001" }, { "family", "grf" },
    { "instance-seed", "1" }, { "prior", "gaussian" },
    { "mean-sd", "0" },       { "prior-family", "grf" },
    { "guidance", "pisd" },   { "sampler", "euler" },
    { "steps", "300" },       { "samples", "1" },
    { "seed", "1" },          { "mode-set", "square" },
    { "modes", "44" },        { "sigma-min", "0.002" },
    { "sigma-max", "70" },    { "rho", "7" },
    { "zeta-obs-a", "0.05" }, { "zeta-obs-u", "0" },
    { "zeta-pde", "0.0005" }, { "rate-low", "0.2" },
    { "rate-high", "0.01" },  { "cutoff", "10" },
    { "beta1", "0.985" },     { "beta2", "0.98" },
    { "space", "joint" },     { "covariance", "gaussian" },
    { "pde-sd", "0" },        { "eta", "0" },
    { "churn", "0" },         { "churn-min", "0.05" },
    { "churn-max", "50" },    { "churn-noise", "1" },
    { "schedule", "edm" },
  };
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_text (&settings, rows[i][0], rows[i][1]);
  g_assert_true (pisd_settings_check (&settings, &error));
  g_assert_no_error (error);
}

/* Every setting takes the ends of its range, gives them back as text, and nothing beyond. */
static void
test_ranges (void)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      const double inside[] = { infos[i].minimum, infos[i].maximum };
      const double outside[] = { infos[i].minimum - 1, infos[i].maximum * 1.01 + 1 };
      PisdSettings settings, before;

      if (infos[i].type != PISD_SETTING_DOUBLE && infos[i].type != PISD_SETTING_UINT)
        continue;
      pisd_settings_init_default (&settings);
      for (guint k = 0; k < 2; k++)
        {
          char text[G_ASCII_DTOSTR_BUF_SIZE];
          g_autoptr (GError) error = NULL;

          g_ascii_formatd (text, sizeof text, "%.12g", inside[k]);
          assert_set (&settings, infos[i].key, text);
          assert_text (&settings, infos[i].key, text);

          before = settings;
          g_ascii_formatd (text, sizeof text, "%.0f", outside[k]);
          g_assert_false (pisd_settings_set (&settings, infos[i].key, text, &error));
          g_assert_nonnull (strstr (error->message, infos[i].key));
          g_assert_nonnull (strstr (error->message, text));
          assert_same (&settings, &before);
        }
    }
}

/* Text for a number, and numbers with something behind them. */
static void
test_garbage (void)
{
  static const char *const texts[] = { "",    "abc", "1x",   " 1",  "1 ", "1,5",
                                       "nan", "inf", "-inf", "0x2", "1e", "--1" };
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);
  PisdSettings settings, before;

  pisd_settings_init_default (&settings);
  before = settings;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
      {
        g_autoptr (GError) error = NULL;

        if (infos[i].type == PISD_SETTING_COURSE)
          continue; /* tests/test-course.c */
        g_assert_false (pisd_settings_set (&settings, infos[i].key, texts[k], &error));
        if (infos[i].type == PISD_SETTING_CHOICE)
          test_assert_error (&error, UNKNOWN, infos[i].key, infos[i].get_choice (0).name);
        else
          test_assert_error (&error, FORMAT, infos[i].key, texts[k], "number");
        assert_same (&settings, &before);
      }
}

static void
test_whole_numbers (void)
{
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  g_assert_false (pisd_settings_set (&settings, "steps", "12.5", &error));
  test_assert_error (&error, FORMAT, "steps", "12.5", "whole number");
  g_assert_false (pisd_settings_set (&settings, "steps", "-3", &error));
  test_assert_error (&error, FORMAT, "steps", "-3", "whole number");
  g_assert_false (pisd_settings_set (&settings, "steps", "99999999999999999999", &error));
  test_assert_error (&error, RANGE, "steps", "1 to 10000");
  g_assert_false (pisd_settings_set (&settings, "seed", "18446744073709551616", &error));
  test_assert_error (&error, RANGE, "seed", "18446744073709551615");
  assert_set (&settings, "seed", "18446744073709551615");
  g_assert_true (settings.seed == G_MAXUINT64);
  assert_text (&settings, "seed", "18446744073709551615");
}

static void
test_choices (void)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; infos[i].get_choice != NULL && infos[i].get_choice (k).name != NULL; k++)
      {
        assert_set (&settings, infos[i].key, infos[i].get_choice (k).name);
        assert_text (&settings, infos[i].key, infos[i].get_choice (k).name);
        g_assert_cmpint (G_STRUCT_MEMBER (int, &settings, infos[i].offset), ==, k);
      }
  g_assert_false (pisd_settings_set (&settings, "sampler", "Euler", &error));
  test_assert_error (&error, UNKNOWN, "sampler", "Euler", "euler, heun, ddim, ddpm");
  g_assert_false (pisd_settings_set (&settings, "colour", "1", &error));
  test_assert_error (&error, UNKNOWN, "colour", "zeta-pde");
}

typedef struct
{
  PisdGuidanceId guidance;
  PisdTask task;
  PisdProblemId problem;
  const char *space, *sampler, *steps, *mode_set, *sigma_max, *zeta_obs_a, *zeta_obs_u, *zeta_pde;
} PresetRow;

/* DESIGN section 4. */
static void
test_presets (void)
{
  static const PresetRow rows[] = {
    { PISD_GUIDANCE_PISD, PISD_TASK_FORWARD, PISD_PROBLEM_POISSON, "joint", "euler", "2000",
      "hyperbolic", "70", "0.05", "0", "0.0005" },
    { PISD_GUIDANCE_PISD, PISD_TASK_FORWARD, PISD_PROBLEM_HELMHOLTZ, "joint", "euler", "2000",
      "hyperbolic", "70", "0.05", "0", "0.0005" },
    { PISD_GUIDANCE_DPS, PISD_TASK_FORWARD, PISD_PROBLEM_POISSON, "joint", "heun", "2000", "square",
      "80", "0.8", "40", "1" },
    { PISD_GUIDANCE_DPS, PISD_TASK_INVERSE, PISD_PROBLEM_HELMHOLTZ, "joint", "heun", "2000",
      "square", "80", "0.8", "60", "1" },
    { PISD_GUIDANCE_NONE, PISD_TASK_BOTH, PISD_PROBLEM_POISSON, "joint", "heun", "300", "square",
      "80", "0", "0", "0" },
    { PISD_GUIDANCE_SECOND_ORDER, PISD_TASK_INVERSE, PISD_PROBLEM_HELMHOLTZ, "decoupled", "exact",
      "60", "square", "80", "0", "0", "0" },
    { PISD_GUIDANCE_EXACT, PISD_TASK_FORWARD, PISD_PROBLEM_POISSON, "decoupled", "exact", "1",
      "square", "80", "0", "0", "0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PresetRow *row = &rows[i];
      PisdSettings settings;

      pisd_settings_init_default (&settings);
      settings.problem = row->problem;
      pisd_settings_apply_preset (&settings, row->guidance, row->task, TRUE);
      assert_text (&settings, "space", row->space);
      assert_text (&settings, "sampler", row->sampler);
      assert_text (&settings, "steps", row->steps);
      assert_text (&settings, "mode-set", row->mode_set);
      assert_text (&settings, "sigma-min", "0.002");
      assert_text (&settings, "sigma-max", row->sigma_max);
      assert_text (&settings, "rho", "7");
      assert_text (&settings, "zeta-obs-a", row->zeta_obs_a);
      assert_text (&settings, "zeta-obs-u", row->zeta_obs_u);
      assert_text (&settings, "zeta-pde", row->zeta_pde);
      assert_text (&settings, "late-start", "0.8");
      assert_text (&settings, "late-factor", "0.1");
    }
}

/* A preset exists for everything, passes the check, weighs the terms that its task measures, and
 * keeps what is not its own. */
static void
test_presets_complete (void)
{
  for (guint guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    for (guint task = 0; task < PISD_N_TASKS; task++)
      for (guint problem = 0; problem < PISD_N_PROBLEMS; problem++)
        {
          g_autoptr (GError) error = NULL;
          PisdSettings settings;

          pisd_settings_init_default (&settings);
          settings.problem = problem;
          settings.seed = 77;
          settings.instance_seed = 78;
          settings.samples = 5;
          settings.modes = 50;
          settings.steps = 123;
          settings.constants[0] = 2;
          pisd_settings_apply_preset (&settings, guidance, task, FALSE);
          pisd_settings_check (&settings, &error);
          g_assert_no_error (error);
          g_assert_cmpint (settings.guidance, ==, guidance);
          g_assert_cmpint (settings.problem, ==, problem);
          g_assert_cmpuint (settings.steps, ==, 123);
          g_assert_cmpuint (settings.samples, ==, 5);
          g_assert_cmpuint (settings.modes, ==, 50);
          g_assert_cmpuint (settings.seed, ==, 77);
          g_assert_cmpuint (settings.instance_seed, ==, 78);
          g_assert_cmpfloat (settings.constants[0], ==, 2);
          g_assert_cmpint (settings.mode_set, ==, PISD_MODES_SQUARE);
          if (guidance != PISD_GUIDANCE_DPS && guidance != PISD_GUIDANCE_PISD)
            continue;
          if (task != PISD_TASK_INVERSE)
            g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_OBS (0)], >, 0);
          if (task != PISD_TASK_FORWARD)
            g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_OBS (1)], >, 0);
        }
}

/* A prior that is not Gaussian has presets that it allows, for every method that makes steps. */
static void
test_presets_learned (void)
{
  for (guint guidance = 0; guidance < PISD_GUIDANCE_EXACT; guidance++)
    for (guint task = 0; task < PISD_N_TASKS; task++)
      for (guint problem = 0; problem < TEST_N_ELLIPTIC; problem++)
        {
          g_autoptr (GError) error = NULL;
          PisdSettings settings;

          pisd_settings_init_default (&settings);
          settings.problem = problem;
          settings.prior = PISD_PRIOR_LEARNED;
          settings.mode_set = PISD_MODES_HYPERBOLIC;
          pisd_settings_apply_preset (&settings, guidance, task, TRUE);
          pisd_settings_check (&settings, &error);
          g_assert_no_error (error);
          assert_text (&settings, "space", "decoupled");
          assert_text (&settings, "zeta-pde", "0"); /* it holds anyway */
        }
}

/* Those of a flow have its frames, and weigh the equation between them; second order needs the
 * Gaussian prior. */
static void
test_presets_frames (void)
{
  for (guint guidance = 0; guidance < PISD_GUIDANCE_SECOND_ORDER; guidance++)
    for (guint task = 0; task < PISD_N_TASKS; task++)
      {
        g_autoptr (GError) error = NULL;
        PisdSettings settings;

        pisd_settings_init_default (&settings);
        settings.problem = PISD_PROBLEM_NAVIER_STOKES;
        settings.prior = PISD_PRIOR_LEARNED;
        pisd_settings_apply_preset (&settings, guidance, task, TRUE);
        pisd_settings_check (&settings, &error);
        g_assert_no_error (error);
        if (guidance != PISD_GUIDANCE_NONE)
          g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_PDE], >, 0.0);
        settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
        g_assert_false (pisd_settings_check (&settings, &error));
        g_assert_nonnull (strstr (error->message, "expected none, dps or pisd"));
      }
}

/* Every preset has EDM's levels and no more noise than its step has by itself, but for second order
 * with a learned prior, which churns within EDM's range. */
static void
test_presets_noise (void)
{
  for (guint guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    {
      PisdSettings settings;

      pisd_settings_init_default (&settings);
      settings.schedule = PISD_SCHEDULE_COSINE;
      settings.eta = 0.5;
      settings.churn = (PisdChurn){ 3, 1, 2, 1.5 };
      pisd_settings_apply_preset (&settings, guidance, PISD_TASK_FORWARD, FALSE);
      assert_text (&settings, "schedule", "edm");
      assert_text (&settings, "eta", "0");
      assert_text (&settings, "churn", "0");
      assert_text (&settings, "churn-min", "0.05");
      assert_text (&settings, "churn-max", "50");
      assert_text (&settings, "churn-noise", "1");
      settings.prior = PISD_PRIOR_LEARNED;
      pisd_settings_apply_preset (&settings, guidance, PISD_TASK_FORWARD, FALSE);
      assert_text (&settings, "churn", guidance == PISD_GUIDANCE_SECOND_ORDER ? "6" : "0");
      assert_text (&settings, "churn-min", "0.05");
    }
}

static void
test_check (void)
{
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.sigma_min = settings.sigma_max;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, RANGE, "sigma-min", "70", "sigma-max");

  pisd_settings_init_default (&settings);
  settings.modes = 7;
  g_assert_true (pisd_settings_check (&settings, NULL));
  settings.mode_set = PISD_MODES_HYPERBOLIC;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, RANGE, "modes", "7", "hyperbolic");

  pisd_settings_init_default (&settings);
  settings.steps = 0;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, RANGE, "steps", "0");

  pisd_settings_init_default (&settings);
  settings.parameters.zeta[PISD_TERM_PDE] = NAN;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, FORMAT, "zeta-pde", "nan");
}

/* Closed forms need the decoupled space and the Gaussian covariance; others go with every sampler.
 */
static void
test_methods (void)
{
  static const struct
  {
    PisdGuidanceId guidance;
    PisdSpace space;
    PisdCovarianceId covariance;
    PisdSamplerId sampler;
    const char *refused; /* first word of the message; NULL: accepted */
  } rows[] = {
    { PISD_GUIDANCE_EXACT, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_GAUSSIAN, PISD_SAMPLER_EXACT,
      NULL },
    { PISD_GUIDANCE_EXACT, PISD_SPACE_JOINT, PISD_COVARIANCE_GAUSSIAN, PISD_SAMPLER_HEUN,
      "guidance" },
    { PISD_GUIDANCE_EXACT, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_JACOBIAN, PISD_SAMPLER_HEUN,
      "guidance" },
    { PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_GAUSSIAN,
      PISD_SAMPLER_EXACT, NULL },
    { PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_JOINT, PISD_COVARIANCE_GAUSSIAN, PISD_SAMPLER_EXACT,
      "sampler" },
    { PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_ISOTROPIC,
      PISD_SAMPLER_EXACT, "sampler" },
    { PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_JOINT, PISD_COVARIANCE_JACOBIAN, PISD_SAMPLER_HEUN,
      NULL },
    { PISD_GUIDANCE_PISD, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_GAUSSIAN, PISD_SAMPLER_EXACT,
      "sampler" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PisdSettings settings;

      pisd_settings_init_default (&settings);
      settings.guidance = rows[i].guidance;
      settings.space = rows[i].space;
      settings.covariance = rows[i].covariance;
      settings.sampler = rows[i].sampler;
      g_assert_cmpint (pisd_settings_check (&settings, &error), ==, rows[i].refused == NULL);
      if (rows[i].refused != NULL)
        test_assert_error (&error, RANGE, rows[i].refused, "got exact", "decoupled");
    }
}

/* Noise that no step adds, and levels that no schedule has. */
static void
test_noise (void)
{
  static const struct
  {
    const char *guidance, *key, *text, *more_key, *more_text;
    const char *refused[3]; /* words of the message; NULL: accepted */
  } rows[] = {
    { "none", "eta", "0.5", "sampler", "ddim", { NULL } },
    { "none", "eta", "0.5", "sampler", "heun", { "eta: got 0.5", "sampler heun", "ddim" } },
    { "none", "eta", "0.5", "sampler", "ddpm", { "eta: got 0.5", "sampler ddpm", "ddim" } },
    { "none", "churn", "7", "sampler", "euler", { NULL } },
    { "dps", "churn", "7", "sampler", "heun", { NULL } },
    { "none", "churn", "7", "sampler", "ddim", { "churn: got 7", "ddim", "euler, heun" } },
    { "second-order",
      "churn",
      "7",
      "sampler",
      "exact",
      { "churn: got 7", "exact", "euler, heun" } },
    { "exact", "churn", "7", "sampler", "heun", { "churn: got 7", "guidance exact", "no steps" } },
    { "none", "churn-min", "3", "churn-max", "3", { "churn-min: got 3", "churn-max", "3" } },
    { "none", "schedule", "linear", "sigma-max", "1", { NULL } },
    { "none",
      "schedule",
      "linear",
      "sigma-max",
      "0.01",
      { "sigma-max: got 0.01", "expected more than 0.010001 with", "linear" } },
    { "none",
      "schedule",
      "cosine",
      "sigma-max",
      "0.006",
      { "sigma-max: got 0.006", "expected more than 0.00643 with", "cosine" } },
    { "none", "schedule", "linear", "sigma-max", "1e5", { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PisdSettings settings;

      pisd_settings_init_default (&settings);
      assert_set (&settings, "guidance", rows[i].guidance);
      pisd_settings_apply_preset (&settings, settings.guidance, PISD_TASK_FORWARD, FALSE);
      assert_set (&settings, rows[i].key, rows[i].text);
      assert_set (&settings, rows[i].more_key, rows[i].more_text);
      g_assert_cmpint (pisd_settings_check (&settings, &error), ==, rows[i].refused[0] == NULL);
      if (rows[i].refused[0] != NULL)
        test_assert_error (&error, RANGE, rows[i].refused[0], rows[i].refused[1],
                           rows[i].refused[2]);
    }
  /* A lowest level above all that linear has. */
  {
    g_autoptr (GError) error = NULL;
    PisdSettings settings;

    pisd_settings_init_default (&settings);
    settings.schedule = PISD_SCHEDULE_LINEAR;
    settings.sigma_min = 200;
    settings.sigma_max = 400;
    g_assert_false (pisd_settings_check (&settings, &error));
    test_assert_error (&error, RANGE, "sigma-min: got 200", "expected less than 157 with",
                       "linear");
  }
}

/* A family that the equation does not have is refused with those that it has. */
static void
test_families (void)
{
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = PISD_PROBLEM_NAVIER_STOKES;
  settings.prior_family = PISD_FAMILY_ANY;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, UNKNOWN, "prior-family: got any", "expected grf");
  g_assert_false (pisd_settings_check_in_words (&settings, PISD_WORDS_TITLES, &error));
  test_assert_error (&error, UNKNOWN, "Family of the prior: got Any of them",
                     "expected Random field");
}

/* k^2 = 2 pi^2 is the first eigenvalue of the Laplacian; poisson does not look at k. */
static void
test_resonance (void)
{
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.constants[0] = G_SQRT2 * G_PI;
  g_assert_true (pisd_settings_check (&settings, NULL));
  settings.problem = PISD_PROBLEM_HELMHOLTZ;
  g_assert_false (pisd_settings_check (&settings, &error));
  test_assert_error (&error, RESONANCE, "19.739");
  settings.constants[0] *= 1 + 1e-5;
  g_assert_true (pisd_settings_check (&settings, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/settings/families", test_families);
  g_test_add_func ("/physics/settings/table", test_table);
  g_test_add_func ("/physics/settings/names", test_names);
  g_test_add_func ("/physics/settings/default", test_default);
  g_test_add_func ("/physics/settings/ranges", test_ranges);
  g_test_add_func ("/physics/settings/garbage", test_garbage);
  g_test_add_func ("/physics/settings/whole-numbers", test_whole_numbers);
  g_test_add_func ("/physics/settings/choices", test_choices);
  g_test_add_func ("/physics/settings/presets", test_presets);
  g_test_add_func ("/physics/settings/presets-complete", test_presets_complete);
  g_test_add_func ("/physics/settings/presets-learned", test_presets_learned);
  g_test_add_func ("/physics/settings/presets-frames", test_presets_frames);
  g_test_add_func ("/physics/settings/presets-noise", test_presets_noise);
  g_test_add_func ("/physics/settings/check", test_check);
  g_test_add_func ("/physics/settings/noise", test_noise);
  g_test_add_func ("/physics/settings/methods", test_methods);
  g_test_add_func ("/physics/settings/resonance", test_resonance);
  return g_test_run ();
}
