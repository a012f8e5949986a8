/* Polynomials that a person types. */
#include <math.h>

#include "fuzz.h"
#include "pisd-polynomial.h"

static void
seed_polynomial (GPtrArray *seeds)
{
  fuzz_add_text (seeds, "x^10 - 2 x^8 + 5");
  fuzz_add_text (seeds, "-(x1 + 2e-3*x2)^3 (x10 - .5)(1+y)z^2");
  fuzz_add_text (seeds, "((((x))))^30 1e300 - 7.25E+2");
}

/* What it is written as says the same. */
static void
read_again (const PisdPolynomial *polynomial)
{
  static const double point[PISD_POLYNOMIAL_MAX_VARIABLES] = { 0.5, -0.25, 0.75, 0.5, 0.5,
                                                               0.5, 0.5,   0.5,  0.5, -0.5 };
  g_autofree char *text = pisd_polynomial_dup_text (polynomial);
  g_autoptr (PisdPolynomial) again = NULL;
  g_autoptr (GError) error = NULL;
  double value, same;

  again = pisd_polynomial_parse (text, &error);
  if (again == NULL && g_utf8_strlen (text, -1) > PISD_POLYNOMIAL_MAX_LENGTH)
    return;
  g_assert_no_error (error);
  pisd_polynomial_evaluate (polynomial, PISD_POLYNOMIAL_MAX_VARIABLES, 1, point, &value);
  pisd_polynomial_evaluate (again, PISD_POLYNOMIAL_MAX_VARIABLES, 1, point, &same);
  g_assert_true (value == same || (isnan (value) && isnan (same)));
}

static void
feed_polynomial (GBytes *bytes)
{
  g_autofree char *text = fuzz_dup_text (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdPolynomial) polynomial = pisd_polynomial_parse (text, &error);

  if (polynomial != NULL)
    read_again (polynomial);
  fuzz_check (polynomial != NULL, &error);
}

const FuzzTarget fuzz_polynomial = { "polynomial", seed_polynomial, feed_polynomial,
                                     3000,         1 << 20,         64 };
