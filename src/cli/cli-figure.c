#include "cli-figure.h"

#include <math.h>

#include "pisd-draw-figure.h"
#include "pisd-error.h"

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
cli_figure_check_name (const char *path, GError **error)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (path, endings[i]))
        return TRUE;
    }
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               "--png: got `%s`, expected a name that ends in .png, .svg or .pdf", path);
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
  if (result->n_samples > 1 || result->settings.guidance == PISD_GUIDANCE_EXACT)
    columns[n++] = COLUMN_SPREAD;
  return n;
}

static double
largest_magnitude (const PisdField *field)
{
  double min, max;

  pisd_field_get_range (field, &min, &max);
  return fmax (fabs (min), fabs (max));
}

static PisdField *
subtract (const PisdField *x, const PisdField *y)
{
  PisdField *difference = pisd_field_dup (x);

  for (gsize i = 0; i < pisd_field_get_n (x); i++)
    difference->data[i] -= y->data[i];
  return difference;
}

/* Estimate and truth share one range, symmetric about 0; error and spread have their own.  Fields
 * that are made here are kept in `made`, titles in `titles`. */
static PisdPanel
make_panel (const PisdResult *result,
            const PisdScenario *scenario,
            guint field,
            Column column,
            GPtrArray *made,
            GPtrArray *titles)
{
  const PisdFieldInfo *info = &pisd_operator_get (result->settings.problem)->fields[field];
  const PisdField *mean = result->mean[field];
  const PisdField *truth =
      scenario->instance == NULL ? NULL : pisd_instance_get_field (scenario->instance, info->id);
  double range = largest_magnitude (truth != NULL ? truth : mean);
  char *title = g_strdup_printf ("%s, %s", info->name, column_titles[column]);
  PisdPanel panel = { .title = title,
                      .sensor_field = info->id,
                      .map = PISD_COLORMAP_DIVERGING,
                      .min = -range,
                      .max = range };

  g_ptr_array_add (titles, title);
  switch (column)
    {
    case COLUMN_ESTIMATE:
      panel.field = mean;
      panel.sensors = scenario->sensors;
      break;
    case COLUMN_TRUTH:
      panel.field = truth;
      break;
    case COLUMN_ERROR:
      panel.field = subtract (mean, truth);
      g_ptr_array_add (made, (gpointer) panel.field);
      panel.max = largest_magnitude (panel.field);
      panel.min = -panel.max;
      break;
    case COLUMN_SPREAD:
      panel.field = result->sd[field];
      panel.map = PISD_COLORMAP_VIRIDIS;
      panel.min = 0;
      panel.max = largest_magnitude (panel.field);
      break;
    default:
      g_assert_not_reached ();
    }
  return panel;
}

gboolean
cli_figure_save (const PisdResult *result,
                 const PisdScenario *scenario,
                 const char *path,
                 GError **error)
{
  const PisdOperator *problem = pisd_operator_get (result->settings.problem);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_field_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *caption = NULL;
  PisdFigure figure = { .n_rows = result->n_fields, .step = -1 };
  PisdPanel panels[PISD_MAX_FIELDS * MAX_COLUMNS];
  Column columns[MAX_COLUMNS];
  guint n_columns = choose_columns (result, scenario, columns);

  for (guint field = 0; field < result->n_fields; field++)
    {
      for (guint c = 0; c < n_columns; c++)
        panels[field * n_columns + c] =
            make_panel (result, scenario, field, columns[c], made, titles);
    }
  caption = g_strdup_printf ("%s, %u sensor%s, %u steps, %u sample%s", problem->title,
                             scenario->sensors->n, scenario->sensors->n == 1 ? "" : "s",
                             result->n_steps, result->n_samples, result->n_samples == 1 ? "" : "s");
  figure.caption = caption;
  figure.panels = panels;
  figure.n_columns = n_columns;
  return pisd_draw_save_figure (path, pisd_palette_get (FALSE), &figure, error);
}
