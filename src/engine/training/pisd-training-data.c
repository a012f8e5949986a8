#include "pisd-training-data.h"

#include "pisd-solver.h"

/* Nobody's instances: their seeds are small numbers. */
#define SEED_BASE G_GUINT64_CONSTANT (0x7472000000000000)
#define SEED_STEP G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define SET_STEP G_GUINT64_CONSTANT (0x0000400000000000)

struct _PisdTrainingData
{
  PisdRepresentation *representation;
  const PisdOperator *row;
  guint64 seed;
  guint n_parts;
  PisdSolver *solver; /* NULL: latents hold field 0 alone */
  PisdField *fields[PISD_MAX_FIELDS];
};

PisdTrainingData *
pisd_training_data_new (PisdRepresentation *representation, guint64 seed)
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
  g_free (self);
}

static guint64
make_seed (const PisdTrainingData *self, PisdDataSet set, guint64 index)
{
  guint64 own = set == PISD_DATA_TRAINING ? SEED_STEP * self->seed : 0;

  return SEED_BASE + own + SET_STEP * set + index;
}

/* The source is seen before its boundary rule is applied, as latents hold it. */
void
pisd_training_data_draw (PisdTrainingData *self,
                         PisdDataSet set,
                         PisdFamily family,
                         guint64 index,
                         double *z)
{
  self->row->random->sample (family, make_seed (self, set, index), self->fields[0]);
  pisd_representation_encode (self->representation, self->fields[0], 0, z);
  if (self->solver != NULL)
    pisd_solver_sketch (self->solver, self->fields);
  for (guint f = 1; f < self->n_parts; f++)
    pisd_representation_encode (self->representation, self->fields[f], f, z);
}
