/* Lessons that come with both programs, in the order in which they are taken.
 *
 * Threads: any. */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

guint pisd_lesson_bundle_get_n (void);
/* "sensors-pull": what it is called on the command line and in preferences. */
const char *pisd_lesson_bundle_get_name (guint k);
PisdInput *pisd_lesson_bundle_open (guint k);
/* FALSE: there is none of that name. */
gboolean pisd_lesson_bundle_find (const char *name, guint *k);

G_END_DECLS
