#include "cli-figure.h"

#include <math.h>

#include "pisd-color-range.h"
#include "pisd-draw-figure.h"
#include "pisd-draw-save.h"
#include "pisd-error.h"
#include "pisd-name.h"

#define MAX_COLUMNS 4

typedef enum
{
  COLUMN_ESTIMATE,
  COLUMN_TRUTH,
  COLUMN_ERROR,
  COLUMN_SPREAD
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
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
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
  if (result->n_samples > 1 || pisd_method_get (result->settings.guidance)->knows_mean)
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
  GPtrArray *fields, *titles;
} Made;

/* Estimate and truth share one range: the truth's, or the estimate's where the truth is flat. */
static double
get_shared_limit (const PisdField *mean, const PisdField *truth)
{
  double shown = pisd_color_get_largest (mean);

  return truth == NULL ? shown : pisd_color_limit (pisd_color_get_largest (truth), shown, 1.0);
}

static void
set_range (PisdPanel *panel, PisdColormap map, double limit)
{
  panel->map = map;
  panel->min = map == PISD_COLORMAP_DIVERGING ? -limit : 0.0;
  panel->max = limit;
}

/* Error and spread have ranges of their own. */
static PisdPanel
make_panel (const Made *made, guint field, Column column)
{
  const PisdResult *result = made->result;
  const PisdFieldInfo *info = &pisd_operator_get (result->settings.problem)->fields[field];
  const PisdInstance *instance = made->scenario->instance;
  const PisdField *mean = result->mean[field];
  const PisdField *truth = instance == NULL ? NULL : pisd_instance_get_field (instance, info->id);
  char *title = g_strdup_printf ("%s, %s", info->name, column_titles[column]);
  PisdPanel panel = { .title = title, .sensor_info = info };

  g_ptr_array_add (made->titles, title);
  if (column == COLUMN_SPREAD)
    {
      panel.field = result->sd[field];
      set_range (&panel, PISD_COLORMAP_VIRIDIS, pisd_color_get_largest (panel.field));
      return panel;
    }
  if (column == COLUMN_ERROR)
    {
      panel.field = subtract (mean, truth);
      g_ptr_array_add (made->fields, (gpointer) panel.field);
      set_range (&panel, PISD_COLORMAP_DIVERGING, pisd_color_get_largest (panel.field));
      return panel;
    }
  panel.field = column == COLUMN_TRUTH ? truth : mean;
  panel.sensors = column == COLUMN_ESTIMATE ? made->scenario->sensors : NULL;
  set_range (&panel, PISD_COLORMAP_DIVERGING, get_shared_limit (mean, truth));
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
    if (isfinite (result->errors[f]))
      g_string_append_printf (text, " · error of %s %.3g\u2009%%", info->fields[f].name,
                              100 * result->errors[f]);
  return g_string_free (text, FALSE);
}

gboolean
cli_figure_save (const PisdResult *result,
                 const PisdScenario *scenario,
                 const char *path,
                 GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_field_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *caption = dup_caption (result, scenario);
  const Made made = { result, scenario, fields, titles };
  PisdFigure figure = { .caption = caption, .n_rows = result->n_fields, .step = -1 };
  PisdPanel panels[PISD_MAX_FIELDS * MAX_COLUMNS];
  Column columns[MAX_COLUMNS];
  guint n_columns = choose_columns (result, scenario, columns);

  for (guint k = 0; k < figure.n_rows * n_columns; k++)
    panels[k] = make_panel (&made, k / n_columns, columns[k % n_columns]);
  figure.panels = panels;
  figure.n_columns = n_columns;
  return pisd_draw_save_figure (path, pisd_palette_get (FALSE), &figure, error);
}
