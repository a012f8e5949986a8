#include "pisd-parallel.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct
{
  PisdBlock function;
  gpointer data;
  guint n_blocks;
  PisdCancel *cancel;
  atomic_uint next;
  atomic_uint n_done;
} Loop;

static void *
take_blocks (void *data)
{
  Loop *loop = data;

  for (;;)
    {
      guint block = atomic_fetch_add (&loop->next, 1);

      if (block >= loop->n_blocks || pisd_cancel_look (loop->cancel))
        return NULL;
      loop->function (block, loop->data);
      atomic_fetch_add (&loop->n_done, 1);
    }
}

guint
pisd_parallel_count_blocks (guint n, guint block)
{
  return (n + block - 1) / block;
}

gboolean
pisd_parallel (guint n_blocks,
               guint n_threads,
               PisdCancel *cancel,
               PisdBlock function,
               gpointer data)
{
  Loop loop = { .function = function, .data = data, .n_blocks = n_blocks, .cancel = cancel };
  guint n_helpers =
      MIN (n_threads > 0 ? n_threads : g_get_num_processors (), MAX (n_blocks, 1)) - 1;
  g_autofree pthread_t *helpers = g_new (pthread_t, n_helpers);

  atomic_init (&loop.next, 0);
  atomic_init (&loop.n_done, 0);
  for (guint i = 0; i < n_helpers; i++)
    if (pthread_create (&helpers[i], NULL, take_blocks, &loop) != 0)
      n_helpers = i;
  take_blocks (&loop);
  for (guint i = 0; i < n_helpers; i++)
    pthread_join (helpers[i], NULL);
  return atomic_load (&loop.n_done) == n_blocks;
}
