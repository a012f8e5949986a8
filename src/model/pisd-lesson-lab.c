#include "pisd-lesson-lab.h"

/* The window draws no more samples than it shows; `wrong`: the line that asks for more. */
static gboolean
check_samples (const PisdLabSetup *setup, const GPtrArray *lines, guint *wrong, GError **error)
{
  const guint most = pisd_lab_setup_get_most_samples (setup->data);

  for (guint k = 0; k < lines->len; k++)
    {
      const PisdLessonLine *line = g_ptr_array_index (lines, k);

      *wrong = k;
      if (g_str_equal (line->key, "samples") && setup->n_samples > most)
        return pisd_error_fail (error, PISD_ERROR_RANGE,
                                "samples: got %u, expected at most %u of %s", setup->n_samples,
                                most, pisd_lab_data_get_name (setup->data));
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
  g_autofree PisdLabValue *values = NULL;
  guint wrong;

  g_return_val_if_fail (lines != NULL && file != NULL, NULL);

  values = g_new (PisdLabValue, lines->len);
  for (guint k = 0; k < lines->len; k++)
    {
      const PisdLessonLine *line = g_ptr_array_index (lines, k);

      values[k] = (PisdLabValue){ line->key, line->value };
    }
  if (!pisd_lab_setup_set_all (setup, lines->len, values, &wrong, error)
      || !check_samples (setup, lines, &wrong, error))
    {
      const PisdLessonLine *line = g_ptr_array_index (lines, wrong);

      pisd_lesson_prefix_error (file, line->number, error);
      return NULL;
    }
  if (pisd_lab_setup_check (setup, error))
    return g_steal_pointer (&setup);
  pisd_lesson_prefix_error (file, head, error);
  return NULL;
}
