/* What tests of lessons share: texts as files, and what is said of those that are wrong. */
#pragma once

#include <string.h>

#include "pisd-error.h"
#include "pisd-lesson.h"

#define TEST_LESSON "test.lesson"

static const char *const test_english[] = { "en", NULL };
static const char *const test_german[] = { "de", NULL };

static inline PisdInput *
test_lesson_input (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return pisd_input_new_for_bytes (TEST_LESSON, bytes);
}

static inline PisdLesson *
test_lesson_load (const char *text, const char *const *languages, GError **error)
{
  g_autoptr (PisdInput) input = test_lesson_input (text);

  return pisd_lesson_load (input, languages, error);
}

/* The message begins with the file and that line (0: with the file alone) and holds `needle`. */
static inline void
test_lesson_assert_message (const char *message, guint line, const char *needle)
{
  g_autofree char *start =
      line > 0 ? g_strdup_printf (TEST_LESSON ":%u: ", line) : g_strdup (TEST_LESSON ": ");

  if (!g_str_has_prefix (message, start) || strstr (message, needle) == NULL)
    g_error ("got `%s`, expected it to begin with `%s` and to hold `%s`", message, start, needle);
}

/* The text is refused so. */
static inline void
test_lesson_assert_refused (const char *text, guint line, const char *needle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLesson) lesson = test_lesson_load (text, test_english, &error);

  if (lesson != NULL)
    g_error ("`%s`: got a lesson, expected `%s`", text, needle);
  g_assert_true (error->domain == PISD_ERROR);
  test_lesson_assert_message (error->message, line, needle);
}
