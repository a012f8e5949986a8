#include "explorer-diffusion-private.h"

#include "explorer-keys.h"
#include "explorer-session.h"

/* What is put away before an edit, and what that edit was of. */
typedef struct
{
  ExplorerDiffusionEdit edit;
  PisdLabDataId id;
  PisdDiffuserPlan plan;
  ExplorerDiffusionSampling sampling;
  PisdDrawing *drawing;
} Level;

static void
level_free (gpointer data)
{
  Level *level = data;

  pisd_drawing_free (level->drawing);
  g_free (level);
}

PisdUndo *
explorer_diffusion_new_undo (void)
{
  return pisd_undo_new (EXPLORER_UNDO_LEAST, level_free);
}

static Level *
make_level (ExplorerDiffusion *self, ExplorerDiffusionEdit edit)
{
  Level *level = g_new0 (Level, 1);

  level->edit = edit;
  level->id = self->id;
  level->plan = self->plan;
  level->sampling = self->sampling;
  level->drawing = pisd_drawing_dup (self->drawing);
  return level;
}

void
explorer_diffusion_update_undo (ExplorerDiffusion *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diffusion.undo",
                                 pisd_undo_get_n (self->undo, PISD_UNDO_BACK) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diffusion.redo",
                                 pisd_undo_get_n (self->undo, PISD_UNDO_FORTH) > 0);
}

void
explorer_diffusion_remember (ExplorerDiffusion *self, ExplorerDiffusionEdit edit, const char *tag)
{
  const gint64 now = g_get_monotonic_time ();

  if (!pisd_undo_joins (self->undo, tag, now))
    pisd_undo_push (self->undo, make_level (self, edit), tag, now);
  explorer_diffusion_update_undo (self);
}

/* What the edit was of is all that changes: samples that are drawn anew need no other training. */
static void
follow (ExplorerDiffusion *self, ExplorerDiffusionEdit edit)
{
  if (edit == EXPLORER_DIFFUSION_EDIT_TRAINING)
    explorer_diffusion_restart (self);
  else if (edit == EXPLORER_DIFFUSION_EDIT_RATE)
    pisd_diffuser_job_set_rate (self->job, self->plan.rate);
  explorer_diffusion_show_setup (self);
  if (edit == EXPLORER_DIFFUSION_EDIT_SAMPLING)
    explorer_diffusion_follow_sampling (self);
}

static void
move (ExplorerDiffusion *self, PisdUndoWay way)
{
  const Level *there;
  ExplorerDiffusionEdit edit;
  Level *level;

  if (pisd_undo_get_n (self->undo, way) == 0)
    return;
  there = pisd_undo_get (self->undo, way, 0);
  edit = there->edit;
  level = pisd_undo_move (self->undo, way, make_level (self, edit));
  self->id = level->id;
  self->plan = level->plan;
  self->sampling = level->sampling;
  pisd_drawing_free (self->drawing);
  self->drawing = g_steal_pointer (&level->drawing);
  level_free (level);
  follow (self, edit);
  explorer_diffusion_update_undo (self);
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (EXPLORER_DIFFUSION (widget), PISD_UNDO_BACK);
}

static void
action_redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (EXPLORER_DIFFUSION (widget), PISD_UNDO_FORTH);
}

void
explorer_diffusion_add_undo (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "diffusion.undo", NULL, action_undo);
  gtk_widget_class_install_action (widget_class, "diffusion.redo", NULL, action_redo);
  explorer_keys_bind_undo (widget_class, "diffusion.undo", "diffusion.redo");
}
