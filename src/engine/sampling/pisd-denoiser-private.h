/* What pisd-denoiser.c and pisd-prior-table.c share. */
#pragma once

#include "pisd-denoiser.h"
#include "pisd-learned-prior.h"
#include "pisd-socket-prior.h"

G_BEGIN_DECLS

typedef struct
{
  void (*denoise) (PisdDenoiser *self, double sigma, const double *x, double *m);
  void (*vjp) (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out);
} PisdDenoiserOps;

struct _PisdDenoiser
{
  const PisdDenoiserOps *ops;
  PisdRepresentation *representation;
  PisdPrior *prior;
  double *xi;             /* [n_a] scratch; of frames, [n] */
  double *scratch;        /* [2, n_a] of the prior's blocks; of frames, [2, n] */
  PisdLearnedPart *part;  /* of a learned prior */
  PisdSocketPart *socket; /* of another process's */
};

/* How a prior is made ready and what its denoiser is. */
typedef struct
{
  /* NULL: nothing is costly, or cancelled, or failed. */
  gpointer (*prepare) (const PisdLearned *learned,
                       const PisdRepresentation *representation,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error);
  /* `tables`: NULL where the prior was made ready for latents of another kind. */
  gboolean (*fits) (gconstpointer tables, const PisdRepresentation *representation);
  void (*release) (gpointer tables);
  void (*init) (PisdDenoiser *denoiser); /* chooses its ops, allocates its scratch */
} PisdPriorOps;

struct _PisdPrior
{
  gint ref_count;
  PisdPriorId id;
  PisdLearned learned; /* as it was told, whether or not it looked; texts owned */
  const PisdPriorOps *ops;
  gpointer tables;
};

/* The row of the table for such latents. */
const PisdPriorOps *pisd_prior_ops_find (PisdPriorId id, const PisdRepresentation *representation);

G_END_DECLS
