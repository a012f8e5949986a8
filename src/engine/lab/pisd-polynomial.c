#include "pisd-polynomial.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-polynomial-terms.h"

#define MOST_DEPTH 20
#define MOST_DIGITS 40 /* of a number */

struct _PisdPolynomial
{
  guint dimension;
  PisdTerms *terms;
};

/* What is read, and where. */
typedef struct
{
  const char *text, *at;
  guint depth;
} Parser;

static PisdTerms *parse_sum (Parser *parser, GError **error);

/* What stands at a place, as a message names it. */
static PisdTerms *
refuse (const Parser *parser, const char *expected, GError **error)
{
  gunichar c = g_utf8_get_char_validated (parser->at, -1);
  char letters[7] = "";
  g_autofree char *got = NULL;

  if (c < 0x110000)
    g_unichar_to_utf8 (c, letters);
  got = *parser->at == '\0' ? g_strdup ("the end") : pisd_error_quote (letters);
  pisd_error_fail (error, PISD_ERROR_FORMAT, "polynomial, position %td: got %s, expected %s",
                   parser->at - parser->text + 1, got, expected);
  return NULL;
}

static void
skip_spaces (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

static gboolean
take (Parser *parser, char letter)
{
  skip_spaces (parser);
  if (*parser->at != letter)
    return FALSE;
  parser->at++;
  return TRUE;
}

/* Digits, a point, an exponent: where a number ends. */
static const char *
find_end_of_number (const char *at)
{
  while (g_ascii_isdigit (*at) || *at == '.')
    at++;
  if ((*at == 'e' || *at == 'E')
      && (g_ascii_isdigit (at[1]) || ((at[1] == '+' || at[1] == '-') && g_ascii_isdigit (at[2]))))
    for (at += 2; g_ascii_isdigit (*at);)
      at++;
  return at;
}

static PisdTerms *
parse_number (Parser *parser, GError **error)
{
  static const guint8 none[PISD_POLYNOMIAL_MAX_VARIABLES] = { 0 };
  const char *end = find_end_of_number (parser->at);
  char digits[MOST_DIGITS + 1];
  double value;
  PisdTerms *terms;

  g_strlcpy (digits, parser->at, MIN ((gsize) (end - parser->at) + 1, sizeof digits));
  if (end - parser->at > MOST_DIGITS || !pisd_number_parse (digits, &value))
    return refuse (parser, "a decimal number", error);
  parser->at = end;
  terms = pisd_terms_new ();
  pisd_terms_add (terms, value, none, NULL);
  return terms;
}

/* x, y, z or x1 to x10; 0: neither. */
static guint
take_variable (Parser *parser)
{
  const char *at = parser->at;
  guint number = 0;

  if (*at < 'x' || *at > 'z')
    return 0;
  if (*at++ != 'x' || !g_ascii_isdigit (*at))
    {
      number = at[-1] - 'x' + 1;
      parser->at = at;
      return number;
    }
  while (g_ascii_isdigit (*at) && number <= PISD_POLYNOMIAL_MAX_VARIABLES)
    number = 10 * number + (guint) (*at++ - '0');
  if (number > PISD_POLYNOMIAL_MAX_VARIABLES)
    return 0;
  if (number > 0)
    parser->at = at;
  return number;
}

static PisdTerms *
parse_brackets (Parser *parser, GError **error)
{
  g_autoptr (GArray) inside = NULL;

  if (++parser->depth > MOST_DEPTH)
    {
      pisd_error_fail (error, PISD_ERROR_LIMIT,
                       "polynomial, position %td: got more than %d brackets in each other, "
                       "expected at most as many",
                       parser->at - parser->text + 1, MOST_DEPTH);
      return NULL;
    }
  inside = parse_sum (parser, error);
  if (inside == NULL)
    return NULL;
  if (!take (parser, ')'))
    return refuse (parser, "`)`, `+`, `-` or a factor", error);
  parser->depth--;
  return g_steal_pointer (&inside);
}

static PisdTerms *
parse_atom (Parser *parser, GError **error)
{
  guint8 powers[PISD_POLYNOMIAL_MAX_VARIABLES] = { 0 };
  guint variable;
  PisdTerms *terms;

  skip_spaces (parser);
  if (g_ascii_isdigit (*parser->at) || *parser->at == '.')
    return parse_number (parser, error);
  if (take (parser, '('))
    return parse_brackets (parser, error);
  variable = take_variable (parser);
  if (variable == 0)
    return refuse (parser, "a number, `(`, x, y, z or x1 to x10", error);
  powers[variable - 1] = 1;
  terms = pisd_terms_new ();
  pisd_terms_add (terms, 1.0, powers, NULL);
  return terms;
}

static PisdTerms *
parse_factor (Parser *parser, GError **error)
{
  g_autoptr (GArray) atom = parse_atom (parser, error);
  guint n = 0;

  if (atom == NULL || !take (parser, '^'))
    return g_steal_pointer (&atom);
  skip_spaces (parser);
  if (!g_ascii_isdigit (*parser->at))
    return refuse (parser, "a whole number", error);
  while (g_ascii_isdigit (*parser->at) && n <= PISD_POLYNOMIAL_MAX_DEGREE)
    n = 10 * n + (guint) (*parser->at++ - '0');
  if (n > PISD_POLYNOMIAL_MAX_DEGREE)
    {
      pisd_error_fail (error, PISD_ERROR_LIMIT,
                       "polynomial, position %td: got an exponent above %u, expected at most that",
                       parser->at - parser->text, PISD_POLYNOMIAL_MAX_DEGREE);
      return NULL;
    }
  return pisd_terms_raise (atom, n, error);
}

/* Not with a point: x^1.5 and x1.5 are mistakes and no products. */
static gboolean
begins_factor (Parser *parser)
{
  skip_spaces (parser);
  return g_ascii_isalnum (*parser->at) || *parser->at == '(';
}

static PisdTerms *
parse_product (Parser *parser, GError **error)
{
  g_autoptr (GArray) product = parse_factor (parser, error);

  while (product != NULL && (take (parser, '*') || begins_factor (parser)))
    {
      g_autoptr (GArray) left = g_steal_pointer (&product);
      g_autoptr (GArray) right = parse_factor (parser, error);

      if (right != NULL)
        product = pisd_terms_multiply (left, right, error);
    }
  return g_steal_pointer (&product);
}

static PisdTerms *
parse_sum (Parser *parser, GError **error)
{
  g_autoptr (GArray) sum = pisd_terms_new ();
  gboolean is_minus = take (parser, '-');

  if (!is_minus)
    take (parser, '+');
  do
    {
      g_autoptr (GArray) product = parse_product (parser, error);

      if (product == NULL || !pisd_terms_add_all (sum, is_minus ? -1.0 : 1.0, product, error))
        return NULL;
      is_minus = take (parser, '-');
    }
  while (is_minus || take (parser, '+'));
  return g_steal_pointer (&sum);
}

static guint
find_dimension (const PisdTerms *terms)
{
  guint dimension = 1;

  for (guint i = 0; i < terms->len; i++)
    for (guint v = dimension; v < PISD_POLYNOMIAL_MAX_VARIABLES; v++)
      if (g_array_index (terms, PisdTerm, i).powers[v] > 0)
        dimension = v + 1;
  return dimension;
}

PisdPolynomial *
pisd_polynomial_parse (const char *text, GError **error)
{
  Parser parser = { text, text, 0 };
  g_autoptr (GArray) terms = NULL;
  PisdPolynomial *self;

  if (strlen (text) > PISD_POLYNOMIAL_MAX_LENGTH)
    {
      pisd_error_fail (error, PISD_ERROR_LIMIT,
                       "polynomial: got %zu characters, expected at most %u", strlen (text),
                       PISD_POLYNOMIAL_MAX_LENGTH);
      return NULL;
    }
  terms = parse_sum (&parser, error);
  if (terms == NULL)
    return NULL;
  skip_spaces (&parser);
  if (*parser.at != '\0')
    {
      refuse (&parser, "`+`, `-`, a factor or the end", error);
      return NULL;
    }
  self = g_new0 (PisdPolynomial, 1);
  self->terms = g_steal_pointer (&terms);
  self->dimension = find_dimension (self->terms);
  return self;
}

PisdPolynomial *
pisd_polynomial_dup (const PisdPolynomial *from)
{
  PisdPolynomial *self = g_new0 (PisdPolynomial, 1);

  self->dimension = from->dimension;
  self->terms = g_array_copy (from->terms);
  return self;
}

void
pisd_polynomial_free (PisdPolynomial *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->terms);
  g_free (self);
}

guint
pisd_polynomial_get_dimension (const PisdPolynomial *self)
{
  return self->dimension;
}

/* powers: [dimension][degree + 1] of the point. */
static void
fill_powers (guint dimension, const double *point, double powers[][PISD_POLYNOMIAL_MAX_DEGREE + 1])
{
  for (guint v = 0; v < dimension; v++)
    {
      powers[v][0] = 1.0;
      for (guint k = 1; k <= PISD_POLYNOMIAL_MAX_DEGREE; k++)
        powers[v][k] = powers[v][k - 1] * point[v];
    }
}

void
pisd_polynomial_evaluate (const PisdPolynomial *self,
                          guint d,
                          gsize n,
                          const double *points,
                          double *values)
{
  double powers[PISD_POLYNOMIAL_MAX_VARIABLES][PISD_POLYNOMIAL_MAX_DEGREE + 1];

  g_return_if_fail (d >= self->dimension);

  for (gsize i = 0; i < n; i++)
    {
      fill_powers (self->dimension, points + i * d, powers);
      values[i] = 0.0;
      for (guint t = 0; t < self->terms->len; t++)
        {
          const PisdTerm *term = &g_array_index (self->terms, PisdTerm, t);
          double product = term->coefficient;

          for (guint v = 0; v < self->dimension; v++)
            product *= powers[v][term->powers[v]];
          values[i] += product;
        }
    }
}

/* " x^3 y": the variables of a term. */
static void
append_variables (GString *text, const PisdPolynomial *self, const PisdTerm *term, gboolean apart)
{
  for (guint v = 0; v < self->dimension; v++)
    {
      if (term->powers[v] == 0)
        continue;
      if (apart)
        g_string_append_c (text, ' ');
      if (self->dimension <= 3)
        g_string_append_c (text, "xyz"[v]);
      else
        g_string_append_printf (text, "x%u", v + 1);
      if (term->powers[v] > 1)
        g_string_append_printf (text, "^%u", term->powers[v]);
      apart = TRUE;
    }
}

char *
pisd_polynomial_dup_text (const PisdPolynomial *self)
{
  static const guint8 none[PISD_POLYNOMIAL_MAX_VARIABLES] = { 0 };
  GString *text = g_string_new (self->terms->len == 0 ? "0" : "");

  for (guint t = 0; t < self->terms->len; t++)
    {
      const PisdTerm *term = &g_array_index (self->terms, PisdTerm, t);
      gboolean is_number = memcmp (term->powers, none, sizeof none) == 0, is_shown;
      char digits[PISD_NUMBER_SIZE];

      if (t > 0)
        g_string_append (text, term->coefficient < 0.0 ? " - " : " + ");
      else if (term->coefficient < 0.0)
        g_string_append_c (text, '-');
      is_shown = is_number || fabs (term->coefficient) != 1.0;
      if (is_shown)
        g_string_append (text, pisd_number_format (fabs (term->coefficient), digits));
      append_variables (text, self, term, is_shown);
    }
  return g_string_free (text, FALSE);
}
