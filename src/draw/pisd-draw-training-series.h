/* The series of charts of the training lab, with the arrays that they point to.
 *
 * Layer: below the charts themselves. */
#pragma once

#include "pisd-draw-training.h"

G_BEGIN_DECLS

typedef struct
{
  GArray *series;    /* of PisdSeries */
  GPtrArray *arrays; /* of double */
} PisdTrainingSeries;

void pisd_training_series_init (PisdTrainingSeries *self);
void pisd_training_series_clear (PisdTrainingSeries *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdTrainingSeries, pisd_training_series_clear)

/* The colour and dashes of group k. */
PisdLine pisd_training_series_get_line (const PisdPalette *palette, guint k);
/* One line; takes over the arrays. */
void pisd_training_series_take (PisdTrainingSeries *self,
                                const char *title,
                                guint n,
                                double *x,
                                double *y,
                                PisdLine line);
/* The median of several curves with a band around it.  x: [n], taken over; curves: [n_curves]: [n],
 * borrowed.  Points at which one of them is no number are left out. */
void pisd_training_series_take_band (PisdTrainingSeries *self,
                                     const char *title,
                                     guint n,
                                     double *x,
                                     guint n_curves,
                                     const double *const *curves,
                                     PisdLine line);

G_END_DECLS
