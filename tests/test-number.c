#include <float.h>
#include <string.h>

#include "pisd-number.h"
#include "pisd-test.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    double value;
  } rows[] = {
    { "0", 0 },
    { "-1.5e-3", -1.5e-3 },
    { "+2", 2 },
    { ".5", 0.5 },
    { "3.", 3 },
    { "1E3", 1000 },
    { "1e-400", 0 },
    { "0.1", 0.1 },
    { "1.7976931348623157e308", DBL_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double value = -7;

      g_assert_true (pisd_number_parse (rows[i].text, &value));
      g_assert_cmpfloat (value, ==, rows[i].value);
    }
}

static void
test_refuse (void)
{
  static const char *const texts[] = { "",      "abc",   " 1",      "1 ",        "1,5",   "0x10",
                                       "nan",   "NaN",   "inf",     "-Infinity", "1e",    "1e+",
                                       "1.2.3", "--1",   "1e999",   "-1e999",    "1_000", "1;",
                                       ".",     "e5",    "1e5x",    "+",         "\"1\"", "1f",
                                       "1-2",   "1e5e5", "\xc2\xb9" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double value = -7;

      if (pisd_number_parse (texts[i], &value))
        g_error ("\"%s\" was read as %g", texts[i], value);
      g_assert_cmpfloat (value, ==, -7);
    }
}

static void
test_shortest (void)
{
  char buffer[PISD_NUMBER_SIZE];

  g_assert_cmpstr (pisd_number_format (0.1, buffer), ==, "0.1");
  g_assert_cmpstr (pisd_number_format (0.0005, buffer), ==, "0.0005");
  g_assert_cmpstr (pisd_number_format (80, buffer), ==, "80");
  g_assert_cmpstr (pisd_number_format (-0.0, buffer), ==, "-0");
}

/* Any finite bit pattern comes back. */
static void
test_round_trip (void)
{
  const double extremes[] = {
    0, -0.0, DBL_MIN, DBL_MAX, -DBL_MAX, 4.9406564584124654e-324, 1 / 3.0
  };

  for (guint i = 0; i < 20000; i++)
    {
      char buffer[PISD_NUMBER_SIZE];
      double value, back = 0;
      guint64 bits;

      bits = (guint64) (pisd_rng_uniform (1, PISD_STREAM_TEST, 0, i) * 0x1p53) << 11;
      bits |= (guint64) (pisd_rng_uniform (2, PISD_STREAM_TEST, 0, i) * 2048);
      memcpy (&value, &bits, sizeof value);
      if (i < G_N_ELEMENTS (extremes))
        value = extremes[i];
      if (!isfinite (value))
        continue;

      g_assert_true (pisd_number_parse (pisd_number_format (value, buffer), &back));
      g_assert_cmpint (memcmp (&value, &back, sizeof value), ==, 0);
    }
}

/* What is no number, or infinite, leaves its cell empty. */
static void
test_cells (void)
{
  const double values[] = { 0.1, NAN, -2.0, INFINITY };
  g_autoptr (GString) text = g_string_new ("a");

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    pisd_number_append_cell (text, values[i]);
  g_assert_cmpstr (text->str, ==, "a,0.1,,-2,");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/number/parse", test_parse);
  g_test_add_func ("/base/number/refuse", test_refuse);
  g_test_add_func ("/base/number/shortest", test_shortest);
  g_test_add_func ("/base/number/round-trip", test_round_trip);
  g_test_add_func ("/base/number/cells", test_cells);
  return g_test_run ();
}
