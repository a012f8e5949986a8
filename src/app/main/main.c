#include "explorer-application.h"

#ifdef __GLIBC__
#include <malloc.h>

/* Pictures and results go back to the system when they are freed, and threads share few heaps: else
 * a long session keeps what its largest runs took. */
static void
spare_memory (void)
{
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  mallopt (M_ARENA_MAX, 2);
}
#else
static void
spare_memory (void)
{
}
#endif

int
main (int argc, char *argv[])
{
  g_autoptr (ExplorerApplication) application = NULL;

  spare_memory ();
  explorer_application_init_locale ();
  application = explorer_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
