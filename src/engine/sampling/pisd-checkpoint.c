#include "pisd-checkpoint.h"

static gsize
count_moments (gsize n)
{
  return 2 * n + 2;
}

PisdCheckpoint *
pisd_checkpoint_new (gsize n, gboolean has_moments, const PisdScenario *scenario)
{
  PisdCheckpoint *self = g_new0 (PisdCheckpoint, 1);

  self->ref_count = 1;
  self->n = n;
  self->x = g_new0 (double, n);
  self->moments = has_moments ? g_new0 (double, count_moments (n)) : NULL;
  self->scenario = pisd_scenario_dup (scenario);
  return self;
}

PisdCheckpoint *
pisd_checkpoint_ref (PisdCheckpoint *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_checkpoint_unref (PisdCheckpoint *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->x);
  g_free (self->moments);
  pisd_scenario_free (self->scenario);
  g_free (self);
}

gsize
pisd_checkpoint_get_bytes (const PisdCheckpoint *self)
{
  return sizeof (double) * (self->n + (self->moments != NULL ? count_moments (self->n) : 0))
         + sizeof *self + sizeof *self->scenario;
}
