#include "pisd-memory.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif
#include <pthread.h>
#include <string.h>
#include <unistd.h>

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
}

/* What is kept, and what lies behind an array, may not be touched, which AddressSanitizer sees. */
static void
test_guarded (void)
{
#ifdef __SANITIZE_ADDRESS__
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      const gsize n = sizes[k];
      double *a = pisd_memory_new (n);

      g_assert_null (__asan_region_is_poisoned (a, n * sizeof (double)));
      g_assert_cmpint (__asan_address_is_poisoned (a + n), ==, TRUE);
      pisd_memory_free (a);
      g_assert_cmpint (__asan_address_is_poisoned (a), ==, TRUE);
    }
#else
  g_test_skip ("only AddressSanitizer can tell");
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

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

static void
test_trim (void)
{
  g_test_skip ("a sanitizer keeps what was freed");
}

#else

/* Resident pages of the process, in bytes. */
static gsize
read_resident (void)
{
  g_autofree char *text = NULL;
  const char *second;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  second = strchr (text, ' ');
  return (gsize) g_ascii_strtoull (second, NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

/* What was kept, and holes between arrays that are in use, go back to the system. */
static void
test_trim (void)
{
  double *arrays[400];
  gsize most, least;

  for (guint k = 0; k < G_N_ELEMENTS (arrays); k++)
    arrays[k] = pisd_memory_new0 (k % 2 == 0 ? 16000 : 300000);
  most = read_resident ();
  for (guint k = 0; k < G_N_ELEMENTS (arrays); k++)
    if (k % 10 != 0)
      pisd_memory_free (arrays[k]);
  pisd_memory_trim ();
  least = read_resident ();
  for (guint k = 0; k < G_N_ELEMENTS (arrays); k += 10)
    pisd_memory_free (arrays[k]);
  if (most == 0)
    g_test_skip ("no /proc");
  else
    g_assert_cmpuint (least, <, most - 450 * 1000 * 1000);
}

#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/memory/arrays", test_arrays);
  g_test_add_func ("/engine/memory/kept", test_kept);
  g_test_add_func ("/engine/memory/guarded", test_guarded);
  g_test_add_func ("/engine/memory/threads", test_threads);
  g_test_add_func ("/engine/memory/trim", test_trim);
  return g_test_run ();
}
