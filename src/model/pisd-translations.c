#include "pisd-translations.h"

#include <glib/gi18n.h>

/* In a build folder the executable lies in src/app or src/cli and the translations in po. */
static char *
dup_build_folder (void)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *po = NULL;
  g_autofree char *sample = NULL;

  if (executable == NULL)
    return NULL;
  folder = g_path_get_dirname (executable);
  po = g_build_filename (folder, "..", "..", "po", NULL);
  sample = g_build_filename (po, "de", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  return g_file_test (sample, G_FILE_TEST_EXISTS) ? g_steal_pointer (&po) : NULL;
}

void
pisd_translations_bind (const char *installed)
{
  g_autofree char *build = dup_build_folder ();

  g_return_if_fail (installed != NULL);

  bindtextdomain (GETTEXT_PACKAGE, build != NULL ? build : installed);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
