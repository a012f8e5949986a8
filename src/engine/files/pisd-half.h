/* Half precision (IEEE 754 binary16: 1 sign bit, 5 of the exponent, 10 of the fraction) and
 * Google's bfloat16, as bits.
 *
 * Source  IEEE 754-2008, 3.6 and 4.3.1: round to nearest, ties to even */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The nearest half; infinity from 65520 on; a NaN stays one. */
guint16 pisd_half_from_float (float value);
float pisd_half_to_float (guint16 half);
/* A float without its 16 lowest bits. */
float pisd_half_brain_to_float (guint16 brain);

G_END_DECLS
