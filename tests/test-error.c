#include <string.h>

#include "pisd-error.h"

static void
test_meanings (void)
{
  for (guint code = 0; code < PISD_N_ERRORS; code++)
    {
      g_assert_nonnull (pisd_error_get_meaning (code));
      for (guint other = 0; other < code; other++)
        g_assert_cmpstr (pisd_error_get_meaning (code), !=, pisd_error_get_meaning (other));
    }
}

/* Whatever a file holds, the message is one line of valid text. */
static void
test_quote (void)
{
  static const struct
  {
    const char *text, *quoted;
  } rows[] = {
    { "", "\"\"" },
    { "abc", "\"abc\"" },
    { "größe", "\"größe\"" },
    { "a\nb\t", "\"a\\u000ab\\u0009\"" },
    { "\x1b[31m", "\"\\u001b[31m\"" },
    { "\xff\xfe", "\"\\xff\\xfe\"" },
    { "a\xc3", "\"a\\xc3\"" },
    { "0123456789012345678901234567890123456789", "\"0123456789012345678901234567890123456789\"" },
    { "01234567890123456789012345678901234567890",
      "\"0123456789012345678901234567890123456789...\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = pisd_error_quote (rows[i].text);

      g_assert_cmpstr (quoted, ==, rows[i].quoted);
      g_assert_true (g_utf8_validate (quoted, -1, NULL));
    }
}

/* A name of a file or a library's text: whole, without quotes, and as harmless. */
static void
test_escape (void)
{
  g_autofree char *longer = g_strnfill (100, 'x');
  g_autofree char *same = pisd_error_escape (longer);
  g_autofree char *base = pisd_error_escape_base ("/some/folder/a\nb.csv");
  g_autofree char *escaped = pisd_error_escape ("a b\n\x1b[31m\xff\u202e\"");

  g_assert_cmpstr (same, ==, longer);
  g_assert_cmpstr (escaped, ==, "a b\\u000a\\u001b[31m\\xff\\u202e\"");
  g_assert_cmpstr (base, ==, "a\\u000ab.csv");
}

/* A check ends with it: the error is set, where one is asked for, and what comes back is FALSE. */
static void
test_fail (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_error_fail (&error, PISD_ERROR_SHAPE, "got %u, expected %s", 3u, "4"));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_SHAPE);
  g_assert_cmpstr (error->message, ==, "got 3, expected 4");
  g_assert_false (pisd_error_fail (NULL, PISD_ERROR_SHAPE, "%s", "unheard"));
}

static void
test_got (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_error_fail_got (&error, PISD_ERROR_RANGE, "cell", "a\n", "a number"));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_assert_cmpstr (error->message, ==, "cell: got \"a\\u000a\", expected a number");
  g_assert_false (pisd_error_fail_got (NULL, PISD_ERROR_RANGE, "cell", "", "a number"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/fail", test_fail);
  g_test_add_func ("/base/error/meanings", test_meanings);
  g_test_add_func ("/base/error/quote", test_quote);
  g_test_add_func ("/base/error/escape", test_escape);
  g_test_add_func ("/base/error/got", test_got);
  return g_test_run ();
}
