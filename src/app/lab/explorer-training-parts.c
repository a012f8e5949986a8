#include "explorer-training-private.h"

const char *
explorer_training_get_last_toast (ExplorerTraining *self)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return explorer_toasts_get_last (self->toasts);
}

ExplorerLabLesson *
explorer_training_get_lesson (ExplorerTraining *self)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return EXPLORER_LAB_LESSON (self->lesson);
}

const ExplorerTrainingSetup *
explorer_training_get_setup (ExplorerTraining *self)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return self->setup;
}

PisdRegressionGroup *
explorer_training_get_group (ExplorerTraining *self)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return self->group;
}

const char *
explorer_training_get_status (ExplorerTraining *self)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->status));
}

const char *
explorer_training_get_judgement (ExplorerTraining *self)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->judgement));
}

const PisdRegressionLog *
explorer_training_get_log (ExplorerTraining *self, guint run)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return self->logs != NULL && run < self->logs->len ? g_ptr_array_index (self->logs, run) : NULL;
}

GtkWidget *
explorer_training_get_part (ExplorerTraining *self, const char *name)
{
  g_return_val_if_fail (EXPLORER_IS_TRAINING (self), NULL);

  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self), EXPLORER_TYPE_TRAINING, name));
}
