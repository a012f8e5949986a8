/* Three comparisons of the diffusion lab: rules of sampling by energy distance, guidance by what it
 * does to diversity, and the simple loss beside the hybrid one by the variational bound. */
#include <math.h>
#include <stdio.h>

#include "cli-grid.h"
#include "cli-lab-diffusion-private.h"

typedef struct
{
  PisdSampleRule rule;
  guint share; /* T over the number of steps */
} Row;

static const Row rows[] = { { PISD_SAMPLE_DDIM, 20 },
                            { PISD_SAMPLE_DDIM, 4 },
                            { PISD_SAMPLE_HEUN, 20 },
                            { PISD_SAMPLE_DDPM, 4 },
                            { PISD_SAMPLE_DDPM, 1 } };

/* Samples of the network by a rule, and what is to be said of them. */
static gboolean
draw (const CliLabDiffusionOptions *options,
      const CliLabDiffusion *run,
      PisdSamplePlan plan,
      double guidance,
      PisdDiffuserReport *report,
      PisdCancel *cancel,
      GError **error)
{
  const PisdDiffuserModel model = { pisd_diffuser_training_get_diffuser (run->training),
                                    pisd_diffuser_training_get_average (run->training), guidance,
                                    options->limit };
  const PisdEstimator estimator = pisd_estimator_for_diffuser (&model);
  g_autofree double *x = g_new (double, plan.n * options->data->dimension);
  g_autoptr (PisdTrajectories) trajectories = NULL;

  plan.labels = run->labels;
  plan.keeps_last = TRUE;
  trajectories = pisd_trajectories_new (&estimator, pisd_diffuser_get_process (model.diffuser),
                                        &plan, options->n_threads, cancel);
  if (trajectories == NULL || !pisd_trajectories_check (trajectories, error))
    return FALSE;
  pisd_diffuser_training_decode (run->training, plan.n,
                                 pisd_trajectories_get_state (trajectories, plan.n_steps), x);
  return pisd_diffuser_report_init (report, options->data, options->plan.seed, plan.n, x,
                                    run->labels, options->n_threads, cancel);
}

static gboolean
add_rule (CliGrid *grid,
          const CliLabDiffusionOptions *options,
          const CliLabDiffusion *run,
          const Row *row,
          PisdCancel *cancel,
          GError **error)
{
  PisdSamplePlan plan = options->sample;
  PisdDiffuserReport report;

  plan.rule = row->rule;
  plan.n_steps = MAX (options->plan.n_times / row->share, 1);
  plan.eta = 0.0;
  if (!draw (options, run, plan, options->guidance, &report, cancel, error))
    return FALSE;
  cli_grid_add_text (grid, pisd_sample_rule_get_name (plan.rule));
  cli_grid_add_number (grid, plan.n_steps);
  cli_grid_add_number (grid, report.samples.of_sets);
  cli_grid_add_number (grid, report.samples.unbiased);
  cli_grid_add_number (grid, report.samples.of_sets / report.fresh.of_sets);
  return TRUE;
}

static gboolean
compare_rules (const CliLabDiffusionOptions *options,
               const CliLabDiffusion *run,
               PisdCancel *cancel,
               GError **error)
{
  static const CliColumn columns[] = {
    { "rule", "rule", 0 },
    { "steps", "steps", 4 },
    { "energy_distance", "energy distance", 3 },
    { "unbiased", "without bias", 3 },
    { "ratio", "times that of fresh data", 3 },
  };
  g_autoptr (CliGrid) grid = cli_grid_new (columns, G_N_ELEMENTS (columns));

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    if (!add_rule (grid, options, run, &rows[k], cancel, error))
      return FALSE;
  printf ("\n");
  cli_grid_print (grid);
  return TRUE;
}

static gboolean
compare_guidance (const CliLabDiffusionOptions *options,
                  const CliLabDiffusion *run,
                  PisdCancel *cancel,
                  GError **error)
{
  static const CliColumn columns[] = { { "guidance", "guidance", 3 },
                                       { "diversity", "diversity", 3 },
                                       { "agreement", "label right", 3 },
                                       { "energy_distance", "energy distance", 3 } };
  static const double weights[] = { 0.0, 1.0, 2.0, 4.0, 10.0 };
  g_autoptr (CliGrid) grid = cli_grid_new (columns, G_N_ELEMENTS (columns));

  if (options->plan.drop == 0.0 || options->plan.drop == 1.0)
    {
      printf ("\nguidance: none with --drop %g, which trains with labels or without, not both\n",
              options->plan.drop);
      return TRUE;
    }
  for (guint k = 0; k < G_N_ELEMENTS (weights); k++)
    {
      PisdDiffuserReport report;

      if (!draw (options, run, options->sample, weights[k], &report, cancel, error))
        return FALSE;
      cli_grid_add_number (grid, weights[k]);
      cli_grid_add_number (grid, report.width / report.fresh_width);
      cli_grid_add_number (grid, report.agreement);
      cli_grid_add_number (grid, report.samples.of_sets);
    }
  printf ("\n");
  cli_grid_print (grid);
  return TRUE;
}

static void
add_bounds (CliGrid *grid, const char *loss, const double bounds[PISD_N_VARIANCES])
{
  for (guint id = 0; id < PISD_N_VARIANCES; id++)
    if (isfinite (bounds[id]))
      {
        cli_grid_add_text (grid, loss);
        cli_grid_add_text (grid, pisd_variance_get_name (id));
        cli_grid_add_number (grid, bounds[id]);
      }
}

/* The network that was trained, and one with the other loss for as many steps. */
static gboolean
compare_losses (const CliLabDiffusionOptions *options,
                const CliLabDiffusion *run,
                CliSignals *signals,
                PisdCancel *cancel,
                GError **error)
{
  static const CliColumn columns[] = { { "loss", "loss", 0 },
                                       { "variance", "variance", 0 },
                                       { "bits", "bits per dimension", 5 } };
  g_autoptr (CliGrid) grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  g_autofree double *losses = g_new (double, options->n_train);
  g_autoptr (PisdDiffuserTraining) other = NULL;
  PisdDiffuserPlan plan = options->plan;
  double bounds[2][PISD_N_VARIANCES];
  const gboolean was_hybrid = plan.learns_variance;

  plan.learns_variance = !was_hybrid;
  other = cli_lab_diffusion_train (options, &plan, "training once more", signals, losses, error);
  if (other == NULL
      || !cli_lab_diffusion_get_bounds (options, run->training, bounds[was_hybrid], cancel)
      || !cli_lab_diffusion_get_bounds (options, other, bounds[!was_hybrid], cancel))
    return FALSE;
  add_bounds (grid, "simple", bounds[0]);
  add_bounds (grid, "hybrid", bounds[1]);
  printf ("\n");
  cli_grid_print (grid);
  return TRUE;
}

gboolean
cli_lab_diffusion_compare (const CliLabDiffusionOptions *options,
                           const CliLabDiffusion *run,
                           CliSignals *signals,
                           PisdCancel *cancel,
                           GError **error)
{
  return compare_rules (options, run, cancel, error)
         && compare_guidance (options, run, cancel, error)
         && compare_losses (options, run, signals, cancel, error);
}
