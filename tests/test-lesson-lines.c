/* The lines of a lesson's file, and the sentences with figures in them. */

#include "pisd-lesson-lines.h"
#include "pisd-test-lesson.h"

static GPtrArray *
read (const char *text, GError **error)
{
  g_autoptr (PisdInput) input = test_lesson_input (text);

  return pisd_lesson_lines_read (input, error);
}

static void
assert_line (const GPtrArray *lines,
             guint k,
             guint number,
             const char *key,
             const char *language,
             const char *value)
{
  const PisdLessonLine *line = g_ptr_array_index (lines, k);

  g_assert_cmpuint (line->number, ==, number);
  g_assert_cmpstr (line->key, ==, key);
  g_assert_cmpstr (line->language, ==, language);
  g_assert_cmpstr (line->value, ==, value);
}

/* Remarks and empty lines count, and are no lines; values go on where a line begins with a space. */
static void
test_lines (void)
{
  static const char text[] =
      "# remark\n\n[lesson]\ntitle = A = b\ntitle [de]=Ä\n  goes on\n\tand on\n"
      "[step]\n# say = no\nsay =\n  later\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = read (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 5);
  assert_line (lines, 0, 3, NULL, NULL, NULL);
  assert_line (lines, 1, 4, "title", NULL, "A = b");
  assert_line (lines, 2, 5, "title", "de", "Ä goes on and on");
  assert_line (lines, 3, 8, NULL, NULL, NULL);
  assert_line (lines, 4, 10, "say", NULL, "later");
  g_assert_cmpstr (((PisdLessonLine *) g_ptr_array_index (lines, 4))->group, ==, "step");
}

/* A value that goes on for as many lines as there may be, and one line behind it. */
static void
test_long_value (void)
{
  g_autoptr (GString) text = g_string_new ("[lesson]\ntitle = 0\n");
  g_autoptr (GString) value = g_string_new ("0");
  g_autoptr (GPtrArray) lines = NULL;

  for (guint k = 1; k < 9000; k++)
    {
      g_string_append_printf (text, "  %u\n", k);
      g_string_append_printf (value, " %u", k);
    }
  g_string_append (text, "x = y\n");
  lines = read (text->str, NULL);
  g_assert_cmpuint (lines->len, ==, 3);
  assert_line (lines, 1, 2, "title", NULL, value->str);
  assert_line (lines, 2, 9002, "x", NULL, "y");
}

/* As editors on other systems write them. */
static void
test_encodings (void)
{
  static const char text[] = "[lesson]\r\ntitle = Wärme\r\n  = u\r\n";
  g_autofree char *wide = NULL;
  gsize size;

  wide = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &size, NULL);
  for (guint is_wide = 0; is_wide < 2; is_wide++)
    {
      g_autoptr (GBytes) bytes =
          g_bytes_new (is_wide ? wide : text, is_wide ? size : strlen (text));
      g_autoptr (PisdInput) input = pisd_input_new_for_bytes (TEST_LESSON, bytes);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) lines = pisd_lesson_lines_read (input, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (lines->len, ==, 2);
      assert_line (lines, 1, 2, "title", NULL, "Wärme = u");
    }
}

static void
test_wrong_lines (void)
{
  static const struct
  {
    const char *text;
    guint line;
    const char *needle;
  } rows[] = {
    { "title = x\n", 1, "expected [lesson]" },
    { "[lesson]\n\n[step\n", 3, "expected [GROUP]" },
    { "[]\n", 1, "expected [GROUP]" },
    { "[lesson] x\n", 1, "expected [GROUP]" },
    { "[lesson]\n  goes on\n", 2, "does not begin with a space" },
    { "  first\n", 1, "does not begin with a space" },
    { "[lesson]\njunk\n", 2, "expected KEY = VALUE" },
    { "[lesson]\n = x\n", 2, "does not begin with a space" },
    { "[lesson]\n= x\n", 2, "expected KEY = VALUE or KEY[LANGUAGE]" },
    { "[lesson]\ntitle[de = x\n", 2, "got \"title[de = x\"" },
    { "[lesson]\ntitle[] = x\n", 2, "KEY[LANGUAGE]" },
    { "[lesson]\ntitle[de]x = x\n", 2, "KEY[LANGUAGE]" },
    { "[lesson]\n[de] = x\n", 2, "expected [GROUP]" },
    { "[lesson]\n\xc3(\n", 0, "" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read (rows[k].text, &error));
      if (rows[k].line > 0)
        test_lesson_assert_message (error->message, rows[k].line, rows[k].needle);
      else
        g_assert_true (g_str_has_prefix (error->message, TEST_LESSON));
    }
}

/* A file that never ends is not read to its end. */
static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("[lesson]\n");
  g_autoptr (GError) error = NULL;

  for (guint k = 1; k < 10000; k++)
    g_string_append (text, "a = b\n");
  g_ptr_array_unref (read (text->str, &error));
  g_assert_no_error (error);
  g_string_append (text, "a = b\n");
  g_assert_null (read (text->str, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
}

/* Sentences. */

static void
test_phrase (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLessonPhrase) good =
      pisd_lesson_phrase_new ("u: {error-u: 1.50} %, once {residual@2: 1e-3}.", &error);
  const PisdLessonFigure *figure;

  g_assert_no_error (error);
  g_assert_cmpstr (pisd_lesson_phrase_get_text (good), ==, "u: 1.50\u00a0%, once 1e-3.");
  g_assert_cmpuint (pisd_lesson_phrase_get_n_figures (good), ==, 2);
  figure = pisd_lesson_phrase_get_figure (good, 0);
  g_assert_cmpstr (figure->fact, ==, "error-u");
  g_assert_cmpuint (figure->step, ==, 0);
  g_assert_cmpfloat (figure->value, ==, 1.5);
  figure = pisd_lesson_phrase_get_figure (good, 1);
  g_assert_cmpstr (figure->fact, ==, "residual");
  g_assert_cmpuint (figure->step, ==, 2);
  g_assert_cmpfloat (figure->value, ==, 0.001);
}

static void
test_wrong_phrases (void)
{
  static const char *const texts[] = {
    "{",
    "{}",
    "{error-u}",
    "{error-u: }",
    "{error-u: 1,5}",
    "{: 1}",
    "{error-u: x",
    "{error-u@: 1}",
    "{error-u@ 2: 1}",
    "{error-u@0: 1}",
    "{error-u@100: 1}",
    "{@1: 1}",
    "{error-u: nan}",
    "{error-u: 1 %}",
  };

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    {
      g_autoptr (GError) error = NULL;

      if (pisd_lesson_phrase_new (texts[k], &error) != NULL)
        g_error ("`%s`: got a sentence, expected an error", texts[k]);
      g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
    }
}

/* In any order, but each as often. */
static void
test_claims_same (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean same;
  } rows[] = {
    { "none", "keine", TRUE },
    { "{u: 1} and {v@2: 2}", "{v@2: 2} und {u: 1}", TRUE },
    { "{u: 1}", "{u: 1.0}", TRUE },
    { "{u: 1}", "{u: 2}", FALSE },
    { "{u: 1}", "{u@1: 1}", FALSE },
    { "{u: 1}", "{v: 1}", FALSE },
    { "{u: 1} {u: 1} {v: 1}", "{u: 1} {v: 1} {v: 1}", FALSE },
    { "{u: 1}", "u", FALSE },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (PisdLessonPhrase) a = pisd_lesson_phrase_new (rows[k].a, NULL);
      g_autoptr (PisdLessonPhrase) b = pisd_lesson_phrase_new (rows[k].b, NULL);

      g_assert_cmpint (pisd_lesson_phrase_claims_same (a, b), ==, rows[k].same);
      g_assert_cmpint (pisd_lesson_phrase_claims_same (b, a), ==, rows[k].same);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/lesson-lines/lines", test_lines);
  g_test_add_func ("/model/lesson-lines/long-value", test_long_value);
  g_test_add_func ("/model/lesson-lines/encodings", test_encodings);
  g_test_add_func ("/model/lesson-lines/wrong", test_wrong_lines);
  g_test_add_func ("/model/lesson-lines/too-long", test_too_long);
  g_test_add_func ("/model/lesson-lines/phrase", test_phrase);
  g_test_add_func ("/model/lesson-lines/wrong-phrases", test_wrong_phrases);
  g_test_add_func ("/model/lesson-lines/claims-same", test_claims_same);
  return g_test_run ();
}
