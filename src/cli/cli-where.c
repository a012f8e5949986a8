#include "cli-common.h"

#include <math.h>
#include <stdio.h>

#include "cli-figure.h"
#include "cli-grid.h"
#include "cli-progress.h"
#include "cli-sample-print.h"
#include "cli-scenario.h"
#include "pisd-budget.h"
#include "pisd-color-range.h"
#include "pisd-draw-figure.h"
#include "pisd-draw-save.h"
#include "pisd-error.h"
#include "pisd-npz-writer.h"
#include "pisd-placing.h"
#include "pisd-sensors-csv.h"

#define STANDARD_CURVE 100

static const char summary[] =
    "Says where one more sensor would help most: by how much its reading would lower the variance\n"
    "that the exact posterior leaves, at every node.\n"
    "  pisd where --observe-a 30 --place 20 --sensors MORE.csv --png MAP.png --curve";

typedef struct
{
  CliScenarioOptions scenario;
  char *field, *target;
  char *place;
  char *sensors, *output, *png;
  gboolean curve;

  guint64 n_placed;
} Options;

static void
options_clear (Options *self)
{
  cli_scenario_options_clear (&self->scenario);
  g_free (self->field);
  g_free (self->target);
  g_free (self->place);
  g_free (self->sensors);
  g_free (self->output);
  g_free (self->png);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "field", 0, 0, G_OPTION_ARG_STRING, &self->field,
      "Field of the sensor (default: the one with most sensors)", "NAME" },
    { "target", 0, 0, G_OPTION_ARG_STRING, &self->target,
      "Field that is to become certain, or all (default)", "NAME" },
    { "place", 0, 0, G_OPTION_ARG_STRING, &self->place,
      "Put so many more, each where it helps most after those before", "N" },
    { "sensors", 0, 0, G_OPTION_ARG_FILENAME, &self->sensors,
      "Write all sensors then, as --observations reads them", "MORE.csv" },
    { "curve", 0, 0, G_OPTION_ARG_NONE, &self->curve,
      "Print the errors to be expected with more sensors: best, random, on a grid", NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self->output,
      "Write the map, as it is before any is placed: array `gain`", "MAP.npz" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png, "Draw it; .svg and .pdf work too",
      "MAP.png" },
    { NULL },
  };

  if (!cli_scenario_options_parse (&self->scenario, entries, summary, argc, argv, error))
    return FALSE;
  return self->scenario.list_settings
         || cli_parse_uint ("place", self->place, 1, PISD_PLACING_MOST, &self->n_placed, error);
}

static gboolean
check (Options *self, GError **error)
{
  if (self->sensors != NULL && self->place == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got --sensors without any to put, expected --place N too");
      return FALSE;
    }
  return cli_scenario_options_check (&self->scenario, error)
         && (self->png == NULL || cli_figure_complete_name (&self->png, error));
}

static gboolean
check_files (const Options *self, const char *truth, GError **error)
{
  const CliFile written[] = {
    { "--sensors", self->sensors, TRUE, NULL },
    { "--output", self->output, TRUE, NULL },
    { "--png", self->png, TRUE, NULL },
  };

  return cli_scenario_options_check_files (&self->scenario, truth, written, G_N_ELEMENTS (written),
                                           error);
}

static gboolean
choose_question (const Options *options,
                 const PisdScenario *scenario,
                 PisdQuestion *question,
                 GError **error)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);
  const char *reason;

  pisd_placing_choose_question (scenario, question);
  if (options->field != NULL
      && !cli_find_field (row, "field", options->field, NULL, &question->field, error))
    return FALSE;
  if (options->target != NULL && g_str_equal (options->target, "all"))
    question->target = PISD_AIM_ALL;
  else if (options->target != NULL
           && !cli_find_field (row, "target", options->target, "all", &question->target, error))
    return FALSE;
  reason = pisd_placing_get_reason (scenario, question);
  if (reason == NULL)
    return TRUE;
  g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, reason);
  return FALSE;
}

/* What is printed and written. */

static const char *
get_target_name (const PisdScenario *scenario, const PisdQuestion *question)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);

  return question->target == PISD_AIM_ALL ? "all fields" : row->fields[question->target].name;
}

static void
print_best (const PisdScenario *scenario,
            const PisdQuestion *question,
            const PisdInformation *information,
            const PisdField *map)
{
  const PisdFieldInfo *info =
      &pisd_operator_get (scenario->settings.problem)->fields[question->field];
  const double left = pisd_information_get_left (information);
  const int best = pisd_information_find_best (information);

  printf ("expected error of %s: %.3g %% with %u sensors\n", get_target_name (scenario, question),
          100.0 * sqrt (left), scenario->sensors->n);
  if (best < 0)
    printf ("no further sensor on %s would help\n", info->name);
  else
    printf ("best next on %s: x %.4g, y %.4g, takes %.3g %% off the variance that is left\n",
            info->name, pisd_field_info_get_node (info, (guint) best % PISD_GRID),
            pisd_field_info_get_node (info, (guint) best / PISD_GRID),
            100.0 * map->data[best] / left);
}

static const CliColumn columns[] = {
  { "more", "more sensors", 6 },
  { "best_percent", "best, %", 3 },
  { "random_percent", "random, %", 3 },
  { "grid_percent", "grid, %", 3 },
};

/* At 1, 2, 4, 16, 36 and so on: the squares of even numbers, and few beside them. */
static gboolean
is_shown (guint n, guint last)
{
  const guint side = (guint) lround (sqrt (n));

  return n <= 2 || n == last || (side % 2 == 0 && side * side == n);
}

static void
print_curve (const PisdInformation *information,
             const PisdScenario *scenario,
             const PisdQuestion *question,
             guint n,
             PisdCancel *cancel)
{
  g_autoptr (CliGrid) grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  g_autofree double *left = g_new (double, PISD_N_PLACINGS *n);

  for (guint p = 0; p < PISD_N_PLACINGS; p++)
    pisd_placing_fill_curve (information, scenario, question, p, n, cancel, left + p * n);
  for (guint k = 0; k < n; k++)
    {
      if (!is_shown (k + 1, n))
        continue;
      cli_grid_add_number (grid, k + 1);
      for (guint p = 0; p < PISD_N_PLACINGS; p++)
        cli_grid_add_number (grid, 100.0 * sqrt (left[p * n + k]));
    }
  printf ("\nexpected error:\n");
  cli_grid_print (grid);
}

static gboolean
save_map (const PisdField *map, const char *path, GError **error)
{
  const gsize shape[] = { PISD_GRID, PISD_GRID };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  pisd_npz_writer_add (writer, "gain", G_N_ELEMENTS (shape), shape, map->data);
  return pisd_npz_writer_save (writer, path, error);
}

static gboolean
save_picture (const PisdField *map,
              const PisdScenario *scenario,
              const PisdQuestion *question,
              const char *path,
              GError **error)
{
  const PisdFieldInfo *info =
      &pisd_operator_get (scenario->settings.problem)->fields[question->field];
  g_autofree char *title = g_strdup_printf ("gain of one more sensor on %s", info->name);
  const PisdPanel panel = { .title = title,
                            .field = map,
                            .sensors = scenario->sensors,
                            .sensor_info = info,
                            .map = PISD_COLORMAP_VIRIDIS,
                            .max = pisd_field_get_largest (map) };
  g_auto (PisdPaper) paper = { 0 };
  const PisdFigure figure = { .panels = &panel, .n_rows = 1, .n_columns = 1, .step = -1 };

  return pisd_draw_save_carry (path, scenario, &paper, error)
         && pisd_draw_save_figure (path, &paper, pisd_palette_get (FALSE), &figure, error);
}

static gboolean
place (const Options *options,
       PisdInformation *information,
       PisdScenario *scenario,
       const PisdQuestion *question,
       PisdCancel *cancel,
       GError **error)
{
  g_autofree guint *nodes = g_new (guint, options->n_placed);
  const guint n = pisd_placing_find_best (information, options->n_placed, cancel, nodes, NULL);

  if (!pisd_cancel_check (cancel, "placing sensors", error)
      || !pisd_placing_apply (scenario, question, nodes, n, error))
    return FALSE;
  printf ("placed %u more: expected error %.3g %%\n", n,
          100.0 * sqrt (pisd_information_get_left (information)));
  return options->sensors == NULL
         || pisd_sensors_save_csv (scenario->sensors, options->sensors, error);
}

static gboolean
answer (const Options *options,
        PisdScenario *scenario,
        const PisdQuestion *question,
        PisdCancel *cancel,
        GError **error)
{
  g_autoptr (PisdField) map = pisd_field_new (PISD_GRID, PISD_GRID);
  g_auto (PisdPlacingState) state = { 0 };
  PisdInformation *information;

  if (!pisd_placing_make (&state, scenario, question, options->scenario.n_threads, cancel, error))
    return FALSE;
  information = state.information;
  pisd_information_fill_map (information, map);
  print_best (scenario, question, information, map);
  if ((options->output != NULL && !save_map (map, options->output, error))
      || (options->png != NULL && !save_picture (map, scenario, question, options->png, error)))
    return FALSE;
  if (options->curve)
    print_curve (information, scenario, question,
                 options->place != NULL ? options->n_placed : STANDARD_CURVE, cancel);
  return options->place == NULL || place (options, information, scenario, question, cancel, error);
}

gboolean
cli_where (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdCancel) cancel = NULL;
  PisdQuestion question;

  if (!parse (&options, argc, argv, error))
    return FALSE;
  if (options.scenario.list_settings)
    {
      cli_sample_print_settings ();
      return TRUE;
    }
  if (!check (&options, error) || !check_files (&options, NULL, error))
    return FALSE;
  scenario = cli_scenario_make (&options.scenario, error);
  if (scenario == NULL || !check_files (&options, scenario->truth_path, error)
      || !choose_question (&options, scenario, &question, error))
    return FALSE;
  pisd_budget_set_limit (options.scenario.n_megabytes << 20);
  cancel = cli_signals_new_cancel (signals);
  cli_signals_begin_run (signals);
  return answer (&options, scenario, &question, cancel, error)
         && pisd_cancel_check (cancel, "where to measure next", error);
}
