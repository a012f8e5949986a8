#include "pisd-lesson-lab.h"

/* Those lines that have to be set before the others, or those others. */
static gboolean
apply (const GPtrArray *lines,
       gboolean leading,
       const char *file,
       PisdLabSetup *setup,
       GError **error)
{
  for (guint k = 0; k < lines->len; k++)
    {
      const PisdLessonLine *line = g_ptr_array_index (lines, k);

      if (pisd_lab_setup_leads (setup->lab, line->key) != leading
          || pisd_lab_setup_set (setup, line->key, line->value, error))
        continue;
      pisd_lesson_prefix_error (file, line->number, error);
      return FALSE;
    }
  return TRUE;
}

PisdLabSetup *
pisd_lesson_lab_make (const GPtrArray *lines,
                      PisdLab lab,
                      const char *file,
                      guint head,
                      GError **error)
{
  g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (lab);

  g_return_val_if_fail (lines != NULL && file != NULL, NULL);

  if (!apply (lines, TRUE, file, setup, error) || !apply (lines, FALSE, file, setup, error))
    return NULL;
  if (pisd_lab_setup_check (setup, error))
    return g_steal_pointer (&setup);
  pisd_lesson_prefix_error (file, head, error);
  return NULL;
}
