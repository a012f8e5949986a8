/* Where both programs find their translations.
 *
 * Threads: before any other is started. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All texts are translated from now on, as the locale says. */
void pisd_translations_bind (void);

G_END_DECLS
