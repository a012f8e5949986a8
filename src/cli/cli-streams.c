#include "cli-streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli-common.h"
#include "pisd-error.h"

/* `is_good`: all went well; else errno is the reason, or 0 where an earlier call failed and took it
 * along. */
static gboolean
check_output (gboolean is_good, GError **error)
{
  if (is_good)
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "standard output: cannot be written%s%s",
               errno != 0 ? ": " : "", errno != 0 ? g_strerror (errno) : "");
  return FALSE;
}

gboolean
cli_streams_flush (GError **error)
{
  gboolean was_good = !ferror (stdout);

  errno = 0;
  return check_output (fflush (stdout) == 0 && was_good, error);
}

static void
close_output (void)
{
  g_autoptr (GError) error = NULL;
  gboolean was_good = !ferror (stdout);

  errno = 0;
  if (check_output (fclose (stdout) == 0 && was_good, &error))
    return;
  fprintf (stderr, "%s: %s\n", g_get_prgname (), error->message);
  _exit (CLI_EXIT_FAILED);
}

void
cli_streams_guard (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      gboolean is_closed = fcntl (fd, F_GETFD) < 0 && errno == EBADF;

      /* The lowest number that is free is `fd` itself. */
      if (is_closed && open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
        _exit (CLI_EXIT_FAILED);
    }
  atexit (close_output);
}
