#include "explorer-kept-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pisd-error.h"

#define LOCK ".lock"
#define SETUP ".setup"
#define MOST_NAMES 100 /* of one process */

struct _ExplorerKeptFile
{
  char *path;
  char *lock;
  int fd;          /* of the lock */
  gint64 modified; /* when the file was, ns; -1: it is not there */
};

/* Holds the lock, unless somebody has it or has taken it away meanwhile. */
static gboolean
hold (int fd)
{
  struct stat info;

  return flock (fd, LOCK_EX | LOCK_NB) == 0 && fstat (fd, &info) == 0 && info.st_nlink > 0;
}

static gint64
get_modified (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return -1;
  return (gint64) info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
}

/* `lock`: what was made for it; NULL: it was there before. */
static void
give_up (int fd, const char *lock)
{
  if (lock != NULL)
    g_unlink (lock);
  close (fd);
  errno = EWOULDBLOCK;
}

/* NULL: it cannot be held, or opened, as errno says. */
static ExplorerKeptFile *
open_lock (const char *folder, const char *name, int flags)
{
  g_autofree char *lock_name = g_strconcat (name, LOCK, NULL);
  g_autofree char *file_name = g_strconcat (name, SETUP, NULL);
  ExplorerKeptFile *self;
  char *lock = g_build_filename (folder, lock_name, NULL);
  const int fd = g_open (lock, O_RDWR | O_CLOEXEC | flags, 0600);

  if (fd < 0 || !hold (fd))
    {
      if (fd >= 0)
        give_up (fd, (flags & O_CREAT) != 0 ? lock : NULL);
      g_free (lock);
      return NULL;
    }
  self = g_new (ExplorerKeptFile, 1);
  *self = (ExplorerKeptFile){ g_build_filename (folder, file_name, NULL), lock, fd, -1 };
  self->modified = get_modified (self->path);
  return self;
}

ExplorerKeptFile *
explorer_kept_file_new (const char *folder, GError **error)
{
  ExplorerKeptFile *self = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    for (guint k = 0; k < MOST_NAMES && self == NULL; k++)
      {
        g_autofree char *name = g_strdup_printf ("%ld-%u", (long) getpid (), k);

        self = open_lock (folder, name, O_CREAT | O_EXCL);
        if (self == NULL && errno != EEXIST && errno != EWOULDBLOCK)
          break;
      }
  if (self == NULL)
    pisd_error_fail (error, PISD_ERROR_IO,
                     _ ("%s: got \"%s\", expected a folder that takes new files"), folder,
                     g_strerror (errno));
  return self;
}

/* The newer one of two; the other one is let go. */
static ExplorerKeptFile *
choose_newer (ExplorerKeptFile *a, ExplorerKeptFile *b)
{
  const gboolean is_a = a != NULL && a->modified >= b->modified;

  explorer_kept_file_free (is_a ? b : a);
  return is_a ? a : b;
}

ExplorerKeptFile *
explorer_kept_file_find (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  ExplorerKeptFile *newest = NULL;
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = g_strdup (entry);
      ExplorerKeptFile *file;

      if (!g_str_has_suffix (name, LOCK))
        continue;
      name[strlen (name) - strlen (LOCK)] = '\0';
      file = open_lock (folder, name, 0);
      if (file != NULL && file->modified >= 0)
        newest = choose_newer (newest, file);
      else
        explorer_kept_file_remove (file);
    }
  return newest;
}

void
explorer_kept_file_free (ExplorerKeptFile *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self->path);
  g_free (self->lock);
  g_free (self);
}

/* The lock goes last: a file without one would never be found. */
void
explorer_kept_file_remove (ExplorerKeptFile *self)
{
  if (self == NULL)
    return;
  g_unlink (self->path);
  g_unlink (self->lock);
  explorer_kept_file_free (self);
}

const char *
explorer_kept_file_get_path (const ExplorerKeptFile *self)
{
  return self->path;
}
