#include "pisd-wait.h"

#define FAR_AWAY (3600 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  gboolean is_done;
} Shared;

static gpointer
finish (gpointer data)
{
  Shared *shared = data;

  pthread_mutex_lock (&shared->mutex);
  shared->is_done = TRUE;
  pthread_cond_signal (&shared->changed);
  pthread_mutex_unlock (&shared->mutex);
  return NULL;
}

/* A signal ends a wait of an hour, and nothing one of no time. */
static void
test_wait (void)
{
  Shared shared = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, FALSE };
  const gint64 end = pisd_wait_get_end (FAR_AWAY);
  GThread *thread;

  pthread_mutex_lock (&shared.mutex);
  g_assert_false (pisd_wait (&shared.changed, &shared.mutex, 0));
  g_assert_false (pisd_wait_until (&shared.changed, &shared.mutex, end - 2 * FAR_AWAY));
  thread = g_thread_new (NULL, finish, &shared);
  while (!shared.is_done)
    g_assert_true (pisd_wait_until (&shared.changed, &shared.mutex, end));
  pthread_mutex_unlock (&shared.mutex);
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/wait", test_wait);
  return g_test_run ();
}
