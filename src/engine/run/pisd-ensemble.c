#include "pisd-ensemble.h"

#include <math.h>

PisdEnsemble *
pisd_ensemble_new (PisdProblemId problem)
{
  const PisdOperator *row = pisd_operator_get (problem);
  PisdEnsemble *self = g_new0 (PisdEnsemble, 1);

  self->n_fields = row->n_fields;
  for (guint f = 0; f < row->n_fields; f++)
    {
      self->mean[f] = pisd_field_info_new_field (&row->fields[f]);
      self->sd[f] = pisd_field_info_new_field (&row->fields[f]);
    }
  return self;
}

void
pisd_ensemble_free (PisdEnsemble *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < self->n_fields; f++)
    {
      pisd_field_free (self->mean[f]);
      pisd_field_free (self->sd[f]);
    }
  g_free (self);
}

/* Mean and sum of squared deviations with one more value (Welford). */
void
pisd_ensemble_add (PisdEnsemble *sums, const PisdResult *result, guint sample)
{
  sums->n++;
  for (guint f = 0; f < result->n_fields; f++)
    {
      const double *values = pisd_result_get_sample (result, f, sample);
      gsize n = pisd_field_get_n (sums->mean[f]);

      for (gsize p = 0; p < n; p++)
        {
          double before = values[p] - sums->mean[f]->data[p];

          sums->mean[f]->data[p] += before / sums->n;
          sums->sd[f]->data[p] += before * (values[p] - sums->mean[f]->data[p]);
        }
    }
}

PisdEnsemble *
pisd_ensemble_new_spread (const PisdEnsemble *sums, PisdProblemId problem)
{
  PisdEnsemble *self = pisd_ensemble_new (problem);

  self->n = sums->n;
  for (guint f = 0; f < self->n_fields; f++)
    {
      pisd_field_copy (sums->mean[f], self->mean[f]);
      for (gsize p = 0; p < pisd_field_get_n (sums->sd[f]); p++)
        self->sd[f]->data[p] = self->n > 1 ? sqrt (sums->sd[f]->data[p] / (self->n - 1)) : NAN;
    }
  return self;
}
