#include "pisd-training-latents.h"

struct _PisdTrainingLatents
{
  PisdTrainingPlan plan;
  PisdNormaliser *normaliser;
  PisdFlowPool *pool;
  PisdPrior *priors[PISD_N_FAMILIES + 1]; /* by label */
};

/* Latents of the plan's scales whose prior is that of one label. */
static PisdRepresentation *
make_representation (const PisdTrainingLatents *self, guint label, GError **error)
{
  PisdSettings settings = self->plan.settings;
  const PisdOperator *row = pisd_operator_get (settings.problem);

  settings.prior_family = pisd_training_plan_get_family (&self->plan, label);
  settings.mean_sd = row->random->get_mean_sd (settings.prior_family);
  return pisd_representation_new_scaled (&settings, self->normaliser, error);
}

static gboolean
make_prior (PisdTrainingLatents *self,
            guint label,
            guint n_threads,
            PisdCancel *cancel,
            GError **error)
{
  g_autoptr (PisdRepresentation) representation = make_representation (self, label, error);

  if (representation == NULL)
    return FALSE;
  /* "Any" of one family is that family. */
  if (label > 0 && pisd_prior_fits (self->priors[label - 1], PISD_PRIOR_GAUSSIAN, representation))
    self->priors[label] = pisd_prior_ref (self->priors[label - 1]);
  else
    self->priors[label] =
        pisd_prior_new (PISD_PRIOR_GAUSSIAN, representation, n_threads, cancel, error);
  return self->priors[label] != NULL;
}

PisdTrainingLatents *
pisd_training_latents_new (const PisdTrainingPlan *plan,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error)
{
  g_autoptr (PisdRepresentation) pooled = pisd_representation_new (&plan->settings, error);
  g_autoptr (PisdTrainingLatents) self = NULL;

  if (pooled == NULL)
    return NULL;
  self = g_new0 (PisdTrainingLatents, 1);
  self->plan = *plan;
  self->pool = pisd_flow_pool_new ();
  self->normaliser = pisd_normaliser_ref (pisd_representation_get_normaliser (pooled));
  for (guint label = 0; label <= plan->shape.n_labels; label++)
    if (!make_prior (self, label, n_threads, cancel, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
pisd_training_latents_free (PisdTrainingLatents *self)
{
  if (self == NULL)
    return;
  pisd_normaliser_unref (self->normaliser);
  pisd_flow_pool_free (self->pool);
  for (guint label = 0; label <= PISD_N_FAMILIES; label++)
    pisd_prior_unref (self->priors[label]);
  g_free (self);
}

/* What pisd_training_latents_new() could make can be made again. */
PisdTrainingTools *
pisd_training_tools_new (const PisdTrainingLatents *latents)
{
  PisdTrainingTools *self = g_new0 (PisdTrainingTools, 1);

  self->n_labels = latents->plan.shape.n_labels;
  for (guint label = 0; label <= self->n_labels; label++)
    {
      self->representations[label] = make_representation (latents, label, NULL);
      self->denoisers[label] =
          pisd_denoiser_new (latents->priors[label], self->representations[label]);
    }
  self->n = pisd_representation_get_n (self->representations[0]);
  self->data = pisd_training_data_new (self->representations[self->n_labels], latents->plan.seed,
                                       latents->pool);
  self->whitening = pisd_whitening_new (self->representations[self->n_labels], NULL);
  return self;
}

void
pisd_training_tools_free (PisdTrainingTools *self)
{
  if (self == NULL)
    return;
  pisd_training_data_free (self->data);
  pisd_whitening_free (self->whitening);
  for (guint label = 0; label <= self->n_labels; label++)
    {
      pisd_denoiser_free (self->denoisers[label]);
      pisd_representation_free (self->representations[label]);
    }
  g_free (self);
}
