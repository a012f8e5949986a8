/* The colours of what is drawn, as the desktop wants them. */
#pragma once

#include <glib-object.h>

#include "pisd-draw.h"

G_BEGIN_DECLS

/* Light or dark, and stronger where the desktop asks for high contrast. */
const PisdPalette *explorer_palette_get (void);
/* Calls `changed` whenever it is another one, with `object` swapped in as the first argument, for
 * as long as `object` lives. */
void explorer_palette_watch (GObject *object, GCallback changed);

G_END_DECLS
