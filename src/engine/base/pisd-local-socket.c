#include "pisd-local-socket.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "pisd-error.h"

/* How long whoever listens, with too many that wait already, is left alone. */
#define BUSY_REST (5 * G_TIME_SPAN_MILLISECOND)

char *
pisd_local_socket_dup_path (const char *name)
{
  g_autofree char *file = NULL;

  if (strchr (name, G_DIR_SEPARATOR) != NULL)
    return g_strdup (name);
  file = g_strconcat ("pisd-", name, NULL);
  return g_build_filename (g_get_user_runtime_dir (), file, NULL);
}

/* Whether there is time left and nobody has said stop. */
static gboolean
may_wait (const PisdLocalWait *wait, GError **error)
{
  if (!pisd_cancel_check (wait->cancel, "socket", error))
    return FALSE;
  return g_get_monotonic_time () < wait->end
         || pisd_error_fail (error, PISD_ERROR_IO, _ ("got no answer in %g s, expected one"),
                             wait->seconds);
}

static gboolean
fail_errno (const char *what, int code, GError **error)
{
  return pisd_error_fail (error, PISD_ERROR_IO, "%s: %s", what, g_strerror (code));
}

/* For a slice of time, or until the socket is ready. */
static gboolean
wait_for (int fd, int events, const PisdLocalWait *wait, GError **error)
{
  GPollFD poll = { fd, events, 0 };
  const int slice = PISD_LOCAL_SOCKET_SLICE / G_TIME_SPAN_MILLISECOND;

  if (!may_wait (wait, error))
    return FALSE;
  g_poll (&poll, 1, slice);
  return TRUE;
}

static gboolean
fill_address (const char *path, struct sockaddr_un *address, GError **error)
{
  const gsize n = strlen (path), most = sizeof address->sun_path - 1;

  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  if (n == 0 || n > most)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            _ ("path of a socket: got %zu characters, expected 1 to %zu"), n, most);
  memcpy (address->sun_path, path, n);
  return TRUE;
}

/* A socket that is busy is asked again. */
static gboolean
connect_to (int fd, const struct sockaddr_un *address, const PisdLocalWait *wait, GError **error)
{
  while (connect (fd, (const struct sockaddr *) address, sizeof *address) != 0)
    {
      if (errno != EAGAIN && errno != EINTR)
        return fail_errno (_ ("connection"), errno, error);
      if (!may_wait (wait, error))
        return FALSE;
      g_usleep (BUSY_REST);
    }
  return TRUE;
}

int
pisd_local_socket_connect (const char *path, const PisdLocalWait *wait, GError **error)
{
  struct sockaddr_un address;
  int fd;

  g_return_val_if_fail (path != NULL && wait != NULL, -1);

  if (!fill_address (path, &address, error))
    return -1;
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    fail_errno (_ ("connection"), errno, error);
  else if (connect_to (fd, &address, wait, error))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
pisd_local_socket_send (int fd,
                        gconstpointer bytes,
                        gsize n,
                        const PisdLocalWait *wait,
                        GError **error)
{
  const guint8 *rest = bytes;

  while (n > 0)
    {
      const gssize sent = send (fd, rest, n, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (sent >= 0)
        {
          rest += sent;
          n -= sent;
        }
      else if (errno != EAGAIN && errno != EINTR)
        return fail_errno (_ ("question"), errno, error);
      else if (!wait_for (fd, G_IO_OUT, wait, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
pisd_local_socket_receive (int fd,
                           gpointer bytes,
                           gsize n,
                           const PisdLocalWait *wait,
                           GError **error)
{
  gsize got = 0;

  while (got < n)
    {
      const gssize received = recv (fd, (guint8 *) bytes + got, n - got, MSG_DONTWAIT);

      if (received == 0)
        return pisd_error_fail (error, PISD_ERROR_IO,
                                _ ("the other side has closed: got %zu bytes, expected %zu"), got,
                                n);
      if (received > 0)
        got += received;
      else if (errno != EAGAIN && errno != EINTR)
        return fail_errno (_ ("answer"), errno, error);
      else if (!wait_for (fd, G_IO_IN, wait, error))
        return FALSE;
    }
  return TRUE;
}
