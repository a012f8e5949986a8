/* Where an axis carries its numbers: steps of 1, 2 or 5 times a power of ten. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_MAX_TICKS 24

typedef struct
{
  guint n;
  double values[PISD_MAX_TICKS]; /* [n] ascending, within the range */
  int exponent;                  /* labels show value / 10^exponent */
  guint decimals;                /* of the labels */
} PisdTicks;

/* Multiples of the smallest 1-2-5 step of which at most n_most (3 .. 20) lie in [min, max]; of the
 * next smaller step, at most six, where that would leave less than two.  An empty range has one
 * tick, one that is not finite none. */
void pisd_ticks_init_linear (PisdTicks *ticks, double min, double max, guint n_most);
/* 1, 2, 5 times powers of ten, or only powers of ten, or every second, third ... of them, whichever
 * are at most n_most.  0 < min < max. */
void pisd_ticks_init_log (PisdTicks *ticks, double min, double max, guint n_most);

/* The number at a linear tick, with a true minus sign. */
char *pisd_ticks_dup_label (const PisdTicks *ticks, guint index);
/* The common factor as markup, ×10 to the power; NULL where the exponent is 0. */
char *pisd_ticks_dup_factor (const PisdTicks *ticks);
/* A positive number on a log axis as markup: 10³, 2·10³. */
char *pisd_ticks_dup_power (double value);

/* The nearest 1, 2 or 5 times a power of ten that is not above (not below) a positive number. */
double pisd_ticks_round_down (double value);
double pisd_ticks_round_up (double value);

G_END_DECLS
