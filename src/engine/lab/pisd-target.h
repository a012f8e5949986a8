/* The functions that networks of the training lab learn on [-1, 1]^d: a table of polynomials.
 *
 * Source:  p1, p2 and p4 are those of Kranz, Gallon, Dereich and Jentzen 2025 (arXiv 2505.09572);
 *          `heat` solves the heat equation from |x|^2 on, in ten dimensions at time 1. */
#pragma once

#include "pisd-polynomial.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *formula; /* as a person reads it */
  const char *text;    /* as pisd_polynomial_parse() reads it */
  const char *widths;  /* of the network that is usual for it: "1-10-20-10-1" */
} PisdTarget;

guint pisd_target_count (void);
const PisdTarget *pisd_target_get (guint target);
/* NULL: no target has this name. */
const PisdTarget *pisd_target_find (const char *name);
/* The polynomial of a name, or of a text that is none: `name` "p1" or "x^2 - y". */
PisdPolynomial *pisd_target_make (const char *name, GError **error);
/* Widths for a number of variables: the network of p1, or that of p2 and p4 with its input. */
char *pisd_target_dup_widths (guint dimension);

G_END_DECLS
