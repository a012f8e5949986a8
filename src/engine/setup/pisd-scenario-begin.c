#include "pisd-scenario-begin.h"

#include <string.h>

#include "pisd-scenario-keys.h"

static const char *
skip_line (const char *p)
{
  p += strcspn (p, "\n");
  return *p == '\n' ? p + 1 : p;
}

char *
pisd_scenario_dup_first_group (PisdInput *input)
{
  g_autofree char *text = NULL;
  const char *p;

  g_return_val_if_fail (input != NULL, NULL);

  text = pisd_input_read_text (input, PISD_SCENARIO_MAX_FILE, NULL, NULL);
  if (text == NULL)
    return NULL;
  for (p = text; *p == '#' || g_ascii_isspace (*p);)
    p = *p == '#' ? skip_line (p) : p + 1;
  return *p == '[' ? g_strndup (p + 1, strcspn (p + 1, "]\r\n")) : NULL;
}

gboolean
pisd_scenario_recognise (PisdInput *input)
{
  g_autofree char *group = pisd_scenario_dup_first_group (input);

  return group != NULL;
}
