/* Weights that a set-up names: their fingerprint, and what is said where they are others by now. */

#include <sys/stat.h>

#include "pisd-bundle.h"
#include "pisd-safetensors-hash.h"
#include "pisd-scenario-weights.h"
#include "pisd-setup-load.h"
#include "pisd-setup-text.h"
#include "pisd-test-files.h"
#include "pisd-test-scenario.h"

#define ONE "11111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER "22222222aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* Only a regular file with a hash of the right form has one, and nothing is waited for. */
static void
test_hash (TestFile *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_null (pisd_safetensors_find_hash (fixture->path));
  test_write_weights (fixture->path, ONE);
  hash = pisd_safetensors_find_hash (fixture->path);
  g_assert_cmpstr (hash, ==, ONE);
  bytes = test_read (fixture->path, &size);
  for (gsize n = 0; n < size; n++)
    {
      test_write (fixture->path, bytes, (gssize) n);
      g_assert_null (pisd_safetensors_find_hash (fixture->path));
    }
  test_write_weights (fixture->path, NULL);
  g_assert_null (pisd_safetensors_find_hash (fixture->path));
  test_write_weights (fixture->path, "11");
  g_assert_null (pisd_safetensors_find_hash (fixture->path));
  g_unlink (fixture->path);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_null (pisd_safetensors_find_hash (fixture->path));
}

/* What is said of a set-up as text that comes back; NULL: nothing. */
static char *
read_back (const char *text, PisdScenario **back)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (PisdInput) input = pisd_input_new_for_bytes ("set-up.txt", bytes);
  g_autoptr (GError) error = NULL;

  *back = pisd_setup_text_load_from (input, &error);
  g_assert_no_error (error);
  return pisd_scenario_dup_weights_warning (*back, "/tmp/set-up.txt");
}

static void
test_warning (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) same = NULL, others = NULL, gone = NULL, again = NULL;
  g_autofree char *text = NULL, *sent_on = NULL, *warning = NULL;

  test_write_weights (fixture->path, ONE);
  pisd_scenario_set_weights (scenario, fixture->path);
  text = pisd_setup_text_new (scenario, NULL);
  g_assert_null (read_back (text, &same));
  g_assert_cmpstr (same->weights_hash, ==, ONE);

  test_write_weights (fixture->path, OTHER);
  warning = read_back (text, &others);
  g_assert_true (g_str_has_prefix (warning, "set-up.txt: "));
  g_assert_nonnull (strstr (warning, fixture->path));
  g_assert_nonnull (strstr (warning, "got weights with the SHA-256 22222222…, expected 11111111…"));
  g_assert_null (strchr (warning, '\n'));

  /* where they are gone, the set-up still says which they were */
  g_unlink (fixture->path);
  g_assert_null (read_back (text, &gone));
  sent_on = pisd_setup_text_new (gone, NULL);
  test_write_weights (fixture->path, OTHER);
  g_free (warning);
  warning = read_back (sent_on, &again);
  g_assert_nonnull (warning);
  pisd_scenario_set_weights (again, fixture->path);
  g_assert_null (pisd_scenario_dup_weights_warning (again, "x"));
}

/* A scenario file of before says nothing, and nothing is said of it. */
static void
test_without (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "s.pisd", NULL);
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (GError) error = NULL;

  test_write_weights (fixture->path, ONE);
  test_write (path, "[scenario]\nsteps=3\n[prior]\nweights=w.safetensors\n", -1);
  scenario = pisd_scenario_load (path, &error);
  g_assert_no_error (error);
  g_assert_null (scenario->weights_hash);
  g_assert_null (pisd_scenario_dup_weights_warning (scenario, path));
  g_assert_true (pisd_scenario_save (scenario, path, &error));
  pisd_scenario_free (scenario);
  scenario = pisd_scenario_load (path, &error);
  g_assert_cmpstr (scenario->weights_hash, ==, ONE);
}

/* The program's own have a fingerprint, too, where the prior has them. */
static void
test_own (TestFile *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "s.pisd", NULL);
  g_autoptr (PisdInput) input = pisd_bundle_open (pisd_bundle_find (PISD_PROBLEM_POISSON));
  g_autofree char *own = pisd_safetensors_find_hash_in (input);
  g_autofree char *warning = NULL;
  g_autoptr (PisdScenario) scenario = NULL;

  g_assert_nonnull (own);
  test_write (path, "[scenario]\nprior=learned\n[prior]\nweights-sha256=" ONE "\n", -1);
  scenario = pisd_scenario_load (path, NULL);
  warning = pisd_scenario_dup_weights_warning (scenario, path);
  g_assert_true (g_str_has_prefix (warning, "s.pisd: this program's own: got weights with "));
  g_assert_true (pisd_scenario_save (scenario, path, NULL));
  pisd_scenario_free (scenario);
  scenario = pisd_scenario_load (path, NULL);
  g_assert_cmpstr (scenario->weights_hash, ==, own);
  g_assert_null (pisd_scenario_dup_weights_warning (scenario, path));

  scenario->settings.prior = PISD_PRIOR_GAUSSIAN;
  g_free (scenario->weights_hash);
  scenario->weights_hash = g_strdup (ONE);
  g_assert_null (pisd_scenario_dup_weights_warning (scenario, path));
}

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "w.safetensors");
}

#define ADD(name, function)                                                      \
  g_test_add ("/setup/scenario-weights/" name, TestFile, NULL, set_up, function, \
              test_file_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hash", test_hash);
  ADD ("warning", test_warning);
  ADD ("without", test_without);
  ADD ("own", test_own);
  return g_test_run ();
}
