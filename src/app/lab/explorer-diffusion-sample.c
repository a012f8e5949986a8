#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-background.h"
#include "explorer-number.h"
#include "pisd-plane-density.h"

/* Paths that are drawn. */
#define N_PATHS 80

/* Samples that a thread draws. */
typedef struct
{
  PisdDiffuserJob *job;
  PisdDiffuserFrame *frame;
  ExplorerDiffusionSampling sampling;
  guint64 seed;
  gsize n;
  gboolean is_complete; /* no training under way has anything to do with them */
  gboolean has_labels;
  guint *labels; /* NULL: there are none */
  PisdCancel *cancel;
  PisdTrajectories *trajectories;
  PisdDiffuserReport report;
  double seconds;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  pisd_trajectories_free (work->trajectories);
  pisd_diffuser_frame_unref (work->frame);
  pisd_diffuser_job_unref (work->job);
  pisd_cancel_unref (work->cancel);
  g_free (work->labels);
  g_free (work);
}

static gboolean
measure (Work *work)
{
  const PisdLabData *data = pisd_diffuser_job_get_data (work->job);
  g_autofree double *x = g_new (double, work->n * data->dimension);

  pisd_diffuser_training_decode (
      pisd_diffuser_job_get_training (work->job), work->n,
      pisd_trajectories_get_state (work->trajectories, work->trajectories->n_steps), x);
  return pisd_diffuser_report_init (&work->report, data, work->seed, work->n, x, work->labels, 0,
                                    work->cancel);
}

/* The closed form knows of no labels: a sample is shown in the colour of the Gaussian that it most
 * likely comes from. */
static void
find_parts (Work *work)
{
  const PisdTrajectories *samples = work->trajectories;

  work->labels = g_new (guint, work->n);
  pisd_plane_mixture_find_parts (&pisd_diffuser_job_get_data (work->job)->mixture, work->n,
                                 pisd_trajectories_get_state (samples, samples->n_steps),
                                 work->labels);
}

static gboolean
run_work (gpointer data, GError **error)
{
  Work *work = data;
  const PisdDiffuserModel model =
      explorer_diffusion_get_model (work->job, work->frame->parameters, work->sampling.guidance);
  const PisdProcess *process = pisd_diffuser_get_process (model.diffuser);
  const PisdExactModel exact = { process, &pisd_diffuser_job_get_data (work->job)->mixture };
  const PisdEstimator estimator = work->sampling.is_exact ? pisd_estimator_for_mixture (&exact)
                                                          : pisd_estimator_for_diffuser (&model);
  PisdSamplePlan plan;
  const gint64 begun = g_get_monotonic_time ();

  if (work->has_labels)
    {
      work->labels = g_new (guint, work->n);
      pisd_diffuser_choose_labels (pisd_diffuser_job_get_data (work->job), work->seed,
                                   work->sampling.label, work->n, work->labels);
    }
  plan = (PisdSamplePlan){ .seed = work->seed,
                           .rule = work->sampling.rule,
                           .n_steps = work->sampling.n_steps,
                           .n = work->n,
                           .eta = work->sampling.eta,
                           .variance = work->sampling.variance,
                           .labels = work->labels };
  work->trajectories = pisd_trajectories_new (&estimator, process, &plan, 0, work->cancel);
  work->seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  if (work->trajectories != NULL && !pisd_trajectories_check (work->trajectories, error))
    return FALSE;
  if (work->trajectories == NULL || !measure (work))
    return pisd_cancel_check (work->cancel, "sampling", error);
  if (work->sampling.is_exact)
    find_parts (work);
  return TRUE;
}

/* What was found, in a line. */
static char *
dup_found (const Work *work)
{
  const PisdDiffuserReport *report = &work->report;
  g_autofree char *seconds = explorer_number_format_digits (work->seconds, 2);
  g_autofree char *samples = explorer_number_format_digits (report->samples.of_sets, 3);
  g_autofree char *fresh = explorer_number_format_digits (report->fresh.of_sets, 3);
  g_autofree char *width = explorer_number_format_digits (report->width / report->fresh_width, 3);

  if (work->sampling.is_exact)
    return g_strdup_printf (_ ("%u samples of the exact denoiser in %s s · energy distance to "
                               "fresh data %s (two fresh sets: %s)"),
                            (guint) work->n, seconds, samples, fresh);
  if (work->labels == NULL)
    return g_strdup_printf (_ ("%u samples in %s s · energy distance to fresh data %s (two fresh "
                               "sets: %s) · no labels, as none are learned"),
                            (guint) work->n, seconds, samples, fresh);
  return g_strdup_printf (
      _ ("%u samples in %s s · energy distance to fresh data %s (two fresh "
         "sets: %s) · diversity %s times that of the data · right label: %d %%"),
      (guint) work->n, seconds, samples, fresh, width, (int) round (100.0 * report->agreement));
}

static void
take (ExplorerDiffusion *self, Work *work)
{
  const gsize size = EXPLORER_DIFFUSION_N_PICTURES;
  const PisdLabData *data = pisd_diffuser_job_get_data (self->job);
  g_autofree char *found = dup_found (work);

  pisd_trajectories_free (self->trajectories);
  self->trajectories = g_steal_pointer (&work->trajectories);
  self->report = work->report;
  self->has_report = work->is_complete;
  g_free (self->sample_labels);
  self->sample_labels = g_steal_pointer (&work->labels);
  for (guint k = 0; k < 2; k++)
    {
      g_free (self->decoded[k]);
      self->decoded[k] = g_new (double, MAX (self->trajectories->n, size) * data->dimension);
    }
  gtk_label_set_text (GTK_LABEL (self->found), found);
  gtk_adjustment_set_upper (self->step, self->trajectories->n_steps);
  gtk_adjustment_set_value (self->step, self->trajectories->n_steps);
  explorer_diffusion_show_sample (self);
}

static void
on_done (gpointer owner, GTask *task)
{
  ExplorerDiffusion *self = owner;
  Work *work = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  const gboolean good = g_task_propagate_boolean (task, &error);

  if (task != self->sample_task)
    return;
  g_clear_object (&self->sample_task);
  g_clear_pointer (&self->sample_cancel, pisd_cancel_unref);
  if (good)
    take (self, work);
  else
    gtk_label_set_text (GTK_LABEL (self->found), error->message);
  explorer_diffusion_update_actions (self);
  if (self->plays)
    explorer_diffusion_play (self);
  self->plays = self->wants_samples;
  if (!self->wants_samples) /* else others are still to come */
    explorer_lab_lesson_tell_ended (EXPLORER_LAB_LESSON (self->lesson));
}

static gboolean
has_labels (ExplorerDiffusion *self)
{
  return !self->sampling.is_exact && pisd_diffuser_plan_has_labels (&self->plan);
}

/* Whether no training changes what says where the data are. */
static gboolean
is_complete (ExplorerDiffusion *self)
{
  return self->sampling.is_exact || pisd_diffuser_job_is_through (self->job);
}

/* None where the network has not learned both what it says with a label and what without. */
static double
get_guidance (ExplorerDiffusion *self)
{
  return pisd_diffuser_plan_has_guidance (&self->plan) ? self->sampling.guidance : 0.0;
}

static void
draw (ExplorerDiffusion *self)
{
  Work *work;

  explorer_diffusion_stop_playing (self);
  explorer_background_forget (&self->sample_task, &self->sample_cancel);
  self->wants_samples = self->wants_samples && !is_complete (self);
  self->has_report = FALSE;
  work = g_new0 (Work, 1);
  work->job = pisd_diffuser_job_ref (self->job);
  work->frame = pisd_diffuser_job_get_frame (self->job);
  work->sampling = self->sampling;
  work->sampling.n_steps = MIN (work->sampling.n_steps, self->plan.n_times);
  work->sampling.guidance = get_guidance (self);
  work->has_labels = has_labels (self);
  work->is_complete = is_complete (self);
  work->seed = self->plan.seed;
  work->n = self->sampling.n;
  work->cancel = pisd_cancel_new ();
  self->sample_cancel = pisd_cancel_ref (work->cancel);
  gtk_label_set_text (GTK_LABEL (self->found), _ ("Samples are being drawn"));
  self->sample_task = explorer_background_start_yielding (self, work, work_free, run_work, on_done);
}

void
explorer_diffusion_start_sampling (ExplorerDiffusion *self)
{
  if (self->frame == NULL)
    return;
  explorer_lab_lesson_tell_begun (EXPLORER_LAB_LESSON (self->lesson));
  draw (self);
}

void
explorer_diffusion_draw_wanted (ExplorerDiffusion *self)
{
  if (self->wants_samples && self->frame != NULL && is_complete (self))
    draw (self);
}

void
explorer_diffusion_forget_samples (ExplorerDiffusion *self)
{
  explorer_diffusion_stop_playing (self);
  explorer_background_forget (&self->sample_task, &self->sample_cancel);
  self->wants_samples = FALSE;
  self->plays = FALSE;
  self->has_report = FALSE;
  g_clear_pointer (&self->trajectories, pisd_trajectories_free);
  gtk_label_set_text (GTK_LABEL (self->found), "");
}

/* What is shown. */

static guint
get_step (ExplorerDiffusion *self)
{
  return MIN ((guint) gtk_adjustment_get_value (self->step), self->trajectories->n_steps);
}

/* The field by which samples of the label are pulled, with guidance as it is set. */
static void
show_score (ExplorerDiffusion *self, guint t)
{
  const guint n = EXPLORER_DIFFUSION_N_ARROWS * EXPLORER_DIFFUSION_N_ARROWS;
  const guint label = has_labels (self) ? self->sampling.label : PISD_NO_LABEL;
  g_autofree double *x = g_new (double, 2 * n);

  pisd_plane_fill_places (EXPLORER_DIFFUSION_N_ARROWS, EXPLORER_DIFFUSION_LIMIT, FALSE, x);
  if (self->sampling.is_exact)
    explorer_diffusion_fill_exact (self, t, n, x, self->score);
  else
    explorer_diffusion_fill_score (self, label, get_guidance (self), t, n, x, self->score);
}

static void
carry_data (ExplorerDiffusion *self, guint t)
{
  pisd_process_carry (explorer_diffusion_get_process (self), t,
                      self->n_shown * pisd_diffuser_job_get_data (self->job)->dimension, self->x0,
                      self->noise, self->xs);
}

void
explorer_diffusion_show_sample (ExplorerDiffusion *self)
{
  const PisdDiffuserTraining *training;
  guint step;

  if (self->trajectories != NULL)
    {
      training = pisd_diffuser_job_get_training (self->job);
      step = get_step (self);
      pisd_diffuser_training_decode (training, self->trajectories->n,
                                     pisd_trajectories_get_state (self->trajectories, step),
                                     self->decoded[0]);
      pisd_diffuser_training_decode (training, self->trajectories->n,
                                     pisd_trajectories_get_estimate (self->trajectories, step),
                                     self->decoded[1]);
      carry_data (self, self->trajectories->times[step]);
      if (!explorer_diffusion_is_picture (self))
        show_score (self, MAX (self->trajectories->times[step], 1));
    }
  explorer_diffusion_update_page (self, EXPLORER_DIFFUSION_SAMPLE);
}

/* Pictures. */

static guint
count_points (ExplorerDiffusion *self)
{
  return MIN ((guint) self->trajectories->n, EXPLORER_DIFFUSION_N_POINTS);
}

/* States with the paths that have led there. */
static void
draw_paths (ExplorerDiffusion *self,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type)
{
  const PisdPlane plane = { .limit = EXPLORER_DIFFUSION_LIMIT,
                            .n_points = count_points (self),
                            .points = self->decoded[0],
                            .labels = self->sample_labels,
                            .n_lines = MIN (N_PATHS, self->trajectories->n),
                            .n_stops = get_step (self),
                            .states = self->trajectories->states,
                            .n_states = self->trajectories->n };

  pisd_draw_plane (cr, box, palette, &plane, type);
}

static void
draw_set (ExplorerDiffusion *self,
          cairo_t *cr,
          const PisdBox *box,
          const PisdPalette *palette,
          double type,
          const double *x,
          const guint *labels)
{
  const gboolean is_there = self->trajectories != NULL && x != NULL;
  const guint n = is_there ? count_points (self) : 0;

  explorer_diffusion_draw_samples (self, cr, box, palette, type, n, x, labels,
                                   explorer_diffusion_get_samples_note ());
}

static void
draw_states (gpointer owner,
             cairo_t *cr,
             const PisdBox *box,
             const PisdPalette *palette,
             double type,
             double x)
{
  ExplorerDiffusion *self = owner;

  if (self->trajectories != NULL && !explorer_diffusion_is_picture (self))
    draw_paths (self, cr, box, palette, type);
  else
    draw_set (self, cr, box, palette, type, self->decoded[0], self->sample_labels);
}

static void
draw_estimates (gpointer owner,
                cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                double type,
                double x)
{
  ExplorerDiffusion *self = owner;

  draw_set (self, cr, box, palette, type, self->decoded[1], self->sample_labels);
}

static void
draw_score (gpointer owner,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            double x)
{
  ExplorerDiffusion *self = owner;
  const char *note = explorer_diffusion_get_score_note (self);
  const PisdPlane plane = { .limit = EXPLORER_DIFFUSION_LIMIT,
                            .note = note,
                            .n_ghosts = note == NULL ? count_points (self) : 0,
                            .ghosts = self->decoded[0],
                            .n_arrows = note == NULL ? EXPLORER_DIFFUSION_N_ARROWS : 0,
                            .arrows = self->score };

  pisd_draw_plane (cr, box, palette, &plane, type);
}

static void
draw_fresh (gpointer owner,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            double x)
{
  ExplorerDiffusion *self = owner;

  explorer_diffusion_draw_samples (self, cr, box, palette, type, self->n_shown, self->x0,
                                   self->labels, _ ("Data are being prepared"));
}

static void
draw_fresh_at_time (gpointer owner,
                    cairo_t *cr,
                    const PisdBox *box,
                    const PisdPalette *palette,
                    double type,
                    double x)
{
  ExplorerDiffusion *self = owner;
  const gboolean is_there = self->trajectories != NULL;

  explorer_diffusion_draw_samples (self, cr, box, palette, type, is_there ? self->n_shown : 0,
                                   self->xs, self->labels, explorer_diffusion_get_samples_note ());
}

void
explorer_diffusion_add_sample (ExplorerDiffusion *self)
{
  const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES] = {
    { _ ("State at this step"), draw_states },
    { _ ("Predicted x₀"), draw_estimates },
    { _ ("Score at this step"), draw_score },
    { _ ("Fresh data"), draw_fresh },
    { _ ("Fresh data at this time"), draw_fresh_at_time }
  };

  self->score = g_new0 (double, 2 * EXPLORER_DIFFUSION_N_ARROWS * EXPLORER_DIFFUSION_N_ARROWS);
  explorer_diffusion_add_panes (self, EXPLORER_DIFFUSION_SAMPLE, pictures);
}
