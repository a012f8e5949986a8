#include "pisd-half.h"

#include <string.h>

#define FLOAT_INFINITY 0x7f800000u
#define HALF_INFINITY 0x7c00u
#define QUIET 0x0200u
/* The floats 2^-14, the smallest normal half, and 65520, half a step above the largest one. */
#define SMALLEST_NORMAL 0x38800000u
#define OVERFLOWING 0x477ff000u
/* How many bits of the fraction a half lacks, and by how much exponents are shifted. */
#define LOST_BITS 13
#define BIAS_DIFFERENCE (112u << 23)
/* A fraction of 24 bits is shifted by that less its exponent. */
#define SUBNORMAL_EXPONENT 0x7eu

static guint32
to_bits (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static float
from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* bits / 2^n, to nearest, ties to even; n from 1 to 31. */
static guint32
shift_rounded (guint32 bits, guint n)
{
  guint32 half = 1u << (n - 1), rest = bits & (2 * half - 1), whole = bits >> n;

  return whole + (rest > half || (rest == half && (whole & 1)));
}

/* A subnormal half counts steps of 2^-24: the fraction with its leading one, shifted to there. */
static guint32
round_subnormal (guint32 magnitude)
{
  guint shift = SUBNORMAL_EXPONENT - (magnitude >> 23);
  guint32 fraction = (magnitude & 0x7fffffu) | 0x800000u;

  return shift > 24 ? 0 : shift_rounded (fraction, shift);
}

guint16
pisd_half_from_float (float value)
{
  guint32 bits = to_bits (value);
  guint32 sign = (bits >> 16) & 0x8000u, magnitude = bits & 0x7fffffffu;

  if (magnitude > FLOAT_INFINITY)
    return sign | HALF_INFINITY | QUIET | ((magnitude >> LOST_BITS) & 0x1ffu);
  if (magnitude >= OVERFLOWING)
    return sign | HALF_INFINITY;
  if (magnitude < SMALLEST_NORMAL)
    return sign | round_subnormal (magnitude);
  return sign | shift_rounded (magnitude - BIAS_DIFFERENCE, LOST_BITS);
}

float
pisd_half_to_float (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000u) << 16, magnitude = half & 0x7fffu;

  if (magnitude >= HALF_INFINITY)
    return from_bits (sign | FLOAT_INFINITY | (magnitude & 0x3ffu) << LOST_BITS);
  if (magnitude < 0x400u)
    return from_bits (sign | to_bits ((float) magnitude * 0x1p-24f));
  return from_bits (sign | ((magnitude << LOST_BITS) + BIAS_DIFFERENCE));
}

float
pisd_half_brain_to_float (guint16 brain)
{
  return from_bits ((guint32) brain << 16);
}
