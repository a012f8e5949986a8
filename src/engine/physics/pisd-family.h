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

/* The law of a Gaussian random field:
 *
 *   N (0, (c amplitude)^2 tau^(2 alpha - 2) (-lap + tau^2)^-alpha),
 *
 * c = 1 of sources and sqrt (2) of flows, so that amplitude 1 is the benchmark's. */
typedef struct
{
  double amplitude; /* > 0; of the field's values, hardly changed by the other two */
  double tau;       /* > 0; 1 / tau is how far apart values hang together */
  double alpha;     /* > 1; how smooth it is */
} PisdLaw;

/* That of the benchmark's sources, and that of the flows at their beginning. */
#define PISD_LAW_BENCHMARK \
  {                        \
    1.0, 3.0, 2.0          \
  }
#define PISD_LAW_BENCHMARK_FLOWS \
  {                              \
    1.0, 7.0, 2.5                \
  }

/* Random fields that have laws of their own, each with the numbers that settings keep for it. */
typedef enum
{
  PISD_LAW_OF_SOURCES,
  PISD_LAW_OF_FLOWS,
  PISD_N_LAWS
} PisdLawOf;

gboolean pisd_law_equal (const PisdLaw *a, const PisdLaw *b);

/* What the numbers of a law do to a standard deviation s. */
typedef enum
{
  PISD_SLOPE_AMPLITUDE, /* d log s / d log amplitude */
  PISD_SLOPE_TAU,       /* d log s / d log tau */
  PISD_SLOPE_ALPHA,     /* d log s / d alpha */
  PISD_N_SLOPES
} PisdSlope;

/* A Gaussian prior of field 0, whose modes are independent: that of a family's modes, times the
 * law's amplitude, and of their mean as it says.  tau and alpha are the random field's alone. */
typedef struct
{
  PisdFamily family;
  double mean_sd; /* standard deviation of the field's mean; 0: it has none */
  PisdLaw law;
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
  /* A Gaussian random field of that law, from a stream of random numbers of its own.  NULL, as
   * below: there is the benchmark's law alone. */
  void (*sample_law) (const PisdLaw *law, guint64 seed, PisdField *out);
  /* How the law's numbers change the standard deviation of a mode; of families other than the
   * Gaussian random field amplitude alone does. */
  void (*fill_slopes) (guint ky,
                       guint kx,
                       const PisdSourcePrior *prior,
                       double slopes[PISD_N_SLOPES]);
  PisdLawOf law_of;  /* whose numbers a law of these fields is */
  PisdLaw benchmark; /* the benchmark's law of them */
} PisdRandomOps;

/* A field of that family, of the Gaussian random field's law where there are others than the
 * benchmark's. */
void pisd_random_sample (const PisdRandomOps *random,
                         PisdFamily family,
                         const PisdLaw *law,
                         guint64 seed,
                         PisdField *out);

G_END_DECLS
