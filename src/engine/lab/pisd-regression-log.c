#include "pisd-regression-log.h"

#include <math.h>

#include "pisd-number.h"

/* Snapshots of a run, and numbers in all of them; of the largest networks there are a few. */
#define MOST_SNAPSHOTS 256
#define LEAST_SNAPSHOTS 4
#define MOST_NUMBERS 1000000

PisdRegressionLog *
pisd_regression_log_new (guint n_layers)
{
  PisdRegressionLog *self = g_new0 (PisdRegressionLog, 1);

  self->n_layers = n_layers;
  self->rows = g_array_new (FALSE, FALSE, sizeof (PisdRegressionRow));
  self->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  self->every = 1;
  return self;
}

void
pisd_regression_log_free (PisdRegressionLog *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_ptr_array_unref (self->snapshots);
  g_array_unref (self->places);
  g_free (self);
}

PisdRegressionLog *
pisd_regression_log_dup (const PisdRegressionLog *log)
{
  PisdRegressionLog *self = pisd_regression_log_new (log->n_layers);

  pisd_regression_log_follow (self, log);
  return self;
}

void
pisd_regression_log_follow (PisdRegressionLog *self, const PisdRegressionLog *log)
{
  guint n = self->rows->len;

  if (log->rows->len > n)
    g_array_append_vals (self->rows, &g_array_index (log->rows, PisdRegressionRow, n),
                         log->rows->len - n);
  g_ptr_array_set_size (self->snapshots, 0);
  for (guint k = 0; k < log->snapshots->len; k++)
    g_ptr_array_add (self->snapshots, g_bytes_ref (g_ptr_array_index (log->snapshots, k)));
  g_array_set_size (self->places, 0);
  if (log->places->len > 0)
    g_array_append_vals (self->places, log->places->data, log->places->len);
  self->every = log->every;
  self->n_whole = log->n_whole;
}

/* Every second snapshot goes, from the second one on. */
static void
thin_out (PisdRegressionLog *self)
{
  for (guint k = 1; k < self->snapshots->len; k++)
    {
      g_ptr_array_remove_index (self->snapshots, k);
      g_array_remove_index (self->places, k);
    }
  self->every *= 2;
}

static void
keep (PisdRegressionLog *self, gsize n, const double *parameters)
{
  const gsize most = CLAMP (MOST_NUMBERS / n, LEAST_SNAPSHOTS, MOST_SNAPSHOTS);
  guint place = self->rows->len - 1;

  if (self->n_whole++ % self->every != 0)
    return;
  g_ptr_array_add (self->snapshots, g_bytes_new (parameters, n * sizeof (double)));
  g_array_append_val (self->places, place);
  if (self->snapshots->len >= most)
    thin_out (self);
}

void
pisd_regression_log_add (PisdRegressionLog *self,
                         const PisdRegressionRow *row,
                         gsize n,
                         const double *parameters)
{
  g_array_append_val (self->rows, *row);
  if (parameters != NULL && !isnan (row->loss))
    keep (self, n, parameters);
}

const PisdRegressionRow *
pisd_regression_log_get_row (const PisdRegressionLog *self, guint row)
{
  return &g_array_index (self->rows, PisdRegressionRow, row);
}

const PisdRegressionRow *
pisd_regression_log_get_last (const PisdRegressionLog *self)
{
  return self->rows->len > 0 ? pisd_regression_log_get_row (self, self->rows->len - 1) : NULL;
}

const PisdRegressionRow *
pisd_regression_log_get_last_whole (const PisdRegressionLog *self)
{
  for (guint i = self->rows->len; i-- > 0;)
    if (!isnan (pisd_regression_log_get_row (self, i)->loss))
      return pisd_regression_log_get_row (self, i);
  return NULL;
}

const PisdRegressionRow *
pisd_regression_log_find (const PisdRegressionLog *self, guint64 step)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (pisd_regression_log_get_row (self, middle)->step <= step)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? pisd_regression_log_get_row (self, low - 1) : NULL;
}

double
pisd_regression_log_get_turn (const PisdRegressionLog *self, guint k)
{
  gsize size;
  const double *a = g_bytes_get_data (g_ptr_array_index (self->snapshots, k), &size);
  const double *b =
      g_bytes_get_data (g_ptr_array_index (self->snapshots, self->snapshots->len - 1), NULL);
  double ab = 0.0, aa = 0.0, bb = 0.0;

  for (gsize i = 0; i < size / sizeof (double); i++)
    {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
  return fmax (1.0 - ab / sqrt (aa * bb), 0.0);
}

double
pisd_regression_row_get (const PisdRegressionRow *row, guint measure)
{
  switch (measure)
    {
    case PISD_MEASURE_LOSS:
      return row->loss;
    case PISD_MEASURE_BATCH:
      return row->batch;
    case PISD_MEASURE_NORM:
      return row->norm;
    case PISD_MEASURE_GRADIENT:
      return row->gradient;
    case PISD_MEASURE_TIME:
      return row->time;
    case PISD_MEASURE_STEP:
      return row->step;
    default:
      g_return_val_if_fail (measure - PISD_MEASURE_LAYER < PISD_REGRESSION_MAX_LAYERS, NAN);
      return row->layers[measure - PISD_MEASURE_LAYER];
    }
}

static void
append_row (GString *text, const char *title, const PisdRegressionRow *row, guint n_layers)
{
  static const PisdMeasure columns[] = { PISD_MEASURE_TIME, PISD_MEASURE_LOSS, PISD_MEASURE_BATCH,
                                         PISD_MEASURE_NORM, PISD_MEASURE_GRADIENT };

  g_string_append_printf (text, "%s,%" G_GUINT64_FORMAT, title, row->step);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    pisd_number_append_cell (text, pisd_regression_row_get (row, columns[c]));
  for (guint l = 0; l < n_layers; l++)
    pisd_number_append_cell (text, row->layers[l]);
  g_string_append_c (text, '\n');
}

char *
pisd_regression_log_dup_csv (const PisdRegressionLog *const *logs,
                             const char *const *titles,
                             guint n)
{
  GString *text = g_string_new ("run,step,time,loss,batch_loss,norm,gradient_norm");

  for (guint l = 0; n > 0 && l < logs[0]->n_layers; l++)
    g_string_append_printf (text, ",norm_%u", l + 1);
  g_string_append_c (text, '\n');
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < logs[k]->rows->len; i++)
      append_row (text, titles[k], pisd_regression_log_get_row (logs[k], i), logs[k]->n_layers);
  return g_string_free (text, FALSE);
}
