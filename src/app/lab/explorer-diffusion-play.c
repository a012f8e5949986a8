#include "explorer-diffusion-private.h"

/* From the first step to the last, microseconds. */
#define PLAY_TIME 1500000

/* Whoever moves the slider has it. */
static gboolean
is_taken (ExplorerDiffusion *self)
{
  return gtk_adjustment_get_value (self->step) != self->play_step;
}

static void
show (ExplorerDiffusion *self, guint step)
{
  self->play_step = step;
  gtk_adjustment_set_value (self->step, step);
}

/* Every state is seen as long as any other, the first and the last one too. */
static gboolean
on_play (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);
  const guint n = self->trajectories->n_steps;
  const double part =
      (double) (gdk_frame_clock_get_frame_time (clock) - self->play_begun) / PLAY_TIME;

  if (!is_taken (self))
    show (self, MIN ((guint) (part * (n + 1)), n));
  if (!is_taken (self) && self->play_step < n)
    return G_SOURCE_CONTINUE;
  self->play = 0;
  return G_SOURCE_REMOVE;
}

void
explorer_diffusion_play (ExplorerDiffusion *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  explorer_diffusion_stop_playing (self);
  if (self->trajectories == NULL || clock == NULL)
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "sample");
  show (self, 0);
  self->play_begun = gdk_frame_clock_get_frame_time (clock);
  self->play = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_play, NULL, NULL);
}

void
explorer_diffusion_stop_playing (ExplorerDiffusion *self)
{
  if (self->play != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->play);
  self->play = 0;
}
