/* Where the files lie that are installed with both programs: found from the running program's own
 * place, so that a prefix may be moved as a whole.
 *
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Translations; those of a build folder where the program lies in one. */
char *pisd_installation_dup_locale_folder (void);
/* What nobody else reads: the compiled schema of the settings. */
char *pisd_installation_dup_own_folder (void);

/* What stands before `bindir` in the path of a program that lies there, "/opt/x" of
 * "/opt/x/bin/pisd".  NULL: it does not lie in such a folder, or `bindir` is absolute. */
char *pisd_installation_find_prefix (const char *executable, const char *bindir);

G_END_DECLS
