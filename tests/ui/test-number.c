/* Numbers as people read and type them. */

#include <math.h>

#include "explorer-number.h"

static void
test_shortest (void)
{
  const struct
  {
    double value;
    const char *text;
  } rows[] = { { 0, "0" },   { 0.0005, "0.0005" }, { 0.1 + 0.2, "0.30000000000000004" },
               { 70, "70" }, { 1e-9, "1e-09" },    { 0.985, "0.985" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *text = explorer_number_format (rows[k].value);

      g_assert_cmpstr (text, ==, rows[k].text);
      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, rows[k].value);
    }
}

static void
test_typed (void)
{
  const char *const good[] = { "0.5", "0,5", " .5 ", "5e-1" };
  const char *const bad[] = { "", " ", "half", "0.5x", "nan", "inf", "1.000.000" };
  double value;

  for (guint k = 0; k < G_N_ELEMENTS (good); k++)
    {
      g_assert_true (explorer_number_parse (good[k], &value));
      g_assert_cmpfloat (value, ==, 0.5);
    }
  for (guint k = 0; k < G_N_ELEMENTS (bad); k++)
    g_assert_false (explorer_number_parse (bad[k], &value));
}

static void
test_percent (void)
{
  const struct
  {
    double value;
    const char *text;
  } rows[] = { { 0.0752, "7.52\u00a0%" }, { 0.195, "19.5\u00a0%" },
               { 1, "100\u00a0%" },       { NAN, "–" },
               { 70, "7.0e+03\u00a0%" },  { 3e-16, "0.00\u00a0%" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *text = explorer_number_format_percent (rows[k].value);

      g_assert_cmpstr (text, ==, rows[k].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/number/shortest", test_shortest);
  g_test_add_func ("/app/number/typed", test_typed);
  g_test_add_func ("/app/number/percent", test_percent);
  return g_test_run ();
}
