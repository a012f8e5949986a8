/* How the choices of the settings' table are shown. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-settings.h"

G_BEGIN_DECLS

/* A setting's value in words: the translated title of a choice, else as
 * pisd_settings_dup_text() has it. */
char *explorer_choice_dup_value (const PisdSettings *settings, const PisdSettingInfo *info);
/* The translated titles of a setting's choices, in the order of its enum; the name where there
 * is no title. */
GtkStringList *explorer_choice_new_list (const PisdSettingInfo *info);

G_END_DECLS
