#include "pisd-draw-text.h"

#include "pisd-test.h"

#include <glib/gstdio.h>

#define RAISED(text) "<span size='72%' baseline_shift='superscript'>" text "</span>"

static void
test_fonts (void)
{
  g_assert_true (pisd_draw_has_fonts ());
}

/* A process of its own, whose font configuration names no folder. */
static void
test_no_fonts (void)
{
  g_autofree char *path = NULL;
  int file;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  file = g_file_open_tmp ("pisd-fonts-XXXXXX", &path, NULL);
  g_assert_cmpint (file, >=, 0);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, "<fontconfig/>", -1, NULL));
  g_setenv ("FONTCONFIG_FILE", path, TRUE);
  g_assert_false (pisd_draw_has_fonts ());
  g_unlink (path);
}

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *text;
  } rows[] = {
    { 0.0, "0" },
    { 0.34, "0.340" },
    { -12.5, "\u221212.5" },
    { 999.95, "1000" },
    { 9994.0, "9994" },
    { 1.2e-5, "1.20\u00d710" RAISED ("\u22125") },
    { 9999.0, "1.00\u00d710" RAISED ("4") },
    { NAN, "NaN" },
    { INFINITY, "\u221e" },
    { -INFINITY, "\u2212\u221e" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *text = pisd_number_dup_markup (rows[k].value);

      g_autofree char *percent = pisd_percent_dup_markup (rows[k].value);
      g_autofree char *expected = g_strconcat (rows[k].text, "\u2009%", NULL);

      g_assert_cmpstr (text, ==, rows[k].text);
      g_assert_cmpstr (percent, ==, expected);
    }
}

static double
get_width (double size, gboolean bold, const char *markup)
{
  const PisdTextStyle style = { .size = size, .bold = bold };

  return pisd_text_get_width (&style, markup);
}

/* A quarter of a unit is a size; what lies between takes the one below and is never wider. */
static void
test_steps (void)
{
  const char *text = "relative error";

  g_assert_cmpfloat (get_width (12.49, FALSE, text), ==, get_width (12.25, FALSE, text));
  g_assert_cmpfloat (get_width (12.5, FALSE, text), >, get_width (12.25, FALSE, text));
  g_assert_cmpfloat (get_width (0.1, FALSE, text), >, 0.0);
}

/* Widths grow in proportion to the type's size: nothing is rounded to whole pixels. */
static void
test_widths (void)
{
  const char *text = "relative error";

  test_assert_close (get_width (24.0, FALSE, text) / get_width (12.0, FALSE, text), 2.0, 0.01);
  g_assert_cmpfloat (get_width (12.0, TRUE, text), >, get_width (12.0, FALSE, text));
  g_assert_cmpfloat (get_width (12.0, FALSE, "10" RAISED ("3")), <, get_width (12.0, FALSE, "103"));
}

/* A paragraph grows by lines of one height, and is measured without a context. */
static void
test_paragraph (void)
{
  const PisdTextStyle style = { .size = 12.0, .max_width = 100.0 };
  double one = pisd_draw_paragraph (NULL, 0.0, 0.0, &style, "one");
  double many = pisd_draw_paragraph (NULL, 0.0, 0.0, &style,
                                     "one two three four five six seven eight nine ten");

  g_assert_cmpfloat (one, >, style.size);
  g_assert_cmpfloat (many, >=, 3.0 * one);
  test_assert_close (many / one, round (many / one), 0.02);
}

/* A word is not broken: its type gets smaller. */
static void
test_long_word (void)
{
  const char *const word = "Einstellungen";
  PisdTextStyle style = { .size = 12.0 };
  const double width = pisd_text_get_width (&style, word);
  double one;

  style.max_width = 2.0 * width;
  one = pisd_draw_paragraph (NULL, 0.0, 0.0, &style, word);
  for (double part = 0.95; part > 0.6; part -= 0.05)
    {
      style.max_width = part * width;
      g_assert_cmpfloat (pisd_draw_paragraph (NULL, 0.0, 0.0, &style, word), <, one);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/text/fonts", test_fonts);
  g_test_add_func ("/draw/text/no-fonts", test_no_fonts);
  g_test_add_func ("/draw/text/numbers", test_numbers);
  g_test_add_func ("/draw/text/widths", test_widths);
  g_test_add_func ("/draw/text/steps", test_steps);
  g_test_add_func ("/draw/text/paragraph", test_paragraph);
  g_test_add_func ("/draw/text/long-word", test_long_word);
  return g_test_run ();
}
