#include "pisd-training-errors.h"

#include <string.h>

#include "pisd-parallel.h"
#include "pisd-rng.h"

#define N_LEVELS PISD_TRAINING_ERRORS_N_LEVELS
#define FIRST_LEVEL 0.01
/* Their own noise, whatever the seed of the training. */
#define NOISE_SEED 11
#define LANE_ERRORS 32
/* Of PisdProducts. */
#define N_SUMS 3

typedef struct
{
  const PisdTrainingPlan *plan;
  PisdTrainingCrew *crew;
  guint batch, n_fields;
  PisdCancel *cancel;
  const PisdModes *modes; /* of a frame */
  PisdErrorTable *table;
  double *sums; /* [labels + 1, levels, N_SUMS, n] */
  gsize n;      /* of a latent */
} Errors;

static PisdProducts
get_products (const Errors *self, guint block)
{
  double *first = self->sums + block * N_SUMS * self->n;

  return (PisdProducts){ first, first + self->n, first + 2 * self->n };
}

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
                            LANE_ERRORS + label * N_LEVELS + level, (guint64) (first + i) * self->n,
                            self->n, x);
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
  const PisdProducts products = get_products (self, block);

  for (guint i = 0; i < self->n_fields && !pisd_cancel_look (self->cancel); i += self->batch)
    {
      PisdTrainingPart *part = pisd_training_crew_take (self->crew);

      draw_batch (self, part, label, level, i, z, x);
      pisd_training_part_add_products (part, label, get_level (level), z, x, &products);
      pisd_training_crew_give (self->crew, part);
    }
}

/* Into boxes [n_out, K, K], 0 where the latent has no such mode. */
static void
unpack (const Errors *self, const double *sums, double *boxes)
{
  gsize grid = (gsize) self->plan->shape.side * self->plan->shape.side;

  memset (boxes, 0, self->plan->shape.n_out * grid * sizeof (double));
  for (guint f = 0; f < self->plan->shape.n_out; f++)
    for (guint i = 0; i < self->modes->n; i++)
      boxes[f * grid + self->modes->ky[i] * self->plan->shape.side + self->modes->kx[i]] =
          sums[f * self->modes->n + i];
}

/* The same for both orders of the axes. */
static void
exchange (const Errors *self, double *boxes)
{
  guint side = self->plan->shape.side;

  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < y; x++)
      boxes[y * side + x] = boxes[x * side + y] = boxes[y * side + x] + boxes[x * side + y];
}

static double *
dup_boxes (const Errors *self, const double *sums)
{
  double *boxes = g_new (double, pisd_error_table_count_modes (self->table));

  unpack (self, sums, boxes);
  if (self->plan->shape.n_out == 1)
    exchange (self, boxes);
  return boxes;
}

static void
fill_table (const Errors *self, guint block)
{
  gsize n = pisd_error_table_count_modes (self->table);
  const PisdProducts sums = get_products (self, block);
  g_autofree double *ff = dup_boxes (self, sums.network);
  g_autofree double *ft = dup_boxes (self, sums.both);
  g_autofree double *tt = dup_boxes (self, sums.linear);

  for (gsize i = 0; i < n; i++)
    {
      double gain = ff[i] > 0.0 ? CLAMP (ft[i] / ff[i], 0.0, 1.0) : 1.0;

      self->table->gain[block * n + i] = gain;
      if (tt[i] > 0.0)
        self->table->ratio[block * n + i] =
            MAX (0.0, (gain * (gain * ff[i] - 2.0 * ft[i]) + tt[i]) / tt[i]);
    }
}

static PisdErrorTable *
make_table (const PisdTrainingPlan *plan)
{
  double levels[N_LEVELS];

  for (guint l = 0; l < N_LEVELS; l++)
    levels[l] = get_level (l);
  return pisd_error_table_new (&plan->shape, N_LEVELS, levels);
}

PisdErrorTable *
pisd_training_errors_measure (const PisdTrainingPlan *plan,
                              PisdTrainingCrew *crew,
                              guint batch,
                              guint n_fields,
                              PisdCancel *cancel)
{
  guint n_blocks = (plan->shape.n_labels + 1) * N_LEVELS;
  PisdTrainingPart *part = pisd_training_crew_take (crew);
  const PisdTrainingTools *tools = pisd_training_part_get_tools (part);
  g_autofree double *sums = g_new0 (double, N_SUMS *n_blocks * tools->n);
  g_autoptr (PisdErrorTable) table = make_table (plan);
  Errors self = { plan,     crew,   batch,
                  n_fields, cancel, pisd_representation_get_modes (tools->representations[0], 0),
                  table,    sums,   tools->n };

  pisd_training_crew_give (crew, part);
  g_return_val_if_fail (n_fields % batch == 0, NULL);

  if (!pisd_parallel (n_blocks, pisd_training_crew_get_n (crew), cancel, measure_block, &self)
      || pisd_cancel_look (cancel))
    return NULL;
  for (guint block = 0; block < n_blocks; block++)
    fill_table (&self, block);
  return g_steal_pointer (&table);
}
