#include "pisd-report.h"

#include <math.h>
#include <string.h>

#include "pisd-calibration.h"
#include "pisd-json.h"
#include "pisd-npz-writer.h"
#include "pisd-save.h"

/* Columns of the array of sensors. */
#define N_SENSOR_COLUMNS 6
/* From here on a double, and so most JSON readers, cannot hold every whole number. */
#define MAX_EXACT (G_GUINT64_CONSTANT (1) << 53)

/* "NAME_WHAT": n of the fields (0: one, without an axis for it), [n_frames, PISD_GRID, PISD_GRID]
 * or, of one frame, [PISD_GRID, PISD_GRID]. */
static void
add_array (PisdNpzWriter *writer,
           const char *name,
           const char *what,
           guint n,
           guint n_frames,
           const double *data)
{
  g_autofree char *key = g_strconcat (name, "_", what, NULL);
  gsize shape[4];
  guint n_dimensions = 0;

  if (n > 0)
    shape[n_dimensions++] = n;
  if (n_frames > 1)
    shape[n_dimensions++] = n_frames;
  shape[n_dimensions++] = PISD_GRID;
  shape[n_dimensions++] = PISD_GRID;
  pisd_npz_writer_add (writer, key, n_dimensions, shape, data);
}

static void
add_moments (PisdNpzWriter *writer, const PisdResult *result, guint i, const PisdFieldInfo *info)
{
  add_array (writer, info->name, "mean", 0, info->n_frames, result->mean[i]->data);
  if (pisd_operator_get (result->settings.problem)->whole == NULL)
    pisd_npz_writer_mark (writer);
  add_array (writer, info->name, "sd", 0, info->n_frames, result->sd[i]->data);
}

/* One field's part of n arrays of all frames of all fields.  from: [n, size of the field]. */
static void
copy_part (const double *from, gsize size, guint n, gsize stride, double *to)
{
  for (guint i = 0; i < n; i++)
    memcpy (to + i * stride, from + i * size, sizeof (double) * size);
}

/* Of an equation that has one array for all frames: mean, standard deviation and samples of it. */
static void
add_whole (PisdNpzWriter *writer, const PisdResult *result, const PisdOperator *row)
{
  const struct
  {
    const char *what;
    guint n; /* as add_array() counts */
  } arrays[] = { { "mean", 0 }, { "sd", 0 }, { "samples", result->n_samples } };
  const guint n_frames = pisd_operator_count_frames (row);

  for (guint a = 0; a < G_N_ELEMENTS (arrays); a++)
    {
      guint n = MAX (1, arrays[a].n);
      gsize stride = (gsize) n_frames * PISD_GRID * PISD_GRID, offset = 0;
      g_autofree double *all = g_new (double, n *stride);

      for (guint f = 0; f < row->n_fields; f++)
        {
          const double *const from[] = { result->mean[f]->data, result->sd[f]->data,
                                         result->samples[f] };
          gsize size = pisd_field_get_n (result->mean[f]);

          copy_part (from[a], size, n, stride, all + offset);
          offset += size;
        }
      add_array (writer, row->whole, arrays[a].what, arrays[a].n, n_frames, all);
      if (a == 0)
        pisd_npz_writer_mark (writer);
    }
}

static void
add_sensors (PisdNpzWriter *writer, const PisdSensors *sensors)
{
  const gsize shape[2] = { sensors->n, N_SENSOR_COLUMNS };
  g_autofree double *rows = g_new (double, (gsize) MAX (sensors->n, 1) * N_SENSOR_COLUMNS);

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];
      const double row[N_SENSOR_COLUMNS] = { s->field, s->x, s->y, s->t, s->value, s->sd };

      memcpy (rows + i * N_SENSOR_COLUMNS, row, sizeof row);
    }
  pisd_npz_writer_add (writer, "sensors", 2, shape, rows);
}

gboolean
pisd_result_save_npz (const PisdResult *result,
                      const PisdSensors *sensors,
                      const char *name,
                      const char *path,
                      GError **error)
{
  g_autoptr (PisdNpzWriter) writer = NULL;
  const PisdOperator *info;

  g_return_val_if_fail (result != NULL && sensors != NULL && path != NULL, FALSE);

  writer = pisd_npz_writer_new ();
  info = pisd_operator_get (result->settings.problem);
  for (guint i = 0; i < result->n_fields; i++)
    {
      add_moments (writer, result, i, &info->fields[i]);
      if (info->whole == NULL)
        add_array (writer, info->fields[i].name, "samples", result->n_samples,
                   info->fields[i].n_frames, result->samples[i]);
    }
  if (info->whole != NULL)
    add_whole (writer, result, info);
  add_sensors (writer, sensors);
  if (name != NULL)
    pisd_npz_writer_set_comment (writer, name);
  return pisd_npz_writer_save (writer, path, error);
}

/* NULL: null. */
static JsonNode *
new_text (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text)
                      : json_node_new (JSON_NODE_NULL);
}

static void
add_pair (JsonBuilder *builder, const char *name, double estimate, double truth)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  pisd_json_add_number_member (builder, "estimate", estimate);
  pisd_json_add_number_member (builder, "truth", truth);
  json_builder_end_object (builder);
}

/* One setting, with the JSON type of its kind. */
static void
add_setting (JsonBuilder *builder, const PisdSettings *settings, const PisdSettingInfo *info)
{
  g_autofree char *text = pisd_settings_dup_text (settings, info);
  guint64 whole = g_ascii_strtoull (text, NULL, 10);

  json_builder_set_member_name (builder, info->key);
  if (info->type == PISD_SETTING_DOUBLE)
    pisd_json_add_number (builder, g_ascii_strtod (text, NULL));
  else if (info->get_choice != NULL || info->type == PISD_SETTING_COURSE || whole >= MAX_EXACT)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_int_value (builder, whole);
}

static void
add_settings (JsonBuilder *builder, const PisdSettings *settings)
{
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  json_builder_set_member_name (builder, "settings");
  json_builder_begin_object (builder);
  for (guint i = 0; i < n; i++)
    add_setting (builder, settings, &infos[i]);
  json_builder_end_object (builder);
}

/* One array a term, one value a step. */
static void
add_losses (JsonBuilder *builder, const PisdResult *result)
{
  json_builder_set_member_name (builder, "losses");
  json_builder_begin_object (builder);
  for (guint term = 0; term < PISD_N_TERMS; term++)
    {
      const char *name = pisd_term_get_name (result->settings.problem, term);

      if (name == NULL)
        continue;
      json_builder_set_member_name (builder, name);
      json_builder_begin_array (builder);
      for (guint step = 0; step < result->n_steps; step++)
        pisd_json_add_number (builder, result->losses[step][term]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* A member of a field: NAME_a. */
static void
add_of_field (JsonBuilder *builder, const char *name, const char *field, double value)
{
  g_autofree char *member = g_strconcat (name, "_", field, NULL);

  pisd_json_add_number_member (builder, member, value);
}

static void
add_errors (JsonBuilder *builder, const PisdResult *result)
{
  const PisdOperator *info = pisd_operator_get (result->settings.problem);

  for (guint i = 0; i < result->n_fields; i++)
    add_of_field (builder, "error", info->fields[i].name, result->errors[i]);
}

/* Of an equation with several frames, the errors of all of them in the order of time. */
static void
add_frame_errors (JsonBuilder *builder, const PisdResult *result)
{
  const PisdOperator *info = pisd_operator_get (result->settings.problem);

  if (info->whole == NULL)
    return;
  json_builder_set_member_name (builder, "frames");
  json_builder_begin_array (builder);
  for (guint f = 0; f < info->n_fields; f++)
    for (guint i = 0; i < info->fields[f].n_frames; i++)
      {
        json_builder_begin_object (builder);
        pisd_json_add_number_member (builder, "t", info->fields[f].times[i]);
        pisd_json_add_number_member (builder, "error", result->frame_errors[f][i]);
        json_builder_end_object (builder);
      }
  json_builder_end_array (builder);
}

/* Standardised errors of the exact posterior: of the last frame, as errors are. */
static double
get_calibration (const PisdExact *exact, const PisdScenario *scenario, guint f)
{
  PisdField truth, mean, sd;

  if (exact == NULL || exact->sd[f] == NULL || scenario->instance == NULL)
    return NAN;
  truth = pisd_field_get_last_frame (pisd_instance_get_fields (scenario->instance)[f]);
  mean = pisd_field_get_last_frame (exact->mean[f]);
  sd = pisd_field_get_last_frame (exact->sd[f]);
  return pisd_calibration (&truth, &mean, &sd, 0, NULL);
}

static void
add_exact (JsonBuilder *builder, const PisdExact *exact, const PisdScenario *scenario)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  gboolean has_floor = exact != NULL && exact->is_best;

  json_builder_set_member_name (builder, "floor_n");
  if (has_floor)
    json_builder_add_int_value (builder, exact->n_sites);
  else
    json_builder_add_null_value (builder);
  for (guint f = 0; f < info->n_fields; f++)
    {
      const char *name = info->fields[f].name;

      add_of_field (builder, "floor", name, has_floor ? exact->errors[f] : NAN);
      add_of_field (builder, "exact_error", name, exact != NULL ? exact->errors[f] : NAN);
      add_of_field (builder, "expected_error", name, exact != NULL ? exact->expected[f] : NAN);
      add_of_field (builder, "calibration", name, get_calibration (exact, scenario, f));
    }
}

/* What the samples are worth, of the last frame too; null without a truth, or a second sample. */
static void
add_scores (JsonBuilder *builder, const PisdResult *result, const PisdInstance *truth)
{
  const PisdOperator *info = pisd_operator_get (result->settings.problem);

  for (guint f = 0; f < info->n_fields; f++)
    {
      const char *name = info->fields[f].name;
      const PisdScores scores = pisd_result_get_scores (result, f, truth);

      add_of_field (builder, "crps", name, scores.crps);
      add_of_field (builder, "energy_score", name, scores.energy);
      add_of_field (builder, "samples_calibration", name,
                    pisd_result_get_calibration (result, f, truth));
    }
}

static void
add_first (JsonBuilder *builder, const char *name, guint n, guint first)
{
  json_builder_set_member_name (builder, name);
  if (n > 0)
    json_builder_add_int_value (builder, first + 1);
  else
    json_builder_add_null_value (builder);
}

PisdConsistency
pisd_report_get_consistency (const PisdResult *result, const PisdExact *exact)
{
  PisdConsistency c = exact != NULL ? exact->consistency : result->consistency;

  c.bend = fmax (c.bend, result->consistency.bend);
  return c;
}

static void
add_consistency (JsonBuilder *builder, const PisdConsistency *c)
{
  static const char *const scales[] = {
    [PISD_SCALE_FITS] = "fits",
    [PISD_SCALE_TOO_SMALL] = "too small",
    [PISD_SCALE_TOO_LARGE] = "too large",
  };

  json_builder_set_member_name (builder, "readings");
  json_builder_begin_object (builder);
  pisd_json_add_integer_member (builder, "silent", c->n_silent);
  pisd_json_add_integer_member (builder, "against_the_equation", c->n_wrong);
  add_first (builder, "first_against_the_equation", c->n_wrong, c->first_wrong);
  pisd_json_add_integer_member (builder, "beyond_the_prior", c->n_extreme);
  add_first (builder, "first_beyond_the_prior", c->n_extreme, c->first_extreme);
  pisd_json_add_number_member (builder, "standardised", c->ratio);
  pisd_json_add_text_member (builder, "scale", scales[c->scale]);
  json_builder_set_member_name (builder, "cut");
  json_builder_add_boolean_value (builder, c->is_cut);
  pisd_json_add_number_member (builder, "unmet", c->misfit);
  pisd_json_add_number_member (builder, "bend", c->bend);
  json_builder_end_object (builder);
}

/* Sensors whose time is not that of a frame of their field, and that were taken for the nearest
 * one. */
static guint
count_other_times (PisdProblemId problem, const PisdSensors *sensors)
{
  guint n = 0;

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];
      const PisdFieldInfo *info = pisd_problem_find_field (problem, s->field);

      n += info != NULL && pisd_sensor_is_between_frames (s, info);
    }
  return n;
}

static JsonNode *
build_report (const PisdResult *result,
              const PisdScenario *scenario,
              const char *name,
              const PisdExact *exact,
              const char *left_out)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  PisdConsistency consistency;

  json_builder_begin_object (builder);
  pisd_json_add_text_member (builder, "version", PISD_VERSION);
  json_builder_set_member_name (builder, "name");
  json_builder_add_value (builder, new_text (name));
  pisd_json_add_text_member (builder, "problem",
                             pisd_operator_get (result->settings.problem)->name);
  add_settings (builder, &result->settings);
  pisd_json_add_integer_member (builder, "n_sensors", scenario->sensors->n);
  pisd_json_add_integer_member (builder, "n_sensors_moved_to_frame",
                                count_other_times (result->settings.problem, scenario->sensors));
  pisd_json_add_integer_member (builder, "samples", result->n_samples);
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, result->complete);
  pisd_json_add_number_member (builder, "seconds", result->seconds);
  pisd_json_add_number_member (builder, "setup_seconds", result->setup_seconds);
  pisd_json_add_integer_member (builder, "steps", result->n_steps);
  pisd_json_add_integer_member (builder, "evaluations", result->n_evaluations);
  if (result->is_branch)
    pisd_json_add_integer_member (builder, "branch_step", result->branch_step);
  add_errors (builder, result);
  add_frame_errors (builder, result);
  add_exact (builder, exact, scenario);
  add_scores (builder, result, scenario->instance);
  json_builder_set_member_name (builder, "exact_left_out");
  json_builder_add_value (builder, new_text (left_out));
  consistency = pisd_report_get_consistency (result, exact);
  add_consistency (builder, &consistency);
  pisd_json_add_number_member (builder, "deviation", result->deviation);
  add_pair (builder, "residual_fd", result->residual_fd, result->truth_residual_fd);
  add_pair (builder, "residual_spectral", result->residual_spectral,
            result->truth_residual_spectral);
  add_losses (builder, result);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

gboolean
pisd_result_save_json (const PisdResult *result,
                       const PisdScenario *scenario,
                       const char *name,
                       const PisdExact *exact,
                       const char *left_out,
                       const char *path,
                       GError **error)
{
  g_autoptr (JsonGenerator) generator = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (result != NULL && scenario != NULL && path != NULL, FALSE);

  root = build_report (result, scenario, name, exact, left_out);
  generator = json_generator_new ();
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_gstring (generator, g_string_new (NULL));
  g_string_append_c (text, '\n');
  return pisd_save_bytes (path, text->str, text->len, error);
}
