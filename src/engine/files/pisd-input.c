#include "pisd-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pisd-error.h"
#include "pisd-text.h"

#define FIRST_CHUNK (64 * 1024)

/* Milliseconds from one look at the request to stop to the next, while a pipe has nothing. */
#define PATIENCE 50

struct _PisdInput
{
  char *path;
  char *name;  /* the path, escaped */
  int fd;      /* of a regular file */
  GBytes *all; /* of anything else; NULL for a regular file */
  PisdCancel *cancel;
};

static gboolean
fail (const PisdInput *self, const char *what, int code, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: %s: %s", self->name, what, g_strerror (code));
  return FALSE;
}

static gboolean
fail_size (const PisdInput *self, gsize max, GError **error)
{
  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               _ ("%s: got more than %zu bytes, expected at most %zu"), self->name, max, max);
  return FALSE;
}

/* Until a pipe has something to read, or nobody writes into it any more. */
static gboolean
wait_for_bytes (const PisdInput *self, int fd, GError **error)
{
  struct pollfd file = { .fd = fd, .events = POLLIN };

  while (pisd_input_check (self, error))
    if (poll (&file, 1, PATIENCE) > 0)
      return TRUE;
  return FALSE;
}

/* A file is read at a place of our own, so that nobody moves it; a pipe only where it stands. */
static gssize
read_some (int fd, gboolean is_regular, guint8 *bytes, gsize size, gsize offset)
{
  return is_regular ? pread (fd, bytes, size, offset) : read (fd, bytes, size);
}

/* Up to `max` bytes in a buffer that grows with what there is to read. */
static GByteArray *
read_up_to (const PisdInput *self, int fd, gboolean is_regular, gsize max, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize n = 0;

  while (n < max)
    {
      gssize got;

      if (!(is_regular ? pisd_input_check (self, error) : wait_for_bytes (self, fd, error)))
        return NULL;
      if (n == bytes->len)
        g_byte_array_set_size (bytes, MIN (max, MAX (FIRST_CHUNK, 2 * n)));
      got = read_some (fd, is_regular, bytes->data + n, bytes->len - n, n);
      if (got < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (got < 0)
        {
          fail (self, _ ("cannot be read"), errno, error);
          return NULL;
        }
      if (got == 0)
        break;
      n += got;
    }
  g_byte_array_set_size (bytes, n);
  return g_steal_pointer (&bytes);
}

/* One byte more than may be there tells whether that is all. */
static GBytes *
read_bytes (const PisdInput *self,
            int fd,
            gboolean is_regular,
            gsize max,
            gboolean *is_whole,
            GError **error)
{
  GByteArray *bytes = read_up_to (self, fd, is_regular, max + 1, error);

  if (bytes == NULL)
    return NULL;
  *is_whole = bytes->len <= max;
  g_byte_array_set_size (bytes, MIN (bytes->len, max));
  return g_byte_array_free_to_bytes (bytes);
}

/* Keeps a regular file open, and reads anything else to its end. */
static gboolean
take_file (PisdInput *self, int fd, GError **error)
{
  struct stat info;
  gboolean is_whole;

  if (fstat (fd, &info) != 0)
    return fail (self, _ ("cannot be read"), errno, error);
  if (S_ISDIR (info.st_mode))
    return fail (self, _ ("cannot be read"), EISDIR, error);
  if (S_ISREG (info.st_mode))
    {
      self->fd = fd;
      return TRUE;
    }

  self->all = read_bytes (self, fd, FALSE, PISD_INPUT_MAX_PIPE, &is_whole, error);
  if (self->all == NULL)
    return FALSE;
  return is_whole || fail_size (self, PISD_INPUT_MAX_PIPE, error);
}

PisdInput *
pisd_input_open (const char *path, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdInput) self = NULL;
  gboolean ok;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (PisdInput, 1);
  self->path = g_strdup (path);
  self->name = pisd_error_escape (path);
  self->fd = -1;
  self->cancel = cancel != NULL ? pisd_cancel_ref (cancel) : NULL;
  /* A pipe is open at once, whether or not there is somebody who writes into it. */
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    {
      fail (self, _ ("cannot be opened"), errno, error);
      return NULL;
    }

  ok = take_file (self, fd, error);
  if (self->fd < 0)
    close (fd);
  return ok ? g_steal_pointer (&self) : NULL;
}

PisdInput *
pisd_input_new_for_bytes (const char *name, GBytes *bytes)
{
  PisdInput *self = g_new0 (PisdInput, 1);

  self->path = g_strdup (name);
  self->name = pisd_error_escape (name);
  self->fd = -1;
  self->all = g_bytes_ref (bytes);
  return self;
}

PisdInput *
pisd_input_new_inside (const PisdInput *outer, GBytes *bytes)
{
  PisdInput *self = pisd_input_new_for_bytes (outer->path, bytes);

  self->cancel = outer->cancel != NULL ? pisd_cancel_ref (outer->cancel) : NULL;
  return self;
}

PisdInput *
pisd_input_dup (const PisdInput *self, PisdCancel *cancel)
{
  PisdInput *copy = g_new0 (PisdInput, 1);

  copy->path = g_strdup (self->path);
  copy->name = g_strdup (self->name);
  copy->cancel = cancel != NULL ? pisd_cancel_ref (cancel) : NULL;
  copy->all = self->all != NULL ? g_bytes_ref (self->all) : NULL;
  copy->fd = self->fd >= 0 ? fcntl (self->fd, F_DUPFD_CLOEXEC, 0) : -1;
  if (copy->fd >= 0 || copy->all != NULL)
    return copy;
  pisd_input_free (copy);
  return NULL;
}

void
pisd_input_free (PisdInput *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->all, g_bytes_unref);
  pisd_cancel_unref (self->cancel);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

const char *
pisd_input_get_path (const PisdInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

char *
pisd_input_dup_open_path (const PisdInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

#ifdef __linux__
  if (self->fd >= 0)
    return g_strdup_printf ("/proc/self/fd/%d", self->fd);
#endif
  return g_strdup (self->path);
}

const char *
pisd_input_get_name (const PisdInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

PisdCancel *
pisd_input_get_cancel (const PisdInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancel;
}

gboolean
pisd_input_check (const PisdInput *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return pisd_cancel_check (self->cancel, self->name, error);
}

GBytes *
pisd_input_read (PisdInput *self, gsize max, gboolean *is_whole, GError **error)
{
  gboolean ignored;
  gsize n;

  g_return_val_if_fail (self != NULL && max < G_MAXUINT, NULL);

  if (is_whole == NULL)
    is_whole = &ignored;
  if (self->all == NULL)
    return read_bytes (self, self->fd, TRUE, max, is_whole, error);

  n = g_bytes_get_size (self->all);
  *is_whole = n <= max;
  return g_bytes_new_from_bytes (self->all, 0, MIN (n, max));
}

GBytes *
pisd_input_read_all (PisdInput *self, gsize max, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_whole;

  bytes = pisd_input_read (self, max, &is_whole, error);
  if (bytes == NULL)
    return NULL;
  if (!is_whole && !fail_size (self, max, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

/* Of a pipe or device, whose bytes are here. */
static gsize
copy_from (GBytes *all, guint64 offset, void *bytes, gsize size)
{
  gsize whole;
  const guint8 *data = g_bytes_get_data (all, &whole);
  const gsize n = offset < whole ? MIN (size, whole - offset) : 0;

  if (n > 0)
    memcpy (bytes, data + offset, n);
  return n;
}

gboolean
pisd_input_read_at (PisdInput *self,
                    guint64 offset,
                    void *bytes,
                    gsize size,
                    gsize *n,
                    GError **error)
{
  g_return_val_if_fail (self != NULL && n != NULL, FALSE);

  *n = self->all != NULL ? copy_from (self->all, offset, bytes, size) : 0;
  while (self->all == NULL && *n < size)
    {
      gssize got = pread (self->fd, (guint8 *) bytes + *n, size - *n, (off_t) (offset + *n));

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return fail (self, _ ("cannot be read"), errno, error);
      if (got == 0)
        break;
      *n += got;
    }
  return pisd_input_check (self, error);
}

gboolean
pisd_input_is_file (const PisdInput *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->all == NULL;
}

guint64
pisd_input_get_size (PisdInput *self)
{
  struct stat info;

  g_return_val_if_fail (self != NULL, 0);

  if (self->all != NULL)
    return g_bytes_get_size (self->all);
  return fstat (self->fd, &info) == 0 ? (guint64) info.st_size : 0;
}

char *
pisd_input_read_text (PisdInput *self, gsize max, gsize *size, GError **error)
{
  g_autoptr (GBytes) bytes = pisd_input_read_all (self, max, error);
  g_autofree char *complaint = NULL;
  gconstpointer data;
  PisdText text;
  char *utf_8;
  gsize n;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &n);
  pisd_text_init (&text, data, n);
  utf_8 = pisd_text_dup_rest (&text);
  if (utf_8 != NULL)
    {
      if (size != NULL)
        *size = strlen (utf_8);
      return utf_8;
    }

  complaint = pisd_text_dup_complaint (&text);
  g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
               _ ("%s: cannot be read as text: got %s, expected UTF-8 or UTF-16"),
               pisd_input_get_name (self), complaint);
  return NULL;
}

FILE *
pisd_input_dup_stream (PisdInput *self)
{
  FILE *stream;
  int fd;

  g_return_val_if_fail (self != NULL, NULL);

  fd = self->fd >= 0 ? fcntl (self->fd, F_DUPFD_CLOEXEC, 0) : -1;
  stream = fd >= 0 ? fdopen (fd, "rb") : NULL;
  if (fd >= 0 && stream == NULL)
    close (fd);
  return stream;
}
