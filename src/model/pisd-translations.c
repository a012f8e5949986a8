#include "pisd-translations.h"

#include <glib/gi18n.h>

#include "pisd-installation.h"

void
pisd_translations_bind (void)
{
  g_autofree char *folder = pisd_installation_dup_locale_folder ();

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
