#include "pisd-memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE (2 * 1024 * 1024)
#define LARGE (PAGE / 2)
#define SMALL_ALIGNMENT 64

double *
pisd_memory_new (gsize n)
{
  const gboolean large = n * sizeof (double) >= LARGE;
  const gsize alignment = large ? PAGE : SMALL_ALIGNMENT;
  gsize size = (MAX (n, 1) * sizeof (double) + alignment - 1) / alignment * alignment;
  void *memory = NULL;

  if (n > (G_MAXSIZE - PAGE) / sizeof (double) || posix_memalign (&memory, alignment, size) != 0)
    g_error ("no memory for %" G_GSIZE_FORMAT " numbers", n);
#ifdef MADV_HUGEPAGE
  if (large)
    madvise (memory, size, MADV_HUGEPAGE); /* a hint: where it is not taken, pages stay small */
#endif
  return memory;
}

double *
pisd_memory_new0 (gsize n)
{
  double *memory = pisd_memory_new (n);

  memset (memory, 0, n * sizeof (double));
  return memory;
}

double *
pisd_memory_dup (const double *from, gsize n)
{
  double *memory = pisd_memory_new (n);

  memcpy (memory, from, n * sizeof (double));
  return memory;
}

void
pisd_memory_free (double *memory)
{
  free (memory);
}
