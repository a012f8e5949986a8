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

static gboolean
write_all (int fd, const char *bytes, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
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

/* Writes, syncs, closes and renames; on failure the temporary file is gone and errno says why. */
static gboolean
fill_and_rename (int fd,
                 const char *temporary,
                 const char *target,
                 const mode_t *mode,
                 const void *bytes,
                 gsize size)
{
  gboolean ok =
      write_all (fd, bytes, size) && (mode == NULL || fchmod (fd, *mode) == 0) && fsync (fd) == 0;
  int code = errno;

  if (close (fd) != 0 && ok)
    {
      ok = FALSE;
      code = errno;
    }
  if (ok && g_rename (temporary, target) == 0)
    return TRUE;
  if (ok)
    code = errno;
  g_unlink (temporary);
  errno = code;
  return FALSE;
}

gboolean
pisd_save_bytes (const char *path, const void *bytes, gsize size, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *temporary = NULL;
  gboolean exists;
  mode_t mode = 0;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  target = dup_target (path);
  if (!check_target (path, target, &exists, &mode, error))
    return FALSE;
  temporary = open_temporary (path, target, &fd, error);
  if (temporary == NULL)
    return FALSE;
  if (!fill_and_rename (fd, temporary, target, exists ? &mode : NULL, bytes, size))
    return fail (error, path, _ ("cannot be written"), errno);
  directory = g_path_get_dirname (target);
  sync_directory (directory);
  return TRUE;
}
