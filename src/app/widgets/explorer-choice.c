#include "explorer-choice.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name, *title;
} rows[] = {
  { "gaussian", N_ ("Gaussian") },
  { "learned", N_ ("Learned") },
  { "none", N_ ("None") },
  { "dps", N_ ("DPS") },
  { "pisd", N_ ("PISD") },
  { "second-order", N_ ("Second order") },
  { "exact", N_ ("Exact") },
  { "joint", N_ ("Joint") },
  { "decoupled", N_ ("Decoupled") },
  { "isotropic", N_ ("Isotropic") },
  { "jacobian", N_ ("Jacobian") },
  { "euler", N_ ("Euler") },
  { "heun", N_ ("Heun") },
  { "ddim", N_ ("DDIM") },
  { "ddpm", N_ ("DDPM") },
  { "square", N_ ("Square") },
  { "hyperbolic", N_ ("Hyperbolic") },
};

const char *
explorer_choice_get_title (const char *name)
{
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    if (g_str_equal (rows[k].name, name))
      return _ (rows[k].title);
  return name;
}

GtkStringList *
explorer_choice_new_list (const PisdSettingInfo *info)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  g_return_val_if_fail (info->choices != NULL, titles);
  for (guint k = 0; info->choices[k] != NULL; k++)
    gtk_string_list_append (titles, explorer_choice_get_title (info->choices[k]));
  return titles;
}
