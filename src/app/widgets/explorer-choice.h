/* How the choices of the settings' table are shown. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-settings.h"

G_BEGIN_DECLS

/* Translated; the name itself where the window has no words for it. */
const char *explorer_choice_get_title (const char *name);
/* The titles of a setting's choices, in the order of its enum. */
GtkStringList *explorer_choice_new_list (const PisdSettingInfo *info);

G_END_DECLS
