#include "explorer-ranges.h"

/* Standardised errors of honest samples lie between -3 and 3. */
#define STANDARDIZED_RANGE 3

void
explorer_ranges_reset (ExplorerRanges *ranges)
{
  ranges->clean.valid = ranges->noisy.valid = ranges->errors.valid = FALSE;
}

static gboolean
is_of_state (ExplorerColumn column, gboolean noisy)
{
  return column == EXPLORER_COLUMN_STATE || (column == EXPLORER_COLUMN_ESTIMATE && noisy);
}

/* Noise and error shrink by orders of magnitude within a run: a range that only grows would show
 * them at the start and be one grey afterwards. */
static PisdRangeMode
let_shrink (PisdRangeMode mode)
{
  return mode == PISD_RANGE_GROW ? PISD_RANGE_STEP : mode;
}

/* The range of a column that follows its data, and how; NULL: it does not. */
static PisdColorRange *
find_range (ExplorerRanges *ranges,
            ExplorerColumn column,
            gboolean noisy,
            PisdRangeMode *mode,
            gboolean *diverging)
{
  if (column == EXPLORER_COLUMN_SPREAD)
    {
      *mode = PISD_RANGE_STEP;
      *diverging = FALSE;
      return &ranges->spread;
    }
  if (*mode == PISD_RANGE_FIXED || column == EXPLORER_COLUMN_STANDARDIZED)
    return NULL;
  *diverging = *diverging || column == EXPLORER_COLUMN_ERROR;
  if (column != EXPLORER_COLUMN_ERROR && !is_of_state (column, noisy))
    return &ranges->clean;
  *mode = let_shrink (*mode);
  return column == EXPLORER_COLUMN_ERROR ? &ranges->errors : &ranges->noisy;
}

void
explorer_ranges_update (ExplorerRanges *ranges,
                        ExplorerColumn column,
                        gboolean noisy,
                        PisdRangeMode mode,
                        gboolean diverging,
                        const PisdField *field)
{
  PisdColorRange *range = find_range (ranges, column, noisy, &mode, &diverging);

  if (range != NULL)
    pisd_color_range_update (range, mode, diverging, field);
}

void
explorer_ranges_widen (ExplorerRanges *ranges,
                       ExplorerColumn column,
                       gboolean noisy,
                       PisdRangeMode mode,
                       gboolean diverging,
                       const PisdField *field)
{
  PisdColorRange *range = find_range (ranges, column, noisy, &mode, &diverging), other = { 0 };

  if (range == NULL)
    return;
  pisd_color_range_update (&other, mode, diverging, field);
  if (range->valid && other.valid)
    other = (PisdColorRange){ MIN (range->min, other.min), MAX (range->max, other.max), TRUE };
  if (other.valid)
    *range = other;
}

const PisdColorRange *
explorer_ranges_get (const ExplorerRanges *ranges,
                     ExplorerColumn column,
                     gboolean noisy,
                     PisdRangeMode mode)
{
  static const PisdColorRange standardized = { -STANDARDIZED_RANGE, STANDARDIZED_RANGE, TRUE };

  if (column == EXPLORER_COLUMN_STANDARDIZED)
    return &standardized;
  if (column == EXPLORER_COLUMN_SPREAD)
    return &ranges->spread;
  if (mode == PISD_RANGE_FIXED)
    return &ranges->fixed;
  if (column == EXPLORER_COLUMN_ERROR)
    return &ranges->errors;
  return is_of_state (column, noisy) ? &ranges->noisy : &ranges->clean;
}

gboolean
explorer_ranges_are_shared (ExplorerColumn a, ExplorerColumn b, gboolean noisy, PisdRangeMode mode)
{
  static const ExplorerRanges any = { 0 };

  return explorer_ranges_get (&any, a, noisy, mode) == explorer_ranges_get (&any, b, noisy, mode);
}
