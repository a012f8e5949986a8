#include "explorer-sweep-private.h"

const char *
explorer_sweep_get_last_toast (ExplorerSweep *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self), NULL);

  return explorer_toasts_get_last (self->toasts);
}

ExplorerSweepAxis *
explorer_sweep_get_axis (ExplorerSweep *self, guint axis)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self) && axis < PISD_SWEEP_MAX_AXES, NULL);

  return EXPLORER_SWEEP_AXIS (self->axes[axis]);
}

ExplorerSweepSheet *
explorer_sweep_get_sheet (ExplorerSweep *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self), NULL);

  return EXPLORER_SWEEP_SHEET (self->sheet);
}

PisdSweepQueue *
explorer_sweep_get_queue (ExplorerSweep *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self), NULL);

  return self->queue;
}

guint
explorer_sweep_get_n_started (ExplorerSweep *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self), 0);

  return self->n_started;
}

const char *
explorer_sweep_get_status (ExplorerSweep *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->status));
}

gboolean
explorer_sweep_is_running (ExplorerSweep *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP (self), FALSE);

  return self->running;
}
