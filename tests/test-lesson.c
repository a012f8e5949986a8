/* Lessons as a whole: what is read of one, in which language, and what is said of a wrong line. */

#include <math.h>

#include "pisd-lesson-bundle.h"
#include "pisd-test-lesson.h"

#define TEXT                                                                   \
  "[lesson]\ntitle = Small\ntitle[de] = Klein\n"                               \
  "[setup]\nsteps = 5\nsensors = ring u 4\n"                                   \
  "[step]\nsay = One {steps: 5}.\nsay[de] = {steps: 5} eins.\n"                \
  "look = estimate, error:modes\nshow = 30\n"                                  \
  "[step]\nsteps = 6\nsay = Two {steps@1: 5}.\nsay[de] = Zwei {steps@1: 5}.\n" \
  "[try]\nask = Try.\nask[de] = Versuche.\nwhen = steps > 6\n"                 \
  "done = Done {steps: 7}.\ndone[de] = Fertig {steps: 7}.\n"                   \
  "[answer]\nsteps = 7\nshow = 100\nlook = truth\ndoes = run\ndoes = scrub\n"

static void
test_load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLesson) lesson = test_lesson_load (TEXT, test_english, &error);
  const PisdLessonStep *step;

  g_assert_no_error (error);
  g_assert_cmpstr (lesson->title, ==, "Small");
  g_assert_cmpuint (lesson->n_steps, ==, 2);
  step = &lesson->steps[0];
  g_assert_cmpstr (pisd_lesson_phrase_get_text (step->say), ==, "One 5.");
  g_assert_cmpuint (step->scenario->settings.steps, ==, 5);
  g_assert_cmpuint (step->scenario->sensors->n, ==, 4);
  g_assert_cmpuint (step->n_picks, ==, 2);
  g_assert_cmpint (step->picks[1].quantity, ==, PISD_QUANTITY_ERROR);
  g_assert_true (step->picks[1].of_modes);
  g_assert_cmpfloat (step->show, ==, 0.3);
  step = &lesson->steps[1];
  g_assert_cmpuint (step->scenario->settings.steps, ==, 6);
  g_assert_cmpuint (step->n_picks, ==, 0);
  g_assert_true (isnan (step->show));
  step = pisd_lesson_get_step (lesson, 2);
  g_assert_true (step == &lesson->task.answer);
  g_assert_cmpuint (step->scenario->settings.steps, ==, 7);
  g_assert_cmpuint (step->scenario->sensors->n, ==, 4);
  g_assert_cmpuint (lesson->task.deeds, ==, 1u << PISD_DEED_RUN | 1u << PISD_DEED_SCRUB);
  g_assert_cmpstr (pisd_lesson_phrase_get_text (lesson->task.done), ==, "Done 7.");
  g_assert_null (pisd_lesson_get_step (lesson, 3));
}

/* Sentences in the best language that they have. */
static void
test_languages (void)
{
  static const char *const swiss[] = { "fr", "de_CH", "de", "en", NULL };
  static const char *const french[] = { "fr", NULL };
  g_autoptr (PisdLesson) german = test_lesson_load (TEXT, swiss, NULL);
  g_autoptr (PisdLesson) none = test_lesson_load (TEXT, french, NULL);
  g_autoptr (PisdInput) input = test_lesson_input (TEXT);
  g_autofree char *title = pisd_lesson_load_title (input, test_german, NULL);

  g_assert_cmpstr (german->title, ==, "Klein");
  g_assert_cmpstr (title, ==, "Klein");
  g_assert_cmpstr (pisd_lesson_phrase_get_text (german->steps[1].say), ==, "Zwei 5.");
  g_assert_cmpstr (pisd_lesson_phrase_get_text (german->task.ask), ==, "Versuche.");
  g_assert_cmpstr (none->title, ==, "Small");
}

/* The exact answer is asked for where somebody speaks of it. */
static void
test_needs_exact (void)
{
  static const char text[] = "[lesson]\ntitle = x\n[step]\nsay = x\n[step]\nsay = {exact-u@1: 1}\n"
                             "[step]\nsay = x\n[try]\nask = x\nwhen = ratio-a < 1\ndone = x\n"
                             "[answer]\nsteps = 3\n";
  static const gboolean expected[] = { TRUE, FALSE, TRUE, TRUE };
  g_autoptr (PisdLesson) lesson = test_lesson_load (text, test_english, NULL);

  for (guint k = 0; k < G_N_ELEMENTS (expected); k++)
    g_assert_cmpint (pisd_lesson_needs_exact (lesson, k), ==, expected[k]);
}

#define HEAD "[lesson]\ntitle = x\n"

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    guint line;
    const char *needle;
  } rows[] = {
    { "", 0, "at least one [step]" },
    { HEAD, 0, "at least one [step]" },
    { "[setup]\n", 1, "in that order" },
    { "[other]\n", 1, "[lesson], [setup]" },
    { "[lesson]\n[step]\nsay = x\n", 1, "title = ..." },
    { "[lesson]\ntitle[de] = x\n", 1, "title = ..." },
    { "[lesson]\ntitle =\n", 2, "something behind the =" },
    { HEAD "title[de] =\n", 3, "something behind the =" },
    { HEAD "title = y\n", 3, "each language once" },
    { HEAD "author = y\n", 3, "expected title" },
    { HEAD "steps = 3\n", 3, "got \"steps\"" },
    { HEAD "[lesson]\n", 3, "in that order" },
    { HEAD "[setup]\nsay = x\n", 4, "a setting, sensors or truth" },
    { HEAD "[setup]\nsteps[de] = 3\n", 4, "got \"steps\"" },
    { HEAD "[step]\nsay = x\n[setup]\n", 5, "in that order" },
    { HEAD "[step]\n", 3, "say = ..." },
    { HEAD "[step]\nsay[de] = x\n", 3, "say = ..." },
    { HEAD "[step]\nsay = x\nsay = y\n", 5, "each language once" },
    { HEAD "[step]\nsay = x\nsay[de] =\n", 5, "something behind the =" },
    { HEAD "[step]\nsay = {x: 1}\n", 4, "what is known of a run" },
    { HEAD "[step]\nsay = {error-u@2: 1}\n", 4, "of this step or of one before it" },
    { HEAD "[step]\nsay = {steps: 1}\nsay[de] = {steps: 2}\n", 5, "the figures of the same" },
    { HEAD "[step]\nsay = x\nlook = u\n", 5, "estimate, truth" },
    { HEAD "[step]\nsay = x\nlook = truth,truth,truth,truth,truth\n", 5, "at most four" },
    { HEAD "[step]\nsay = x\nshow = 101\n", 5, "0 to 100" },
    { HEAD "[step]\nsay = x\nshow = all\n", 5, "0 to 100" },
    { HEAD "[step]\nsay = x\nshow = 1\nshow = 2\n", 6, "each language once" },
    { HEAD "[step]\nsay = x\nsteps = x\n", 5, "steps" },
    { HEAD "[try]\nask = x\n", 3, "a [step] before it" },
    { HEAD "[step]\nsay = x\n[try]\nask = x\ndone = x\n", 5, "when = ..." },
    { HEAD "[step]\nsay = x\n[try]\nask = x\nwhen = x\n", 7, "FACT < NUMBER" },
    { HEAD "[step]\nsay = x\n[try]\nask = x\nwhen = did run\n", 5, "done = ..." },
    { HEAD "[step]\nsay = x\n[try]\nwhen = did run\ndone = x\n", 5, "ask = ..." },
    { HEAD "[step]\nsay = x\n[try]\nask = x\nwhen = did run\ndone = {steps: 3}\n", 0,
      "[answer], whose run" },
    { HEAD "[step]\nsay = x\n[try]\nsteps = 3\n", 6, "expected ask, when, done" },
    { HEAD "[step]\nsay = x\n[answer]\n", 5, "a [try] before it" },
    { HEAD "[step]\nsay = x\n[try]\nask = x\nwhen = did run\ndone = x\n[answer]\ndoes = x\n", 10,
      "what a person can do" },
    { HEAD "[step]\nsay = x\n[try]\nask = x\nwhen = did run\ndone = x\n[answer]\nsay = x\n", 10,
      "got \"say\"" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    test_lesson_assert_refused (rows[k].text, rows[k].line, rows[k].needle);
}

static void
test_too_many_steps (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);

  for (guint k = 0; k <= PISD_LESSON_MOST_STEPS; k++)
    g_string_append (text, "[step]\nsay = x\n");
  test_lesson_assert_refused (text->str, 3 + 2 * PISD_LESSON_MOST_STEPS, "at most 20");
}

/* Every line of a lesson in turn is made wrong. */

static char *
dup_bundled (const char *name)
{
  g_autoptr (PisdInput) input = NULL;
  guint k;

  g_assert_true (pisd_lesson_bundle_find (name, &k));
  input = pisd_lesson_bundle_open (k);
  return pisd_input_read_text (input, G_MAXINT32, NULL, NULL);
}

static char *
dup_with (char **lines, guint k, const char *wrong)
{
  char *right = lines[k];
  char *text;

  lines[k] = (char *) wrong;
  text = g_strjoinv ("\n", lines);
  lines[k] = right;
  return text;
}

/* A title may be anything; a sentence has figures. */
static gboolean
is_title (const char *line)
{
  return g_str_has_prefix (line, "title");
}

static void
assert_each_wrong (char **lines, guint k)
{
  g_autofree char *junk = dup_with (lines, k, "junk");
  g_autofree char *unknown = dup_with (lines, k, "colour = green");
  g_autofree char *key = g_strndup (lines[k], strcspn (lines[k], "="));
  g_autofree char *value = g_strconcat (key, "= {?", NULL);
  g_autofree char *nothing = g_strconcat (key, "=", NULL);
  g_autofree char *bad = dup_with (lines, k, value);
  g_autofree char *empty = dup_with (lines, k, nothing);

  test_lesson_assert_refused (junk, k + 1, lines[k][0] == '[' ? "" : "KEY = VALUE");
  test_lesson_assert_refused (unknown, k + 1, lines[k][0] == '[' ? "" : "\"colour\"");
  if (lines[k][0] == '[')
    return;
  test_lesson_assert_refused (empty, k + 1, "");
  if (!is_title (lines[k]))
    test_lesson_assert_refused (bad, k + 1, "");
}

/* Without the line there is a lesson, or a message that names the file. */
static void
assert_without (char **lines, guint k)
{
  g_autofree char *text = dup_with (lines, k, "# gone");
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLesson) lesson = test_lesson_load (text, test_german, &error);

  if (lesson == NULL)
    g_assert_true (g_str_has_prefix (error->message, TEST_LESSON ":"));
}

static void
test_every_line (void)
{
  g_autofree char *text = dup_bundled ("clustered-sensors");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint k = 0; lines[k] != NULL; k++)
    if (lines[k][0] != '\0' && lines[k][0] != '#')
      {
        assert_each_wrong (lines, k);
        assert_without (lines, k);
      }
}

/* Wherever a file ends, it is a lesson or it is refused. */
static void
test_truncated (void)
{
  for (guint n = 0; n < strlen (TEXT); n++)
    {
      g_autofree char *text = g_strndup (TEXT, n);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdLesson) lesson = test_lesson_load (text, test_english, &error);

      g_assert_true ((lesson == NULL) == (error != NULL));
    }
}

/* The list of the program and the folder hold the same. */
static void
test_bundle (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_getenv ("PISD_TEST_LESSONS"), 0, NULL);
  guint n = 0, k;

  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *base = NULL;

      if (!g_str_has_suffix (name, ".lesson"))
        continue;
      base = g_strndup (name, strlen (name) - strlen (".lesson"));
      if (!pisd_lesson_bundle_find (base, &k))
        g_error ("%s is not in the program's list", name);
      n++;
    }
  g_assert_cmpuint (n, ==, pisd_lesson_bundle_get_n ());
  for (k = 0; k < n; k++)
    {
      g_autoptr (PisdInput) input = pisd_lesson_bundle_open (k);
      g_autofree char *english = pisd_lesson_load_title (input, test_english, NULL);
      g_autofree char *german = pisd_lesson_load_title (input, test_german, NULL);

      g_assert_cmpstr (english, !=, german);
    }
  g_assert_false (pisd_lesson_bundle_find ("nothing", &k));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lesson/load", test_load);
  g_test_add_func ("/model/lesson/languages", test_languages);
  g_test_add_func ("/model/lesson/needs-exact", test_needs_exact);
  g_test_add_func ("/model/lesson/wrong", test_wrong);
  g_test_add_func ("/model/lesson/too-many-steps", test_too_many_steps);
  g_test_add_func ("/model/lesson/every-line", test_every_line);
  g_test_add_func ("/model/lesson/truncated", test_truncated);
  g_test_add_func ("/model/lesson/bundle", test_bundle);
  return g_test_run ();
}
