#include "pisd-frame.h"

#include <math.h>

PisdFrame *
pisd_frame_new (gsize n)
{
  PisdFrame *self = g_new0 (PisdFrame, 1);

  self->ref_count = 1;
  self->n = n;
  self->state = g_new0 (float, n);
  self->denoised = g_new0 (float, n);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    self->losses[t] = NAN;
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    {
      self->errors[f] = NAN;
      for (guint i = 0; i < PISD_MAX_FRAMES; i++)
        self->frame_errors[f][i] = NAN;
    }
  self->residual = NAN;
  return self;
}

PisdFrame *
pisd_frame_new_shared (PisdFrame *frame, guint run_id)
{
  PisdFrame *self = g_memdup2 (frame, sizeof *frame);

  self->ref_count = 1;
  self->run_id = run_id;
  self->owner = pisd_frame_ref (frame->owner != NULL ? frame->owner : frame);
  return self;
}

gsize
pisd_frame_get_bytes (const PisdFrame *self)
{
  return sizeof *self + (self->owner == NULL ? 2 * self->n * sizeof (float) : 0);
}

PisdFrame *
pisd_frame_ref (PisdFrame *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_frame_unref (PisdFrame *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  if (self->owner == NULL)
    {
      g_free (self->state);
      g_free (self->denoised);
    }
  pisd_frame_unref (self->owner);
  g_free (self);
}
