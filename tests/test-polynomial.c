/* Typed polynomials: values by hand, round trips, and what hostile input is told. */
#include "pisd-polynomial.h"

#include "pisd-error.h"
#include "pisd-target.h"
#include "pisd-test.h"

static double
get (const char *text, double x, double y, double z)
{
  const double point[PISD_POLYNOMIAL_MAX_VARIABLES] = { x, y, z, 0.5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdPolynomial) polynomial = pisd_polynomial_parse (text, &error);
  double value;

  g_assert_no_error (error);
  pisd_polynomial_evaluate (polynomial, PISD_POLYNOMIAL_MAX_VARIABLES, 1, point, &value);
  return value;
}

static void
test_values (void)
{
  const double x = 0.7, y = -1.3, z = 2.1;

  test_assert_close (get ("x", x, y, z), x, 0.0);
  test_assert_close (get (" - 2x^3 y + 1.5e-1 z^2*x2 ", x, y, z),
                     -2 * x * x * x * y + 0.15 * z * z * y, 1e-14);
  test_assert_close (get ("(x + y)^3 (z - 1)", x, y, z), pow (x + y, 3) * (z - 1), 1e-14);
  test_assert_close (get ("2(x1 - x3)(x1 + x3) - .5", x, y, z), 2 * (x * x - z * z) - 0.5, 1e-14);
  test_assert_close (get ("x x2 x 2", x, y, z), 2 * x * x * y, 1e-15);
  test_assert_close (get ("x^0 + (x - x)^0", x, y, z), 2.0, 0.0);
  test_assert_close (get ("x - x", x, y, z), 0.0, 0.0);
  test_assert_close (get ("x4^2 + x10", x, y, z), 0.25, 0.0);
}

/* The targets at a point, by their formulas. */
static void
test_targets (void)
{
  const double x = -0.6, y = 0.4, z = 0.9, v = 0.5;
  const double heat[PISD_POLYNOMIAL_MAX_VARIABLES] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5 };
  g_autoptr (PisdPolynomial) sphere = pisd_target_make ("heat", NULL);
  double value;

  test_assert_close (get (pisd_target_find ("p1")->text, x, 0, 0),
                     pow (x, 10) - 2 * pow (x, 8) + 2 * pow (x, 5) + 3 * pow (x, 3) - 2 * x * x + 5,
                     1e-14);
  test_assert_close (get (pisd_target_find ("p2")->text, x, y, 0),
                     pow (y, 5) - x * x * x * y * y - 4 * x * x * y + 3 * x * x * x - y * y + x + 2,
                     1e-14);
  test_assert_close (get (pisd_target_find ("p4")->text, x, y, z),
                     pow (x, 6) * pow (v, 5) + pow (y, 6) - pow (x, 3) * y * y * z + v * v
                         - 4 * pow (z, 4) * pow (y, 4) + 3 * pow (v, 3) * pow (y, 3) - z * z * x + z
                         + 3,
                     1e-14);
  pisd_polynomial_evaluate (sphere, 10, 1, heat, &value);
  test_assert_close (value, 29.25, 1e-14);
  g_assert_cmpuint (pisd_polynomial_get_dimension (sphere), ==, 10);
}

/* What is written is read back, and written the same. */
static void
test_text (void)
{
  static const char *const rows[][2] = {
    { "x^2*3 - 1 + 0 y", "3 x^2 - 1" }, { "-(x+y)^2", "-x^2 - 2 x y - y^2" }, { "x - x", "0" },
    { "x4 - 0.1 x1", "x4 - 0.1 x1" },   { "y^5 + 1e-3 x", "y^5 + 0.001 x" },  { "-1", "-1" },
    { "+ x1 x2 x3 2", "2 x y z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdPolynomial) first = pisd_polynomial_parse (rows[i][0], NULL);
      g_autofree char *text = pisd_polynomial_dup_text (first);
      g_autoptr (PisdPolynomial) second = pisd_polynomial_parse (text, NULL);
      g_autofree char *again = pisd_polynomial_dup_text (second);

      g_assert_cmpstr (text, ==, rows[i][1]);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    PisdError code;
    const char *needle;
  } rows[] = {
    { "", PISD_ERROR_FORMAT, "position 1: got the end, expected a number" },
    { "x +", PISD_ERROR_FORMAT, "position 4: got the end" },
    { "x + * y", PISD_ERROR_FORMAT, "position 5: got \"*\"" },
    { "x^-1", PISD_ERROR_FORMAT, "position 3: got \"-\", expected a whole number" },
    { "x^1.5", PISD_ERROR_FORMAT, "" },
    { "(x + 1", PISD_ERROR_FORMAT, "position 7: got the end, expected `)`" },
    { "x)", PISD_ERROR_FORMAT, "position 2: got \")\"" },
    { "sin x", PISD_ERROR_FORMAT, "position 1: got \"s\"" },
    { "x11", PISD_ERROR_FORMAT, "position 1" },
    { "x0", PISD_ERROR_FORMAT, "position 1" },
    { "1..2", PISD_ERROR_FORMAT, "a decimal number" },
    { "1e999", PISD_ERROR_FORMAT, "a decimal number" },
    { "1e300 * 1e300", PISD_ERROR_NUMERIC, "larger than numbers" },
    { "x^31", PISD_ERROR_LIMIT, "exponent" },
    { "x^99999999999999999999", PISD_ERROR_LIMIT, "exponent" },
    { "x^20 y^20", PISD_ERROR_LIMIT, "degree 40" },
    { "(x+y+z+x4+x5+x6)^12", PISD_ERROR_LIMIT, "terms" },
    { "x²", PISD_ERROR_FORMAT, "position 2" },
    { "x\xff", PISD_ERROR_FORMAT, "position 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_polynomial_parse (rows[i].text, &error));
      g_assert_error (error, PISD_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].needle));
    }
}

/* Length and depth, and every prefix and every changed letter of a text: no crash, no hang. */
static void
test_hostile (void)
{
  static const char text[] = "2(x1 - x3)(x1 + 3.5e-2 x3)^3 - .5 y^2";
  static const char letters[] = "()^x9.e+\xff";
  g_autofree char *deep = g_strnfill (500, '('), *wide = g_strnfill (1001, '1');

  for (gsize i = 0; i < sizeof text - 1; i++)
    {
      g_autofree char *part = g_strndup (text, i), *changed = g_strdup (text);

      pisd_polynomial_free (pisd_polynomial_parse (part, NULL));
      for (guint l = 0; l < sizeof letters - 1; l++)
        {
          changed[i] = letters[l];
          pisd_polynomial_free (pisd_polynomial_parse (changed, NULL));
        }
    }
  g_assert_null (pisd_polynomial_parse (deep, NULL));
  g_assert_null (pisd_polynomial_parse (wide, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/polynomial/values", test_values);
  g_test_add_func ("/lab/polynomial/targets", test_targets);
  g_test_add_func ("/lab/polynomial/text", test_text);
  g_test_add_func ("/lab/polynomial/refused", test_refused);
  g_test_add_func ("/lab/polynomial/hostile", test_hostile);
  return g_test_run ();
}
