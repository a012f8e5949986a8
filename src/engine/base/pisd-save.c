#include "pisd-save.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pisd-error.h"

static gboolean
fail (GError **error, const char *path, const char *what, int code)
{
  g_autofree char *name = pisd_error_escape (path);

  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: %s: %s", name, what, g_strerror (code));
  return FALSE;
}

/* The file that is replaced: behind a symbolic link the file it points to, so that the link
 * survives. */
static char *
dup_target (const char *path)
{
  char *real = realpath (path, NULL);
  char *target;

  if (real == NULL)
    return g_strdup (path);

  target = g_strdup (real);
  free (real);
  return target;
}

/* Whether `target` may be replaced, and which permissions the new file takes over.
 * mode: untouched for a new file. */
static gboolean
check_target (const char *path, const char *target, gboolean *exists, mode_t *mode, GError **error)
{
  struct stat info;

  *exists = FALSE;
  if (*path == '\0')
    {
      g_set_error_literal (error, PISD_ERROR, PISD_ERROR_IO,
                           _ ("got an empty name, expected a file's"));
      return FALSE;
    }
  *exists = stat (target, &info) == 0;
  if (!*exists)
    return errno == ENOENT ? TRUE : fail (error, path, _ ("cannot be replaced"), errno);

  if (!S_ISREG (info.st_mode))
    {
      g_autofree char *name = pisd_error_escape (path);

      g_set_error (error, PISD_ERROR, PISD_ERROR_IO,
                   _ ("%s: cannot be replaced: got %s, expected a regular file"), name,
                   S_ISDIR (info.st_mode) ? _ ("a folder") : _ ("a device or pipe"));
      return FALSE;
    }

  *mode = info.st_mode & 07777;
  return TRUE;
}

struct _PisdSaving
{
  char *path;      /* as it was given */
  char *target;    /* behind links */
  char *temporary; /* NULL: committed */
  int fd;          /* -1: closed */
  gboolean exists;
  mode_t mode; /* of the file that is replaced */
};

static gboolean
write_all (int fd, off_t offset, const char *bytes, gsize size)
{
  while (size > 0)
    {
      gssize n = pwrite (fd, bytes, size, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      offset += n;
      size -= n;
    }
  return TRUE;
}

/* Makes the rename itself durable.  Some file systems cannot sync a directory; the file is whole
 * either way, so that is not an error. */
static void
sync_directory (const char *directory)
{
  int fd = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  (void) fsync (fd);
  close (fd);
}

/* A file of its own beside `target`, open for writing: its name, and the descriptor.  The name is
 * short, so that a target of the longest legal name can be saved too. */
static char *
open_temporary (const char *path, const char *target, int *fd, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (target);
  g_autofree char *temporary = g_build_filename (directory, ".pisd-XXXXXX", NULL);
  g_autofree char *name = NULL;

  *fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (*fd >= 0)
    return g_steal_pointer (&temporary);
  name = pisd_error_escape (path);
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO,
               _ ("%s: cannot be written: got \"%s\", expected a folder that takes new files"),
               name, g_strerror (errno));
  return NULL;
}

gboolean
pisd_save_check (const char *path, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *temporary = NULL;
  gboolean exists;
  mode_t mode;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  target = dup_target (path);
  if (!check_target (path, target, &exists, &mode, error))
    return FALSE;
  temporary = open_temporary (path, target, &fd, error);
  if (temporary == NULL)
    return FALSE;
  close (fd);
  g_unlink (temporary);
  return TRUE;
}

PisdSaving *
pisd_saving_new (const char *path, GError **error)
{
  g_autoptr (PisdSaving) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (PisdSaving, 1);
  self->fd = -1;
  self->path = g_strdup (path);
  self->target = dup_target (path);
  if (!check_target (path, self->target, &self->exists, &self->mode, error))
    return NULL;
  self->temporary = open_temporary (path, self->target, &self->fd, error);
  return self->temporary != NULL ? g_steal_pointer (&self) : NULL;
}

void
pisd_saving_free (PisdSaving *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->path);
  g_free (self->target);
  g_free (self->temporary);
  g_free (self);
}

const char *
pisd_saving_get_temporary (const PisdSaving *self)
{
  return self->temporary;
}

gboolean
pisd_saving_write (PisdSaving *self, guint64 offset, const void *bytes, gsize size, GError **error)
{
  g_return_val_if_fail (self->fd >= 0, FALSE);
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  return write_all (self->fd, (off_t) offset, bytes, size)
         || fail (error, self->path, _ ("cannot be written"), errno);
}

/* Syncs and closes; on failure errno says why. */
static gboolean
finish (PisdSaving *self)
{
  gboolean ok = (!self->exists || fchmod (self->fd, self->mode) == 0) && fsync (self->fd) == 0;
  int code = errno;

  if (close (self->fd) != 0 && ok)
    {
      ok = FALSE;
      code = errno;
    }
  self->fd = -1;
  errno = code;
  return ok;
}

gboolean
pisd_saving_commit (PisdSaving *self, GError **error)
{
  g_autofree char *directory = NULL;

  g_return_val_if_fail (self->fd >= 0, FALSE);

  if (!finish (self) || g_rename (self->temporary, self->target) != 0)
    return fail (error, self->path, _ ("cannot be written"), errno);
  g_clear_pointer (&self->temporary, g_free);
  directory = g_path_get_dirname (self->target);
  sync_directory (directory);
  return TRUE;
}

gboolean
pisd_save_bytes (const char *path, const void *bytes, gsize size, GError **error)
{
  g_autoptr (PisdSaving) saving = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  saving = pisd_saving_new (path, error);
  return saving != NULL && pisd_saving_write (saving, 0, bytes, size, error)
         && pisd_saving_commit (saving, error);
}
