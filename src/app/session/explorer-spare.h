/* Memory that nobody will soon ask for goes back to the system, once the program has rested for a
 * second: what is freed after an edit is freed bit by bit, by whoever hears of it.
 *
 * Threads: main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* After much has been freed, or will be before long. */
void explorer_spare_soon (void);

G_END_DECLS
