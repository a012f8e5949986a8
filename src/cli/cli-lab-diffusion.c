/* `pisd lab diffusion`: a diffusion model is trained, samples are drawn and measured. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli-lab-diffusion-private.h"
#include "cli-lab.h"
#include "cli-progress.h"
#include "pisd-divergence.h"
#include "pisd-error.h"

/* Samples that the bound and the score's error are means over. */
#define BOUND_BLOCK 128
#define N_SCORE 500
/* Paths that a figure shows. */
#define MOST_PATHS 60

static double
get_seconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC;
}

static void
run_clear (CliLabDiffusion *run)
{
  pisd_diffuser_training_free (run->training);
  g_free (run->losses);
  g_free (run->samples);
  g_free (run->labels);
  g_free (run->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLabDiffusion, run_clear)

PisdDiffuserTraining *
cli_lab_diffusion_train (const CliLabDiffusionOptions *options,
                         const PisdDiffuserPlan *plan,
                         const char *what,
                         CliSignals *signals,
                         double *losses,
                         GError **error)
{
  g_autoptr (PisdCancel) cancel = NULL;
  g_autoptr (PisdDiffuserTraining) training = NULL;
  g_autofree char *failure = NULL;
  PisdDivergence divergence;
  CliProgress progress;
  gboolean goes_on = TRUE;

  pisd_divergence_init (&divergence, plan);
  cli_progress_begin (&progress, signals, what, 1);
  cancel = cli_signals_new_cancel (signals);
  training = pisd_diffuser_training_new (plan, options->data, options->n_threads, cancel);
  for (guint64 i = 0; training != NULL && goes_on && failure == NULL && i < options->n_train; i++)
    {
      losses[i] = pisd_diffuser_training_step (training, options->n_threads);
      goes_on =
          cli_progress_step (i + 1, options->n_train, &progress) && !pisd_cancel_look (cancel);
      if (goes_on)
        failure = pisd_divergence_note (&divergence, i + 1, losses[i]);
    }
  cli_progress_end (&progress);
  if (failure != NULL)
    pisd_error_fail (error, PISD_ERROR_NUMERIC, "%s: got --rate %g", failure, plan->rate);
  return goes_on && failure == NULL ? g_steal_pointer (&training) : NULL;
}

gboolean
cli_lab_diffusion_has_labels (const CliLabDiffusionOptions *options)
{
  return !options->is_exact && pisd_diffuser_plan_has_labels (&options->plan);
}

/* The network or the closed form, for as long as what it points to is there. */
typedef struct
{
  PisdProcess *process; /* of the closed form */
  PisdExactModel exact;
  PisdDiffuserModel learned;
  PisdEstimator estimator;
} Source;

static void
source_init (Source *self,
             const CliLabDiffusionOptions *options,
             const PisdDiffuserTraining *training,
             double guidance,
             double limit)
{
  self->process = pisd_process_new (options->plan.process, options->plan.n_times);
  if (training == NULL)
    {
      self->exact = (PisdExactModel){ self->process, &options->data->mixture };
      self->estimator = pisd_estimator_for_mixture (&self->exact);
      return;
    }
  self->learned =
      (PisdDiffuserModel){ pisd_diffuser_training_get_diffuser (training),
                           pisd_diffuser_training_get_average (training), guidance, limit };
  self->estimator = pisd_estimator_for_diffuser (&self->learned);
}

/* n states of the source as data. */
static double *
dup_decoded (const CliLabDiffusionOptions *options,
             const CliLabDiffusion *run,
             gsize n,
             const double *states)
{
  const gsize n_values = n * options->data->dimension;
  double *x = g_new (double, n_values);

  if (run->training != NULL)
    pisd_diffuser_training_decode (run->training, n, states, x);
  else
    memcpy (x, states, n_values * sizeof (double));
  return x;
}

/* The first samples once more with all states on the way: their bits are the same. */
static gboolean
keep_paths (const CliLabDiffusionOptions *options,
            CliLabDiffusion *run,
            const Source *source,
            PisdSamplePlan plan,
            PisdCancel *cancel)
{
  g_autoptr (PisdTrajectories) trajectories = NULL;

  if (options->png == NULL || options->data->side > 0)
    return TRUE;
  plan.n = MIN (plan.n, MOST_PATHS);
  plan.keeps_last = FALSE;
  trajectories = pisd_trajectories_new (&source->estimator, source->process, &plan,
                                        options->n_threads, cancel);
  if (trajectories == NULL)
    return FALSE;
  run->n_paths = (guint) plan.n;
  run->paths = dup_decoded (options, run, (plan.n_steps + 1) * plan.n, trajectories->states);
  return TRUE;
}

static gboolean
sample (const CliLabDiffusionOptions *options,
        CliLabDiffusion *run,
        const Source *source,
        PisdCancel *cancel,
        GError **error)
{
  const gsize n = options->sample.n;
  const gint64 begun = g_get_monotonic_time ();
  PisdSamplePlan plan = options->sample;
  g_autoptr (PisdTrajectories) trajectories = NULL;

  if (cli_lab_diffusion_has_labels (options))
    {
      run->labels = g_new (guint, n);
      pisd_diffuser_choose_labels (options->data, options->plan.seed, options->label, n,
                                   run->labels);
    }
  plan.labels = run->labels;
  plan.keeps_last = TRUE;
  trajectories = pisd_trajectories_new (&source->estimator, source->process, &plan,
                                        options->n_threads, cancel);
  if (trajectories == NULL || !pisd_trajectories_check (trajectories, error))
    return FALSE;
  run->samples =
      dup_decoded (options, run, n, pisd_trajectories_get_state (trajectories, plan.n_steps));
  run->sample_seconds = get_seconds (begun);
  if (options->is_exact)
    {
      run->labels = g_new (guint, n);
      pisd_plane_mixture_find_parts (&options->data->mixture, n, run->samples, run->labels);
    }
  return keep_paths (options, run, source, plan, cancel)
         && pisd_diffuser_report_init (&run->report, options->data, options->plan.seed, n,
                                       run->samples, run->labels, options->n_threads, cancel);
}

gboolean
cli_lab_diffusion_get_bounds (const CliLabDiffusionOptions *options,
                              const PisdDiffuserTraining *training,
                              double bounds[PISD_N_VARIANCES],
                              PisdCancel *cancel)
{
  g_autofree double *x0 = NULL;
  guint labels[BOUND_BLOCK];
  Source source;

  source_init (&source, options, training, 0.0, 0.0);
  x0 = g_new (double, BOUND_BLOCK *source.estimator.dimension);
  if (training != NULL)
    pisd_diffuser_training_draw (training, PISD_LAB_FRESH, BOUND_BLOCK, x0, labels);
  else
    pisd_lab_data_draw (options->data, options->plan.seed, PISD_LAB_FRESH, BOUND_BLOCK, x0, NULL);
  for (guint id = 0; id < PISD_N_VARIANCES; id++)
    {
      bounds[id] = NAN;
      if (id != PISD_VARIANCE_LEARNED || source.estimator.learns_variance)
        bounds[id] = pisd_estimator_get_bound (
            &source.estimator, source.process, id, options->plan.seed, BOUND_BLOCK, x0,
            cli_lab_diffusion_has_labels (options) ? labels : NULL, NULL, options->n_threads,
            cancel);
    }
  pisd_process_free (source.process);
  return !pisd_cancel_look (cancel);
}

/* A mixture's score is known as that of the data, and not of their components; it is held against
 * what the network says without a label. */
static gboolean
has_score (const CliLabDiffusionOptions *options)
{
  return options->data->is_mixture
         && (options->is_exact || (options->plan.n_latents == 0 && options->plan.drop > 0.0));
}

/* Of states at all times: |learned - exact score| over |exact score|, root mean squares of the
 * scores times sqrt (1 - abar). */
static double
get_score_error (const CliLabDiffusionOptions *options, const Source *source)
{
  const PisdProcess *process = source->process;
  double x0[2 * N_SCORE], noise[2 * N_SCORE], x[2], estimate[2], learned[2], exact[2];
  double error = 0.0, square = 0.0;
  gpointer work = source->estimator.open (source->estimator.model, 1);

  pisd_lab_data_draw (options->data, options->plan.seed, PISD_LAB_FRESH, N_SCORE, x0, NULL);
  pisd_rng_fill_normal (options->plan.seed, PISD_STREAM_DIFFUSION, PISD_LANE_BOUND, 0, 2 * N_SCORE,
                        noise);
  for (guint i = 0; i < N_SCORE; i++)
    {
      const guint t = 1 + i * process->n_steps / N_SCORE;

      pisd_process_carry (process, t, 2, x0 + 2 * i, noise + 2 * i, x);
      source->estimator.estimate (work, t, 1, x, NULL, estimate, NULL);
      pisd_estimator_get_score (process, t, 2, x, estimate, learned);
      pisd_plane_mixture_get_score (&options->data->mixture, process->abar[t], process->rest[t], 1,
                                    x, exact);
      for (guint k = 0; k < 2; k++)
        {
          error += process->rest[t] * (learned[k] - exact[k]) * (learned[k] - exact[k]);
          square += process->rest[t] * exact[k] * exact[k];
        }
    }
  source->estimator.close (work);
  return sqrt (error / square);
}

/* Printing. */

static void
print_report (const CliLabDiffusionOptions *options, const CliLabDiffusion *run)
{
  const PisdDiffuserReport *report = &run->report;

  printf ("%" G_GSIZE_FORMAT " samples by %s in %u steps: %.2f s\n", report->n,
          pisd_sample_rule_get_name (options->sample.rule), options->sample.n_steps,
          run->sample_seconds);
  printf ("energy distance to fresh data %.5f (without bias %.5f), of two fresh sets %.5f (%.5f): "
          "%.2f times\n",
          report->samples.of_sets, report->samples.unbiased, report->fresh.of_sets,
          report->fresh.unbiased, report->samples.of_sets / report->fresh.of_sets);
  if (options->is_exact)
    printf ("labels: the part of the mixture that a sample most likely comes from\n");
  if (run->labels == NULL)
    {
      printf ("labels: none, as --drop 1 leaves all of them out of the training\n");
      return;
    }
  printf ("mean distance within a label %.3f, of fresh data %.3f: diversity %.2f\n", report->width,
          report->fresh_width, report->width / report->fresh_width);
  printf ("nearest fresh neighbour has the label: %.1f %%, of fresh data %.1f %%\n",
          100.0 * report->agreement, 100.0 * report->fresh_agreement);
}

static void
print (const CliLabDiffusionOptions *options, const CliLabDiffusion *run)
{
  static const char *const latents[PISD_N_LATENTS] = { "principal components", "cosine modes" };

  if (run->training != NULL)
    printf ("%s: %" G_GSIZE_FORMAT " parameters, %" G_GUINT64_FORMAT
            " steps of training, loss %.4f: %.2f s\n",
            pisd_lab_data_get_name (options->data->id),
            pisd_diffuser_get_n_parameters (pisd_diffuser_training_get_diffuser (run->training)),
            options->n_train, run->losses[options->n_train - 1], run->train_seconds);
  if (run->training != NULL && options->plan.n_latents > 0)
    {
      const PisdComponents *components = pisd_diffuser_training_get_components (run->training);

      printf ("%u %s hold %.1f %% of the variance\n", components->n_kept, latents[components->id],
              100.0 * components->share);
    }
  print_report (options, run);
  if (isfinite (run->score_error))
    printf ("score: relative error %.3f\n", run->score_error);
  else if (options->data->is_mixture && options->plan.drop == 0.0)
    printf ("score: none, as --drop 0 trains no network without a label\n");
  for (guint id = 0; id < PISD_N_VARIANCES && options->bounds; id++)
    if (isnan (run->bounds[id]))
      printf ("bound with the %s variance: none, no variance is learned\n",
              pisd_variance_get_name (id));
    else
      printf ("bound with the %s variance: %.4f bits per dimension\n", pisd_variance_get_name (id),
              run->bounds[id]);
}

/* Everything that is computed. */
static gboolean
compute (const CliLabDiffusionOptions *options,
         CliLabDiffusion *run,
         CliSignals *signals,
         PisdCancel *cancel,
         GError **error)
{
  const gint64 begun = g_get_monotonic_time ();
  Source source;
  gboolean good;

  for (guint id = 0; id < PISD_N_VARIANCES; id++)
    run->bounds[id] = NAN;
  run->losses = g_new0 (double, options->n_train);
  if (!options->is_exact)
    run->training =
        cli_lab_diffusion_train (options, &options->plan, "training", signals, run->losses, error);
  if (!options->is_exact && run->training == NULL)
    return FALSE;
  run->train_seconds = get_seconds (begun);
  source_init (&source, options, run->training, options->guidance, options->limit);
  good = sample (options, run, &source, cancel, error);
  run->score_error = good && has_score (options) ? get_score_error (options, &source) : NAN;
  pisd_process_free (source.process);
  if (good && options->bounds)
    good = cli_lab_diffusion_get_bounds (options, run->training, run->bounds, cancel);
  return good;
}

gboolean
cli_lab_diffusion (int argc, char **argv, GError **error)
{
  g_auto (CliLabDiffusionOptions) options = { 0 };
  g_auto (CliLabDiffusion) run = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdCancel) cancel = NULL;
  g_autoptr (GError) local = NULL;
  gboolean good;

  if (!cli_lab_diffusion_options_parse (&options, argc, argv, error))
    return FALSE;
  if (options.png != NULL)
    cli_warn_of_fonts (options.png);
  cli_signals_begin_run (signals);
  cancel = cli_signals_new_cancel (signals);
  good = compute (&options, &run, signals, cancel, &local);
  if (good)
    print (&options, &run);
  if (good && options.compares)
    good = cli_lab_diffusion_compare (&options, &run, signals, cancel, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!good)
    return pisd_error_fail (error, PISD_ERROR_CANCELLED, "stopped before the end");
  cli_signals_begin_save (signals);
  good = cli_lab_diffusion_save (&options, &run, error);
  cli_signals_end_save (signals);
  return good;
}
