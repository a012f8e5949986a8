#include "explorer-measure.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-flow.h"
#include "pisd-radial.h"

/* What the band is of: it takes long, and is the same while steps and the pointer go by. */
static gboolean
takes_band (ExplorerMeasureSpectrum *content, ExplorerMeasureSpectrum *last)
{
  if (last == NULL || last->run_id != content->run_id || last->n_samples != content->n_samples
      || last->frame != content->frame || last->info != content->info)
    return FALSE;
  content->low = g_steal_pointer (&last->low);
  content->high = g_steal_pointer (&last->high);
  return TRUE;
}

static void
fill_band (const ExplorerMeasureModels *models,
           const ExplorerFieldRow *row,
           ExplorerMeasureSpectrum *content,
           ExplorerMeasureSpectrum *last)
{
  const PisdResult *result = explorer_session_get_result (models->session);

  content->run_id = explorer_session_get_run_id (models->session);
  content->n_samples = result == NULL ? 0 : result->n_finished;
  content->frame = row->frame;
  content->info = row->info;
  if (content->n_samples < 2
      || explorer_view_grid_get_estimate_kind (models->grid) != EXPLORER_ESTIMATE_RESULT
      || takes_band (content, last))
    return;
  content->low = g_new (double, content->n);
  content->high = g_new (double, content->n);
  pisd_radial_fill_band (content->shells, result, row->index, row->frame, content->low,
                         content->high);
}

/* Shells are made once a basis. */
static void
take_shells (ExplorerMeasureSpectrum *content,
             ExplorerMeasureSpectrum *last,
             const ExplorerFieldRow *row)
{
  if (last != NULL && pisd_shells_get_basis (last->shells) == row->info->basis)
    content->shells = g_steal_pointer (&last->shells);
  else
    content->shells = pisd_shells_new (row->info->basis);
  content->n = pisd_shells_get_n (content->shells);
}

static gpointer
fill (const ExplorerMeasureModels *models, const ExplorerFieldRow *row, gpointer last)
{
  ExplorerMeasureSpectrum *content = g_new0 (ExplorerMeasureSpectrum, 1);
  g_autofree char *symbol = pisd_field_info_dup_symbol (row->info, row->frame);

  take_shells (content, last, row);
  content->truth =
      pisd_radial_new_power (content->shells, explorer_measure_get_truth (models, row), row->frame);
  content->estimate =
      pisd_radial_new_power (content->shells, row->has_estimate ? row->estimate : NULL, row->frame);
  fill_band (models, row, content, last);
  /* Translators: of a field, below the axis of a chart */
  content->axis = g_strdup_printf (_ ("%s: power by wave number k"), symbol);
  return content;
}

static const double *
skip_mean (const double *power)
{
  return power == NULL ? NULL : power + 1;
}

static void
draw (gconstpointer data,
      cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      double type,
      double x)
{
  const ExplorerMeasureSpectrum *content = data;
  const PisdSpectra spectra = { .n = content->n - 1,
                                .axis = content->axis,
                                .quantity = _ ("power"),
                                .note = _ ("Press Run"),
                                .truth = skip_mean (content->truth),
                                .estimate = skip_mean (content->estimate),
                                .low = skip_mean (content->low),
                                .high = skip_mean (content->high) };

  if (isnan (x))
    pisd_draw_spectra (cr, box, palette, &spectra, type);
  else
    pisd_draw_spectra_readout (cr, box, palette, &spectra, type, x);
}

static void
free_content (gpointer data)
{
  ExplorerMeasureSpectrum *content = data;

  pisd_shells_free (content->shells);
  g_free (content->axis);
  g_free (content->truth);
  g_free (content->estimate);
  g_free (content->low);
  g_free (content->high);
  g_free (content);
}

const ExplorerMeasureKind explorer_measure_spectrum = {
  .label = N_ ("Power by wave number"),
  .fill = fill,
  .draw = draw,
  .free = free_content,
};
