/* What `pisd lab diffusion` writes: samples and losses as CSV, results as JSON, a figure. */
#include <math.h>

#include "cli-lab-diffusion-private.h"
#include "pisd-draw-diffusion-look.h"
#include "pisd-json.h"
#include "pisd-number.h"
#include "pisd-save.h"

/* What a figure shows of many. */
#define SMOOTHED 40 /* steps that one point of the loss's curve is a mean of, at least */
#define MOST_LOSSES 400

/* In the data's standardised units. */
static gboolean
save_csv (const CliLabDiffusionOptions *options, const CliLabDiffusion *run, GError **error)
{
  g_autoptr (GBytes) bytes =
      pisd_lab_data_make_csv (options->data, options->sample.n, run->samples, run->labels);

  return pisd_save_bytes (options->csv, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                          error);
}

static gboolean
save_losses (const CliLabDiffusionOptions *options, const CliLabDiffusion *run, GError **error)
{
  g_autoptr (GString) text = g_string_new ("step,loss\n");

  for (guint64 i = 0; i < options->n_train; i++)
    {
      char number[PISD_NUMBER_SIZE];

      g_string_append_printf (text, "%" G_GUINT64_FORMAT ",%s\n", i + 1,
                              pisd_number_format (run->losses[i], number));
    }
  return pisd_save_bytes (options->losses, text->str, text->len, error);
}

static void
add_network (JsonBuilder *builder, const CliLabDiffusionOptions *options)
{
  const PisdDiffuserPlan *plan = &options->plan;

  pisd_json_add_text_member (builder, "predict", pisd_prediction_get_name (plan->prediction));
  pisd_json_add_text_member (builder, "weight", pisd_weight_get_name (plan->weight));
  pisd_json_add_text_member (builder, "loss", plan->learns_variance ? "hybrid" : "simple");
  pisd_json_add_text_member (builder, "network", pisd_diffuser_kind_get_name (plan->kind));
  pisd_json_add_number_member (builder, "latents", plan->n_latents);
  pisd_json_add_text_member (builder, "latent", pisd_latent_get_name (plan->latent));
  pisd_json_add_number_member (builder, "width", plan->width);
  pisd_json_add_number_member (builder, "layers", plan->n_hidden);
  pisd_json_add_number_member (builder, "batch", plan->batch);
  pisd_json_add_number_member (builder, "rate", plan->rate);
  pisd_json_add_number_member (builder, "drop", plan->drop);
  pisd_json_add_number_member (builder, "train", (double) options->n_train);
  pisd_json_add_number_member (builder, "guidance", options->guidance);
}

static void
add_set_up (JsonBuilder *builder, const CliLabDiffusionOptions *options)
{
  const PisdDiffuserPlan *plan = &options->plan;

  pisd_json_add_text_member (builder, "data", pisd_lab_data_get_name (options->data->id));
  pisd_json_add_text_member (builder, "schedule", pisd_process_get_name (plan->process));
  pisd_json_add_number_member (builder, "times", plan->n_times);
  pisd_json_add_text_member (builder, "model", options->is_exact ? "exact" : "network");
  if (!options->is_exact)
    add_network (builder, options);
  pisd_json_add_text_member (builder, "rule", pisd_sample_rule_get_name (options->sample.rule));
  pisd_json_add_number_member (builder, "steps", options->sample.n_steps);
  pisd_json_add_number_member (builder, "eta", options->sample.eta);
  pisd_json_add_number_member (builder, "samples", (double) options->sample.n);
  pisd_json_add_integer_member (builder, "seed", (gint64) plan->seed);
}

static void
add_results (JsonBuilder *builder,
             const CliLabDiffusionOptions *options,
             const CliLabDiffusion *run)
{
  static const char *const names[PISD_N_VARIANCES] = { "bits_small", "bits_large", "bits_learned" };
  const PisdDiffuserReport *report = &run->report;

  pisd_json_add_number_member (builder, "loss_last",
                               run->training != NULL ? run->losses[options->n_train - 1] : NAN);
  pisd_json_add_number_member (builder, "energy_distance", report->samples.of_sets);
  pisd_json_add_number_member (builder, "energy_distance_unbiased", report->samples.unbiased);
  pisd_json_add_number_member (builder, "fresh_energy_distance", report->fresh.of_sets);
  pisd_json_add_number_member (builder, "diversity", report->width / report->fresh_width);
  pisd_json_add_number_member (builder, "agreement", report->agreement);
  pisd_json_add_number_member (builder, "score_error", run->score_error);
  for (guint id = 0; id < PISD_N_VARIANCES; id++)
    pisd_json_add_number_member (builder, names[id], run->bounds[id]);
}

/* Times are left out, so that the same seed gives the same file. */
static gboolean
save_json (const CliLabDiffusionOptions *options, const CliLabDiffusion *run, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_set_up (builder, options);
  add_results (builder, options, run);
  json_builder_end_object (builder);
  return pisd_json_save (builder, options->json, error);
}

/* The figure. */

/* Means of stretches of the losses; returns how many points there are. */
static guint
smooth (const CliLabDiffusionOptions *options, const CliLabDiffusion *run, double *x, double *y)
{
  const guint64 stretch = MAX (options->n_train / MOST_LOSSES, MIN (SMOOTHED, options->n_train));
  guint n = 0;

  for (guint64 i = 0; i + stretch <= options->n_train && n < MOST_LOSSES; i += stretch, n++)
    {
      x[n] = (double) i + (double) stretch / 2.0;
      y[n] = 0.0;
      for (guint64 k = 0; k < stretch; k++)
        y[n] += run->losses[i + k] / (double) stretch;
    }
  return n;
}

static char *
dup_caption (const CliLabDiffusionOptions *options)
{
  g_autofree char *model =
      options->is_exact ? g_strdup ("closed form")
                        : g_strdup_printf ("%" G_GUINT64_FORMAT " steps of training, guidance %g",
                                           options->n_train, options->guidance);

  return g_strdup_printf (
      "%s: %s, T = %u, %s; %s in %u steps", pisd_lab_data_get_name (options->data->id),
      pisd_process_get_name (options->plan.process), options->plan.n_times, model,
      pisd_sample_rule_get_name (options->sample.rule), options->sample.n_steps);
}

static gboolean
save_png (const CliLabDiffusionOptions *options, const CliLabDiffusion *run, GError **error)
{
  const PisdPalette *palette = pisd_palette_get (FALSE);
  const PisdDiffusionSamples samples = { .data = options->data,
                                         .seed = options->plan.seed,
                                         .n = options->sample.n,
                                         .samples = run->samples,
                                         .labels = run->labels,
                                         .n_paths = run->n_paths,
                                         .n_stops = options->sample.n_steps,
                                         .paths = run->paths };
  g_autoptr (PisdDiffusionLook) look = pisd_diffusion_look_new (&samples);
  PisdDiffusionFigure *figure = pisd_diffusion_look_get_figure (look);
  g_autofree char *caption = dup_caption (options);
  double x[MOST_LOSSES], y[MOST_LOSSES];
  const PisdSeries series = { .title = "loss",
                              .n = smooth (options, run, x, y),
                              .x = x,
                              .y = y,
                              .line = { palette->loss[0], 1.8, 0.0, 0.0 } };
  const PisdGraph graph = { .x = { "step", FALSE, .dup_label = pisd_label_dup_plain },
                            .y = { "", TRUE, .dup_label = pisd_label_dup_plain },
                            .n_series = 1,
                            .series = &series,
                            .mark = NAN };

  figure->caption = caption;
  figure->graph = run->training != NULL ? &graph : NULL;
  figure->graph_title = "loss over the training";
  return pisd_draw_save_diffusion (options->png, palette, figure, error);
}

gboolean
cli_lab_diffusion_save (const CliLabDiffusionOptions *options,
                        const CliLabDiffusion *run,
                        GError **error)
{
  return (options->csv == NULL || save_csv (options, run, error))
         && (options->losses == NULL || save_losses (options, run, error))
         && (options->json == NULL || save_json (options, run, error))
         && (options->png == NULL || save_png (options, run, error));
}
