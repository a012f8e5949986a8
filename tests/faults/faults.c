/* A library that is loaded before a program's own: one of its calls that change files, or that ask
 * for much memory, goes wrong.
 *
 *   PISD_TEST_FAULT_AT   number of the call, counted from 1; or armed by faults_arm()
 *   PISD_TEST_FAULT      KILL: the program ends there as by kill -9, in the middle of what it
 *                        writes; ENOSPC, EIO: the call fails with that; MEMORY: calls that ask for
 *                        much memory are counted instead, and one gets none
 *
 * Counted  open that makes a file, write and pwrite to a file, ftruncate, fchmod, fsync, close of
 *          what was made, rename
 * Threads  any */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MUCH (16 * 1024) /* bytes of memory that are a file's */
#define MOST_FILES 64    /* descriptors that are looked at */

static const struct
{
  const char *name;
  int code; /* 0: killed */
} kinds[] = { { "KILL", 0 }, { "ENOSPC", ENOSPC }, { "EIO", EIO }, { "MEMORY", ENOMEM } };

static atomic_int n_calls, wanted, kind;
static atomic_uchar is_made[MOST_FILES];

/* `at`: 0 counts only.  Returns how many calls there were since the last time. */
int faults_arm (const char *name, int at);

int
faults_arm (const char *name, int at)
{
  const int n = n_calls;

  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    if (name != NULL && strcmp (name, kinds[k].name) == 0)
      kind = (int) k;
  n_calls = 0;
  wanted = at;
  return n;
}

__attribute__ ((constructor)) static void
read_environment (void)
{
  const char *at = getenv ("PISD_TEST_FAULT_AT");

  if (at != NULL)
    faults_arm (getenv ("PISD_TEST_FAULT"), atoi (at));
}

/* Whether this call is the one; a call for memory is one of its own kind. */
static int
is_wanted (int is_memory)
{
  if ((kinds[kind].code == ENOMEM) != is_memory)
    return 0;
  return atomic_fetch_add (&n_calls, 1) + 1 == wanted;
}

/* Ends the program, or says that the call has failed. */
static int
fail (void)
{
  if (kinds[kind].code == 0)
    raise (SIGKILL);
  errno = kinds[kind].code;
  return -1;
}

static int
is_file (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
}

#define NAMED(name) __asm__(#name)

static int
make (int folder, const char *path, int flags, mode_t mode)
{
  int fd;

  if ((flags & O_CREAT) != 0 && is_wanted (0))
    return fail ();
  fd = (int) syscall (SYS_openat, folder, path, flags, mode);
  if (fd >= 0 && fd < MOST_FILES)
    is_made[fd] = (flags & O_CREAT) != 0;
  return fd;
}

#define TAKE_MODE(mode, flags)              \
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) \
    {                                       \
      va_list rest;                         \
                                            \
      va_start (rest, flags);               \
      mode = va_arg (rest, mode_t);         \
      va_end (rest);                        \
    }

int faults_open (const char *path, int flags, ...) NAMED (open);
int faults_open64 (const char *path, int flags, ...) NAMED (open64);
int faults_openat (int folder, const char *path, int flags, ...) NAMED (openat);
int faults_openat64 (int folder, const char *path, int flags, ...) NAMED (openat64);
ssize_t faults_pwrite (int fd, const void *bytes, size_t size, off_t offset) NAMED (pwrite);
ssize_t faults_pwrite64 (int fd, const void *bytes, size_t size, off_t offset) NAMED (pwrite64);
int faults_ftruncate (int fd, off_t size) NAMED (ftruncate);
int faults_ftruncate64 (int fd, off_t size) NAMED (ftruncate64);

int
faults_open (const char *path, int flags, ...)
{
  mode_t mode = 0;

  TAKE_MODE (mode, flags)
  return make (AT_FDCWD, path, flags, mode);
}

int
faults_open64 (const char *path, int flags, ...)
{
  mode_t mode = 0;

  TAKE_MODE (mode, flags)
  return make (AT_FDCWD, path, flags, mode);
}

int
faults_openat (int folder, const char *path, int flags, ...)
{
  mode_t mode = 0;

  TAKE_MODE (mode, flags)
  return make (folder, path, flags, mode);
}

int
faults_openat64 (int folder, const char *path, int flags, ...)
{
  mode_t mode = 0;

  TAKE_MODE (mode, flags)
  return make (folder, path, flags, mode);
}

ssize_t
faults_pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  if (!is_wanted (0))
    return syscall (SYS_pwrite64, fd, bytes, size, offset);
  syscall (SYS_pwrite64, fd, bytes, size / 2, offset);
  return fail ();
}

ssize_t
faults_pwrite64 (int fd, const void *bytes, size_t size, off_t offset)
{
  return faults_pwrite (fd, bytes, size, offset);
}

ssize_t
write (int fd, const void *bytes, size_t size)
{
  if (!is_file (fd) || !is_wanted (0))
    return syscall (SYS_write, fd, bytes, size);
  syscall (SYS_write, fd, bytes, size / 2);
  return fail ();
}

int
faults_ftruncate (int fd, off_t size)
{
  return is_wanted (0) ? fail () : (int) syscall (SYS_ftruncate, fd, size);
}

int
faults_ftruncate64 (int fd, off_t size)
{
  return faults_ftruncate (fd, size);
}

int
fchmod (int fd, mode_t mode)
{
  return is_wanted (0) ? fail () : (int) syscall (SYS_fchmod, fd, mode);
}

/* Nothing is written to the disk itself, which would take most of a test's time. */
int
fsync (int fd)
{
  return is_wanted (0) ? fail () : 0;
}

/* It is closed even where it says that it failed. */
int
close (int fd)
{
  const int failed =
      fd >= 0 && fd < MOST_FILES && atomic_exchange (&is_made[fd], 0) && is_wanted (0);
  const int status = (int) syscall (SYS_close, fd);

  return failed ? fail () : status;
}

int
rename (const char *from, const char *to)
{
  return is_wanted (0) ? fail () : (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* What is made twice is the same, also where it has the time in it. */
time_t
time (time_t *now)
{
  const time_t then = 1000000000;

  if (now != NULL)
    *now = then;
  return then;
}

/* Memory, from GNU's own functions. */

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t size);

static int
gets_none (size_t size)
{
  return size >= MUCH && is_wanted (1) && fail () != 0;
}

void *
malloc (size_t size)
{
  return gets_none (size) ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  return gets_none (n * size) ? NULL : __libc_calloc (n, size);
}

void *
realloc (void *old, size_t size)
{
  return gets_none (size) ? NULL : __libc_realloc (old, size);
}
