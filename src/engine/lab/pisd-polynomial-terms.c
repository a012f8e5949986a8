#include "pisd-polynomial-terms.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"

PisdTerms *
pisd_terms_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (PisdTerm));
}

static PisdTerm *
find (PisdTerms *terms, const guint8 *powers, guint *index)
{
  for (*index = 0; *index < terms->len; (*index)++)
    {
      PisdTerm *term = &g_array_index (terms, PisdTerm, *index);

      if (memcmp (term->powers, powers, sizeof term->powers) == 0)
        return term;
    }
  return NULL;
}

static gboolean
check (const PisdTerms *terms, const PisdTerm *term, GError **error)
{
  guint degree = 0;

  for (guint i = 0; i < PISD_POLYNOMIAL_MAX_VARIABLES; i++)
    degree += term->powers[i];
  if (degree > PISD_POLYNOMIAL_MAX_DEGREE)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            "polynomial: got a term of degree %u, expected at most %u", degree,
                            PISD_POLYNOMIAL_MAX_DEGREE);
  if (!isfinite (term->coefficient))
    return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                            "polynomial: a coefficient is larger than numbers can be");
  if (terms->len > PISD_POLYNOMIAL_MAX_TERMS)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            "polynomial: got more than %u terms, expected at most as many",
                            PISD_POLYNOMIAL_MAX_TERMS);
  return TRUE;
}

gboolean
pisd_terms_add (PisdTerms *terms, double c, const guint8 *powers, GError **error)
{
  guint index;
  PisdTerm *term = find (terms, powers, &index);
  PisdTerm fresh = { .coefficient = c };

  if (term == NULL)
    {
      memcpy (fresh.powers, powers, sizeof fresh.powers);
      g_array_append_val (terms, fresh);
      term = &g_array_index (terms, PisdTerm, index);
    }
  else
    term->coefficient += c;
  if (!check (terms, term, error))
    return FALSE;
  if (term->coefficient == 0.0)
    g_array_remove_index (terms, index);
  return TRUE;
}

gboolean
pisd_terms_add_all (PisdTerms *terms, double c, const PisdTerms *other, GError **error)
{
  for (guint i = 0; i < other->len; i++)
    {
      const PisdTerm *term = &g_array_index (other, PisdTerm, i);

      if (!pisd_terms_add (terms, c * term->coefficient, term->powers, error))
        return FALSE;
    }
  return TRUE;
}

PisdTerms *
pisd_terms_multiply (const PisdTerms *a, const PisdTerms *b, GError **error)
{
  PisdTerms *product = pisd_terms_new ();

  for (guint i = 0; i < a->len; i++)
    for (guint j = 0; j < b->len; j++)
      {
        const PisdTerm *s = &g_array_index (a, PisdTerm, i), *t = &g_array_index (b, PisdTerm, j);
        guint8 powers[PISD_POLYNOMIAL_MAX_VARIABLES];

        for (guint v = 0; v < PISD_POLYNOMIAL_MAX_VARIABLES; v++)
          powers[v] = s->powers[v] + t->powers[v];
        if (!pisd_terms_add (product, s->coefficient * t->coefficient, powers, error))
          {
            g_array_unref (product);
            return NULL;
          }
      }
  return product;
}

PisdTerms *
pisd_terms_raise (const PisdTerms *a, guint n, GError **error)
{
  static const guint8 none[PISD_POLYNOMIAL_MAX_VARIABLES] = { 0 };
  PisdTerms *power = pisd_terms_new ();

  pisd_terms_add (power, 1.0, none, NULL);
  for (guint i = 0; i < n && power != NULL; i++)
    {
      PisdTerms *next = pisd_terms_multiply (power, a, error);

      g_array_unref (power);
      power = next;
    }
  return power;
}
