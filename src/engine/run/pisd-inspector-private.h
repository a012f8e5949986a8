/* What pisd-inspector.c, which computes steps again, and pisd-inspection.c, which says what came of
 * that, share. */
#pragma once

#include "pisd-guidance.h"
#include "pisd-inspector.h"
#include "pisd-second-order.h"

G_BEGIN_DECLS

struct _PisdInspector
{
  PisdScenario *scenario;
  PisdInspectionKind kind;
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  PisdGuidance *guidance;
  PisdLoss *loss;
  PisdConditioning *conditioning; /* NULL: the method needs none */
  PisdSecondOrder *second_order;  /* NULL: it does not pull */
  const PisdSamplerTraits *traits;
  double eta;    /* 0 where the step does not use it */
  double *sigma; /* [n_steps + 1] before churn */
  gsize n;
  /* [n] each: the state, the state after the step; D, the predictor, D there; the step that nothing
   * guides; scratch. */
  double *x, *after, *m, *predicted, *corrected, *plain, *noise, *pulled;
  PisdInspection *scratch; /* of pisd_inspector_measure() */
  PisdCancel *cancel;      /* NULL: never */
  GError *failure;         /* of a model in another process; NULL: none */
};

PisdInspection *pisd_inspection_new (const PisdInspector *inspector);
/* Of that frame: arrays zero, numbers NaN. */
void pisd_inspection_reset (PisdInspection *inspection, const PisdFrame *frame);
/* From the arrays. */
void pisd_inspection_fill_numbers (PisdInspection *inspection);

G_END_DECLS
