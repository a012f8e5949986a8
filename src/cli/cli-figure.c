#include "cli-figure.h"

#include <math.h>

#include "cli-common.h"
#include "pisd-color-range.h"
#include "pisd-draw-animation.h"
#include "pisd-draw-figure.h"
#include "pisd-draw-save.h"
#include "pisd-error.h"
#include "pisd-name.h"

#define MAX_COLUMNS 4

/* How long a film shows a frame, and the last one. */
#define FRAME_SECONDS 0.5
#define LAST_SECONDS 2.0

typedef enum
{
  COLUMN_ESTIMATE,
  COLUMN_TRUTH,
  COLUMN_ERROR,
  COLUMN_SPREAD,
  N_COLUMNS
} Column;

static const char *const column_titles[] = { "estimate", "truth", "error", "spread" };

gboolean
cli_figure_complete_name (char **path, GError **error)
{
  char *complete = pisd_draw_save_dup_path (*path);

  g_free (*path);
  *path = complete;
  if (pisd_draw_save_check (*path, NULL))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--png: got `%s`, expected a name that ends in .png, .svg or .pdf", *path);
  return FALSE;
}

static guint
choose_columns (const PisdResult *result, const PisdScenario *scenario, Column columns[MAX_COLUMNS])
{
  guint n = 0;

  columns[n++] = COLUMN_ESTIMATE;
  if (scenario->instance != NULL)
    {
      columns[n++] = COLUMN_TRUTH;
      columns[n++] = COLUMN_ERROR;
    }
  if (pisd_result_has_spread (result))
    columns[n++] = COLUMN_SPREAD;
  return n;
}

static PisdField *
subtract (const PisdField *x, const PisdField *y)
{
  PisdField *difference = pisd_field_dup (x);

  for (gsize i = 0; i < pisd_field_get_n (x); i++)
    difference->data[i] -= y->data[i];
  return difference;
}

/* What the figure is made of; fields and titles that are made for it are kept in it. */
typedef struct
{
  const PisdResult *result;
  const PisdScenario *scenario;
  const PisdExact *exact; /* NULL: not known */
  const CliShow *show;    /* NULL, or none: the usual columns */
  PisdFlow flow;
  const double *limits; /* [N_COLUMNS] of the colours; NULL: those of each frame */
  GPtrArray *fields, *titles;
} Made;

/* One frame of a field that may be NULL; what it points to is the figure's. */
static const PisdField *
get_frame (const Made *made, const PisdField *field, guint frame)
{
  PisdField view;

  if (field == NULL)
    return NULL;
  view = pisd_field_get_frame (field, frame);
  g_ptr_array_add (made->fields, pisd_field_dup (&view));
  return g_ptr_array_index (made->fields, made->fields->len - 1);
}

/* Estimate and truth share one range: the truth's, or the estimate's where the truth is flat. */
static double
get_shared_limit (const PisdField *mean, const PisdField *truth)
{
  double shown = pisd_field_get_largest (mean);

  return truth == NULL ? shown : pisd_color_limit (pisd_field_get_largest (truth), shown, 1.0);
}

static void
set_range (const Made *made, PisdPanel *panel, Column column, PisdColormap map, double limit)
{
  if (made->limits != NULL)
    limit = made->limits[column];
  panel->map = map;
  panel->min = map == PISD_COLORMAP_DIVERGING ? -limit : 0.0;
  panel->max = limit;
}

/* A row shows one frame. */
typedef struct
{
  const PisdFieldInfo *info;
  guint frame;
  const PisdField *mean, *truth, *sd; /* truth: NULL where it is not known */
} Row;

static Row
make_row (const Made *made, guint number)
{
  const PisdOperator *problem = pisd_operator_get (made->result->settings.problem);
  const PisdInstance *instance = made->scenario->instance;
  guint f, frame;

  pisd_operator_get_frame (problem, number, &f, &frame);
  return (Row){ &problem->fields[f], frame, get_frame (made, made->result->mean[f], frame),
                get_frame (made, instance == NULL ? NULL : pisd_instance_get_fields (instance)[f],
                           frame),
                get_frame (made, made->result->sd[f], frame) };
}

/* Error and spread have ranges of their own. */
static PisdPanel
make_panel (const Made *made, const Row *row, Column column)
{
  g_autofree char *symbol = pisd_field_info_dup_symbol (row->info, row->frame);
  char *title = g_strdup_printf ("%s, %s", symbol, column_titles[column]);
  PisdPanel panel = { .title = title, .sensor_info = row->info, .sensor_frame = row->frame };

  g_ptr_array_add (made->titles, title);
  if (column == COLUMN_SPREAD)
    {
      panel.field = row->sd;
      set_range (made, &panel, column, PISD_COLORMAP_VIRIDIS, pisd_field_get_largest (panel.field));
      return panel;
    }
  if (column == COLUMN_ERROR)
    {
      panel.field = subtract (row->mean, row->truth);
      g_ptr_array_add (made->fields, (gpointer) panel.field);
      set_range (made, &panel, column, PISD_COLORMAP_DIVERGING,
                 pisd_field_get_largest (panel.field));
      return panel;
    }
  panel.field = column == COLUMN_TRUTH ? row->truth : row->mean;
  panel.sensors = column == COLUMN_ESTIMATE ? made->scenario->sensors : NULL;
  panel.flow = row->info->is_vorticity ? made->flow : PISD_FLOW_NONE;
  set_range (made, &panel, column, PISD_COLORMAP_DIVERGING,
             get_shared_limit (row->mean, row->truth));
  return panel;
}

static void
append (GString *text, const char *words)
{
  if (words != NULL)
    g_string_append_printf (text, " · %s", words);
}

/* "Poisson ∆u = a · 500 sensors (a 500, u 0) · PISD, 300 steps, seed 1 · weights: a 5, equation 1 ·
 * error of a 2.1 %": what the window writes above its pictures. */
static char *
dup_caption (const PisdResult *result, const PisdScenario *scenario)
{
  const PisdOperator *info = pisd_operator_get (result->settings.problem);
  g_autofree char *sensors = pisd_name_dup_sensors (scenario);
  g_autofree char *weights = pisd_name_dup_weights (scenario, &result->settings.parameters);
  g_autofree char *name = NULL;
  GString *text = g_string_new (info->title);
  PisdName of;

  pisd_name_init_result (&of, result);
  name = pisd_name_dup (&of);
  g_string_append_printf (text, " %s", info->equation);
  append (text, sensors);
  append (text, name);
  append (text, weights);
  for (guint f = 0; f < info->n_fields; f++)
    {
      const PisdFieldInfo *field = &info->fields[f];
      g_autofree char *symbol = pisd_field_info_dup_symbol (field, field->n_frames - 1);

      if (isfinite (result->errors[f]))
        g_string_append_printf (text, " · error of %s %.3g\u2009%%", symbol,
                                100 * result->errors[f]);
    }
  return g_string_free (text, FALSE);
}

/* Without a choice the last frame of every field: both fields, the first and the last frame of a
 * flow. */
static guint
choose_frames (const CliFrames *chosen, PisdProblemId problem, guint frames[CLI_MAX_FRAMES])
{
  const PisdOperator *row = pisd_operator_get (problem);
  guint end = 0;

  for (guint k = 0; k < chosen->n; k++)
    frames[k] = chosen->numbers[k];
  if (chosen->n > 0)
    return chosen->n;
  for (guint f = 0; f < row->n_fields; f++)
    {
      end += row->fields[f].n_frames;
      frames[f] = end - 1;
    }
  return row->n_fields;
}

gboolean
cli_frames_check (const CliFrames *frames, PisdProblemId problem, GError **error)
{
  guint n = pisd_operator_count_frames (pisd_operator_get (problem));

  for (guint k = 0; k < frames->n; k++)
    if (frames->numbers[k] >= n)
      {
        g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                     "--frames: got %u, expected 0 to %u for %s", frames->numbers[k], n - 1,
                     pisd_operator_get (problem)->name);
        return FALSE;
      }
  return TRUE;
}

/* A row of the usual columns; returns how many they are. */
static guint
fill_row (const Made *made, guint frame, PisdPanel *panels)
{
  Column columns[MAX_COLUMNS];
  const guint n = choose_columns (made->result, made->scenario, columns);
  const Row row = make_row (made, frame);

  for (guint c = 0; c < n; c++)
    panels[c] = make_panel (made, &row, columns[c]);
  return n;
}

/* The same of those that were chosen. */
static guint
fill_shown (const Made *made, guint frame, PisdPanel *panels)
{
  const CliShown shown = { made->result, made->scenario, made->exact,
                           made->flow,   made->fields,   made->titles };

  for (guint c = 0; c < made->show->n; c++)
    panels[c] = cli_show_make_panel (&shown, &made->show->picks[c], frame);
  return made->show->n;
}

/* A figure of those frames, a row each, that stands for itself. */
static PisdFigure *
create_figure (const Made *made, guint n, const guint *frames)
{
  const gboolean is_chosen = made->show != NULL && made->show->n > 0;
  g_autofree char *caption = dup_caption (made->result, made->scenario);
  PisdPanel panels[CLI_MAX_FRAMES * MAX (MAX_COLUMNS, CLI_MAX_SHOW)];
  PisdFigure figure = { .caption = caption, .panels = panels, .n_rows = n, .step = -1 };

  for (guint r = 0; r < n; r++)
    figure.n_columns =
        (is_chosen ? fill_shown : fill_row) (made, frames[r], panels + r * figure.n_columns);
  return pisd_figure_dup (&figure);
}

/* Its fields and titles are those of the figure alone. */
static PisdFigure *
make_figure (const Made *what, guint n, const guint *frames)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_field_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  Made made = *what;

  made.fields = fields;
  made.titles = titles;
  return create_figure (&made, n, frames);
}

gboolean
cli_figure_save (const PisdResult *result,
                 const PisdScenario *scenario,
                 const PisdExact *exact,
                 const CliFrames *chosen,
                 const CliShow *show,
                 PisdFlow flow,
                 const PisdPaper *paper,
                 const char *path,
                 GError **error)
{
  const Made made = {
    .result = result, .scenario = scenario, .exact = exact, .show = show, .flow = flow
  };
  g_auto (PisdPaper) carrying = { paper->width, paper->height, paper->dpi, NULL };
  g_autoptr (PisdFigure) figure = NULL;
  guint frames[CLI_MAX_FRAMES], n = choose_frames (chosen, result->settings.problem, frames);

  figure = make_figure (&made, n, frames);
  return pisd_draw_save_carry (path, scenario, &carrying, error)
         && pisd_draw_save_figure (path, &carrying, pisd_palette_get (FALSE), figure, error);
}

static const char *const flow_names[PISD_N_FLOWS] = { "none", "lines", "arrows" };

gboolean
cli_figure_parse_flow (const char *text, PisdFlow *flow, GError **error)
{
  for (*flow = 0; *flow < PISD_N_FLOWS; (*flow)++)
    if (g_str_equal (text, flow_names[*flow]))
      return TRUE;
  *flow = PISD_FLOW_NONE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--flow: got `%s`, expected none, lines or arrows", text);
  return FALSE;
}

gboolean
cli_flow_check (PisdFlow flow, PisdProblemId problem, GError **error)
{
  const PisdOperator *row = pisd_operator_get (problem);

  for (guint f = 0; f < row->n_fields; f++)
    if (row->fields[f].is_vorticity)
      return TRUE;
  if (flow == PISD_FLOW_NONE)
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--flow: got %s for %s, which has no velocity, expected none", flow_names[flow],
               row->name);
  return FALSE;
}

/* Films. */

gboolean
cli_film_check (const char *path, PisdProblemId problem, GError **error)
{
  const PisdOperator *row = pisd_operator_get (problem);

  if (!pisd_animation_check (path, error))
    return cli_blame (NULL, error);
  if (row->whole != NULL)
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--animation: got %s, expected an equation whose fields change with time",
               row->name);
  return FALSE;
}

/* The largest magnitudes of all frames, so that a value has one colour in all pictures. */
static void
fill_limits (const Made *made, double limits[N_COLUMNS])
{
  const PisdInstance *instance = made->scenario->instance;

  for (guint c = 0; c < N_COLUMNS; c++)
    limits[c] = 0.0;
  for (guint f = 0; f < made->result->n_fields; f++)
    {
      const PisdField *mean = made->result->mean[f];
      const PisdField *truth = instance == NULL ? NULL : pisd_instance_get_fields (instance)[f];
      g_autoptr (PisdField) error = truth == NULL ? NULL : subtract (mean, truth);

      limits[COLUMN_ESTIMATE] = fmax (limits[COLUMN_ESTIMATE], get_shared_limit (mean, truth));
      limits[COLUMN_ERROR] = fmax (limits[COLUMN_ERROR], pisd_field_get_largest (error));
      limits[COLUMN_SPREAD] =
          fmax (limits[COLUMN_SPREAD], pisd_field_get_largest (made->result->sd[f]));
    }
  limits[COLUMN_TRUTH] = limits[COLUMN_ESTIMATE];
}

static PisdFigure *
make_frame (gpointer data, guint number, GError **error)
{
  return make_figure (data, 1, &number);
}

gboolean
cli_film_save (const PisdResult *result,
               const PisdScenario *scenario,
               PisdFlow flow,
               const char *path,
               PisdCancel *cancel,
               GError **error)
{
  double limits[N_COLUMNS];
  Made made = { .result = result, .scenario = scenario, .flow = flow, .limits = limits };
  const PisdFilm film = { .n_figures = pisd_operator_count_frames (
                              pisd_operator_get (result->settings.problem)),
                          .seconds = FRAME_SECONDS,
                          .last_seconds = LAST_SECONDS,
                          .palette = pisd_palette_get (FALSE),
                          .make = make_frame,
                          .data = &made };

  fill_limits (&made, limits);
  return pisd_draw_save_film (path, &film, cancel, error);
}
