/* What pisd-representation.c and pisd-representation-solved.c share. */
#pragma once

#include "pisd-basis.h"
#include "pisd-linear-map.h"
#include "pisd-representation.h"
#include "pisd-solver.h"

G_BEGIN_DECLS

/* One field. */
typedef struct
{
  const PisdFieldInfo *info;
  PisdModes *modes;    /* of a frame */
  guint n;             /* modes of all frames */
  const double *scale; /* [n] of the normaliser */
  double *inverse;     /* [n] 1 / scale */
  double *factor;      /* [n] scratch: weight * scale */
  double *wide;        /* [n] scratch: float coefficients in double */
  double *box;         /* [support.box, support.box] scratch */
  PisdTransform *transform;
} PisdRepresentationPart;

struct _PisdRepresentation
{
  PisdEquation equation;
  PisdNormaliser *normaliser;
  PisdSourcePrior prior;
  double noise_sd; /* of every reading, beside its sensor's own */
  PisdSpace space;
  gboolean decoupled; /* the latent holds field 0 alone */
  guint n_parts;
  PisdRepresentationPart parts[PISD_MAX_FIELDS];
  PisdLinearMap *map;                 /* NULL: the equation is not linear */
  PisdSolver *solver;                 /* decoupled; NULL otherwise */
  PisdField *fields[PISD_MAX_FIELDS]; /* scratch */
  /* Decoupled, not linear: the newest latent that was expanded, [n], and what came out,
   * [n_joint]. */
  double *expanded, *expansion;
  gboolean is_expanded;
};

/* Frame by frame, grid = synthesis of factor * z; factor: [n_frames, modes]. */
void pisd_representation_synthesize_frames (PisdRepresentationPart *part,
                                            const double *z,
                                            const double *factor,
                                            double *grid);

G_END_DECLS
