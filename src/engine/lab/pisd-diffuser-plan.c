#include "pisd-diffuser-plan.h"

#include "pisd-error.h"
#include "pisd-network.h"

/* Pictures take four of these, points two. */
#define WIDTH 64
/* Components that hold nine tenths of the variance of random sources. */
#define FIELDS_LATENTS 40
/* Of a convolution. */
#define CHANNELS 16
#define MOST_CHANNELS 64

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
    .activation = PISD_ACTIVATION_SWISH,
    .drop = is_picture ? 0.1 : 0.5,
    .decay = 0.999,
  };
  pisd_diffuser_plan_set_kind (plan, id, PISD_DIFFUSER_PERCEPTRON);
}

void
pisd_diffuser_plan_set_kind (PisdDiffuserPlan *plan, PisdLabDataId id, PisdDiffuserKind kind)
{
  const gboolean is_picture = pisd_lab_data_is_picture (id);

  plan->kind = kind;
  if (kind == PISD_DIFFUSER_CONVOLUTION)
    {
      plan->width = CHANNELS;
      plan->n_hidden = 1;
      plan->n_features = PISD_NETWORK_FEATURES;
      plan->batch = 64;
      plan->rate = 3e-3;
      plan->n_latents = 0;
      return;
    }
  plan->width = (is_picture ? 4 : 2) * WIDTH;
  plan->n_hidden = 3;
  plan->n_features = 32;
  plan->batch = 256;
  plan->rate = is_picture ? 1e-3 : 5e-3;
}

gboolean
pisd_diffuser_plan_has_labels (const PisdDiffuserPlan *plan)
{
  return plan->drop < 1.0;
}

gboolean
pisd_diffuser_plan_has_guidance (const PisdDiffuserPlan *plan)
{
  return plan->drop > 0.0 && pisd_diffuser_plan_has_labels (plan);
}

static gboolean
check_convolution (const PisdDiffuserPlan *plan, PisdLabDataId id, GError **error)
{
  if (!pisd_lab_data_is_picture (id))
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "network: got convolution for the points of %s, expected perceptron or "
                            "pictures",
                            pisd_lab_data_get_name (id));
  if (plan->n_latents > 0)
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "network: got convolution with %u latents, expected perceptron, which "
                            "alone learns latents, or none of them",
                            plan->n_latents);
  if (plan->width % PISD_NETWORK_WIDTH_STEP != 0 || plan->width > MOST_CHANNELS)
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "network: got convolution with a width of %u channels, expected a "
                            "multiple of %u up to %u",
                            plan->width, PISD_NETWORK_WIDTH_STEP, MOST_CHANNELS);
  return TRUE;
}

gboolean
pisd_diffuser_plan_check (const PisdDiffuserPlan *plan, PisdLabDataId id, GError **error)
{
  if (plan->kind == PISD_DIFFUSER_CONVOLUTION && !check_convolution (plan, id, error))
    return FALSE;
  if (plan->latent == PISD_LATENT_COSINE && !pisd_lab_data_is_picture (id))
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "latent: got cosine for the points of %s, expected components or "
                            "pictures",
                            pisd_lab_data_get_name (id));
  return TRUE;
}
