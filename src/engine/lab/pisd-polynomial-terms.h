/* Sums of monomials, as the parser of polynomials builds them up.
 *
 * Errors:  PISD_ERROR_LIMIT, PISD_ERROR_NUMERIC.
 * Threads: one at a time. */
#pragma once

#include "pisd-polynomial.h"

G_BEGIN_DECLS

typedef struct
{
  double coefficient; /* finite, not 0 */
  guint8 powers[PISD_POLYNOMIAL_MAX_VARIABLES];
} PisdTerm;

/* Of PisdTerm, no two with the same powers, in the order in which they came up. */
typedef GArray PisdTerms;

PisdTerms *pisd_terms_new (void);

/* terms += c * monomial */
gboolean pisd_terms_add (PisdTerms *terms, double c, const guint8 *powers, GError **error);
/* terms += c * other */
gboolean pisd_terms_add_all (PisdTerms *terms, double c, const PisdTerms *other, GError **error);
/* The product of two sums; NULL: error. */
PisdTerms *pisd_terms_multiply (const PisdTerms *a, const PisdTerms *b, GError **error);
/* a to the power of n. */
PisdTerms *pisd_terms_raise (const PisdTerms *a, guint n, GError **error);

G_END_DECLS
