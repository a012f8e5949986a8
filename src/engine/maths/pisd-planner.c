#include "pisd-planner.h"

#include <pthread.h>

/* The engine's only lock around plans.  Plain pthread, so that ThreadSanitizer understands it. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

void
pisd_planner_lock (void)
{
  pthread_mutex_lock (&planner);
}

void
pisd_planner_unlock (void)
{
  pthread_mutex_unlock (&planner);
}
