#include "explorer-diffusion-private.h"

const char *
explorer_diffusion_get_last_toast (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return explorer_toasts_get_last (self->toasts);
}

ExplorerLabLesson *
explorer_diffusion_get_lesson (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return EXPLORER_LAB_LESSON (self->lesson);
}

PisdDiffuserJob *
explorer_diffusion_get_job (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return self->job;
}

const PisdDiffuserFrame *
explorer_diffusion_get_frame (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return self->frame;
}

const PisdTrajectories *
explorer_diffusion_get_trajectories (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return self->trajectories;
}

const PisdDrawing *
explorer_diffusion_get_drawing (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return self->drawing;
}

const char *
explorer_diffusion_get_status (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->status));
}

const char *
explorer_diffusion_get_score_note (ExplorerDiffusion *self)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return explorer_diffusion_get_plane_note (self, self->trajectories != NULL,
                                            explorer_diffusion_get_samples_note ());
}

GtkWidget *
explorer_diffusion_get_pane (ExplorerDiffusion *self, guint page)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);
  g_return_val_if_fail (page < EXPLORER_DIFFUSION_N_PAGES, NULL);

  return self->panes[page][0];
}

GtkWidget *
explorer_diffusion_get_part (ExplorerDiffusion *self, const char *name)
{
  g_return_val_if_fail (EXPLORER_IS_DIFFUSION (self), NULL);

  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self), EXPLORER_TYPE_DIFFUSION, name));
}
