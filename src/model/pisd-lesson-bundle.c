#include "pisd-lesson-bundle.h"

#include <gio/gio.h>

#define PREFIX "/io/github/pisd/lessons/"

/* Made from pisd-lessons.gresource.xml by the build. */
GResource *pisd_lessons_get_resource (void);

static const char *const names[] = {
  "noise-to-field", "no-guidance",     "sensors-pull",      "equation-pulls",     "low-residual",
  "only-ratios",    "step-too-large",  "clustered-sensors", "first-second-order", "best-estimate",
  "resonance",      "noise-and-trust", "forward-inverse",   "flow-end",           "learned-prior",
  "noise-in-steps", "never-stops",
};

guint
pisd_lesson_bundle_get_n (void)
{
  return G_N_ELEMENTS (names);
}

const char *
pisd_lesson_bundle_get_name (guint k)
{
  g_return_val_if_fail (k < G_N_ELEMENTS (names), NULL);

  return names[k];
}

PisdInput *
pisd_lesson_bundle_open (guint k)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (k < G_N_ELEMENTS (names), NULL);

  file = g_strconcat (names[k], ".lesson", NULL);
  path = g_strconcat (PREFIX, file, NULL);
  bytes = g_resource_lookup_data (pisd_lessons_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  NULL);
  return pisd_input_new_for_bytes (file, bytes);
}

gboolean
pisd_lesson_bundle_find (const char *name, guint *k)
{
  g_return_val_if_fail (name != NULL && k != NULL, FALSE);

  for (*k = 0; *k < G_N_ELEMENTS (names); (*k)++)
    if (g_str_equal (names[*k], name))
      return TRUE;
  return FALSE;
}
