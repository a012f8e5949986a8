/* How far apart two samples lie as distributions: the energy distance
 *
 *   2 E|X - Y| - E|X - X'| - E|Y - Y'|,
 *
 * zero for equal distributions alone.  From n and m samples it is estimated without bias, where
 * pairs of one sample with itself are left out (so that it may come out below zero), or as that of
 * the two sets of points themselves, which is never below zero and above it by some
 * (1/n + 1/m) E|X - X'| where the distributions are equal.
 *
 * Shapes:  x [n, d], y [m, d].
 * Errors:  NAN where cancelled, or where a set has one sample alone.
 * Threads: any; works on n_threads of them (0: as many as the machine has cores), whose number does
 *          not change the bits.
 * Source:  Szekely and Rizzo, Energy statistics (2013), equations 1.1 and 2.2. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

typedef struct
{
  double unbiased;
  double of_sets;
} PisdEnergyDistance;

/* A set of samples with what its own pairs add up to, which is summed once for all sets that it is
 * compared with.  x: borrowed. */
typedef struct
{
  guint d;
  gsize n;
  const double *x;
  double within; /* |x_i - x_j| over all i and j */
} PisdEnergySet;

void pisd_energy_set_init (PisdEnergySet *set,
                           guint d,
                           gsize n,
                           const double *x,
                           guint n_threads,
                           PisdCancel *cancel);
/* Of two sets of the same d. */
PisdEnergyDistance pisd_energy_distance (const PisdEnergySet *x,
                                         const PisdEnergySet *y,
                                         guint n_threads,
                                         PisdCancel *cancel);

/* E|X - X'| of one sample, without bias: how wide it is, the measure of its diversity. */
double pisd_energy_get_width (guint d,
                              gsize n,
                              const double *x,
                              guint n_threads,
                              PisdCancel *cancel);

G_END_DECLS
