#include "pisd-parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#define N_BLOCKS 200

typedef struct
{
  atomic_uint calls[N_BLOCKS];
  pthread_t threads[N_BLOCKS];
} Log;

static void
note_block (guint block, gpointer data)
{
  Log *log = data;

  atomic_fetch_add (&log->calls[block], 1);
  log->threads[block] = pthread_self ();
}

static guint
count_threads (const Log *log, guint n)
{
  guint n_threads = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean is_new = TRUE;

      for (guint j = 0; j < i; j++)
        is_new = is_new && !pthread_equal (log->threads[i], log->threads[j]);
      n_threads += is_new ? 1 : 0;
    }
  return n_threads;
}

/* Every block once, on no more threads than asked for; on one thread it is the calling one. */
static void
test_once (void)
{
  static const guint n_blocks[] = { 0, 1, 2, 7, N_BLOCKS }, n_threads[] = { 0, 1, 2, 5 };

  for (guint b = 0; b < G_N_ELEMENTS (n_blocks); b++)
    for (guint t = 0; t < G_N_ELEMENTS (n_threads); t++)
      {
        Log log = { 0 };

        g_assert_true (pisd_parallel (n_blocks[b], n_threads[t], NULL, note_block, &log));
        for (guint i = 0; i < N_BLOCKS; i++)
          g_assert_cmpuint (atomic_load (&log.calls[i]), ==, i < n_blocks[b] ? 1 : 0);
        if (n_threads[t] > 0)
          g_assert_cmpuint (count_threads (&log, n_blocks[b]), <=, n_threads[t]);
        if (n_threads[t] == 1 && n_blocks[b] > 0)
          g_assert_true (pthread_equal (log.threads[0], pthread_self ()));
      }
}

/* Two blocks that wait for each other end only where two threads work on them. */
static void
meet (guint block, gpointer data)
{
  pthread_barrier_wait (data);
}

static void
test_together (void)
{
  pthread_barrier_t barrier;

  pthread_barrier_init (&barrier, NULL, 2);
  g_assert_true (pisd_parallel (2, 2, NULL, meet, &barrier));
  pthread_barrier_destroy (&barrier);
}

/* Blocks of five: the last one may hold fewer, none holds nothing. */
static void
test_count_blocks (void)
{
  for (guint n = 0; n < 40; n++)
    {
      guint blocks = pisd_parallel_count_blocks (n, 5);

      g_assert_cmpuint (blocks * 5, >=, n);
      g_assert_true (blocks == 0 ? n == 0 : (blocks - 1) * 5 < n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/parallel/once", test_once);
  g_test_add_func ("/base/parallel/together", test_together);
  g_test_add_func ("/base/parallel/count-blocks", test_count_blocks);
  return g_test_run ();
}
