#include "fuzz-memory.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>

#ifdef FUZZ_COUNTS

static atomic_long held, begun, most;

/* glibc's own, behind the names that this file takes. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t size);
void *__libc_memalign (size_t alignment, size_t size);
void __libc_free (void *old);

static void *
add (void *given)
{
  long now, high = atomic_load (&most);

  if (given == NULL)
    return NULL;
  now = atomic_fetch_add (&held, (long) malloc_usable_size (given))
        + (long) malloc_usable_size (given);
  while (now > high && !atomic_compare_exchange_weak (&most, &high, now))
    ;
  return given;
}

static void
take (void *given)
{
  if (given != NULL)
    atomic_fetch_sub (&held, (long) malloc_usable_size (given));
}

void *
malloc (size_t size)
{
  return add (__libc_malloc (size));
}

void *
calloc (size_t n, size_t size)
{
  return add (__libc_calloc (n, size));
}

/* Both pieces may be there for a while. */
void *
realloc (void *old, size_t size)
{
  const long before = old != NULL ? (long) malloc_usable_size (old) : 0;
  void *given = __libc_realloc (old, size);

  if (given != NULL || size == 0)
    atomic_fetch_sub (&held, before);
  return add (given);
}

void
free (void *old)
{
  take (old);
  __libc_free (old);
}

void *
memalign (size_t alignment, size_t size)
{
  return add (__libc_memalign (alignment, size));
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return memalign (alignment, size);
}

int
posix_memalign (void **given, size_t alignment, size_t size)
{
  void *piece = memalign (alignment, size);

  if (piece == NULL)
    return ENOMEM;
  *given = piece;
  return 0;
}

gboolean
fuzz_memory_is_counted (void)
{
  return TRUE;
}

void
fuzz_memory_begin (void)
{
  atomic_store (&begun, atomic_load (&held));
  atomic_store (&most, atomic_load (&held));
}

gsize
fuzz_memory_get_most (void)
{
  return (gsize) (atomic_load (&most) - atomic_load (&begun));
}

#else

gboolean
fuzz_memory_is_counted (void)
{
  return FALSE;
}

void
fuzz_memory_begin (void)
{
}

gsize
fuzz_memory_get_most (void)
{
  return 0;
}

#endif
