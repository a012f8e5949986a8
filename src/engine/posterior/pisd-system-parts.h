/* What the systems of all noise levels have in common, and how one of them is made of it.  For
 * pisd-systems.c alone.
 *
 * Errors:  FALSE or NULL where cancelled.
 * Threads: immutable once it is filled; n_threads as in pisd_parallel(). */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdFactors *f;
  guint order; /* of a system: readings, or kept modes */

  /* By readings. */
  guint n_nodes;   /* the first sites, which lie on nodes of a */
  double *rows;    /* [readings, kept] H; NULL where all sites are on nodes */
  PisdTriangle *e; /* E */

  /* By modes. */
  double *p;    /* [kept, kept] lower triangle of P = H' E^-1 H; NULL: by readings */
  double *pull; /* [kept] H' E^-1 y */
} PisdSystemParts;

/* The factors, which have that of E, are borrowed. */
gboolean pisd_system_parts_fill (PisdSystemParts *parts,
                                 const PisdFactors *factors,
                                 guint n_threads,
                                 PisdCancel *cancel);
void pisd_system_parts_clear (PisdSystemParts *parts);

/* L for covariances c: [kept]; on the calling thread. */
PisdTriangle *pisd_system_parts_make (const PisdSystemParts *parts,
                                      const double *c,
                                      PisdCancel *cancel);

/* Bytes of one system. */
gsize pisd_system_parts_get_system_bytes (const PisdFactors *factors);

G_END_DECLS
