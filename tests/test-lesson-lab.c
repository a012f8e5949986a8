/* Lessons of the labs: their settings by key, their runs, what is said of wrong lines. */

#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-lesson-run.h"
#include "pisd-regression.h"
#include "pisd-test-lesson.h"
#include "pisd-test.h"

static PisdLabSetup *
make (PisdLab lab, const char *const *pairs)
{
  PisdLabSetup *setup = pisd_lab_setup_new (lab);
  g_autoptr (GError) error = NULL;

  for (guint k = 0; pairs[k] != NULL; k += 2)
    pisd_lab_setup_set (setup, pairs[k], pairs[k + 1], &error);
  g_assert_no_error (error);
  return setup;
}

/* What is set is there; a choice brings what is usual for it, and leaves the rest. */
static void
test_keys (void)
{
  static const char *const points[] = { "data",    "ring", "exact", "yes",  "steps",
                                        "7",       "eta",  "0.25",  "rule", "ddpm",
                                        "samples", "40",   "seed",  "3",    NULL };
  static const char *const flow[] = { "target",     "p2",   "method", "flow", "until", "3.5",
                                      "activation", "tanh", "points", "50",   NULL };
  g_autoptr (PisdLabSetup) ring = make (PISD_LAB_DIFFUSION, points);
  g_autoptr (PisdLabSetup) p2 = make (PISD_LAB_TRAINING, flow);
  g_autoptr (PisdRegressionPlan) usual = pisd_regression_plan_new ("p2", PISD_DESCENT_FLOW, NULL);

  g_assert_cmpint (ring->data, ==, PISD_LAB_RING);
  g_assert_cmpfloat (pisd_lab_setup_get (ring, "exact"), ==, 1);
  g_assert_cmpfloat (pisd_lab_setup_get (ring, "steps"), ==, 7);
  g_assert_cmpfloat (pisd_lab_setup_get (ring, "eta"), ==, 0.25);
  g_assert_cmpfloat (pisd_lab_setup_get (ring, "rule"), ==, PISD_SAMPLE_DDPM);
  g_assert_cmpfloat (pisd_lab_setup_get (ring, "seed"), ==, 3);
  g_assert_true (isnan (pisd_lab_setup_get (ring, "target")));
  g_assert_cmpstr (p2->regression->target_name, ==, "p2");
  g_assert_cmpint (p2->regression->method, ==, PISD_DESCENT_FLOW);
  g_assert_cmpuint (p2->regression->n_layers, ==, usual->n_layers);
  g_assert_cmpfloat (pisd_lab_setup_get (p2, "until"), ==, 3.5);
  g_assert_cmpfloat (pisd_lab_setup_get (p2, "points"), ==, 50);
  g_assert_true (isnan (pisd_lab_setup_get (p2, "target")));
}

/* What brings the usual for others is set before them, wherever it stands; the first wrong value is
 * named. */
static void
test_order (void)
{
  const PisdLabValue values[] = {
    { "width", "32" },  { "times", "60" },      { "network", "convolution" }, { "latent", NULL },
    { "drop", "0.25" }, { "data", "digits-8" }, { "guidance", "2" },          { "seed", "5" }
  };
  const PisdLabValue wrong[] = { { "guidance", "11" }, { "data", "ring" }, { "features", "5" } };
  g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (PISD_LAB_DIFFUSION);
  g_autoptr (GError) error = NULL;
  guint k;

  g_assert_true (pisd_lab_setup_set_all (setup, G_N_ELEMENTS (values), values, &k, &error));
  g_assert_true (pisd_lab_setup_check (setup, &error));
  g_assert_cmpint (setup->data, ==, PISD_LAB_DIGITS_8);
  g_assert_cmpint (setup->diffuser.kind, ==, PISD_DIFFUSER_CONVOLUTION);
  g_assert_cmpuint (setup->diffuser.width, ==, 32);
  g_assert_cmpuint (setup->diffuser.batch, ==, 64);
  g_assert_cmpuint (setup->diffuser.n_times, ==, 60);
  g_assert_cmpfloat (setup->diffuser.drop, ==, 0.25);
  g_assert_cmpfloat (setup->guidance, ==, 2.0);
  g_assert_cmpuint (setup->diffuser.seed, ==, 5);
  g_assert_false (pisd_lab_setup_set_all (setup, 3, wrong, &k, &error));
  g_assert_cmpuint (k, ==, 0);
  g_assert_nonnull (strstr (error->message, "guidance: got `11`, expected a number from 0 to 10"));
  g_clear_error (&error);
  g_assert_false (pisd_lab_setup_set_all (setup, 2, wrong + 1, &k, &error));
  g_assert_cmpuint (k, ==, 1);
  g_assert_nonnull (strstr (error->message, "features: got `5`"));
}

/* A training that goes to pieces is no run; with guidance samples are other ones. */
static void
test_failed (void)
{
  static const char *const plain[] = { "train", "20",      "batch", "64", "width",
                                       "16",    "samples", "50",    NULL };
  g_autoptr (PisdLabSetup) high = make (PISD_LAB_DIFFUSION, plain);
  g_autoptr (PisdLabSetup) setup = make (PISD_LAB_DIFFUSION, plain);
  g_autoptr (PisdLabRun) without = NULL, with = NULL;
  g_autoptr (GError) error = NULL;

  high->diffuser.rate = 1e200;
  g_assert_null (pisd_lab_run_new (high, 1, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
  g_assert_nonnull (strstr (error->message, "Step 2: the loss is no finite number"));
  without = pisd_lab_run_new (setup, 1, NULL, NULL);
  setup->guidance = 3.0;
  with = pisd_lab_run_new (setup, 1, NULL, NULL);
  g_assert_cmpfloat (without->result.energy_distance, !=, with->result.energy_distance);
}

#define DIFFUSION "[lesson]\ntitle = x\n[diffusion]\n"
#define TRAINING "[lesson]\ntitle = x\n[training]\n"

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    guint line;
    const char *needle;
  } rows[] = {
    { DIFFUSION "target = p1\n", 4, "got \"target\"" },
    { DIFFUSION "sensors = none\n", 4, "got \"sensors\"" },
    { DIFFUSION "[setup]\n", 4, "in that order" },
    { DIFFUSION "data = stars\n[step]\nsay = x\n", 4, "moons, spiral" },
    { DIFFUSION "data = drawn\n[step]\nsay = x\n", 4, "no drawing" },
    { DIFFUSION "exact = maybe\n[step]\nsay = x\n", 4, "no, yes" },
    { DIFFUSION "steps = 1.5\n[step]\nsay = x\n", 4, "a whole number from 1" },
    { DIFFUSION "samples = 5001\n[step]\nsay = x\n", 4,
      "samples: got 5001, expected at most 5000 of moons" },
    { DIFFUSION "samples = 501\ndata = digits-8\n[step]\nsay = x\n", 4,
      "samples: got 501, expected at most 500 of digits-8" },
    { DIFFUSION "samples = 600\n[step]\nsay = x\n[step]\ndata = digits-8\nsay = x\n", 4,
      "at most 500" },
    { DIFFUSION "eta = 2\n[step]\nsay = x\n", 4, "a number from 0 to 1" },
    { DIFFUSION "times = 20\n[step]\nsay = x\n", 5, "at most times, 20" },
    { DIFFUSION "exact = yes\n[step]\nsay = x\n", 5, "ring or mixture" },
    { DIFFUSION "[step]\nsay = x\nlook = truth\n", 6, "got \"look\"" },
    { DIFFUSION "[step]\nsay = {error-u: 1}\n", 5, "got \"error-u\"" },
    { DIFFUSION "[step]\nsay = {loss: 1}\n", 5, "got \"loss\"" },
    { TRAINING "target = x^\n[step]\nsay = x\n", 4, "" },
    { TRAINING "network = 2-3\n[step]\nsay = x\n", 4, "" },
    { TRAINING "method = newton\n[step]\nsay = x\n", 4, "gradient, adam, flow" },
    { TRAINING "points = 0\n[step]\nsay = x\n", 4, "points" },
    { TRAINING "[step]\nsay = x\n[try]\nask = x\ndone = x\nwhen = steps is 3\n", 9, "choices" },
    { TRAINING "[step]\nsay = x\n[try]\nask = x\ndone = x\nwhen = method is x\n", 9, "adam" },
    /* What could steer a terminal. */
    { TRAINING "[step]\nsay = x\n[try]\nask = x\ndone = x\nwhen = \x1b is x\n", 9, "`\\u001b`" },
    { TRAINING "points = \x1b\n[step]\nsay = x\n", 4, "`\\u001b`" },
    { TRAINING "method = \x1b\n[step]\nsay = x\n", 4, "`\\u001b`" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    test_lesson_assert_refused (rows[k].text, rows[k].line, rows[k].needle);
}

/* A leading line may stand behind others; the run is that of the parts below. */
static void
test_training (void)
{
  static const char text[] = TRAINING "points = 120\nsteps = 30\nmethod = gradient\nseed = 4\n"
                                      "[step]\nsay = {steps: 30} {points: 120} {time: 0.03}\n"
                                      "[try]\nask = x\nwhen = method is adam and norm > 0\n"
                                      "done = x\n[answer]\nmethod = adam\nsteps = 10\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLesson) lesson = test_lesson_load (text, test_english, &error);
  g_autoptr (PisdRegression) run = NULL;
  g_auto (PisdLessonReport) report = { 0 };
  g_autoptr (PisdLessonRun) made = NULL;
  PisdRegressionRow row;

  g_assert_no_error (error);
  g_assert_cmpint (lesson->stage, ==, PISD_STAGE_TRAINING);
  g_assert_true (pisd_lesson_check (lesson, 1, NULL, &report, &error));
  g_assert_true (pisd_lesson_report_is_good (&report));
  made = pisd_lesson_run_new (lesson, 0, 1, NULL, &error);
  run = pisd_regression_new (lesson->steps[0].lab->regression, NULL, &error);
  for (guint k = 0; k < 30; k++)
    g_assert_true (pisd_regression_step (run, &error));
  pisd_regression_measure (run, TRUE, &row);
  g_assert_cmpfloat (pisd_lesson_fact_get ("loss", pisd_lesson_run_get_facts (made)), ==, row.loss);
  g_assert_cmpfloat (pisd_lesson_fact_get ("norm", pisd_lesson_run_get_facts (made)), ==, row.norm);
}

/* One step leads all samples to the middle, many lead them to the data; and a network is trained
 * where none is left out. */
static void
test_diffusion (void)
{
  static const char text[] =
      DIFFUSION "data = mixture\nexact = yes\nsteps = 1\nsamples = 200\n[step]\nsay = x\n"
                "[step]\nsteps = 40\nsay = x\n[step]\nexact = no\ntrain = 3\nwidth = 8\nsay = x\n";
  g_autoptr (PisdLesson) lesson = test_lesson_load (text, test_english, NULL);
  double ratios[3];

  for (guint k = 0; k < 3; k++)
    {
      g_autoptr (PisdLessonRun) run = pisd_lesson_run_new (lesson, k, 1, NULL, NULL);
      const PisdLessonFacts *facts = pisd_lesson_run_get_facts (run);

      ratios[k] = pisd_lesson_fact_get ("energy-ratio", facts);
      test_assert_close (ratios[k],
                         pisd_lesson_fact_get ("energy-distance", facts)
                             / pisd_lesson_fact_get ("fresh-distance", facts),
                         1e-12);
      g_assert_null (pisd_lesson_run_get_channel (run));
      /* the closed form knows no labels, within which there could be diversity */
      g_assert_true (isnan (pisd_lesson_fact_get ("diversity", facts)) == (k < 2));
    }
  g_assert_cmpfloat (ratios[0], >, 20);
  g_assert_cmpfloat (ratios[1], <, 3);
  g_assert_cmpfloat (ratios[2], >, 3);
}

/* What is drawn of a run: paths end in the samples, bit for bit, and the log in its numbers. */
static void
test_pictures (void)
{
  g_autoptr (PisdLesson) points = test_lesson_load (
      DIFFUSION "data = mixture\nexact = yes\nsteps = 3\nsamples = 90\n[step]\nsay = x\n",
      test_english, NULL);
  g_autoptr (PisdLesson) training =
      test_lesson_load (TRAINING "points = 120\nsteps = 30\n[step]\nsay = x\n", test_english, NULL);
  g_autoptr (PisdLessonRun) sampled = pisd_lesson_run_new (points, 0, 1, NULL, NULL);
  g_autoptr (PisdLessonRun) trained = pisd_lesson_run_new (training, 0, 1, NULL, NULL);
  const PisdLabRun *run = pisd_lesson_run_get_lab (sampled);

  g_assert_cmpuint (run->n, ==, 90);
  g_assert_cmpuint (run->n_paths, ==, 60);
  g_assert_cmpuint (run->n_stops, ==, 3);
  g_assert_cmpmem (run->samples, 2 * 60 * sizeof (double), run->paths + 3 * 2 * 60,
                   2 * 60 * sizeof (double));
  g_assert_null (run->log);
  run = pisd_lesson_run_get_lab (trained);
  g_assert_null (run->samples);
  g_assert_cmpfloat (pisd_regression_log_get_last_whole (run->log)->loss, ==, run->result.loss);
}

static void
test_stopped (void)
{
  for (PisdLab lab = 0; lab < PISD_N_LABS; lab++)
    {
      g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (lab);
      g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
      g_autoptr (GError) error = NULL;

      pisd_cancel_trigger (cancel);
      g_assert_null (pisd_lab_run_new (setup, 1, cancel, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lesson-lab/settings", test_keys);
  g_test_add_func ("/model/lesson-lab/order", test_order);
  g_test_add_func ("/model/lesson-lab/failed", test_failed);
  g_test_add_func ("/model/lesson-lab/wrong", test_wrong);
  g_test_add_func ("/model/lesson-lab/training", test_training);
  g_test_add_func ("/model/lesson-lab/diffusion", test_diffusion);
  g_test_add_func ("/model/lesson-lab/pictures", test_pictures);
  g_test_add_func ("/model/lesson-lab/stopped", test_stopped);
  return g_test_run ();
}
