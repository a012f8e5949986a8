#include "pisd-local-socket.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "pisd-error.h"

/* What the names of files in the user's folder begin with. */
#define PREFIX "pisd-"

/* How long whoever listens, with too many that wait already, is left alone. */
#define BUSY_REST (5 * G_TIME_SPAN_MILLISECOND)

char *
pisd_local_socket_dup_path (const char *name)
{
  g_autofree char *file = NULL;

  if (strchr (name, G_DIR_SEPARATOR) != NULL)
    return g_strdup (name);
  file = g_strconcat (PREFIX, name, NULL);
  return g_build_filename (g_get_user_runtime_dir (), file, NULL);
}

/* Whether that file of the folder is a socket whose name can be shown and typed. */
static gboolean
is_socket (const char *file)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), file, NULL);
  struct stat status;

  return g_str_has_prefix (file, PREFIX) && file[strlen (PREFIX)] != '\0'
         && g_utf8_validate (file, -1, NULL) && stat (path, &status) == 0
         && S_ISSOCK (status.st_mode);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
pisd_local_socket_list (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *file;

  while (folder != NULL && (file = g_dir_read_name (folder)) != NULL)
    if (is_socket (file))
      g_ptr_array_add (names, g_strdup (file + strlen (PREFIX)));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* A wait, and since when nothing has moved. */
typedef struct
{
  const PisdLocalWait *wait;
  gint64 since;
  gboolean is_told; /* that it is slow */
} Silence;

static Silence
begin_silence (const PisdLocalWait *wait)
{
  return (Silence){ wait, g_get_monotonic_time (), FALSE };
}

/* Whether there is time left and nobody has said stop. */
static gboolean
may_wait (Silence *silence, GError **error)
{
  const PisdLocalWait *wait = silence->wait;
  const double seconds = (double) (g_get_monotonic_time () - silence->since) / G_TIME_SPAN_SECOND;

  if (!pisd_cancel_check (wait->cancel, "socket", error))
    return FALSE;
  if (seconds >= wait->seconds)
    return pisd_error_fail (error, PISD_ERROR_SILENT, _ ("got no answer in %g s, expected one"),
                            wait->seconds);
  if (wait->slow != NULL && !silence->is_told && seconds >= wait->slow_after)
    {
      silence->is_told = TRUE;
      wait->slow (wait->data);
    }
  return TRUE;
}

static gboolean
fail_errno (const char *what, int code, GError **error)
{
  return pisd_error_fail (error, PISD_ERROR_IO, "%s: %s", what, g_strerror (code));
}

/* For a slice of time, or until the socket is ready. */
static gboolean
wait_for (int fd, int events, Silence *silence, GError **error)
{
  GPollFD poll = { fd, events, 0 };
  const int slice = PISD_LOCAL_SOCKET_SLICE / G_TIME_SPAN_MILLISECOND;

  if (!may_wait (silence, error))
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
  Silence silence = begin_silence (wait);

  while (connect (fd, (const struct sockaddr *) address, sizeof *address) != 0)
    {
      if (errno != EAGAIN && errno != EINTR)
        return fail_errno (_ ("connection"), errno, error);
      if (!may_wait (&silence, error))
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
  Silence silence = begin_silence (wait);

  while (n > 0)
    {
      const gssize sent = send (fd, rest, n, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (sent >= 0)
        {
          rest += sent;
          n -= sent;
          silence.since = g_get_monotonic_time ();
        }
      else if (errno != EAGAIN && errno != EINTR)
        return fail_errno (_ ("question"), errno, error);
      else if (!wait_for (fd, G_IO_OUT, &silence, error))
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
  Silence silence = begin_silence (wait);
  gsize got = 0;

  while (got < n)
    {
      const gssize received = recv (fd, (guint8 *) bytes + got, n - got, MSG_DONTWAIT);

      if (received == 0)
        return pisd_error_fail (error, PISD_ERROR_IO,
                                _ ("the other side has closed: got %zu bytes, expected %zu"), got,
                                n);
      if (received > 0)
        {
          got += received;
          silence.since = g_get_monotonic_time ();
        }
      else if (errno != EAGAIN && errno != EINTR)
        return fail_errno (_ ("answer"), errno, error);
      else if (!wait_for (fd, G_IO_IN, &silence, error))
        return FALSE;
    }
  return TRUE;
}
