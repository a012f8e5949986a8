#include "explorer-diffusion-private.h"

#include <string.h>

static PisdDiffuserPlan
get_plan (const PisdLabSetup *setup)
{
  PisdDiffuserPlan plan = setup->diffuser;

  plan.n_steps = setup->n_train;
  return plan;
}

static ExplorerDiffusionSampling
get_sampling (const PisdLabSetup *setup)
{
  return (ExplorerDiffusionSampling){
    .rule = setup->rule,
    .variance = setup->variance,
    .n_steps = setup->n_sampling,
    .eta = setup->eta,
    .guidance = setup->guidance,
    .label = PISD_NO_LABEL,
    .n = setup->n_samples,
    .is_exact = setup->is_exact != 0,
  };
}

static gboolean
is_same_sampling (const ExplorerDiffusionSampling *a, const ExplorerDiffusionSampling *b)
{
  return a->rule == b->rule && a->variance == b->variance && a->n_steps == b->n_steps
         && a->eta == b->eta && a->guidance == b->guidance && a->label == b->label && a->n == b->n
         && a->is_exact == b->is_exact;
}

static void
take (ExplorerDiffusion *self, const PisdLabSetup *setup)
{
  const PisdDiffuserPlan plan = get_plan (setup);
  const ExplorerDiffusionSampling sampling = get_sampling (setup);
  const gboolean trains = setup->data != self->id || memcmp (&plan, &self->plan, sizeof plan) != 0;

  if (!trains && is_same_sampling (&sampling, &self->sampling))
    return;
  explorer_diffusion_remember (
      self, trains ? EXPLORER_DIFFUSION_EDIT_TRAINING : EXPLORER_DIFFUSION_EDIT_SAMPLING, NULL);
  self->id = setup->data;
  self->plan = plan;
  self->sampling = sampling;
  if (trains)
    explorer_diffusion_restart (self);
  else
    explorer_diffusion_forget_samples (self);
  explorer_diffusion_show_setup (self);
}

/* Samples come at once, or after the training that they need. */
static gboolean
open (gpointer lab, const PisdLabSetup *setup)
{
  ExplorerDiffusion *self = lab;

  take (self, setup);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "sample");
  if (self->has_report)
    return FALSE;
  self->wants_samples = TRUE;
  self->plays = TRUE;
  if (!self->sampling.is_exact && !pisd_diffuser_job_is_through (self->job))
    explorer_diffusion_run (self);
  explorer_diffusion_draw_wanted (self);
  return TRUE;
}

static PisdLabSetup *
dup_setup (gpointer lab)
{
  ExplorerDiffusion *self = lab;
  PisdLabSetup *setup = pisd_lab_setup_new (PISD_LAB_DIFFUSION);

  setup->data = self->id;
  setup->diffuser = self->plan;
  setup->n_train = self->plan.n_steps;
  setup->is_exact = self->sampling.is_exact;
  setup->rule = self->sampling.rule;
  setup->variance = self->sampling.variance;
  setup->n_sampling = self->sampling.n_steps;
  setup->n_samples = self->sampling.n;
  setup->eta = self->sampling.eta;
  setup->guidance = self->sampling.guidance;
  return setup;
}

static gboolean
get_result (gpointer lab, PisdLabResult *result)
{
  const ExplorerDiffusion *self = lab;

  if (self->has_report)
    pisd_lab_result_take_report (result, &self->report);
  return self->has_report;
}

void
explorer_diffusion_give_lesson (ExplorerDiffusion *self)
{
  static const ExplorerLabRow rows[] = {
    { "data", G_STRUCT_OFFSET (ExplorerDiffusion, data) },
    { "schedule", G_STRUCT_OFFSET (ExplorerDiffusion, schedule) },
    { "times", G_STRUCT_OFFSET (ExplorerDiffusion, times) },
    { "predict", G_STRUCT_OFFSET (ExplorerDiffusion, predict) },
    { "weight", G_STRUCT_OFFSET (ExplorerDiffusion, weight) },
    { "learned-variance", G_STRUCT_OFFSET (ExplorerDiffusion, hybrid) },
    { "network", G_STRUCT_OFFSET (ExplorerDiffusion, network) },
    { "latents", G_STRUCT_OFFSET (ExplorerDiffusion, latents_row) },
    { "latent", G_STRUCT_OFFSET (ExplorerDiffusion, latent) },
    { "rate", G_STRUCT_OFFSET (ExplorerDiffusion, rate) },
    { "drop", G_STRUCT_OFFSET (ExplorerDiffusion, drop) },
    { "train", G_STRUCT_OFFSET (ExplorerDiffusion, steps) },
    { "seed", G_STRUCT_OFFSET (ExplorerDiffusion, seed) },
    { "exact", G_STRUCT_OFFSET (ExplorerDiffusion, denoiser) },
    { "rule", G_STRUCT_OFFSET (ExplorerDiffusion, rule) },
    { "steps", G_STRUCT_OFFSET (ExplorerDiffusion, sample_steps) },
    { "samples", G_STRUCT_OFFSET (ExplorerDiffusion, samples) },
    { "eta", G_STRUCT_OFFSET (ExplorerDiffusion, eta) },
    { "variance", G_STRUCT_OFFSET (ExplorerDiffusion, variance) },
    { "guidance", G_STRUCT_OFFSET (ExplorerDiffusion, guidance) },
  };
  static const ExplorerLabStage stage = { open, dup_setup, get_result, G_N_ELEMENTS (rows), rows };

  explorer_lab_lesson_set_stage (EXPLORER_LAB_LESSON (self->lesson), &stage, self, self->controls);
}
