#include "explorer-choice.h"

#include <glib/gi18n.h>

static const char *
get_title (const PisdChoice *choice)
{
  return choice->title != NULL ? _ (choice->title) : choice->name;
}

char *
explorer_choice_dup_value (const PisdSettings *settings, const PisdSettingInfo *info)
{
  PisdChoice choice;

  if (info->get_choice == NULL)
    return pisd_settings_dup_text (settings, info);
  choice = info->get_choice (G_STRUCT_MEMBER (guint, settings, info->offset));
  return g_strdup (get_title (&choice));
}

GtkStringList *
explorer_choice_new_list (const PisdSettingInfo *info)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  g_return_val_if_fail (info->get_choice != NULL, titles);
  for (guint value = 0; info->get_choice (value).name != NULL; value++)
    {
      const PisdChoice choice = info->get_choice (value);

      gtk_string_list_append (titles, get_title (&choice));
    }
  return titles;
}
