#include "explorer-spare.h"

#include "pisd-blas-memory.h"
#include "pisd-memory.h"

#define REST 1000 /* milliseconds after the last call */

static gboolean
on_rest (gpointer key)
{
  pisd_blas_memory_trim ();
  pisd_memory_trim ();
  return G_SOURCE_REMOVE;
}

void
explorer_spare_soon (void)
{
  static const char key[] = "explorer-spare"; /* its address tells the source apart */

  g_source_remove_by_user_data ((gpointer) key);
  g_timeout_add_full (G_PRIORITY_LOW, REST, on_rest, (gpointer) key, NULL);
}
