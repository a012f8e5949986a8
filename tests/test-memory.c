#include "pisd-memory.h"

#include <pthread.h>

#include "pisd-test.h"

/* Below and above what counts as large, and whole pages. */
static const gsize sizes[] = { 0, 1, 1000, 131000, 131072, 250000, 262136, 262144, 600000 };

static void
test_arrays (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      const gsize n = sizes[k];
      double *a = pisd_memory_new (n), *copy;

      g_assert_cmpuint (GPOINTER_TO_SIZE (a) % 64, ==, 0);
      for (gsize i = 0; i < n; i++)
        a[i] = (double) i;
      copy = pisd_memory_dup (a, n);
      g_assert_true (copy != a);
      g_assert_cmpmem (copy, n * sizeof (double), a, n * sizeof (double));
      pisd_memory_free (copy);
      pisd_memory_free (a);
      a = pisd_memory_new0 (n); /* whatever was in what was freed */
      for (gsize i = 0; i < n; i++)
        g_assert_cmpfloat (a[i], ==, 0.0);
      pisd_memory_free (a);
    }
  pisd_memory_free (NULL);
}

/* A large array that was freed is the next one of its size, not one of another size, and none is handed out twice. */
static void
test_kept (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("nothing is kept under AddressSanitizer");
#else
  double *first = pisd_memory_new (500000), *other, *many[40];

  pisd_memory_free (first);
  other = pisd_memory_new (900000);
  g_assert_true (other != first);
  g_assert_true (pisd_memory_new (500000) == first);
  for (guint k = 0; k < G_N_ELEMENTS (many); k++)
    {
      many[k] = pisd_memory_new (500000);
      g_assert_true (many[k] != first && many[k] != other);
      many[k][0] = many[k][499999] = k;
    }
  for (guint k = 0; k < G_N_ELEMENTS (many); k++)
    g_assert_true (many[k][0] == k && many[k][499999] == k);
  for (guint k = 0; k < G_N_ELEMENTS (many); k++)
    pisd_memory_free (many[k]);
  g_assert_true (pisd_memory_new (500000) == many[39]);
  pisd_memory_free (many[39]);
  pisd_memory_free (first);
  pisd_memory_free (other);
#endif
}

/* Nobody gets what another one holds. */
static void *
use_memory (void *data)
{
  const double mark = GPOINTER_TO_INT (data);

  for (guint round = 0; round < 200; round++)
    {
      gsize n = round % 3 == 0 ? 300000 : 150000;
      double *a = pisd_memory_new (n);

      for (gsize i = 0; i < n; i += 4096)
        a[i] = mark;
      for (gsize i = 0; i < n; i += 4096)
        g_assert_cmpfloat (a[i], ==, mark);
      pisd_memory_free (a);
    }
  return NULL;
}

static void
test_threads (void)
{
  pthread_t threads[4];

  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    g_assert_cmpint (pthread_create (&threads[t], NULL, use_memory, GUINT_TO_POINTER (t + 1)), ==,
                     0);
  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    pthread_join (threads[t], NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/memory/arrays", test_arrays);
  g_test_add_func ("/engine/memory/kept", test_kept);
  g_test_add_func ("/engine/memory/threads", test_threads);
  return g_test_run ();
}
