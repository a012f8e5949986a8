#include "pisd-wait.h"

/* That of the clock that conditions have unless they are told another. */
gint64
pisd_wait_get_end (gint64 microseconds)
{
  return g_get_real_time () + microseconds;
}

gboolean
pisd_wait_until (pthread_cond_t *condition, pthread_mutex_t *mutex, gint64 end)
{
  const struct timespec until = { end / G_USEC_PER_SEC, end % G_USEC_PER_SEC * 1000 };

  return pthread_cond_timedwait (condition, mutex, &until) == 0;
}

gboolean
pisd_wait (pthread_cond_t *condition, pthread_mutex_t *mutex, gint64 microseconds)
{
  return pisd_wait_until (condition, mutex, pisd_wait_get_end (microseconds));
}
