/* How good samples of a diffusion model are, beside samples of the data that nobody has seen.
 *
 * Threads: as in pisd_parallel(); the bits do not depend on their number. */
#pragma once

#include "pisd-energy-distance.h"
#include "pisd-lab-data.h"

G_BEGIN_DECLS

typedef struct
{
  gsize n;                           /* samples of each set */
  PisdEnergyDistance samples, fresh; /* to fresh data; of two fresh sets; means over some of them */
  /* NaN where samples have no labels. */
  double width, fresh_width;         /* E|X - X'| within a label, a mean over the labels */
  double agreement, fresh_agreement; /* part whose nearest fresh neighbour has their label */
} PisdDiffuserReport;

/* x: [n, data->dimension], labels: [n], NULL: they have none.  FALSE where cancelled. */
gboolean pisd_diffuser_report_init (PisdDiffuserReport *report,
                                    const PisdLabData *data,
                                    guint64 seed,
                                    gsize n,
                                    const double *x,
                                    const guint *labels,
                                    guint n_threads,
                                    PisdCancel *cancel);

/* Samples that nobody has seen from number first of them on; labels: NULL where not wanted.  The
 * rest is missing where cancelled. */
void pisd_diffuser_draw_fresh (const PisdLabData *data,
                               guint64 seed,
                               guint64 first,
                               gsize n,
                               double *x,
                               guint *labels,
                               PisdCancel *cancel);

/* Labels for samples: those of fresh points, as often as they are there, and of pictures one after
 * the other; or all the same, where `label` is one.  out: [n]. */
void pisd_diffuser_choose_labels (const PisdLabData *data,
                                  guint64 seed,
                                  guint label,
                                  gsize n,
                                  guint *out);

G_END_DECLS
