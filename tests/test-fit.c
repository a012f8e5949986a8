/* Settings that must go together, and which of them give way. */

#include "pisd-fit.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-weights.h"

static void
init (PisdSettings *settings, PisdGuidanceId guidance)
{
  pisd_settings_init_default (settings);
  pisd_settings_apply_preset (settings, guidance, PISD_TASK_FORWARD, TRUE);
  g_assert_true (pisd_settings_check (settings, NULL));
}

typedef struct
{
  const char *guidance;
  const char *key, *text;
  const char *moved;  /* keys, in order, one space between them */
  const char *values; /* of those keys */
} Row;

static const Row rows[] = {
  { "second-order", "covariance", "jacobian", "sampler", "heun" },
  { "second-order", "covariance", "isotropic", "sampler", "heun" },
  { "second-order", "space", "joint", "sampler", "heun" },
  { "second-order", "sampler", "ddim", "", "" },
  { "second-order", "guidance", "dps", "sampler", "heun" },
  { "exact", "space", "joint", "guidance sampler", "second-order heun" },
  { "exact", "covariance", "jacobian", "guidance sampler", "second-order heun" },
  { "pisd", "steps", "17", "", "" },
  { "none", "eta", "0.5", "sampler", "ddim" },
  { "second-order", "churn", "30", "sampler", "heun" },
  { "dps", "churn", "30", "", "" },
  { "dps", "schedule", "cosine", "", "" },
  { "pisd", "prior", "learned", "space mode-set", "decoupled square" },
  { "second-order", "prior", "learned", "sampler", "heun" },
};

/* From fresh noise, churn and a schedule of its own, what goes when another step or level is chosen. */
static const struct
{
  const char *sets[4][2];
  Row row;
} later[] = {
  { { { "sampler", "ddim" }, { "eta", "0.5" } }, { "none", "sampler", "heun", "eta", "0" } },
  { { { "sampler", "ddim" }, { "eta", "0.5" } },
    { "none", "churn", "9", "sampler eta", "heun 0" } },
  { { { "churn", "9" } }, { "none", "sampler", "ddpm", "churn", "0" } },
  { { { "churn", "9" } }, { "none", "sampler", "euler", "", "" } },
  { { { "churn", "9" } }, { "none", "eta", "0.5", "sampler churn", "ddim 0" } },
  { { { "covariance", "jacobian" }, { "sampler", "heun" }, { "churn", "20" } },
    { "second-order", "sampler", "exact", "covariance churn", "gaussian 0" } },
  { { { "covariance", "jacobian" }, { "space", "joint" }, { "sampler", "ddim" }, { "eta", "0.5" } },
    { "second-order", "sampler", "exact", "covariance space eta", "gaussian decoupled 0" } },
  { { { "sampler", "heun" }, { "churn", "20" } },
    { "second-order", "guidance", "exact", "churn", "0" } },
  { { { "schedule", "cosine" } }, { "none", "sigma-max", "0.005", "schedule", "edm" } },
};

static char *
dup_values (const PisdSettings *settings, char **keys)
{
  GString *values = g_string_new (NULL);

  for (guint k = 0; keys[k] != NULL; k++)
    {
      g_autofree char *text = pisd_settings_dup_text (settings, pisd_settings_find (keys[k]));

      g_string_append_printf (values, "%s%s", k > 0 ? " " : "", text);
    }
  return g_string_free (values, FALSE);
}

static void
check_row (const Row *row, PisdSettings *settings)
{
  g_auto (GStrv) moved = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *values = NULL;
  g_autofree char *set = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_fit_set (settings, NULL, row->key, row->text, &moved, &error));
  g_assert_no_error (error);
  g_assert_true (pisd_settings_check (settings, NULL));
  set = pisd_settings_dup_text (settings, pisd_settings_find (row->key));
  g_assert_cmpstr (set, ==, row->text);
  keys = g_strjoinv (" ", moved);
  g_assert_cmpstr (keys, ==, row->moved);
  values = dup_values (settings, moved);
  g_assert_cmpstr (values, ==, row->values);
}

static void
init_named (PisdSettings *settings, const char *guidance)
{
  PisdSettings named;

  pisd_settings_init_default (&named);
  g_assert_true (pisd_settings_set (&named, "guidance", guidance, NULL));
  init (settings, named.guidance);
}

static void
test_what_gives_way (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      PisdSettings settings;

      init_named (&settings, rows[k].guidance);
      check_row (&rows[k], &settings);
    }
}

static void
test_noise (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (later); k++)
    {
      PisdSettings settings;

      init_named (&settings, later[k].row.guidance);
      for (guint i = 0; i < 4 && later[k].sets[i][0] != NULL; i++)
        g_assert_true (
            pisd_settings_set (&settings, later[k].sets[i][0], later[k].sets[i][1], NULL));
      check_row (&later[k].row, &settings);
    }
}

/* Back from there: the exact step needs its closed form again. */
static void
test_way_back (void)
{
  g_auto (GStrv) moved = NULL;
  PisdSettings settings;

  init (&settings, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_true (pisd_fit_set (&settings, NULL, "covariance", "jacobian", NULL, NULL));
  g_assert_true (pisd_fit_set (&settings, NULL, "space", "joint", NULL, NULL));
  g_assert_true (pisd_fit_set (&settings, NULL, "sampler", "exact", &moved, NULL));
  g_assert_cmpstr (moved[0], ==, "covariance");
  g_assert_cmpstr (moved[1], ==, "space");
  g_assert_null (moved[2]);
}

static void
assert_refused (const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  char **moved = NULL;
  PisdSettings settings, before;

  init (&settings, PISD_GUIDANCE_PISD);
  before = settings;
  g_assert_false (pisd_fit_set (&settings, NULL, key, text, &moved, &error));
  g_assert_nonnull (error);
  /* The window's word, which is the setting's title. */
  g_assert_true (g_str_has_prefix (error->message, pisd_settings_find (key)->title));
  g_assert_null (moved);
  g_assert_cmpmem (&settings, sizeof settings, &before, sizeof before);
}

static void
test_refusals (void)
{
  assert_refused ("sampler", "exact"); /* a first-order method has no exact step */
  assert_refused ("sampler", "euclid");
  assert_refused ("sigma-min", "1e9");
  assert_refused ("modes", "65");
  assert_refused ("eta", "1.5");
}

static gboolean
is_all_but_space (const char *key, gconstpointer data)
{
  return !g_str_equal (key, "space");
}

static void
test_what_is_fixed_stays (void)
{
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  init (&settings, PISD_GUIDANCE_SECOND_ORDER);
  settings.space = PISD_SPACE_JOINT;
  g_assert_true (pisd_fit (&settings, NULL, is_all_but_space, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (settings.space, ==, PISD_SPACE_DECOUPLED);
  settings.covariance = PISD_COVARIANCE_JACOBIAN;
  g_assert_false (pisd_fit (&settings, NULL, is_all_but_space, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_assert_cmpint (settings.covariance, ==, PISD_COVARIANCE_JACOBIAN);
}

#define MODES 8

/* An untrained network for ten frames of a flow. */
static void
save_weights (const char *path)
{
  static const PisdNetworkShape shape = { MODES, 20, 10, 16, 1, 1, 1, TRUE };
  static const char *const families[] = { "grf", NULL };
  PisdSettings settings;
  g_autoptr (PisdWeights) weights = NULL;
  g_autoptr (GError) error = NULL;

  pisd_settings_init_default (&settings);
  g_assert_true (pisd_settings_set (&settings, "problem", "navier-stokes", NULL));
  settings.space = PISD_SPACE_JOINT;
  settings.modes = MODES;
  weights = pisd_weights_new (&shape, &settings, families);
  g_assert_true (pisd_weights_save (weights, path, &error));
  g_assert_no_error (error);
}

/* The latent becomes that of a file's weights, and methods that it has not give way; what is fixed
 * at something else goes before the prior.  Weights of another problem are none. */
static void
test_weights (void)
{
  g_auto (GStrv) moved = NULL;
  g_autofree char *keys = NULL;
  g_autoptr (GError) error = NULL;
  PisdSettings settings;
  TestFile file;

  test_file_init (&file, "w.safetensors");
  save_weights (file.path);
  init (&settings, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_false (pisd_fit_set (&settings, file.path, "prior", "learned", NULL, &error));
  g_assert_nonnull (strstr (error->message, "Poisson"));
  g_assert_true (pisd_settings_set (&settings, "problem", "navier-stokes", NULL));
  g_assert_true (pisd_fit_set (&settings, file.path, "prior", "learned", &moved, NULL));
  keys = g_strjoinv (" ", moved);
  g_assert_cmpstr (keys, ==, "space modes guidance sampler");
  g_assert_cmpint (settings.space, ==, PISD_SPACE_JOINT);
  g_assert_cmpuint (settings.modes, ==, MODES);
  g_assert_cmpint (settings.guidance, ==, PISD_GUIDANCE_PISD);
  g_assert_true (pisd_fit_set (&settings, file.path, "modes", "20", NULL, NULL));
  g_assert_cmpint (settings.prior, ==, PISD_PRIOR_GAUSSIAN);
  test_file_tear_down (&file, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/fit/what-gives-way", test_what_gives_way);
  g_test_add_func ("/model/fit/noise", test_noise);
  g_test_add_func ("/model/fit/way-back", test_way_back);
  g_test_add_func ("/model/fit/refusals", test_refusals);
  g_test_add_func ("/model/fit/what-is-fixed-stays", test_what_is_fixed_stays);
  g_test_add_func ("/model/fit/weights", test_weights);
  return g_test_run ();
}
