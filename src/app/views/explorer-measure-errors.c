#include "explorer-measure.h"

#include <glib/gi18n.h>
#include <math.h>

/* Why a field has no standardised errors. */
static const char *
find_note (const ExplorerMeasureModels *models, const ExplorerFieldRow *row)
{
  const PisdSettings *run = explorer_session_get_run_settings (models->session);

  if (explorer_measure_get_truth (models, row) == NULL)
    return _ ("The truth is not known");
  if (explorer_view_grid_is_live (models->grid))
    return _ ("Live shows a mean without its spread: run");
  if (!explorer_session_has_run (models->session) || run == NULL)
    return _ ("Press Run");
  if (run->samples < 2)
    return _ ("One sample has no spread: ask for more under Sampler");
  if (explorer_session_get_result (models->session) != NULL)
    return _ ("The run is of another truth: run again");
  return _ ("Shown when two samples are through");
}

/* "a: error / spread, root mean square 1.04" */
static char *
dup_place (const ExplorerFieldRow *row)
{
  const char *symbol = row->info->symbol != NULL ? row->info->symbol : row->info->name;

  if (isnan (row->calibration))
    /* Translators: of a field, as the axis of a histogram */
    return g_strdup_printf (_ ("%s: (truth − mean) / spread"), symbol);
  /* Translators: likewise; "rms" is the root mean square, corrected for few samples */
  return g_strdup_printf (_ ("%s: (truth − mean) / spread, rms %.2f"), symbol, row->calibration);
}

/* "16384 nodes, 12 beyond ±5" */
static char *
dup_counted (const PisdMarginal *errors)
{
  g_autofree char *nodes = g_strdup_printf (ngettext ("%u node", "%u nodes", errors->n), errors->n);

  if (errors->n_beyond == 0)
    return g_steal_pointer (&nodes);
  /* Translators: "16384 nodes, 12 beyond ±5" */
  return g_strdup_printf (_ ("%s, %u beyond ±%.0f"), nodes, errors->n_beyond,
                          PISD_MARGINAL_STANDARDIZED);
}

static gpointer
fill (const ExplorerMeasureModels *models, const ExplorerFieldRow *row, gpointer last)
{
  ExplorerMeasureErrors *content = g_new0 (ExplorerMeasureErrors, 1);

  if (!row->has_standardized)
    {
      content->note = find_note (models, row);
      return content;
    }
  content->errors = pisd_marginal_new_standardized (pisd_field_get_n (row->standardized),
                                                    row->standardized->data);
  content->place = dup_place (row);
  content->counted = dup_counted (content->errors);
  return content;
}

static void
draw (gconstpointer data,
      cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      double type,
      double x)
{
  const ExplorerMeasureErrors *content = data;
  const PisdMarginalChart chart = { .marginal = content->errors,
                                    .place = content->place,
                                    .note = content->note,
                                    .counted = content->counted,
                                    .gaussian = _ ("unit Gaussian") };

  if (isnan (x))
    pisd_draw_marginal (cr, box, palette, &chart, type);
  else
    pisd_draw_marginal_readout (cr, box, palette, &chart, type, x);
}

static void
free_content (gpointer data)
{
  ExplorerMeasureErrors *content = data;

  pisd_marginal_free (content->errors);
  g_free (content->place);
  g_free (content->counted);
  g_free (content);
}

const ExplorerMeasureKind explorer_measure_errors = {
  .label = N_ ("Histogram of the standardised errors"),
  .fill = fill,
  .draw = draw,
  .free = free_content,
};
