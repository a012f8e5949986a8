/* What pisd-conditioning.c, which holds the rungs and conditions steps, and
 * pisd-conditioning-draw.c, which makes means and draws of all modes, share. */
#pragma once

#include "pisd-basis.h"
#include "pisd-conditioning.h"
#include "pisd-correction.h"
#include "pisd-systems.h"

G_BEGIN_DECLS

struct _PisdConditioning
{
  PisdNewton *newton;
  PisdFactors *f;                        /* of the last rung: the posterior's */
  PisdReadings *h[PISD_NEWTON_MOST], *t; /* kept modes by rung, discarded ones by the last */
  guint rung;                            /* of steps */
  PisdCorrection *correction;            /* NULL: no flow */
  double bend;                           /* of the newest draw */
  double *r, *s;                         /* [n] scratch */
  double *z_scratch;                     /* [kept] */
  double *t_scratch;                     /* [tail] */
  double *box;                           /* [S, S] coefficients scratch */
  PisdTransform *transform;              /* all modes of the source */
  PisdSystems *systems;                  /* of the levels of a run; NULL: one for all levels */
  PisdCancel *cancel;                    /* of what these make */
  double *own;                           /* [kept] a latent in units of the prior's deviations */
};

/* Latents in units of the prior's own deviations: the argument where they are that already. */
const double *pisd_conditioning_see_own (PisdConditioning *conditioning, const double *z);

G_END_DECLS
