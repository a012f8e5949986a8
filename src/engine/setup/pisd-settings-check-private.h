/* What pisd-settings-check.c and pisd-settings-methods.c share. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

/* Settings that are checked, and the words for what is wrong with them. */
typedef struct
{
  const PisdSettings *settings;
  PisdWords words;
} PisdChecked;

/* How the setting is called, one of its choices, and what is chosen; borrowed. */
const char *pisd_checked_get_word (const PisdChecked *checked, const char *key);
const char *pisd_checked_get_choice (const PisdChecked *checked, const char *key, guint value);
const char *pisd_checked_get_chosen (const PisdChecked *checked, const char *key);

/* Which choices go together. */
gboolean pisd_checked_check_methods (const PisdChecked *checked, GError **error);

G_END_DECLS
