/* Where both programs find their translations.
 *
 * Threads: before any other is started. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All texts are translated from now on, as the locale says.  installed: the folder of translations;
 * those of a build folder go first where the program lies in one. */
void pisd_translations_bind (const char *installed);

G_END_DECLS
