/* Random sources: the benchmark's Gaussian random field and two families with edges and bumps.
 *
 * Shapes: fields [PISD_GRID, PISD_GRID].
 * Source: arXiv 2602.09708, the benchmark's prior N (0, tau^2 (-lap + tau^2)^-2), tau = 3. */
#pragma once

#include "pisd-field.h"

G_BEGIN_DECLS

/* Families of sources. */
typedef enum
{
  PISD_FAMILY_GRF,        /* Gaussian random field, the benchmark's */
  PISD_FAMILY_INCLUSIONS, /* 1 to 6 ellipses or rectangles of constant value */
  PISD_FAMILY_BLOBS,      /* 1 to 8 Gaussian bumps */
  PISD_N_FAMILIES
} PisdFamily;

/* As bits 1 << PisdFamily. */
#define PISD_FAMILIES_ALL ((1u << PISD_N_FAMILIES) - 1)

const char *pisd_family_get_name (PisdFamily family);

/* How random fields are made: an equation says which ones its field 0 is drawn from. */
typedef struct
{
  /* Standard deviation of the orthonormal mode with these indices of the field's basis, under the
   * Gaussian prior whose mean has the standard deviation mean_sd. */
  double (*scale) (guint ky, guint kx, double mean_sd);
  /* A field of that family.  out: [PISD_GRID, PISD_GRID]. */
  void (*sample) (PisdFamily family, guint64 seed, PisdField *out);
} PisdRandomOps;

/* The sources below: pisd_grf_prior_scale() and pisd_family_sample(). */
extern const PisdRandomOps pisd_grf_random;

/* Standard deviation of the orthonormal cosine coefficient (ky, kx) of the Gaussian random field; 0
 * for the mean. */
double pisd_grf_scale (guint ky, guint kx);
/* The same of a prior whose fields have a mean of standard deviation `mean_sd`, which is mode
 * (0, 0). */
double pisd_grf_prior_scale (guint ky, guint kx, double mean_sd);

/* A source of that family.  out: [PISD_GRID, PISD_GRID]. */
void pisd_family_sample (PisdFamily family, guint64 seed, PisdField *out);

G_END_DECLS
