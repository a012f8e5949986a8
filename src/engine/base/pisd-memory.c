#include "pisd-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE (2 * 1024 * 1024)
#define LARGE (PAGE / 2)
/* Before every array; the array keeps its alignment. */
#define HEADER 64

/* What is kept: the matrices of one set of 500 readings, twice. */
#define MOST_KEPT 32
#define MOST_KEPT_BYTES ((gsize) 32 * 1024 * 1024)

typedef struct
{
  gsize size; /* of the whole */
} Block;

/* Freed blocks, the oldest first. */
static struct
{
  pthread_mutex_t mutex;
  Block *blocks[MOST_KEPT];
  guint n;
  gsize bytes;
} kept = { .mutex = PTHREAD_MUTEX_INITIALIZER };

/* Bytes of arrays that are in use, and the most there were. */
static struct
{
  atomic_size_t now, peak;
} in_use;

static void
count_in (gsize size)
{
  gsize now = atomic_fetch_add (&in_use.now, size) + size, peak = atomic_load (&in_use.peak);

  while (peak < now && !atomic_compare_exchange_weak (&in_use.peak, &peak, now))
    ;
}

/* With the lock held. */
static Block *
take_kept (guint index)
{
  Block *block = kept.blocks[index];

  kept.n--;
  kept.bytes -= block->size;
  memmove (kept.blocks + index, kept.blocks + index + 1, sizeof (Block *) * (kept.n - index));
  return block;
}

/* NULL: none of that size is kept. */
static Block *
find_kept (gsize size)
{
  Block *block = NULL;

  pthread_mutex_lock (&kept.mutex);
  for (guint i = kept.n; i-- > 0 && block == NULL;)
    if (kept.blocks[i]->size == size)
      block = take_kept (i);
  pthread_mutex_unlock (&kept.mutex);
  return block;
}

#ifdef __SANITIZE_ADDRESS__
/* AddressSanitizer watches over what comes from the heap alone. */
static Block *
map_pages (gsize size)
{
  void *memory = NULL;

  return posix_memalign (&memory, PAGE, size) == 0 ? memory : NULL;
}

/* Nothing but the n numbers of an array may be touched: not what rounds it up, nor a kept one. */
static void
guard (Block *block, gsize n)
{
  char *array = (char *) block + HEADER;

  ASAN_UNPOISON_MEMORY_REGION (array, n * sizeof (double));
  ASAN_POISON_MEMORY_REGION (array + n * sizeof (double),
                             block->size - HEADER - n * sizeof (double));
}

static void
release (Block *block)
{
  free (block);
}
#else
/* From the system, and not from the heap, in whose pages small things would keep the whole alive.
 * NULL: there is none. */
static Block *
map_pages (gsize size)
{
  char *start =
      mmap (NULL, size + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gsize head;

  if (start == MAP_FAILED)
    return NULL;
  head = PAGE - GPOINTER_TO_SIZE (start) % PAGE;
  munmap (start, head);
  if (head < PAGE)
    munmap (start + head + size, PAGE - head);
#ifdef MADV_HUGEPAGE
  madvise (start + head, size, MADV_HUGEPAGE); /* a hint: where it is not taken, pages stay small */
#endif
  return (Block *) (gpointer) (start + head);
}

static void
release (Block *block)
{
  if (block->size >= PAGE)
    munmap (block, block->size);
  else
    free (block);
}

static void
guard (Block *block, gsize n)
{
}
#endif

/* In the place of the oldest ones, where there is no room. */
static void
keep (Block *block)
{
  Block *dropped[MOST_KEPT];
  guint n_dropped = 0;

  pthread_mutex_lock (&kept.mutex);
  guard (block, 0);
  while (kept.n == MOST_KEPT || kept.bytes + block->size > MOST_KEPT_BYTES)
    dropped[n_dropped++] = take_kept (0);
  kept.blocks[kept.n++] = block;
  kept.bytes += block->size;
  pthread_mutex_unlock (&kept.mutex);
  while (n_dropped > 0)
    release (dropped[--n_dropped]);
}

static Block *
allocate (gsize size, gsize alignment)
{
  void *memory = NULL;

  if (alignment == PAGE)
    memory = map_pages (size);
  else if (posix_memalign (&memory, alignment, size) != 0)
    memory = NULL;
  if (memory == NULL)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", size);
  ((Block *) memory)->size = size;
  return memory;
}

double *
pisd_memory_new (gsize n)
{
  gsize alignment, size;
  Block *block = NULL;

  if (n > (G_MAXSIZE - HEADER - PAGE) / sizeof (double))
    g_error ("no memory for %" G_GSIZE_FORMAT " numbers", n);
  size = HEADER + n * sizeof (double);
  alignment = size >= LARGE ? PAGE : HEADER;
  size = (size + alignment - 1) / alignment * alignment;
  if (alignment == PAGE)
    block = find_kept (size);
  if (block == NULL)
    block = allocate (size, alignment);
  guard (block, n);
  count_in (size);
  return (double *) (gpointer) ((char *) block + HEADER);
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
  Block *block;

  if (memory == NULL)
    return;
  block = (Block *) (gpointer) ((char *) memory - HEADER);
  atomic_fetch_sub (&in_use.now, block->size);
  if (block->size >= PAGE && block->size <= MOST_KEPT_BYTES)
    keep (block);
  else
    release (block);
}

void
pisd_memory_trim (void)
{
  Block *dropped[MOST_KEPT];
  guint n_dropped = 0;

  pthread_mutex_lock (&kept.mutex);
  while (kept.n > 0)
    dropped[n_dropped++] = take_kept (0);
  pthread_mutex_unlock (&kept.mutex);
  while (n_dropped > 0)
    release (dropped[--n_dropped]);
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

gsize
pisd_memory_get_used (void)
{
  return atomic_load (&in_use.now);
}

gsize
pisd_memory_begin_peak (void)
{
  gsize now = pisd_memory_get_used ();

  atomic_store (&in_use.peak, now);
  return now;
}

gsize
pisd_memory_get_peak (void)
{
  return atomic_load (&in_use.peak);
}

/* A line of Linux's /proc/meminfo; 0: there is none. */
static gsize
read_available (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    return 0;
  line = strstr (text, "MemAvailable:");
  return line != NULL ? (gsize) g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10) * 1024
                      : 0;
}

/* What a limit of the address space leaves: its size in pages is the first number of
 * /proc/self/statm. */
static gsize
read_limit (void)
{
  g_autofree char *text = NULL;
  struct rlimit limit;
  gsize size;

  if (getrlimit (RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY
      || !g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return G_MAXSIZE;
  size = (gsize) g_ascii_strtoull (text, NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
  return limit.rlim_cur > size ? (gsize) limit.rlim_cur - size : 0;
}

gsize
pisd_memory_get_whole (void)
{
  return (gsize) sysconf (_SC_PHYS_PAGES) * (gsize) sysconf (_SC_PAGESIZE);
}

gsize
pisd_memory_get_available (void)
{
  gsize available = read_available ();

  if (available == 0)
    available = pisd_memory_get_whole () / 2;
  return MIN (available, read_limit ());
}
