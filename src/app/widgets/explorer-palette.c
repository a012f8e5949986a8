#include "explorer-palette.h"

#include <adwaita.h>

const PisdPalette *
explorer_palette_get (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const gboolean is_dark = adw_style_manager_get_dark (style);

  return adw_style_manager_get_high_contrast (style) ? pisd_palette_get_strong (is_dark)
                                                     : pisd_palette_get (is_dark);
}

void
explorer_palette_watch (GObject *object, GCallback changed)
{
  static const char *const signals[] = { "notify::dark", "notify::high-contrast" };

  for (guint k = 0; k < G_N_ELEMENTS (signals); k++)
    g_signal_connect_object (adw_style_manager_get_default (), signals[k], changed, object,
                             G_CONNECT_SWAPPED);
}
