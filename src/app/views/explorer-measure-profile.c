#include "explorer-measure.h"

#include <glib/gi18n.h>

#include "pisd-draw-profile.h"

static gpointer
fill (const ExplorerMeasureModels *models, const ExplorerFieldRow *row, gpointer last)
{
  const PisdScenario *scenario = explorer_session_get_scenario (models->session);
  ExplorerMeasureProfile *content = g_new0 (ExplorerMeasureProfile, 1);
  PisdProfileFields fields = { .truth = explorer_measure_get_truth (models, row),
                               .estimate = row->has_estimate ? row->estimate : NULL };
  PisdSegment segment;

  content->symbol = pisd_field_info_dup_symbol (row->info, row->frame);
  explorer_view_grid_get_moments (models->grid, row->index, &fields.mean, &fields.sd);
  if (fields.truth == NULL && fields.estimate == NULL)
    return content;
  explorer_view_grid_get_segment (models->grid, &segment);
  if (segment.x0 != segment.x1 || segment.y0 != segment.y1)
    content->profile =
        pisd_profile_new (row->info, row->frame, &segment, &fields, scenario->sensors);
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
  const ExplorerMeasureProfile *content = data;
  const PisdProfileChart chart = { .profile = content->profile,
                                   .symbol = content->symbol,
                                   .note = _ ("Shift and drag across a field") };

  pisd_draw_profile (cr, box, palette, &chart, type, x);
}

static void
free_content (gpointer data)
{
  ExplorerMeasureProfile *content = data;

  pisd_profile_free (content->profile);
  g_free (content->symbol);
  g_free (content);
}

const ExplorerMeasureKind explorer_measure_profile = {
  .label = N_ ("Profile along the line"),
  .follows_probe = TRUE,
  .fill = fill,
  .draw = draw,
  .free = free_content,
};
