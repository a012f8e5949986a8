#include "explorer-training-private.h"

/* The last run, or the one before it, is of the set-up as it is, and neither stopped nor failed. */
static gboolean
is_at_end (ExplorerTraining *self)
{
  g_autofree char *message = NULL;

  if (self->group == NULL || self->tick != 0 || pisd_regression_group_is_stopped (self->group)
      || !explorer_training_setup_equal (self->setup, self->ran))
    return FALSE;
  message = pisd_regression_group_dup_message (self->group, explorer_training_get_watched (self));
  return message == NULL;
}

static gboolean
open (gpointer lab, const PisdLabSetup *setup)
{
  ExplorerTraining *self = lab;
  g_autoptr (ExplorerTrainingSetup) wanted = explorer_training_setup_new_for_lab (setup);

  if (!explorer_training_setup_equal (wanted, self->setup))
    explorer_training_take_setup (self, g_steal_pointer (&wanted));
  return !is_at_end (self) && explorer_training_start (self, FALSE);
}

/* That of the run that is watched, where the set-up is still its own; else of the first one. */
static PisdLabSetup *
dup_setup (gpointer lab)
{
  ExplorerTraining *self = lab;
  guint wrong;
  g_autoptr (PisdRegressionRuns) runs = explorer_training_setup_make (self->setup, &wrong, NULL);
  PisdLabSetup *setup;
  guint k;

  if (runs == NULL)
    return NULL;
  k = is_at_end (self) ? explorer_training_get_watched (self) : 0;
  setup = pisd_lab_setup_new (PISD_LAB_TRAINING);
  pisd_regression_plan_free (setup->regression);
  setup->regression = pisd_regression_plan_dup (runs->plans[k]);
  setup->n_steps = (guint) self->setup->n_steps;
  return setup;
}

static gboolean
get_result (gpointer lab, PisdLabResult *result)
{
  ExplorerTraining *self = lab;

  return is_at_end (self)
         && pisd_lab_result_take_log (
             result, g_ptr_array_index (self->logs, explorer_training_get_watched (self)));
}

void
explorer_training_give_lesson (ExplorerTraining *self)
{
  static const ExplorerLabRow rows[] = {
    { "target", G_STRUCT_OFFSET (ExplorerTraining, target) },
    { "network", G_STRUCT_OFFSET (ExplorerTraining, network) },
    { "activation", G_STRUCT_OFFSET (ExplorerTraining, activations) },
    { "method", G_STRUCT_OFFSET (ExplorerTraining, method) },
    { "rate", G_STRUCT_OFFSET (ExplorerTraining, rate) },
    { "batch", G_STRUCT_OFFSET (ExplorerTraining, batch) },
    { "points", G_STRUCT_OFFSET (ExplorerTraining, points) },
    { "weight-decay", G_STRUCT_OFFSET (ExplorerTraining, decay) },
    { "until", G_STRUCT_OFFSET (ExplorerTraining, until) },
    { "steps", G_STRUCT_OFFSET (ExplorerTraining, steps) },
    { "seed", G_STRUCT_OFFSET (ExplorerTraining, seed) },
  };
  static const ExplorerLabStage stage = { open, dup_setup, get_result, G_N_ELEMENTS (rows), rows };

  explorer_lab_lesson_set_stage (EXPLORER_LAB_LESSON (self->lesson), &stage, self, self->controls);
}
