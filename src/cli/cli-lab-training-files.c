#include "cli-lab-training-files.h"

#include <math.h>
#include <string.h>

#include "pisd-draw-training-look.h"
#include "pisd-json.h"
#include "pisd-save.h"
#include "pisd-theory.h"

static gboolean
save_csv (const CliLabTrainingOptions *options,
          const PisdRegressionLog *const *logs,
          GError **error)
{
  g_autofree char *text = pisd_regression_log_dup_csv (
      logs, (const char *const *) options->runs->names, options->runs->n_runs);

  return pisd_save_bytes (options->csv, text, strlen (text), error);
}

static void
add_plan (JsonBuilder *builder, const CliLabTrainingOptions *options)
{
  const PisdRegressionPlan *plan = options->runs->plans[0];
  const PisdDescentTraits *traits = pisd_descent_get_traits (plan->method);
  g_autofree char *widths = pisd_regression_plan_dup_widths (plan);
  g_autofree char *polynomial = pisd_polynomial_dup_text (plan->target);

  pisd_json_add_text_member (builder, "target", plan->target_name);
  pisd_json_add_text_member (builder, "polynomial", polynomial);
  pisd_json_add_text_member (builder, "network", widths);
  pisd_json_add_text_member (builder, "method", traits->name);
  pisd_json_add_number_member (builder, "rate", traits->rate > 0.0 ? plan->rate : NAN);
  pisd_json_add_number_member (builder, "batch", traits->batch > 0 ? plan->batch : plan->n_points);
  pisd_json_add_number_member (builder, "weight_decay", plan->decay);
  pisd_json_add_number_member (builder, "points", plan->n_points);
  pisd_json_add_number_member (builder, "until", plan->end);
}

static void
add_run (JsonBuilder *builder,
         const PisdRegressionPlan *plan,
         const PisdRegressionLog *log,
         const char *message)
{
  static const char *const looks[] = { "undecided", "settles", "diverges" };
  const PisdRegressionRow *row = pisd_regression_log_get_last_whole (log);
  PisdGrowth growth;

  pisd_growth_init (&growth, log);
  json_builder_begin_object (builder);
  pisd_json_add_text_member (builder, "activation",
                             pisd_activation_get_traits (plan->activation)->name);
  pisd_json_add_integer_member (builder, "seed", (gint64) plan->seed);
  pisd_json_add_number_member (builder, "step", row != NULL ? row->step : NAN);
  pisd_json_add_number_member (builder, "time", row != NULL ? row->time : NAN);
  pisd_json_add_number_member (builder, "loss", row != NULL ? row->loss : NAN);
  pisd_json_add_number_member (builder, "norm", row != NULL ? row->norm : NAN);
  pisd_json_add_number_member (builder, "gradient_norm", row != NULL ? row->gradient : NAN);
  pisd_json_add_text_member (builder, "failed", message);
  pisd_json_add_text_member (builder, "looks", message == NULL ? looks[growth.look] : NULL);
  pisd_json_add_number_member (builder, "growth", growth.growth);
  pisd_json_add_number_member (builder, "gradient_ratio", growth.gradient);
  pisd_json_add_number_member (builder, "log_slope", growth.log.slope);
  pisd_json_add_number_member (builder, "log_misfit", growth.log.misfit);
  pisd_json_add_number_member (builder, "root_slope", growth.root.slope);
  pisd_json_add_number_member (builder, "root_misfit", growth.root.misfit);
  json_builder_end_object (builder);
}

static gboolean
save_json (const CliLabTrainingOptions *options,
           const PisdRegressionLog *const *logs,
           const char *const *messages,
           GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_plan (builder, options);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint k = 0; k < options->runs->n_runs; k++)
    add_run (builder, options->runs->plans[k], logs[k], messages[k]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return pisd_json_save (builder, options->json, error);
}

static gboolean
save_png (const CliLabTrainingOptions *options,
          const PisdRegressionLog *const *logs,
          GError **error)
{
  g_autofree char *caption = pisd_regression_runs_dup_caption (options->runs);
  g_autoptr (PisdTrainingLook) look = pisd_training_look_new (options->runs);
  PisdTrainingFigure figure = { .caption = caption };

  pisd_training_look_update (look, logs);
  figure.courses = pisd_training_look_get_courses (look);
  figure.function = pisd_training_look_get_function (look);
  figure.panels = pisd_training_look_get_panels (look);
  return pisd_draw_save_training (options->png, pisd_palette_get (FALSE), &figure, error);
}

gboolean
cli_lab_training_save (const CliLabTrainingOptions *options,
                       const PisdRegressionLog *const *logs,
                       const char *const *messages,
                       GError **error)
{
  return (options->csv == NULL || save_csv (options, logs, error))
         && (options->json == NULL || save_json (options, logs, messages, error))
         && (options->png == NULL || save_png (options, logs, error));
}
