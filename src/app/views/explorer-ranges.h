/* The colour ranges of one field's views: each kind of picture has its own, so that a large
 * error or a noisy state does not bleach the others.
 *
 * Units: those of the field. */
#pragma once

#include "explorer-columns.h"
#include "pisd-color-range.h"
#include "pisd-colormap.h"

G_BEGIN_DECLS

typedef struct
{
  PisdColorRange clean;  /* truth, exact mean and denoised estimate */
  PisdColorRange noisy;  /* the state x */
  PisdColorRange errors; /* estimate - truth */
  PisdColorRange spread; /* standard deviations */
  PisdColorRange fixed;  /* typed; for all but the spread and what is standardised */
} ExplorerRanges;

/* A new run: what grows begins anew, what is fixed stays. */
void explorer_ranges_reset (ExplorerRanges *ranges);
/* Widens or replaces the range of a column by what the column shows; FIXED leaves it as it is. */
void explorer_ranges_update (ExplorerRanges *ranges,
                             ExplorerColumn column,
                             gboolean noisy,
                             PisdRangeMode mode,
                             gboolean diverging,
                             const PisdField *field);
/* The same, so that it holds besides what the column of another run shows. */
void explorer_ranges_widen (ExplorerRanges *ranges,
                            ExplorerColumn column,
                            gboolean noisy,
                            PisdRangeMode mode,
                            gboolean diverging,
                            const PisdField *field);
/* The range to draw a column with; noisy: the Estimate column shows x. */
const PisdColorRange *explorer_ranges_get (const ExplorerRanges *ranges,
                                           ExplorerColumn column,
                                           gboolean noisy,
                                           PisdRangeMode mode);

/* Whether two columns have one range, and can do with one colour bar. */
gboolean explorer_ranges_are_shared (ExplorerColumn a,
                                     ExplorerColumn b,
                                     gboolean noisy,
                                     PisdRangeMode mode);

G_END_DECLS
