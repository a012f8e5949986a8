#include "pisd-patience.h"

#include "pisd-error.h"

/* How long a model that has gone is left alone, in microseconds. */
#define REST (50 * G_TIME_SPAN_MILLISECOND)

/* Of a silence that ends the wait, and at most, in seconds: after that it is told of. */
#define SLOW_PART (1.0 / 12)
#define SLOW_MOST 5.0

/* A model that takes its time with every step is told of once. */
static void
tell_slow (const GError *notice, gpointer data)
{
  PisdPatience *self = data;
  PisdChannel *channel = pisd_job_get_channel (self->job);

  if (channel != NULL && !self->is_told)
    pisd_channel_notice (channel, notice);
  self->is_told = TRUE;
}

static gboolean
bear (const GError *failure, gint64 waited, gpointer data)
{
  const PisdPatience *self = data;
  PisdChannel *channel = pisd_job_get_channel (self->job);

  if (channel != NULL && pisd_channel_is_watched (channel))
    return pisd_channel_stall (channel, failure);
  if (!g_error_matches (failure, PISD_ERROR, PISD_ERROR_IO)
      || waited >= self->seconds * G_TIME_SPAN_SECOND)
    return FALSE;
  if (channel != NULL)
    pisd_channel_stall (channel, failure);
  g_usleep (REST);
  return TRUE;
}

void
pisd_patience_begin (PisdPatience *self,
                     PisdJob *job,
                     const PisdSettings *settings,
                     PisdDenoiser *denoiser)
{
  const double slow_after = MIN (SLOW_MOST, SLOW_PART * settings->model_wait);
  const PisdDenoiserWatch watch = { pisd_job_get_stop (job), bear, tell_slow, slow_after, self };

  *self = (PisdPatience){ job, settings->model_wait, FALSE };
  pisd_denoiser_watch (denoiser, &watch);
}

gboolean
pisd_patience_has_ended (PisdPatience *self, PisdDenoiser *denoiser)
{
  GError *failure = pisd_denoiser_take_failure (denoiser);
  PisdChannel *channel = pisd_job_get_channel (self->job);

  if (failure == NULL)
    return FALSE;
  if (g_error_matches (failure, PISD_ERROR, PISD_ERROR_CANCELLED)
      || (channel != NULL && pisd_channel_is_cancelled (channel)))
    g_error_free (failure);
  else
    pisd_job_fail (self->job, failure);
  return TRUE;
}
