/* Prefixes found from the places of programs. */
#include "pisd-installation.h"

static void
test_find_prefix (void)
{
  static const struct
  {
    const char *executable, *bindir, *expected;
  } rows[] = {
    { "/usr/bin/pisd", "bin", "/usr" },
    { "/home/a b/moved/bin/pisd", "bin", "/home/a b/moved" },
    { "/usr/games/bin/pisd", "games/bin", "/usr" },
    { "/bin/pisd", "bin", "/" },
    { "/home/pisd/build/src/cli/pisd", "bin", NULL },
    { "/opt/robin/pisd", "bin", NULL },
    { "/usr/bin/pisd", "/usr/bin", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *prefix = pisd_installation_find_prefix (rows[i].executable, rows[i].bindir);

      g_assert_cmpstr (prefix, ==, rows[i].expected);
    }
}

/* This test lies in a build folder's `tests`, which is no folder of installed programs. */
static void
test_folders (void)
{
  g_autofree char *locale = pisd_installation_dup_locale_folder ();
  g_autofree char *own = pisd_installation_dup_own_folder ();

  g_assert_true (g_path_is_absolute (locale));
  g_assert_true (g_path_is_absolute (own));
  g_assert_true (g_str_has_suffix (own, "/pisd-explorer"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/installation/find-prefix", test_find_prefix);
  g_test_add_func ("/model/installation/folders", test_folders);
  return g_test_run ();
}
