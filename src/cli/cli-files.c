#include "cli-files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cli-common.h"
#include "pisd-save.h"

/* As many links one behind the other as Linux follows. */
#define MAX_LINKS 40

/* A file that exists is its device and inode; one that does not, its folder's and a name in it. */
typedef struct
{
  gboolean is_known; /* FALSE: not even the folder exists */
  dev_t device;
  ino_t inode;
  char *name; /* NULL: the file exists */
} Identity;

static void
identity_clear (Identity *self)
{
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

/* Where a link points to in the end, though nothing is there. */
static char *
dup_behind_links (const char *path)
{
  g_autofree char *end = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *folder = g_path_get_dirname (end);
      g_autofree char *target = g_file_read_link (end, NULL);

      if (target == NULL)
        break;
      g_free (end);
      end = g_path_is_absolute (target) ? g_steal_pointer (&target)
                                        : g_build_filename (folder, target, NULL);
    }
  return g_steal_pointer (&end);
}

static Identity
identify (const char *path)
{
  Identity self = { 0 };
  struct stat info;

  self.is_known = stat (path, &info) == 0;
  if (!self.is_known)
    {
      g_autofree char *end = dup_behind_links (path);
      g_autofree char *folder = g_path_get_dirname (end);

      self.is_known = stat (folder, &info) == 0;
      self.name = g_path_get_basename (end);
    }
  if (self.is_known)
    {
      self.device = info.st_dev;
      self.inode = info.st_ino;
    }
  return self;
}

/* Of standard output, where that is a file; not known where it is a terminal, a pipe or a device.
 * */
static Identity
identify_output (void)
{
  struct stat info;

  if (fstat (STDOUT_FILENO, &info) != 0 || !S_ISREG (info.st_mode))
    return (Identity){ 0 };
  return (Identity){ TRUE, info.st_dev, info.st_ino, NULL };
}

static gboolean
is_same (const Identity *a, const Identity *b)
{
  return a->is_known && b->is_known && a->device == b->device && a->inode == b->inode
         && g_strcmp0 (a->name, b->name) == 0;
}

static gboolean
may_be_one (const CliFile *a, const CliFile *b)
{
  return (!a->is_written && !b->is_written) || g_strcmp0 (a->may_replace, b->label) == 0
         || g_strcmp0 (b->may_replace, a->label) == 0;
}

static void
set_same_error (const CliFile *a, const CliFile *b, GError **error)
{
  if (g_str_equal (a->path, b->path))
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                 "%s and %s: got `%s` twice, expected two files", a->label, b->label, a->path);
  else
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                 "%s and %s: got `%s` and `%s`, two names of one file, expected two files",
                 a->label, b->label, a->path, b->path);
}

static gboolean
check_pair (const CliFile *a, const CliFile *b, GError **error)
{
  g_auto (Identity) first = { 0 };
  g_auto (Identity) second = { 0 };

  if (a->path == NULL || b->path == NULL || may_be_one (a, b))
    return TRUE;
  first = identify (a->path);
  second = identify (b->path);
  if (!is_same (&first, &second))
    return TRUE;
  set_same_error (a, b, error);
  return FALSE;
}

/* One name by itself, and beside standard output. */
static gboolean
check_name (const CliFile *file, GError **error)
{
  g_auto (Identity) output = identify_output ();
  g_auto (Identity) identity = { 0 };

  if (file->path == NULL)
    return TRUE;
  if (*file->path == '\0')
    {
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                   "%s: got an empty name, expected a file's", file->label);
      return FALSE;
    }
  identity = identify (file->path);
  if (!is_same (&identity, &output))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "%s: got `%s`, where standard output goes, expected two files", file->label,
               file->path);
  return FALSE;
}

static gboolean
check_target (const CliFile *file, GError **error)
{
  if (file->path == NULL || !file->is_written || pisd_save_check (file->path, error))
    return TRUE;
  g_prefix_error (error, "%s: ", file->label);
  return FALSE;
}

gboolean
cli_files_check (const CliFile *files, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!check_name (&files[i], error))
      return FALSE;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      if (!check_pair (&files[j], &files[i], error))
        return FALSE;
  for (guint i = 0; i < n; i++)
    if (!check_target (&files[i], error))
      return FALSE;
  return TRUE;
}
