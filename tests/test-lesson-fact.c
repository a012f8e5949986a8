/* What lessons know of a run, against the run's own numbers; claims, and what is made of them. */

#include "pisd-exact.h"
#include "pisd-lesson-run.h"
#include "pisd-run.h"
#include "pisd-test-lesson.h"
#include "pisd-test.h"

#define SET_UP                           \
  "[lesson]\ntitle = Small\n[setup]\n"   \
  "problem = poisson\n"                  \
  "sensors = random u 40 seed 1\n"       \
  "sensors = random a 7 seed 1\n"        \
  "guidance = pisd\n"                    \
  "modes = 12\nsteps = 8\nsamples = 2\n" \
  "zeta-pde = 1e-3\n"
#define TEXT                                                             \
  SET_UP "[step]\nsay = {ratio-u: 1} {share-obs_a: 1}\nshow = 50\n"      \
         "[step]\nsay = {error-u: 1} {error-u@1: 1} {sigma: 0}\n"        \
         "[try]\nask = {steps: 8}\nwhen = sensors < 47 and did sensor\n" \
         "done = {sensors: 40}\n"                                        \
         "[answer]\nsensors = none\nsensors = random u 40 seed 1\ndoes = sensor\ndoes = run\n"

static PisdLesson *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  PisdLesson *lesson = test_lesson_load (text, test_english, &error);

  g_assert_no_error (error);
  return lesson;
}

static PisdLessonRun *
run (const PisdLesson *lesson, guint step)
{
  g_autoptr (GError) error = NULL;
  PisdLessonRun *made = pisd_lesson_run_new (lesson, step, 1, NULL, &error);

  g_assert_no_error (error);
  return made;
}

static void
assert_fact (const PisdLessonFacts *facts, const char *name, double expected)
{
  test_assert_close (pisd_lesson_fact_get (name, facts), expected, 1e-12 * fabs (expected));
}

/* By hand, from the fields. */
static double
measure_error (const PisdScenario *scenario, guint f, const PisdField *estimate)
{
  const PisdField *truth = pisd_instance_get_fields (scenario->instance)[f];

  return 100 * test_difference (estimate->data, truth->data, pisd_field_get_n (truth));
}

static double
measure_size (const PisdScenario *scenario, guint f)
{
  const PisdField *truth = pisd_instance_get_fields (scenario->instance)[f];

  return test_norm (truth->data, pisd_field_get_n (truth)) / sqrt (pisd_field_get_n (truth));
}

/* The same run and the same exact answer, made without a lesson. */
static void
test_numbers (void)
{
  g_autoptr (PisdLesson) lesson = load (TEXT);
  g_autoptr (PisdLessonRun) made = run (lesson, 0);
  const PisdLessonFacts *facts = pisd_lesson_run_get_facts (made);
  const PisdScenario *scenario = lesson->steps[0].scenario;
  g_autoptr (PisdResult) result = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  g_autoptr (PisdExact) exact = pisd_exact_new (scenario, NULL, FALSE, 1, NULL, NULL);
  const double error_u = measure_error (scenario, 1, result->mean[1]);
  const double exact_u = measure_error (scenario, 1, exact->mean[1]);

  test_assert_close (pisd_lesson_fact_get ("error-u", facts), error_u, 1e-9 * error_u);
  test_assert_close (pisd_lesson_fact_get ("exact-u", facts), exact_u, 1e-9 * exact_u);
  test_assert_close (pisd_lesson_fact_get ("ratio-u", facts), error_u / exact_u, 1e-9);
  assert_fact (facts, "error-a", 100 * result->errors[0]);
  assert_fact (facts, "size-a", measure_size (scenario, 0));
  assert_fact (facts, "size-u", measure_size (scenario, 1));
  assert_fact (facts, "residual", 100 * result->residual_spectral);
  assert_fact (facts, "truth-residual", 100 * result->truth_residual_spectral);
  assert_fact (facts, "evaluations", result->n_evaluations);
  assert_fact (facts, "sensors", 47);
  assert_fact (facts, "sensors-a", 7);
  assert_fact (facts, "sensors-u", 40);
  assert_fact (facts, "steps", 8);
  assert_fact (facts, "zeta-pde", 1e-3);
  assert_fact (facts, "guidance", PISD_GUIDANCE_PISD);
  g_assert_true (isnan (pisd_lesson_fact_get ("calibration-u", facts))); /* of two samples */
}

/* Of the step that is shown, half way. */
static void
test_frame (void)
{
  g_autoptr (PisdLesson) lesson = load (TEXT);
  g_autoptr (PisdLessonRun) made = run (lesson, 0);
  const PisdLessonFacts *facts = pisd_lesson_run_get_facts (made);
  g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (pisd_lesson_run_get_channel (made), 4);

  g_assert_true (facts->frame == frame);
  g_assert_cmpuint (frame->n_steps, ==, 8);
  assert_fact (facts, "shown", 50);
  assert_fact (facts, "sigma", frame->sigma);
  assert_fact (facts, "shown-error-a", 100 * frame->errors[0]);
  assert_fact (facts, "shown-error-u", 100 * frame->errors[1]);
  assert_fact (facts, "share-obs_a", 100 * frame->shares[0]);
  test_assert_close (pisd_lesson_fact_get ("share-obs_a", facts)
                         + pisd_lesson_fact_get ("share-obs_u", facts)
                         + pisd_lesson_fact_get ("share-pde", facts),
                     100, 1e-9);
}

/* Without a run, an exact answer or a truth nothing is known of them. */
static void
test_unknown (void)
{
  static const char *const names[] = { "error-u",  "exact-u", "ratio-u",     "calibration-u",
                                       "sigma",    "shown",   "share-pde",   "shown-error-u",
                                       "residual", "size-u",  "evaluations", "truth-residual" };
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  const PisdLessonFacts facts = { .scenario = scenario };
  const PisdLessonSubject fields = { PISD_STAGE_FIELDS, scenario->settings.problem };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_assert_true (pisd_lesson_fact_exists (names[k], &fields));
      if (!isnan (pisd_lesson_fact_get (names[k], &facts)))
        g_error ("%s: got a number, expected none", names[k]);
    }
  g_assert_false (pisd_lesson_fact_exists ("error-w", &fields));
  g_assert_false (pisd_lesson_fact_exists ("error", &fields));
}

/* A step of the same set-up is gone to, without another run, and knows what a run of its own does. */
static void
test_go (void)
{
  g_autoptr (PisdLesson) lesson = load (TEXT);
  g_autoptr (PisdLessonRun) made = run (lesson, 0);
  g_autoptr (PisdLessonRun) other = run (lesson, 1);
  PisdChannel *channel = pisd_lesson_run_get_channel (made);
  PisdLessonRun *moved = g_steal_pointer (&made);

  g_assert_false (lesson->steps[0].is_same);
  g_assert_true (lesson->steps[1].is_same);
  g_assert_false (lesson->task.answer.is_same);
  g_assert_true (pisd_lesson_run_advance (&moved, lesson, 1, 1, NULL, NULL));
  g_assert_true (pisd_lesson_run_get_channel (moved) == channel);
  g_assert_cmpfloat (pisd_lesson_fact_get ("shown", pisd_lesson_run_get_facts (moved)), ==, 100);
  g_assert_cmpfloat (pisd_lesson_fact_get ("error-u", pisd_lesson_run_get_facts (moved)), ==,
                     pisd_lesson_fact_get ("error-u", pisd_lesson_run_get_facts (other)));
  g_assert_true (pisd_lesson_run_advance (&moved, lesson, 2, 1, NULL, NULL));
  g_assert_cmpfloat (pisd_lesson_fact_get ("sensors", pisd_lesson_run_get_facts (moved)), ==, 40);
  g_assert_cmpuint (pisd_lesson_run_get_facts (moved)->deeds, ==,
                    1u << PISD_DEED_RUN | 1u << PISD_DEED_SENSOR);
  pisd_lesson_run_free (moved);
}

/* Claims stand in the order of the runs that they speak of, and wrong ones are wrong. */
static void
test_check (void)
{
  static const struct
  {
    guint step;
    const char *fact;
    gboolean holds;
  } rows[] = {
    { 0, "ratio-u", FALSE }, { 0, "share-obs_a", FALSE }, { 0, "error-u", FALSE },
    { 1, "error-u", FALSE }, { 1, "sigma", TRUE },        { 1, "steps", TRUE },
    { 2, "sensors", TRUE },
  };
  g_autoptr (PisdLesson) lesson = load (TEXT);
  g_auto (PisdLessonReport) report = { 0 };

  g_assert_true (pisd_lesson_check (lesson, 1, NULL, &report, NULL));
  g_assert_cmpuint (report.claims->len, ==, G_N_ELEMENTS (rows));
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      const PisdLessonClaim *claim = &g_array_index (report.claims, PisdLessonClaim, k);

      g_assert_cmpuint (claim->step, ==, rows[k].step);
      g_assert_cmpstr (claim->fact, ==, rows[k].fact);
      g_assert_cmpint (pisd_lesson_claim_holds (claim), ==, rows[k].holds);
    }
  g_assert_true (report.asks);
  g_assert_false (report.fulfilled_before);
  g_assert_true (report.fulfilled);
  g_assert_false (pisd_lesson_report_is_good (&report));
}

/* Within a percent of what is claimed; no number is no claim that holds. */
static void
test_tolerance (void)
{
  static const struct
  {
    double claimed, measured;
    gboolean holds;
  } rows[] = {
    { 100, 100.99, TRUE }, { 100, 101.01, FALSE }, { 100, 99.01, TRUE }, { 100, 98.99, FALSE },
    { -2, -2.01, TRUE },   { -2, 2, FALSE },       { 0, 0, TRUE },       { 0, 1e-9, FALSE },
    { 1, NAN, FALSE },     { 0, NAN, FALSE },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      const PisdLessonClaim claim = { 0, "error-u", rows[k].claimed, rows[k].measured };

      g_assert_cmpint (pisd_lesson_claim_holds (&claim), ==, rows[k].holds);
    }
}

/* A task that is done before anything is done is no task; one that the answer leaves undone, too. */
static void
test_bad_tasks (void)
{
  static const char *const tasks[] = { "when = sensors > 3\n", "when = sensors > 300\n" };

  for (guint k = 0; k < G_N_ELEMENTS (tasks); k++)
    {
      g_autofree char *text =
          g_strconcat (SET_UP "steps = 2\n[step]\nsay = x\n[try]\nask = x\ndone = x\n", tasks[k],
                       "[answer]\ndoes = run\n", NULL);
      g_autoptr (PisdLesson) lesson = load (text);
      g_auto (PisdLessonReport) report = { 0 };

      g_assert_true (pisd_lesson_check (lesson, 1, NULL, &report, NULL));
      g_assert_cmpint (report.fulfilled_before, ==, k == 0);
      g_assert_cmpint (report.fulfilled, ==, k == 0);
      g_assert_false (pisd_lesson_report_is_good (&report));
    }
}

/* A check that is stopped says so. */
static void
test_stopped (void)
{
  g_autoptr (PisdLesson) lesson = load (TEXT);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  g_auto (PisdLessonReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  pisd_cancel_trigger (cancel);
  g_assert_false (pisd_lesson_check (lesson, 1, cancel, &report, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lesson-fact/numbers", test_numbers);
  g_test_add_func ("/model/lesson-fact/frame", test_frame);
  g_test_add_func ("/model/lesson-fact/unknown", test_unknown);
  g_test_add_func ("/model/lesson-fact/go", test_go);
  g_test_add_func ("/model/lesson-fact/check", test_check);
  g_test_add_func ("/model/lesson-fact/tolerance", test_tolerance);
  g_test_add_func ("/model/lesson-fact/bad-tasks", test_bad_tasks);
  g_test_add_func ("/model/lesson-fact/stopped", test_stopped);
  return g_test_run ();
}
