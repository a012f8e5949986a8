/* Every lesson that comes with the program, run: its figures hold within a percent, its task is not
 * done before it is tried, and is noticed when it is. */

#include <string.h>

#include "pisd-lesson-bundle.h"
#include "pisd-lesson-run.h"

static PisdLesson *
load_from (PisdInput *input, const char *language)
{
  const char *languages[] = { language, NULL };
  g_autoptr (GError) error = NULL;
  PisdLesson *lesson = pisd_lesson_load (input, languages, &error);

  g_assert_no_error (error);
  return lesson;
}

static PisdLesson *
load (guint k, const char *language)
{
  g_autoptr (PisdInput) input = pisd_lesson_bundle_open (k);

  return load_from (input, language);
}

/* Nothing is left in the other language. */
static void
assert_translated (const PisdLessonPhrase *english, const PisdLessonPhrase *german)
{
  g_assert_cmpstr (pisd_lesson_phrase_get_text (english), !=, pisd_lesson_phrase_get_text (german));
}

static void
test_languages (gconstpointer data)
{
  g_autoptr (PisdLesson) english = load (GPOINTER_TO_UINT (data), "en");
  g_autoptr (PisdLesson) german = load (GPOINTER_TO_UINT (data), "de");

  g_assert_cmpstr (english->title, !=, german->title);
  for (guint k = 0; k < english->n_steps; k++)
    assert_translated (english->steps[k].say, german->steps[k].say);
  g_assert_nonnull (english->task.condition);
  assert_translated (english->task.ask, german->task.ask);
  assert_translated (english->task.done, german->task.done);
}

static void
assert_holds (const PisdLesson *lesson)
{
  g_auto (PisdLessonReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  pisd_lesson_check (lesson, 1, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.claims->len, >, 0);
  for (guint k = 0; k < report.claims->len; k++)
    {
      const PisdLessonClaim *claim = &g_array_index (report.claims, PisdLessonClaim, k);

      if (!pisd_lesson_claim_holds (claim))
        g_error ("%s, step %u, %s: claims %g, measured %g", lesson->title, claim->step + 1,
                 claim->fact, claim->claimed, claim->measured);
    }
  g_assert_true (report.asks);
  g_assert_false (report.fulfilled_before);
  g_assert_true (report.fulfilled);
}

static void
test_holds (gconstpointer data)
{
  g_autoptr (PisdLesson) lesson = load (GPOINTER_TO_UINT (data), "en");

  assert_holds (lesson);
}

/* The example of the text that says how to write one: its first indented lines. */
static void
test_example (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_LESSONS"), "README.md", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdLesson) lesson = NULL;

  g_assert_true (g_file_get_contents (path, &whole, NULL, NULL));
  lines = g_strsplit (strstr (whole, "## The form"), "\n", -1);
  for (guint k = 1; lines[k] != NULL && (lines[k][0] == '\0' || lines[k][0] == ' '); k++)
    g_string_append_printf (text, "%s\n", lines[k][0] == ' ' ? lines[k] + 4 : "");
  bytes = g_bytes_new (text->str, text->len);
  input = pisd_input_new_for_bytes ("README.md", bytes);
  lesson = load_from (input, "en");
  g_assert_cmpuint (lesson->n_steps, >, 1);
  assert_holds (lesson);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lessons/example", test_example);
  for (guint k = 0; k < pisd_lesson_bundle_get_n (); k++)
    {
      const char *name = pisd_lesson_bundle_get_name (k);
      g_autofree char *languages = g_strconcat ("/model/lessons/languages/", name, NULL);
      g_autofree char *holds = g_strconcat ("/model/lessons/holds/", name, NULL);

      g_test_add_data_func (languages, GUINT_TO_POINTER (k), test_languages);
      g_test_add_data_func (holds, GUINT_TO_POINTER (k), test_holds);
    }
  return g_test_run ();
}
