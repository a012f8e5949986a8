#include "pisd-blas-memory.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_BUFFERS 32
/* Of a buffer; every one is a multiple of it, and begins with what is touched. */
#define STRETCH ((gsize) 4 * 1024 * 1024)
#define LEAST_PAGE 4096

/* OpenBLAS's own, in driver/others/memory.c; NULL: another library has no such functions. */
__attribute__ ((weak)) void *blas_memory_alloc (int position);
__attribute__ ((weak)) void blas_memory_free (void *buffer);

/* Bytes of it that lie in memory; 0 also where its end has been passed. */
static gsize
count_resident (void *stretch)
{
  unsigned char pages[STRETCH / LEAST_PAGE];
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize n = 0;

  if (mincore (stretch, STRETCH, (gpointer) pages) != 0)
    return 0;
  for (gsize k = 0; k < STRETCH / page; k++)
    n += pages[k] & 1;
  return n * page;
}

/* Up to the first stretch that nothing has touched. */
static gsize
release (char *buffer)
{
  gsize bytes = 0, n;

  if (GPOINTER_TO_SIZE (buffer) % (gsize) sysconf (_SC_PAGESIZE) != 0)
    return 0; /* not from the system itself */
  while ((n = count_resident (buffer)) > 0 && madvise (buffer, STRETCH, MADV_DONTNEED) == 0)
    {
      bytes += n;
      buffer += STRETCH;
    }
  return bytes;
}

/* Buffers are handed out in the order in which they were made: behind one that nothing has touched
 * since it was released, or was made just now, there is no other. */
gsize
pisd_blas_memory_trim (void)
{
  void *held[MOST_BUFFERS];
  gsize bytes = 0, last = 1;
  guint n = 0;

  if (blas_memory_alloc == NULL || blas_memory_free == NULL)
    return 0;
  for (; n < MOST_BUFFERS && last > 0; n++)
    {
      held[n] = blas_memory_alloc (0);
      last = release (held[n]);
      bytes += last;
    }
  while (n > 0)
    blas_memory_free (held[--n]);
  return bytes;
}
