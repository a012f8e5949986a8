#include "pisd-diffuser-plan.h"

/* Pictures take four of these, points two. */
#define WIDTH 64
/* Components that hold nine tenths of the variance of random sources. */
#define FIELDS_LATENTS 40

void
pisd_diffuser_plan_init (PisdDiffuserPlan *plan, PisdLabDataId id)
{
  const gboolean is_picture = pisd_lab_data_is_picture (id);

  *plan = (PisdDiffuserPlan){
    .seed = 1,
    .process = PISD_PROCESS_COSINE,
    .n_times = is_picture ? 250 : 100,
    .prediction = PISD_PREDICT_V,
    .weight = PISD_WEIGHT_UNIFORM,
    .n_latents = id == PISD_LAB_FIELDS ? FIELDS_LATENTS : 0,
    .width = (is_picture ? 4 : 2) * WIDTH,
    .n_hidden = 3,
    .n_features = 32,
    .activation = PISD_ACTIVATION_SWISH,
    .batch = 256,
    .rate = is_picture ? 1e-3 : 5e-3,
    .drop = is_picture ? 0.1 : 0.5,
    .decay = 0.999,
  };
}
