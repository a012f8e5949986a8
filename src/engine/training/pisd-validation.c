#include "pisd-validation.h"

#include "pisd-linear-fit.h"
#include "pisd-parallel.h"
#include "pisd-rng.h"

/* The validation's own noise, whatever the seed of the training. */
#define NOISE_SEED 7
#define LANE_VALIDATION 16

static const double levels[PISD_VALIDATION_N_LEVELS] = { 0.1, 0.2, 0.5, 1.0, 2.0 };

struct _PisdValidation
{
  const PisdTrainingPlan *plan;
  PisdTrainingCrew *crew;
  guint batch, n_fields;
  gsize n;        /* of a latent */
  double *fields; /* [labels, n_fields, n] */
  double *linear; /* [labels, levels] errors of the best linear denoiser; < 0: of the family's */
  PisdErrors *errors; /* [labels, levels, n_fields / batch] */
};

static double *
get_field (const PisdValidation *self, guint label, guint i)
{
  return self->fields + ((gsize) label * self->n_fields + i) * self->n;
}

/* Block `block` of all labels' batches. */
static void
draw_block (guint block, gpointer data)
{
  PisdValidation *self = data;
  guint n_batches = self->n_fields / self->batch;
  guint label = block / n_batches, first = block % n_batches * self->batch;
  PisdTrainingPart *part = pisd_training_crew_take (self->crew);

  for (guint i = first; i < first + self->batch; i++)
    pisd_training_data_draw (pisd_training_part_get_tools (part)->data, PISD_DATA_VALIDATION,
                             pisd_training_plan_get_family (self->plan, label), i,
                             get_field (self, label, i));
  pisd_training_crew_give (self->crew, part);
}

/* x = z + sigma noise of field i; the noise of a field is the same on all levels. */
static void
add_noise (const PisdValidation *self, guint label, guint i, double sigma, double *x)
{
  const double *z = get_field (self, label, i);

  pisd_rng_fill_normal (NOISE_SEED, PISD_STREAM_TRAINING, LANE_VALIDATION + label,
                        (guint64) i * self->n, self->n, x);
  for (gsize j = 0; j < self->n; j++)
    x[j] = z[j] + sigma * x[j];
}

static void
measure_block (guint block, gpointer data)
{
  PisdValidation *self = data;
  guint n_batches = self->n_fields / self->batch;
  guint first = block % n_batches * self->batch, row = block / n_batches;
  guint label = row / PISD_VALIDATION_N_LEVELS;
  double sigma = levels[row % PISD_VALIDATION_N_LEVELS];
  g_autofree double *x = g_new (double, self->batch * self->n);
  PisdTrainingPart *part = pisd_training_crew_take (self->crew);

  for (guint i = 0; i < self->batch; i++)
    add_noise (self, label, first + i, sigma, x + i * self->n);
  self->errors[block] =
      pisd_training_part_measure (part, label, sigma, get_field (self, label, first), x);
  pisd_training_crew_give (self->crew, part);
}

static double
measure_fit (const PisdValidation *self, const PisdLinearFit *fit, guint label, double sigma)
{
  g_autofree double *x = g_new (double, self->n);
  double sum = 0.0;

  for (guint i = 0; i < self->n_fields; i++)
    {
      const double *z = get_field (self, label, i);

      add_noise (self, label, i, sigma, x);
      pisd_linear_fit_denoise (fit, sigma, x, x);
      for (gsize j = 0; j < self->n; j++)
        sum += (x[j] - z[j]) * (x[j] - z[j]);
    }
  return sum / ((double) self->n * self->n_fields);
}

/* Only sources alone have one to be fitted, and a Gaussian field's own one is the best. */
static gboolean
fit_label (PisdValidation *self, guint label, guint n_draws, PisdCancel *cancel)
{
  PisdTrainingPart *part = pisd_training_crew_take (self->crew);
  const PisdRepresentation *representation =
      pisd_training_part_get_tools (part)->representations[label];
  PisdFamily family = pisd_training_plan_get_family (self->plan, label);
  double *linear = self->linear + label * PISD_VALIDATION_N_LEVELS;
  g_autoptr (PisdLinearFit) fit = NULL;

  pisd_training_crew_give (self->crew, part);
  for (guint l = 0; l < PISD_VALIDATION_N_LEVELS; l++)
    linear[l] = -1.0;
  if (n_draws == 0 || family == PISD_FAMILY_GRF
      || pisd_representation_get_n_parts (representation) > 1
      || pisd_representation_get_basis (representation, 0) != PISD_BASIS_COSINE)
    return TRUE;
  fit = pisd_linear_fit_new (self->crew, pisd_representation_get_modes (representation, 0), family,
                             n_draws, cancel);
  for (guint l = 0; fit != NULL && l < PISD_VALIDATION_N_LEVELS; l++)
    linear[l] = measure_fit (self, fit, label, levels[l]);
  return fit != NULL;
}

static gboolean
prepare (PisdValidation *self, guint n_draws, PisdCancel *cancel)
{
  guint n_labels = self->plan->shape.n_labels;
  PisdTrainingPart *part = pisd_training_crew_take (self->crew);

  self->n = pisd_training_part_get_tools (part)->n;
  pisd_training_crew_give (self->crew, part);
  self->fields = g_new (double, (gsize) n_labels * self->n_fields * self->n);
  self->linear = g_new (double, n_labels *PISD_VALIDATION_N_LEVELS);
  self->errors =
      g_new (PisdErrors, pisd_validation_get_n_rows (self) * self->n_fields / self->batch);
  if (!pisd_parallel (n_labels * self->n_fields / self->batch,
                      pisd_training_crew_get_n (self->crew), cancel, draw_block, self))
    return FALSE;
  for (guint label = 0; label < n_labels; label++)
    if (!fit_label (self, label, n_draws, cancel))
      return FALSE;
  return TRUE;
}

PisdValidation *
pisd_validation_new (const PisdTrainingPlan *plan,
                     PisdTrainingCrew *crew,
                     guint batch,
                     guint n_fields,
                     guint n_draws,
                     PisdCancel *cancel)
{
  g_autoptr (PisdValidation) self = g_new0 (PisdValidation, 1);

  g_return_val_if_fail (n_fields % batch == 0, NULL);

  self->plan = plan;
  self->crew = crew;
  self->batch = batch;
  self->n_fields = n_fields;
  return prepare (self, n_draws, cancel) ? g_steal_pointer (&self) : NULL;
}

void
pisd_validation_free (PisdValidation *self)
{
  if (self == NULL)
    return;
  g_free (self->fields);
  g_free (self->linear);
  g_free (self->errors);
  g_free (self);
}

guint
pisd_validation_get_n_rows (const PisdValidation *self)
{
  return self->plan->shape.n_labels * PISD_VALIDATION_N_LEVELS;
}

static void
fill_row (const PisdValidation *self, guint row, PisdValidationRow *out)
{
  guint n_batches = self->n_fields / self->batch;

  *out = (PisdValidationRow){ .family = pisd_training_plan_get_family (
                                  self->plan, row / PISD_VALIDATION_N_LEVELS),
                              .sigma = levels[row % PISD_VALIDATION_N_LEVELS] };
  for (guint b = 0; b < n_batches; b++)
    {
      out->network += self->errors[row * n_batches + b].network / self->n_fields;
      out->diagonal += self->errors[row * n_batches + b].linear / self->n_fields;
    }
  out->linear = self->linear[row] >= 0.0 ? self->linear[row] : out->diagonal;
}

gboolean
pisd_validation_measure (PisdValidation *self, PisdCancel *cancel, PisdValidationRow *rows)
{
  guint n_rows = pisd_validation_get_n_rows (self);

  if (!pisd_parallel (n_rows * self->n_fields / self->batch, pisd_training_crew_get_n (self->crew),
                      cancel, measure_block, self))
    return FALSE;
  for (guint row = 0; row < n_rows; row++)
    fill_row (self, row, &rows[row]);
  return TRUE;
}
