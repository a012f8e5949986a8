#include "explorer-application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (ExplorerApplication) application = NULL;

  explorer_application_init_locale ();
  application = explorer_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
