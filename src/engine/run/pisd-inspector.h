/* Guidance taken apart: what every term of the loss, or the readings of every field, did to one
 * recorded step, computed again from the state that the frame keeps.
 *
 *   first order   term t   g_t = zeta_t dL_t/dx, the gradient of its weighted loss by the state
 *                          x_i; with Heun's step the loss is the corrector's, at D (p), and the
 *                          gradient goes through the predictor p: what the guidance is given, not
 *                          what frame i shows the loss of; its last step has no corrector
 *                 total    g = sum_t g_t, in one pass, as the sampler computes it
 *   second order  term t   K r_t, how the misfits r_t of one field's readings, or of the equation's
 *                          rows, move the estimate, K the gain of them all
 *                 total    D (x, sigma | y) - D (x, sigma), their sum
 *   others        nothing: PISD_INSPECTION_NOTHING
 *
 * The update is what guidance added to the step from x_i to x_{i+1}.  Where the method keeps no
 * memory it is -g.  Otherwise, as Adam's depends on all steps before, it is x_{i+1} less the step
 * without guidance, noise and churn included, whose address is known.  Frames keep x in single
 * precision: `update_error` says what that makes of it.
 *
 * Shapes:  [n] latents, as those of the representation.
 * Errors:  those of pisd_run_cache_fill().
 * Threads: one a thread; a PisdInspection is plain memory.  The tables are shared.
 * Source:  src/DESIGN.md, "The inspector". */
#pragma once

#include "pisd-frame.h"
#include "pisd-run-cache.h"

G_BEGIN_DECLS

/* What the terms of an inspection are. */
typedef enum
{
  PISD_INSPECTION_NOTHING,   /* the method draws directly, or nothing guides it */
  PISD_INSPECTION_GRADIENTS, /* of weighted losses; the step goes against them */
  PISD_INSPECTION_PULLS      /* of the estimate, towards the readings */
} PisdInspectionKind;

/* Where the update comes from. */
typedef enum
{
  PISD_UPDATE_UNKNOWN,  /* the last frame, a step in closed form, or the next frame is not there */
  PISD_UPDATE_GRADIENT, /* it is the gradient's negative, in double precision */
  PISD_UPDATE_FRAMES    /* from two frames in single precision */
} PisdUpdateSource;

/* The numbers of one step; NaN where there is no such thing. */
typedef struct
{
  guint step;
  double sigma;
  double zeta[PISD_N_TERMS];   /* weights that the gradient was taken with; NaN without one */
  double norms[PISD_N_TERMS];  /* |term|; NaN: no such term */
  double shares[PISD_N_TERMS]; /* of the sum of the norms */
  double total;                /* |total| */
  double cosine_equation;      /* between the sum of the sensors' terms and the equation's: below
                                  zero they fight */
  double cosine_fields;        /* between the sensors' terms of field 0 and of field 1 */
  double update;               /* |update| */
  double update_error;         /* bound on the update's error by single precision, over |update| */
  double cosine_update;        /* between the update and the total's descent, - g or the pull */
} PisdInspectionNumbers;

/* Which of them, but for the step. */
typedef enum
{
  PISD_INSPECTED_SIGMA,
  PISD_INSPECTED_ZETA, /* of a term, as the next two */
  PISD_INSPECTED_NORM,
  PISD_INSPECTED_SHARE,
  PISD_INSPECTED_TOTAL,
  PISD_INSPECTED_COSINE_EQUATION,
  PISD_INSPECTED_COSINE_FIELDS,
  PISD_INSPECTED_UPDATE,
  PISD_INSPECTED_UPDATE_ERROR,
  PISD_INSPECTED_COSINE_UPDATE,
  PISD_N_INSPECTED
} PisdInspected;

/* One of them; `term` is read where there is one a term. */
double pisd_inspection_numbers_get (const PisdInspectionNumbers *numbers,
                                    PisdInspected which,
                                    PisdTerm term);

/* One step taken apart. */
typedef struct
{
  PisdInspectionKind kind;
  PisdUpdateSource source;
  PisdInspectionNumbers numbers;
  gsize n;
  gboolean has_term[PISD_N_TERMS];
  double *terms[PISD_N_TERMS]; /* [n], zeros where there is no such term */
  double *total;               /* [n], zeros where there is none */
  double *update;              /* [n], zeros where it is unknown */
} PisdInspection;

/* The vectors of an inspection by number: the terms by their own, then these. */
#define PISD_INSPECTION_TOTAL PISD_N_TERMS
#define PISD_INSPECTION_UPDATE (PISD_N_TERMS + 1)
#define PISD_INSPECTION_N_VECTORS (PISD_N_TERMS + 2)

/* [n]; borrowed. */
const double *pisd_inspection_get_vector (const PisdInspection *inspection, guint which);
/* Whether there is such a term, a total, or a known update. */
gboolean pisd_inspection_has_vector (const PisdInspection *inspection, guint which);

void pisd_inspection_free (PisdInspection *inspection); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInspection, pisd_inspection_free)
/* Square roots of mean squares over the modes of one field, frame by frame, whose wave number
 * |k| = hypot (ky, kx) rounds to k: what one mode of that wave number is given. */
typedef struct
{
  guint n;          /* wave numbers 0 .. n - 1 */
  double *gradient; /* [n] of the total; NaN where there is no such mode */
  double *update;   /* [n] likewise, NaN where it is unknown */
  double *step;     /* [n] update over gradient: the effective step; NaN likewise */
  double *weight;   /* [n] the method's own step size by wave number; NaN where it has none */
} PisdInspectionShells;

void pisd_inspection_shells_free (PisdInspectionShells *shells); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInspectionShells, pisd_inspection_shells_free)

typedef struct _PisdInspector PisdInspector;

/* For frames of sample 0 of a run of this scenario, which is copied.  `normaliser` (nullable): the
 * scales of a representation of the same latents, kept by reference.  What `cache` has is used,
 * what is missing is made into it; it may be cleared afterwards.  `cancel` is looked at whatever is
 * computed later, too: between two estimates, two gradients and two solves. */
PisdInspector *pisd_inspector_new (const PisdScenario *scenario,
                                   PisdNormaliser *normaliser,
                                   PisdRunCache *cache,
                                   guint n_threads,
                                   PisdCancel *cancel,
                                   GError **error);
void pisd_inspector_free (PisdInspector *inspector); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInspector, pisd_inspector_free)

/* What an inspection of a run with these settings would hold: pisd_inspector_new() need not be
 * asked where that is nothing. */
PisdInspectionKind pisd_inspector_find_kind (const PisdSettings *settings);
PisdRepresentation *pisd_inspector_get_representation (PisdInspector *inspector); /* borrowed */

/* Takes the step apart that began at `frame`; `next`: the frame that it led to, or NULL.
 * Parameters are those that the sampler had: of `frame` where the gradient was taken at its
 * estimate, of `next` (else of `frame`) where a corrector took it, and for step sizes.  At frame N,
 * the result, nothing is left to do: all is zero.  NULL: cancelled. */
PisdInspection *pisd_inspector_look (PisdInspector *inspector,
                                     const PisdFrame *frame,
                                     const PisdFrame *next);
/* Its numbers alone, as for curves over a run.  FALSE: cancelled. */
gboolean pisd_inspector_measure (PisdInspector *inspector,
                                 const PisdFrame *frame,
                                 const PisdFrame *next,
                                 PisdInspectionNumbers *numbers);

/* Why a model in another process left the newest of these undone; owned, NULL: it did not. */
GError *pisd_inspector_take_failure (PisdInspector *inspector);

/* A term, total or update in space: by how much a field changes where the latent changes by v.
 * out: in the field's shape.  FALSE: no latent holds that field, whose equation is not linear. */
gboolean pisd_inspector_decode (PisdInspector *inspector,
                                const double *v,
                                guint field,
                                PisdField *out);
/* The same as a map of modes: the absolute values of one frame's coefficients v, in the latent's
 * own units, in a square of `side` x `side`, row ky, column kx, NaN where none is kept.  side: that
 * of pisd_inspector_get_map_side(). */
guint pisd_inspector_get_map_side (const PisdInspector *inspector, guint field);
void pisd_inspector_fill_map (const PisdInspector *inspector,
                              const double *v,
                              guint field,
                              guint frame,
                              double *map);
/* By wave number, of a field whose modes the latent holds; `next` as in pisd_inspector_look(), for
 * the step sizes. */
PisdInspectionShells *pisd_inspector_get_shells (PisdInspector *inspector,
                                                 const PisdInspection *inspection,
                                                 const PisdFrame *next,
                                                 guint field);

G_END_DECLS
