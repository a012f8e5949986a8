#include "pisd-training-errors.h"

#include <string.h>

#include "pisd-parallel.h"
#include "pisd-rng.h"

#define N_LEVELS PISD_TRAINING_ERRORS_N_LEVELS
#define FIRST_LEVEL 0.01
/* A mode that a family hardly has; F16 holds no more than 65504. */
#define MOST_RATIO 60000.0
/* Their own noise, whatever the seed of the training. */
#define NOISE_SEED 11
#define LANE_ERRORS 32

typedef struct
{
  const PisdTrainingPlan *plan;
  PisdTrainingCrew *crew;
  guint batch, n_fields;
  PisdCancel *cancel;
  gsize n;         /* of a latent */
  double *network; /* [labels + 1, levels, n] sums of squares */
  double *linear;  /* the same of the linear denoiser */
} Errors;

static double
get_level (guint level)
{
  return FIRST_LEVEL * (1u << level);
}

static void
draw_batch (const Errors *self,
            PisdTrainingPart *part,
            guint label,
            guint level,
            guint first,
            double *z,
            double *x)
{
  guint n_families = self->plan->shape.n_labels;
  PisdTrainingData *data = pisd_training_part_get_tools (part)->data;

  for (guint i = 0; i < self->batch; i++, z += self->n, x += self->n)
    {
      guint family = label < n_families ? label : (first + i) % n_families;

      pisd_training_data_draw (data, PISD_DATA_ERRORS,
                               pisd_training_plan_get_family (self->plan, family), first + i, z);
      pisd_rng_fill_normal (NOISE_SEED, PISD_STREAM_TRAINING,
                            LANE_ERRORS + label * N_LEVELS + level,
                            (guint64) (first + i) * self->n, self->n, x);
      for (gsize j = 0; j < self->n; j++)
        x[j] = z[j] + get_level (level) * x[j];
    }
}

/* One level of one label; a look at the token now and then. */
static void
measure_block (guint block, gpointer data)
{
  Errors *self = data;
  guint label = block / N_LEVELS, level = block % N_LEVELS;
  g_autofree double *z = g_new (double, self->batch * self->n);
  g_autofree double *x = g_new (double, self->batch * self->n);

  for (guint i = 0; i < self->n_fields && !pisd_cancel_look (self->cancel); i += self->batch)
    {
      PisdTrainingPart *part = pisd_training_crew_take (self->crew);

      draw_batch (self, part, label, level, i, z, x);
      pisd_training_part_add_squares (part, label, get_level (level), z, x,
                                      self->network + block * self->n,
                                      self->linear + block * self->n);
      pisd_training_crew_give (self->crew, part);
    }
}

/* ratio: [K, K], 1 where the label has no such mode. */
static void
fill_ratio (const Errors *self, const PisdModes *modes, guint block, float *ratio)
{
  guint side = self->plan->shape.side;
  g_autofree double *box = g_new0 (double, 2 * side * side);
  const double *network = self->network + block * self->n, *linear = self->linear + block * self->n;

  for (guint i = 0; i < modes->n; i++)
    {
      box[2 * (modes->ky[i] * side + modes->kx[i])] = network[i];
      box[2 * (modes->ky[i] * side + modes->kx[i]) + 1] = linear[i];
    }
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        const double *own = box + 2 * (y * side + x), *other = box + 2 * (x * side + y);
        double below = own[1] + other[1];

        ratio[y * side + x] = below > 0.0 ? MIN ((own[0] + other[0]) / below, MOST_RATIO) : 1.0;
      }
}

static void
fill_weights (const Errors *self, const PisdModes *modes, PisdWeights *weights)
{
  gsize n = (gsize) self->plan->shape.side * self->plan->shape.side;
  guint n_blocks = (self->plan->shape.n_labels + 1) * N_LEVELS;
  g_autofree float *ratio = g_new (float, n_blocks *n);
  double levels[N_LEVELS];

  for (guint block = 0; block < n_blocks; block++)
    fill_ratio (self, modes, block, ratio + block * n);
  for (guint l = 0; l < N_LEVELS; l++)
    levels[l] = get_level (l);
  pisd_weights_set_error_ratio (weights, N_LEVELS, levels, ratio);
}

gboolean
pisd_training_errors_measure (const PisdTrainingPlan *plan,
                              PisdTrainingCrew *crew,
                              guint batch,
                              guint n_fields,
                              PisdCancel *cancel,
                              PisdWeights *weights)
{
  guint n_blocks = (plan->shape.n_labels + 1) * N_LEVELS;
  PisdTrainingPart *part = pisd_training_crew_take (crew);
  PisdRepresentation *representation =
      pisd_training_part_get_tools (part)->representations[plan->shape.n_labels];
  gsize n = pisd_training_part_get_tools (part)->n;
  g_autofree double *network = g_new0 (double, n_blocks *n);
  g_autofree double *linear = g_new0 (double, n_blocks *n);
  Errors self = { plan, crew, batch, n_fields, cancel, n, network, linear };

  pisd_training_crew_give (crew, part);
  g_return_val_if_fail (n_fields % batch == 0, FALSE);
  g_return_val_if_fail (pisd_representation_get_n_parts (representation) == 1, FALSE);

  if (!pisd_parallel (n_blocks, pisd_training_crew_get_n (crew), cancel, measure_block, &self)
      || pisd_cancel_look (cancel))
    return FALSE;
  fill_weights (&self, pisd_representation_get_modes (representation, 0), weights);
  return TRUE;
}
