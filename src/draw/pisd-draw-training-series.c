#include "pisd-draw-training-series.h"

#include <math.h>

#include "pisd-sort.h"

/* Measures at scale 1. */
static const double width = 1.8;
static const double dash = 5.0;
static const double gap = 3.0;

#define N_INKS 6

void
pisd_training_series_init (PisdTrainingSeries *self)
{
  self->series = g_array_new (FALSE, FALSE, sizeof (PisdSeries));
  self->arrays = g_ptr_array_new_with_free_func (g_free);
}

void
pisd_training_series_clear (PisdTrainingSeries *self)
{
  g_array_unref (self->series);
  g_ptr_array_unref (self->arrays);
}

/* Beyond the inks lines are dashed. */
PisdLine
pisd_training_series_get_line (const PisdPalette *palette, guint k)
{
  const PisdInk *const inks[N_INKS] = { &palette->loss[0],  &palette->error[0], &palette->loss[1],
                                        &palette->equation, &palette->error[1], &palette->sigma };

  return (PisdLine){ *inks[k % N_INKS], width, dash, k < N_INKS ? 0.0 : gap };
}

void
pisd_training_series_take (PisdTrainingSeries *self,
                           const char *title,
                           guint n,
                           double *x,
                           double *y,
                           PisdLine line)
{
  PisdSeries series = { .title = title, .n = n, .x = x, .y = y, .line = line };

  g_array_append_val (self->series, series);
  g_ptr_array_add (self->arrays, x);
  g_ptr_array_add (self->arrays, y);
}

void
pisd_training_series_take_band (PisdTrainingSeries *self,
                                const char *title,
                                guint n,
                                double *x,
                                guint n_curves,
                                const double *const *curves,
                                PisdLine line)
{
  double *middle = g_new (double, n), *low = g_new (double, n), *high = g_new (double, n);
  g_autofree double *column = g_new (double, n_curves);
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean is_whole = TRUE;

      for (guint c = 0; c < n_curves; c++)
        {
          column[c] = curves[c][i];
          is_whole = is_whole && isfinite (column[c]);
        }
      if (!is_whole)
        continue;
      x[kept] = x[i];
      middle[kept] = pisd_sort_median (n_curves, column);
      low[kept] = column[0];
      high[kept++] = column[n_curves - 1];
    }
  pisd_training_series_take (self, title, kept, x, middle, line);
  g_ptr_array_add (self->arrays, low);
  g_ptr_array_add (self->arrays, high);
  if (n_curves > 1)
    {
      PisdSeries *series = &g_array_index (self->series, PisdSeries, self->series->len - 1);

      series->low = low;
      series->high = high;
    }
}
