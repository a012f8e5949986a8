/* What an opened file holds, and what becomes of a scenario with it. */

#include "pisd-content.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "pisd-learned-latent.h"
#include "pisd-edit-prior.h"
#include "pisd-edit-truth.h"
#include "pisd-edit.h"
#include "pisd-error.h"
#include "pisd-fit.h"
#include "pisd-test-files.h"
#include "pisd-test.h"
#include "pisd-truth.h"
#include "pisd-weights-note.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "some.file");
}

/* A truth, and no sensors. */
static PisdScenario *
new_scenario (void)
{
  PisdScenario *scenario = pisd_scenario_new ();

  g_assert_true (pisd_truth_set_random (scenario, NULL));
  return scenario;
}

static PisdContent *
read_content (TestFile *fixture, const PisdScenario *scenario, PisdCancel *cancel, GError **error)
{
  const PisdEquation equation = pisd_settings_get_equation (&scenario->settings);
  g_autoptr (PisdInput) input = pisd_input_open (fixture->path, cancel, NULL);

  g_assert_nonnull (input);
  return pisd_content_read (input, &equation, error);
}

static PisdContent *
read_text (TestFile *fixture, const char *text, const PisdScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  PisdContent *content;

  test_write (fixture->path, text, strlen (text));
  content = read_content (fixture, scenario, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* Readings that contradict the truth end it; the scenario itself is left alone. */
static void
test_readings (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content =
      read_text (fixture, "field,x,y,value\na,0.5,0.5,1e9\n", scenario);
  g_autoptr (PisdScenario) other = pisd_content_dup_scenario (content, scenario, NULL);

  g_assert_false (pisd_content_is_whole (content));
  g_assert_cmpuint (other->sensors->n, ==, 1);
  g_assert_null (other->instance);
  g_assert_cmpuint (scenario->sensors->n, ==, 0);
  g_assert_nonnull (scenario->instance);
}

/* A lesson fits whatever there is, because it is put into nothing, and is taken once. */
static void
test_lesson (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content = read_text (
      fixture, "[lesson]\ntitle = T\n[setup]\nproblem = helmholtz\n[step]\nsay = S\n", scenario);
  g_autoptr (PisdLesson) lesson = NULL;

  scenario->settings.problem = PISD_PROBLEM_HELMHOLTZ;
  g_assert_true (pisd_content_fits (content, scenario));
  g_assert_false (pisd_content_is_whole (content));
  lesson = pisd_content_take_lesson (content);
  g_assert_cmpstr (lesson->title, ==, "T");
  g_assert_null (pisd_content_take_lesson (content));
}

/* The fields come with the path, by which they are saved, and fit their equation alone. */
static void
test_fields (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdScenario) other = NULL;
  g_autoptr (PisdContent) content = NULL;

  g_assert_true (pisd_instance_save_npz (scenario->instance, fixture->path, NULL));
  content = read_content (fixture, scenario, NULL, NULL);
  other = pisd_content_dup_scenario (content, scenario, NULL);
  g_assert_true (pisd_instance_equal (other->instance, scenario->instance));
  g_assert_cmpstr (other->truth_path, ==, fixture->path);
  scenario->settings.problem = PISD_PROBLEM_HELMHOLTZ;
  g_assert_false (pisd_content_fits (content, scenario));
}

/* A scenario is put in the place of any. */
static void
test_scenario (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content = read_text (fixture, "[scenario]\nsteps=12\n", scenario);
  g_autoptr (PisdScenario) other = NULL;

  scenario->settings.problem = PISD_PROBLEM_HELMHOLTZ;
  g_assert_true (pisd_content_is_whole (content));
  g_assert_true (pisd_content_fits (content, scenario));
  other = pisd_content_dup_scenario (content, scenario, NULL);
  g_assert_cmpuint (other->settings.steps, ==, 12);
  g_assert_cmpint (other->settings.problem, ==, PISD_PROBLEM_POISSON);
}

/* Of a small network, that knows blobs alone; in the file. */
static void
write_weights (TestFile *fixture, PisdProblemId problem)
{
  static const PisdNetworkShape shape = { .side = 8,
                                          .n_in = 2,
                                          .n_out = 1,
                                          .width = PISD_NETWORK_WIDTH_STEP,
                                          .n_blocks = 1,
                                          .n_levels = 1,
                                          .n_labels = 1 };
  static const char *const families[] = { "blobs", NULL };
  g_autoptr (PisdWeights) weights = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = problem;
  settings.space = PISD_SPACE_DECOUPLED;
  settings.modes = 8;
  weights = pisd_weights_new (&shape, &settings, families);
  pisd_weights_describe (weights, "steps", "300");
  pisd_weights_describe (weights, "seconds", "290");
  pisd_weights_describe (weights, "command", "pisd train");
  g_assert_true (pisd_weights_save (weights, fixture->path, NULL));
}

/* They become the prior, with their latent, and what goes with that; a family that they do not know
 * becomes any. */
static void
test_weights (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdScenario) other = NULL;
  g_autoptr (PisdContent) content = NULL;
  g_autoptr (PisdWeightsNote) note = NULL;
  const PisdSettings *settings;

  write_weights (fixture, PISD_PROBLEM_HELMHOLTZ);
  content = read_content (fixture, scenario, NULL, NULL);
  other = pisd_content_dup_scenario (content, scenario, NULL);
  settings = &other->settings;
  g_assert_cmpstr (other->weights_path, ==, fixture->path);
  g_assert_true (pisd_settings_check (settings, NULL));
  g_assert_cmpint (settings->prior, ==, PISD_PRIOR_LEARNED);
  g_assert_cmpint (settings->space, ==, PISD_SPACE_DECOUPLED);
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_ANY);
  g_assert_cmpuint (settings->modes, ==, 8);
  g_assert_cmpuint (pisd_edit_diff (scenario, other) & PISD_CHANGE_SETTINGS, !=, 0);
  note = pisd_weights_note_new (fixture->path, settings->problem, NULL);
  g_assert_cmpstr (note->title, ==, "some.file");
  g_assert_cmpstr (note->story, ==, "Helmholtz, 8 × 8 modes, 300 steps of training in 5 min");
  g_assert_nonnull (strstr (note->details, "Families: "));
  g_assert_nonnull (strstr (note->details, "\nCommand: pisd train\n"));
  pisd_edit_use_own_weights (other);
  g_assert_null (other->weights_path);
  g_assert_cmpint (settings->prior, ==, PISD_PRIOR_LEARNED);
  g_assert_cmpuint (settings->modes, ==, 44);
}

/* Settings that change beside a file's weights ask for nothing of the file, be it gone; another one
 * in its place is looked at. */
static void
test_weights_gone (TestFile *fixture, gconstpointer data)
{
  PisdProblemId problem = PISD_PROBLEM_POISSON;
  PisdLearnedLatent latent;

  write_weights (fixture, problem);
  g_assert_true (pisd_learned_latent_find (problem, fixture->path, &latent));
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  latent.modes = 0;
  g_assert_true (pisd_learned_latent_find (problem, fixture->path, &latent));
  g_assert_cmpuint (latent.modes, ==, 8);
  g_assert_false (pisd_learned_latent_find (PISD_PROBLEM_NAVIER_STOKES, fixture->path, &latent));
  g_assert_true (g_file_set_contents (fixture->path, "no weights", -1, NULL));
  g_assert_false (pisd_learned_latent_find (problem, fixture->path, &latent));
}

/* What is read once only is not waited for. */
static void
test_weights_in_pipe (TestFile *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PisdLearnedLatent latent;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_false (pisd_learned_latent_find (PISD_PROBLEM_POISSON, fixture->path, &latent));
  g_assert_null (pisd_weights_note_new (fixture->path, PISD_PROBLEM_POISSON, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
}

/* Beside a file's weights the prior and the modes go with them. */
static void
test_weights_lead (TestFile *fixture, gconstpointer data)
{
  g_auto (GStrv) moved = NULL;
  PisdSettings settings;

  write_weights (fixture, PISD_PROBLEM_POISSON);
  pisd_settings_init_default (&settings);
  pisd_fit_set (&settings, fixture->path, "prior", "learned", NULL, NULL);
  g_assert_cmpuint (settings.modes, ==, 8);
  pisd_fit_set (&settings, fixture->path, "modes", "9", &moved, NULL);
  g_assert_cmpint (settings.prior, ==, PISD_PRIOR_GAUSSIAN);
  g_assert_cmpstr (moved[0], ==, "prior");
}

/* Those of another equation are refused when they are put into the scenario, which stays. */
static void
test_foreign_weights (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content = NULL;
  g_autoptr (GError) error = NULL;

  write_weights (fixture, PISD_PROBLEM_NAVIER_STOKES);
  content = read_content (fixture, scenario, NULL, NULL);
  g_assert_null (pisd_content_dup_scenario (content, scenario, &error));
  test_assert_error (&error, FORMAT,
                     "some.file: weights of a network: `problem`: got \"navier-stokes\"");
}

/* Another equation with the same latent keeps a file's weights, others drop them. */
static void
test_weights_of_equation (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdScenario) other = NULL;
  g_autoptr (PisdContent) content = NULL;

  write_weights (fixture, PISD_PROBLEM_POISSON);
  content = read_content (fixture, scenario, NULL, NULL);
  other = pisd_content_dup_scenario (content, scenario, NULL);
  pisd_edit_set_equation (other, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 1 } }, NULL);
  g_assert_nonnull (other->weights_path);
  pisd_edit_set_equation (other, &(PisdEquation){ PISD_PROBLEM_NAVIER_STOKES, { 1e-3 } }, NULL);
  g_assert_null (other->weights_path);
}

static void
test_refused (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (GError) error = NULL;

  test_write (fixture->path, "words", 5);
  g_assert_null (read_content (fixture, scenario, NULL, &error));
  test_assert_error (&error, UNKNOWN, "some.file: this kind of file cannot be opened");
}

/* Whatever it is at, it says that it was stopped, and not that it is a strange file. */
static void
test_stops (TestFile *fixture, gconstpointer data)
{
  static const char text[] = "field,x,y,value\na,0.5,0.5,1\na,0.25,0.5,1\n";
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_autoptr (PisdContent) content = NULL;
  guint limit;

  test_write (fixture->path, text, strlen (text));
  for (limit = 0; content == NULL; limit++)
    {
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      g_autoptr (GError) error = NULL;

      content = read_content (fixture, scenario, cancel, &error);
      if (content == NULL)
        test_assert_error (&error, CANCELLED, "some.file");
    }
  g_assert_cmpuint (limit, >, 5);
}

#define ADD(path, function) g_test_add (path, TestFile, NULL, set_up, function, test_file_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/model/content/sensors", test_readings);
  ADD ("/model/content/lesson", test_lesson);
  ADD ("/model/content/fields", test_fields);
  ADD ("/model/content/scenario", test_scenario);
  ADD ("/model/content/weights", test_weights);
  ADD ("/model/content/weights-lead", test_weights_lead);
  ADD ("/model/content/weights-gone", test_weights_gone);
  ADD ("/model/content/weights-in-pipe", test_weights_in_pipe);
  ADD ("/model/content/weights-foreign", test_foreign_weights);
  ADD ("/model/content/weights-of-equation", test_weights_of_equation);
  ADD ("/model/content/refused", test_refused);
  ADD ("/model/content/stops", test_stops);
  return g_test_run ();
}
