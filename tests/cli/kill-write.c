/* A library that is loaded before a program's own: at the call of that number that writes, syncs or
 * renames a file, counted from 1 in the environment, the program ends as by kill -9, in the middle
 * of what it wrote. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define VARIABLE "PISD_TEST_KILL_AT"

/* What it takes the place of; headers that declare them would take those of other sizes. */
ssize_t pwrite (int fd, const void *bytes, size_t size, off_t offset);
int fsync (int fd);
int rename (const char *from, const char *to);

/* Whether this call is the one. */
static int
is_last (void)
{
  static int n_calls;
  const char *text = getenv (VARIABLE);

  return text != NULL && ++n_calls == atoi (text);
}

ssize_t
pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  if (!is_last ())
    return syscall (SYS_pwrite64, fd, bytes, size, offset);
  syscall (SYS_pwrite64, fd, bytes, size / 2, offset);
  raise (SIGKILL);
  return -1;
}

int
fsync (int fd)
{
  if (is_last ())
    raise (SIGKILL);
  return (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  if (is_last ())
    raise (SIGKILL);
  return (int) syscall (SYS_rename, from, to);
}
