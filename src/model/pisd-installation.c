#include "pisd-installation.h"

#include <string.h>

#include "pisd-installation-config.h"

char *
pisd_installation_find_prefix (const char *executable, const char *bindir)
{
  g_autofree char *folder = NULL;
  g_autofree char *tail = NULL;

  g_return_val_if_fail (executable != NULL && bindir != NULL, NULL);

  if (g_path_is_absolute (bindir))
    return NULL;
  folder = g_path_get_dirname (executable);
  tail = g_strconcat ("/", bindir, NULL);
  if (!g_str_has_suffix (folder, tail))
    return NULL;
  folder[strlen (folder) - strlen (tail)] = '\0';
  return g_strdup (*folder == '\0' ? "/" : folder);
}

/* `folder` is absolute where the person who installed put it outside the prefix. */
static char *
dup_folder (const char *executable, const char *folder)
{
  g_autofree char *prefix =
      executable != NULL ? pisd_installation_find_prefix (executable, PISD_BINDIR) : NULL;

  if (g_path_is_absolute (folder))
    return g_strdup (folder);
  return g_build_filename (prefix != NULL ? prefix : PISD_PREFIX, folder, NULL);
}

/* In a build folder the executable lies in src/app or src/cli and the translations in po. */
static char *
dup_build_folder (const char *executable)
{
  g_autofree char *folder = g_path_get_dirname (executable);
  g_autofree char *po = g_build_filename (folder, "..", "..", "po", NULL);
  g_autofree char *sample = g_build_filename (po, "de", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

  return g_file_test (sample, G_FILE_TEST_EXISTS) ? g_steal_pointer (&po) : NULL;
}

char *
pisd_installation_dup_locale_folder (void)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  char *build = executable != NULL ? dup_build_folder (executable) : NULL;

  return build != NULL ? build : dup_folder (executable, PISD_LOCALEDIR);
}

char *
pisd_installation_dup_own_folder (void)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);

  return dup_folder (executable, PISD_DATADIR "/" GETTEXT_PACKAGE);
}
