#include "explorer-yielding.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

/* By so much the nice value is raised: a tenth of the time where there is not enough for all. */
#define GIVES_WAY 10

typedef struct
{
  void (*start) (gpointer data);
  gpointer data;
} Call;

/* Linux, unlike POSIX, has a nice value for each thread, and 0 means the caller's. */
static void
give_way (void)
{
#ifdef __linux__
  setpriority (PRIO_PROCESS, 0, getpriority (PRIO_PROCESS, 0) + GIVES_WAY);
#endif
}

static gpointer
run (gpointer data)
{
  const Call *call = data;

  give_way ();
  call->start (call->data);
  return NULL;
}

void
explorer_yielding_start (void (*start) (gpointer data), gpointer data)
{
  Call call = { start, data };

  g_return_if_fail (start != NULL);

  g_thread_join (g_thread_new ("yielding", run, &call));
}
