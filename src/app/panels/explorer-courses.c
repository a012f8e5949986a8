#include "explorer-courses.h"

#include <glib/gi18n.h>

#include "pisd-name.h"

char *
explorer_courses_dup_text (const PisdSettings *settings)
{
  const PisdOperator *problem = pisd_operator_get (settings->problem);
  GString *text = g_string_new (NULL);

  for (guint t = 0; t < PISD_N_TERMS; t++)
    {
      const PisdCourse *course = &settings->parameters.courses[t];
      g_autofree char *symbol = NULL;

      if (course->n == 0 || pisd_term_get_name (settings->problem, t) == NULL)
        continue;
      symbol = t == PISD_TERM_PDE
                   ? g_strdup (_ ("equation"))
                   : pisd_field_info_dup_symbol (&problem->fields[t], PISD_FRAME_ANY);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", symbol);
      pisd_name_append_course (text, course);
    }
  return g_string_free (text, text->len == 0);
}

void
explorer_courses_fill_choices (GtkDropDown *choice, const PisdOperator *problem)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("None"));
  for (guint k = 0; k < problem->n_fields; k++)
    gtk_string_list_append (names, _ (problem->fields[k].weight_title));
  gtk_string_list_append (names, _ (pisd_settings_find ("zeta-pde")->title));
  gtk_drop_down_set_model (choice, G_LIST_MODEL (names));
}

guint
explorer_courses_find_choice (PisdProblemId problem, guint term)
{
  if (term >= PISD_N_TERMS)
    return 0;
  return 1 + (term == PISD_TERM_PDE ? pisd_operator_get (problem)->n_fields : term);
}

guint
explorer_courses_get_term (const PisdOperator *problem, guint choice)
{
  if (choice == 0)
    return PISD_N_TERMS;
  return choice == 1 + problem->n_fields ? PISD_TERM_PDE : PISD_TERM_OBS (choice - 1);
}

void
explorer_courses_reset (ExplorerSession *session)
{
  explorer_session_begin_edit (session);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    if (pisd_setting_find_course (t) != NULL)
      explorer_session_set_setting (session, pisd_setting_find_course (t)->key, "");
  explorer_session_end_edit (session);
}
