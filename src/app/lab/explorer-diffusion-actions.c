#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>

#include "explorer-keys.h"

void
explorer_diffusion_run (ExplorerDiffusion *self)
{
  self->is_running = TRUE;
  pisd_diffuser_job_run (self->job);
  explorer_diffusion_begin_tick (self);
  explorer_diffusion_update_actions (self);
}

/* A step under way is made to its end. */
static void
hold (ExplorerDiffusion *self)
{
  self->is_running = FALSE;
  pisd_diffuser_job_pause (self->job);
  explorer_diffusion_update_actions (self);
}

static void
show_train (ExplorerDiffusion *self)
{
  if (explorer_diffusion_get_page (self) == EXPLORER_DIFFUSION_FORWARD)
    gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "train");
}

static void
action_start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);

  if (!explorer_keys_commit (GTK_WINDOW (self)))
    return;
  explorer_diffusion_restart (self);
  show_train (self);
  explorer_diffusion_run (self);
}

static void
action_toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);

  if (self->is_running)
    hold (self);
  else if (pisd_diffuser_job_is_through (self->job))
    action_start (widget, name, parameter);
  else
    {
      show_train (self);
      explorer_diffusion_run (self);
    }
}

static void
action_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);

  pisd_diffuser_job_step (self->job, 1);
  explorer_diffusion_begin_tick (self);
}

/* What goes on is held first; then the window is closed. */
static void
action_escape (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);

  if (self->is_running)
    hold (self);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
action_sample (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "sample");
  explorer_diffusion_start_sampling (self);
}

static void
action_play (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_diffusion_play (EXPLORER_DIFFUSION (widget));
}

static void
action_clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);

  explorer_diffusion_remember (self, EXPLORER_DIFFUSION_EDIT_TRAINING, NULL);
  pisd_drawing_free (self->drawing);
  self->drawing = pisd_drawing_new ();
  explorer_diffusion_restart (self);
}

static void
action_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (GTK_STACK (EXPLORER_DIFFUSION (widget)->pages),
                                    g_variant_get_string (parameter, NULL));
}

/* What an entry cannot take (explorer-entry.h). */
static void
action_say (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_toasts_show (EXPLORER_DIFFUSION (widget)->toasts,
                        g_variant_get_string (parameter, NULL));
}

static void
on_save_chosen (const char *path, gpointer data)
{
  explorer_diffusion_save (data, path);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const patterns[] = { "*.png", "*.svg", "*.pdf", "*.csv", NULL };

  explorer_file_saving_ask (EXPLORER_DIFFUSION (widget)->saving, _ ("Save Page or Samples"),
                            _ ("diffusion.png"), patterns, on_save_chosen);
}

void
explorer_diffusion_add_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } rows[] = {
    { "diffusion.start", action_start },   { "diffusion.toggle", action_toggle },
    { "diffusion.step", action_step },     { "diffusion.escape", action_escape },
    { "diffusion.sample", action_sample }, { "diffusion.clear", action_clear },
    { "diffusion.play", action_play },     { "diffusion.save", action_save },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    gtk_widget_class_install_action (widget_class, rows[k].name, NULL, rows[k].activate);
  gtk_widget_class_install_action (widget_class, "diffusion.page", "s", action_page);
  gtk_widget_class_install_action (widget_class, "win.say", "s", action_say);
  explorer_diffusion_add_undo (widget_class);
  explorer_keys_bind_run (widget_class, "diffusion.start", "diffusion.save");
  explorer_keys_bind_close (widget_class, NULL);
}
