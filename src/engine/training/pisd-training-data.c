#include "pisd-training-data.h"

#include "pisd-rng.h"
#include "pisd-solver.h"

/* Nobody's instances: their seeds are small numbers. */
#define SEED_BASE G_GUINT64_CONSTANT (0x7472000000000000)
#define SEED_STEP G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define SET_STEP G_GUINT64_CONSTANT (0x0000400000000000)

/* Of what is drawn for a flow: which one, and three of its symmetry. */
#define LANE_FLOW 8
#define N_CHOICES 4

struct _PisdTrainingData
{
  PisdRepresentation *representation;
  const PisdOperator *row;
  guint64 seed;
  guint n_parts;
  PisdSolver *solver; /* NULL: latents hold field 0 alone */
  PisdField *fields[PISD_MAX_FIELDS];
  /* Of the training set's flows; NULL: there are none. */
  PisdFlowPool *pool;
  guint side;               /* odd, modes of an axis that are kept */
  PisdTransform *transform; /* of so many */
  double *box;              /* [side, side] scratch */
};

static void
prepare_flows (PisdTrainingData *self, PisdFlowPool *pool)
{
  self->pool = pool;
  self->side = pisd_representation_get_modes (self->representation, 0)->support.box | 1;
  self->transform = pisd_transform_new (pisd_representation_get_basis (self->representation, 0),
                                        self->side, PISD_TRANSFORM_AUTO);
  self->box = g_new (double, self->side * self->side);
}

PisdTrainingData *
pisd_training_data_new (PisdRepresentation *representation, guint64 seed, PisdFlowPool *pool)
{
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  PisdTrainingData *self = g_new0 (PisdTrainingData, 1);

  self->representation = representation;
  self->row = pisd_operator_get (equation->problem);
  self->seed = seed;
  self->n_parts = pisd_representation_get_n_parts (representation);
  self->solver = self->n_parts > 1 ? pisd_solver_new (equation) : NULL;
  for (guint f = 0; f < self->row->n_fields; f++)
    self->fields[f] = pisd_field_info_new_field (&self->row->fields[f]);
  if (self->row->flow != NULL && self->solver != NULL)
    prepare_flows (self, pool);
  return self;
}

void
pisd_training_data_free (PisdTrainingData *self)
{
  if (self == NULL)
    return;
  pisd_solver_free (self->solver);
  for (guint f = 0; f < self->row->n_fields; f++)
    pisd_field_free (self->fields[f]);
  pisd_transform_free (self->transform);
  g_free (self->box);
  g_free (self);
}

static guint64
make_seed (const PisdTrainingData *self, PisdDataSet set, guint64 index)
{
  guint64 own = set == PISD_DATA_TRAINING ? SEED_STEP * self->seed : 0;

  return SEED_BASE + own + SET_STEP * set + index;
}

/* The source is seen before its boundary rule is applied, as latents hold it. */
static void
draw_new (PisdTrainingData *self, PisdFamily family, guint64 seed, double *z)
{
  self->row->random->sample (family, seed, self->fields[0]);
  pisd_representation_encode (self->representation, self->fields[0], 0, z);
  if (self->solver != NULL)
    pisd_solver_sketch (self->solver, self->fields);
  for (guint f = 1; f < self->n_parts; f++)
    pisd_representation_encode (self->representation, self->fields[f], f, z);
}

/* All frames' modes of one flow: [n_frames, side, side]. */
static float *
simulate (PisdTrainingData *self, guint number)
{
  gsize n = (gsize) self->side * self->side;
  guint n_frames = pisd_operator_count_frames (self->row), field, frame;
  float *flow = g_new (float, n_frames *n);

  self->row->random->sample (PISD_FAMILY_GRF, make_seed (self, PISD_DATA_TRAINING, number),
                             self->fields[0]);
  pisd_solver_sketch (self->solver, self->fields);
  for (guint f = 0; f < n_frames; f++)
    {
      pisd_operator_get_frame (self->row, f, &field, &frame);
      pisd_transform_analyze (self->transform,
                              self->fields[field]->data + frame * PISD_GRID * PISD_GRID, self->box);
      for (gsize i = 0; i < n; i++)
        flow[f * n + i] = self->box[i];
    }
  return flow;
}

/* z = modes of self->box / scale */
static void
pack_frame (PisdTrainingData *self, guint field, guint frame, double *z)
{
  const PisdModes *modes = pisd_representation_get_modes (self->representation, field);
  const double *scale =
      pisd_representation_get_scale (self->representation, field) + frame * modes->n;

  z += pisd_representation_get_offset (self->representation, field, NULL) + frame * modes->n;
  for (guint i = 0; i < modes->n; i++)
    z[i] = self->box[modes->ky[i] * self->side + modes->kx[i]] / scale[i];
}

/* One of the flows that there are by then, moved. */
static void
draw_again (PisdTrainingData *self, guint64 index, double *z)
{
  gsize n = (gsize) self->side * self->side;
  double choice[N_CHOICES];
  const float *flow;
  guint number, field, frame;

  for (guint i = 0; i < N_CHOICES; i++)
    choice[i] = pisd_rng_uniform (self->seed, PISD_STREAM_TRAINING, LANE_FLOW + i, index);
  number = choice[0] * pisd_flow_pool_count (index);
  flow = pisd_flow_pool_get (self->pool, number);
  if (flow == NULL)
    flow = pisd_flow_pool_take (self->pool, number, simulate (self, number));
  for (guint f = 0; f < pisd_operator_count_frames (self->row); f++)
    {
      pisd_operator_get_frame (self->row, f, &field, &frame);
      for (gsize i = 0; i < n; i++)
        self->box[i] = flow[f * n + i];
      self->row->flow->move (choice + 1, self->side, self->box);
      pack_frame (self, field, frame, z);
    }
}

void
pisd_training_data_draw (PisdTrainingData *self,
                         PisdDataSet set,
                         PisdFamily family,
                         guint64 index,
                         double *z)
{
  if (self->pool != NULL && set == PISD_DATA_TRAINING)
    draw_again (self, index, z);
  else
    draw_new (self, family, make_seed (self, set, index), z);
}
