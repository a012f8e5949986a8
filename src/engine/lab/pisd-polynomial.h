/* Polynomials in up to ten variables: typed by a person, evaluated at many points.
 *
 *   sum     [+-] product ([+-] product) ...
 *   product factor ([*] factor) ...
 *   factor  (number | variable | "(" sum ")") ["^" whole number]
 *
 * Variables are x, y, z or x1 to x10; x is x1, y is x2 and z is x3.
 * Shapes:  points [n, d], one row a point; values [n].
 * Errors:  PISD_ERROR_FORMAT (where, got, expected), PISD_ERROR_LIMIT (length, depth, exponents,
 *          terms), PISD_ERROR_NUMERIC (a coefficient overflows).
 * Threads: constant: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_POLYNOMIAL_MAX_VARIABLES 10
#define PISD_POLYNOMIAL_MAX_DEGREE 30
#define PISD_POLYNOMIAL_MAX_TERMS 200
#define PISD_POLYNOMIAL_MAX_LENGTH 1000 /* of the text */

typedef struct _PisdPolynomial PisdPolynomial;

PisdPolynomial *pisd_polynomial_parse (const char *text, GError **error);
PisdPolynomial *pisd_polynomial_dup (const PisdPolynomial *polynomial);
void pisd_polynomial_free (PisdPolynomial *polynomial); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPolynomial, pisd_polynomial_free)

/* The number of the last variable that occurs; 1 where none does. */
guint pisd_polynomial_get_dimension (const PisdPolynomial *polynomial);
/* d: at least the dimension. */
void pisd_polynomial_evaluate (const PisdPolynomial *polynomial,
                               guint d,
                               gsize n,
                               const double *points,
                               double *values);
/* As pisd_polynomial_parse() reads it back: "x^10 - 2 x^8 + 5". */
char *pisd_polynomial_dup_text (const PisdPolynomial *polynomial);

G_END_DECLS
