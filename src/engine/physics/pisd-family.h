/* Families of random fields that field 0 of an equation is drawn from, and Gaussians of them.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID]. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_FAMILY_GRF,        /* Gaussian random field, the benchmark's */
  PISD_FAMILY_INCLUSIONS, /* 1 to 6 ellipses or rectangles of constant value */
  PISD_FAMILY_BLOBS,      /* 1 to 8 Gaussian bumps */
  PISD_N_FAMILIES,
  PISD_FAMILY_ANY = PISD_N_FAMILIES /* of a prior: all of them, equally likely */
} PisdFamily;

/* As bits 1 << PisdFamily. */
#define PISD_FAMILIES_ALL ((1u << PISD_N_FAMILIES) - 1)

/* "grf", "inclusions", "blobs", "any" */
const char *pisd_family_get_name (PisdFamily family);

/* A Gaussian prior of field 0, whose modes are independent: that of a family's modes, and of their
 * mean as it says. */
typedef struct
{
  PisdFamily family;
  double mean_sd; /* standard deviation of the field's mean; 0: it has none */
} PisdSourcePrior;

gboolean pisd_source_prior_equal (const PisdSourcePrior *a, const PisdSourcePrior *b);

/* How random fields are made: an equation says which ones its field 0 is drawn from. */
typedef struct
{
  /* Standard deviation of the orthonormal mode with these indices of the field's basis. */
  double (*scale) (guint ky, guint kx, const PisdSourcePrior *prior);
  /* Standard deviation of the mean of that family's fields. */
  double (*get_mean_sd) (PisdFamily family);
  /* A field of that family.  out: [PISD_GRID, PISD_GRID]. */
  void (*sample) (PisdFamily family, guint64 seed, PisdField *out);
} PisdRandomOps;

G_END_DECLS
