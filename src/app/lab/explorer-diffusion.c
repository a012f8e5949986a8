#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-keys.h"
#include "explorer-lab-board.h"
#include "explorer-log-slider.h"
#include "explorer-number.h"
#include "explorer-palette.h"
#include "explorer-spare.h"
#include "explorer-yielding.h"

#define REST 12 /* of drawing */

G_DEFINE_FINAL_TYPE (ExplorerDiffusion, explorer_diffusion, ADW_TYPE_WINDOW)

/* What is shown of the training. */

static char *
dup_status (ExplorerDiffusion *self)
{
  const PisdDiffuserFrame *frame = self->frame;
  g_autofree char *loss = NULL, *energy = NULL, *fresh = NULL, *bits = NULL;

  if (frame == NULL)
    return g_strdup (_ ("Data are being prepared"));
  if (frame->failure != NULL)
    return g_strdup (frame->failure);
  if (frame->n_losses == 0 && self->sampling.is_exact)
    return g_strdup (_ ("The exact denoiser needs no training"));
  if (frame->n_losses == 0)
    return g_strdup_printf (_ ("step %u of %u"), (guint) frame->n_steps, self->plan.n_steps);
  loss = explorer_number_format_digits (frame->losses[frame->n_losses - 1], 3);
  if (frame->n_measures == 0)
    return g_strdup_printf (_ ("step %u of %u · loss %s"), (guint) frame->n_steps,
                            self->plan.n_steps, loss);
  energy = explorer_number_format_digits (frame->measures[frame->n_measures - 1].samples, 3);
  fresh = explorer_number_format_digits (frame->fresh, 3);
  bits = explorer_number_format_digits (frame->measures[frame->n_measures - 1].bits, 3);
  return g_strdup_printf (_ ("step %u of %u · loss %s · bound %s bits per dimension · energy "
                             "distance %s (two fresh sets: %s)"),
                          (guint) frame->n_steps, self->plan.n_steps, loss, bits, energy, fresh);
}

void
explorer_diffusion_show_status (ExplorerDiffusion *self)
{
  g_autofree char *status = dup_status (self);

  explorer_lab_set_text (self->status, status);
}

static void
show_page (ExplorerDiffusion *self)
{
  const guint page = explorer_diffusion_get_page (self);
  g_autofree char *time = g_strdup_printf ("t = %u", explorer_diffusion_get_time (self));
  g_autofree char *step =
      g_strdup_printf (_ ("step %u"), (guint) gtk_adjustment_get_value (self->step));

  gtk_widget_set_visible (self->time_box,
                          page == EXPLORER_DIFFUSION_FORWARD || page == EXPLORER_DIFFUSION_TRUTH);
  gtk_widget_set_visible (self->step_box, page == EXPLORER_DIFFUSION_SAMPLE);
  explorer_lab_set_text (self->time_label, time);
  explorer_lab_set_text (self->step_label, step);
  if (page == EXPLORER_DIFFUSION_FORWARD)
    explorer_diffusion_show_forward (self);
  else if (page == EXPLORER_DIFFUSION_SAMPLE)
    explorer_diffusion_show_sample (self);
  else if (page == EXPLORER_DIFFUSION_TRUTH)
    explorer_diffusion_show_truth (self);
  else
    explorer_diffusion_update_page (self, page);
}

void
explorer_diffusion_update_actions (ExplorerDiffusion *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean is_through = self->job != NULL && pisd_diffuser_job_is_through (self->job);

  gtk_button_set_icon_name (GTK_BUTTON (self->toggle),
                            self->is_running ? "pisd-pause-symbolic" : "pisd-run-symbolic");
  gtk_widget_action_set_enabled (widget, "diffusion.step", !self->is_running && !is_through);
  gtk_widget_action_set_enabled (widget, "diffusion.sample", self->frame != NULL);
  gtk_widget_action_set_enabled (widget, "diffusion.play", self->trajectories != NULL);
  gtk_widget_action_set_enabled (widget, "diffusion.save", self->frame != NULL);
  gtk_widget_set_opacity (self->progress, self->is_running ? 1.0 : 0.0);
}

static void
refresh (ExplorerDiffusion *self)
{
  const guint page = explorer_diffusion_get_page (self);
  const gboolean is_first = self->frame == NULL;

  pisd_diffuser_frame_unref (self->frame);
  self->frame = pisd_diffuser_job_get_frame (self->job);
  if (is_first && self->frame != NULL)
    {
      explorer_diffusion_prepare_forward (self);
      explorer_diffusion_list_labels (self);
      explorer_diffusion_update_actions (self);
    }
  explorer_diffusion_draw_wanted (self);
  explorer_diffusion_show_status (self);
  if (self->frame != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                   (double) self->frame->n_steps / self->plan.n_steps);
  if (page == EXPLORER_DIFFUSION_TRAIN || page == EXPLORER_DIFFUSION_TRUTH || is_first)
    show_page (self);
}

/* While something is computed its newest frame is looked for, as often as drawing is cheap. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (widget);
  const gint64 now = g_get_monotonic_time ();
  const gboolean is_idle = self->frame != NULL && pisd_diffuser_job_is_idle (self->job);

  if (!is_idle && !explorer_lab_pace_is_due (&self->pace, now))
    return G_SOURCE_CONTINUE;
  explorer_lab_pace_begin (&self->pace, now);
  refresh (self);
  if (!is_idle)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  self->is_running = FALSE;
  explorer_diffusion_update_actions (self);
  explorer_spare_soon ();
  return G_SOURCE_REMOVE;
}

void
explorer_diffusion_begin_tick (ExplorerDiffusion *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* The set-up's life. */

static void
forget (ExplorerDiffusion *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->is_running = FALSE;
  explorer_diffusion_forget_samples (self);
  g_clear_pointer (&self->frame, pisd_diffuser_frame_unref);
  g_clear_pointer (&self->x0, g_free);
  g_clear_pointer (&self->noise, g_free);
  g_clear_pointer (&self->xt, g_free);
  g_clear_pointer (&self->xs, g_free);
  g_clear_pointer (&self->labels, g_free);
  self->n_shown = 0;
  self->density_time = G_MAXUINT;
  explorer_diffusion_forget_truth (self);
  if (self->job != NULL)
    pisd_diffuser_job_stop (self->job); /* samples that are being drawn may hold it */
  g_clear_pointer (&self->job, pisd_diffuser_job_unref);
}

static void
start_job (gpointer data)
{
  ExplorerDiffusion *self = data;

  self->job = pisd_diffuser_job_new (&self->plan, self->id, self->drawing, self->plan.n_steps, 0);
}

void
explorer_diffusion_restart (ExplorerDiffusion *self)
{
  forget (self);
  explorer_yielding_start (start_job, self);
  gtk_adjustment_set_upper (self->time, self->plan.n_times);
  explorer_diffusion_begin_tick (self);
  refresh (self);
  explorer_diffusion_update_actions (self);
  explorer_lab_lesson_tell_begun (EXPLORER_LAB_LESSON (self->lesson));
}

static void
on_changed (ExplorerDiffusion *self)
{
  explorer_diffusion_take_rows (self, NULL);
}

/* What changes many times in a row, as a button of it is held, is taken back at once. */
static void
on_spun (ExplorerDiffusion *self, GtkWidget *spin)
{
  explorer_diffusion_take_rows (self, gtk_buildable_get_buildable_id (GTK_BUILDABLE (spin)));
}

static void
on_sampling_changed (ExplorerDiffusion *self)
{
  explorer_diffusion_take_sampling (self, NULL);
}

static void
on_sampling_spun (ExplorerDiffusion *self, GtkWidget *spin)
{
  explorer_diffusion_take_sampling (self, gtk_buildable_get_buildable_id (GTK_BUILDABLE (spin)));
}

/* The rate alone is also that of the training that goes on. */
static void
on_rate_changed (ExplorerDiffusion *self, double value, GtkWidget *slider)
{
  if (self->updating)
    return;
  explorer_diffusion_remember (self, EXPLORER_DIFFUSION_EDIT_RATE, "rate");
  self->plan.rate = value;
  pisd_diffuser_job_set_rate (self->job, value);
}

static void
on_rate_refused (ExplorerDiffusion *self, const char *text)
{
  explorer_toasts_refuse_number (self->toasts, text);
}

static void
on_moved (ExplorerDiffusion *self)
{
  if (self->job != NULL)
    show_page (self);
}

static void
on_style_changed (ExplorerDiffusion *self)
{
  for (guint page = 0; page < EXPLORER_DIFFUSION_N_PAGES; page++)
    for (guint k = 0; k < EXPLORER_DIFFUSION_N_PANES; k++)
      explorer_charts_set_palette (EXPLORER_CHARTS (self->panes[page][k]), explorer_palette_get ());
}

/* The window's own life. */

static gboolean
explorer_diffusion_close_request (GtkWindow *window)
{
  forget (EXPLORER_DIFFUSION (window));
  return GTK_WINDOW_CLASS (explorer_diffusion_parent_class)->close_request (window);
}

static void
explorer_diffusion_dispose (GObject *object)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (object);

  if (self->job != NULL)
    forget (self);
  g_clear_pointer (&self->saving, explorer_file_saving_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_DIFFUSION);
  g_clear_pointer (&self->toasts, explorer_toasts_free);
  G_OBJECT_CLASS (explorer_diffusion_parent_class)->dispose (object);
}

static void
explorer_diffusion_finalize (GObject *object)
{
  ExplorerDiffusion *self = EXPLORER_DIFFUSION (object);

  pisd_drawing_free (self->drawing);
  pisd_undo_free (self->undo);
  pisd_field_free (self->density);
  g_free (self->sample_labels);
  g_free (self->decoded[0]);
  g_free (self->decoded[1]);
  g_free (self->score);
  explorer_diffusion_free_truth (self);
  G_OBJECT_CLASS (explorer_diffusion_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, ExplorerDiffusion, name)
#define BIND_BOARD(name, page)                                          \
  gtk_widget_class_bind_template_child_full (widget_class, name, FALSE, \
                                             G_STRUCT_OFFSET (ExplorerDiffusion, boards[page]))

static void
bind_rows (GtkWidgetClass *widget_class)
{
  BIND (caption);
  BIND (toggle);
  BIND (overlay);
  BIND (data);
  BIND (clear_row);
  BIND (schedule);
  BIND (times);
  BIND (predict);
  BIND (weight);
  BIND (hybrid);
  BIND (drop);
  BIND (latents_row);
  BIND (latents);
  BIND (latent);
  BIND (network);
  BIND (rate);
  BIND (steps);
  BIND (seed);
  BIND (denoiser);
  BIND (rule);
  BIND (variance);
  BIND (sample_steps);
  BIND (samples);
  BIND (eta_row);
  BIND (guidance_row);
  BIND (eta);
  BIND (guidance);
  BIND (label);
}

static void
bind_pages (GtkWidgetClass *widget_class)
{
  BIND (pages);
  BIND (time_box);
  BIND (step_box);
  BIND (time_scale);
  BIND (step_scale);
  BIND (time);
  BIND (step);
  BIND (time_label);
  BIND (step_label);
  BIND (progress);
  BIND (status);
  BIND (found);
  BIND (lesson);
  BIND (controls);
  BIND_BOARD ("forward", EXPLORER_DIFFUSION_FORWARD);
  BIND_BOARD ("train", EXPLORER_DIFFUSION_TRAIN);
  BIND_BOARD ("sample", EXPLORER_DIFFUSION_SAMPLE);
  BIND_BOARD ("truth", EXPLORER_DIFFUSION_TRUTH);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-diffusion.ui");
  bind_rows (widget_class);
  bind_pages (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_spun);
  gtk_widget_class_bind_template_callback (widget_class, on_sampling_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sampling_spun);
  gtk_widget_class_bind_template_callback (widget_class, on_rate_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_rate_refused);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
}

static void
explorer_diffusion_class_init (ExplorerDiffusionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_diffusion_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_diffusion_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_diffusion_close_request;
  g_type_ensure (EXPLORER_TYPE_LOG_SLIDER);
  g_type_ensure (EXPLORER_TYPE_LAB_BOARD);
  g_type_ensure (EXPLORER_TYPE_LAB_LESSON);
  bind_template (widget_class);
  explorer_diffusion_add_actions (widget_class);
}

static void
explorer_diffusion_init (ExplorerDiffusion *self)
{
  static const ExplorerKey keys[] = {
    { GDK_KEY_space, "diffusion.toggle" },
    { GDK_KEY_period, "diffusion.step" },
    { GDK_KEY_KP_Decimal, "diffusion.step" },
    { GDK_KEY_s, "diffusion.sample" },
    { GDK_KEY_1, "diffusion.page::forward" },
    { GDK_KEY_2, "diffusion.page::train" },
    { GDK_KEY_3, "diffusion.page::sample" },
    { GDK_KEY_4, "diffusion.page::truth" },
    { GDK_KEY_p, "diffusion.play" },
    { GDK_KEY_Escape, "diffusion.escape" },
    EXPLORER_LAB_LESSON_KEYS,
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->pace.rest = REST;
  explorer_lab_pace_watch (&self->pace, GTK_WIDGET (self));
  self->drawing = pisd_drawing_new ();
  self->undo = explorer_diffusion_new_undo ();
  self->toasts = explorer_toasts_new (GTK_OVERLAY (self->overlay));
  self->saving = explorer_file_saving_new (GTK_WINDOW (self), self->toasts);
  explorer_diffusion_add_forward (self);
  explorer_diffusion_add_train (self);
  explorer_diffusion_add_sample (self);
  explorer_diffusion_add_truth (self);
  explorer_diffusion_give_lesson (self);
  explorer_keys_install (GTK_WINDOW (self), keys, G_N_ELEMENTS (keys));
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_style_changed (self);
  explorer_diffusion_fill_rows (self);
  explorer_diffusion_restart (self);
  explorer_diffusion_show_setup (self);
  explorer_diffusion_update_undo (self);
}

GtkWidget *
explorer_diffusion_new (GtkApplication *application)
{
  return g_object_new (EXPLORER_TYPE_DIFFUSION, "application", application, NULL);
}
