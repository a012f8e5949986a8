/* How much memory is held at most between two places of a program: what GNU's library gives is
 * counted on its way.
 *
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE: this program cannot count, as under sanitizers, which have a memory of their own. */
gboolean fuzz_memory_is_counted (void);
void fuzz_memory_begin (void);
/* Bytes at most since then, beyond what was held then. */
gsize fuzz_memory_get_most (void);

G_END_DECLS
