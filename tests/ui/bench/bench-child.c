#include "bench-child.h"

#include <stdio.h>
#include <string.h>

void
bench_child_print (const char *name, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("%s %s\n", name, g_ascii_dtostr (number, sizeof number, value));
  fflush (stdout);
}

char *
bench_child_run (const char *name, guint number)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *text = g_strdup_printf ("%u", number);
  const char *const words[] = { self, BENCH_CHILD_OPTION, name, text, NULL };
  g_autoptr (GError) error = NULL;
  char *printed = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) words, NULL, 0, NULL, NULL, &printed, NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error))
    g_error ("%s %s %s: %s", self, BENCH_CHILD_OPTION, name, error->message);
  return printed;
}

double
bench_child_get (const char *printed, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (printed, "\n", -1);
  const gsize length = strlen (name);

  for (guint k = 0; lines[k] != NULL; k++)
    if (strncmp (lines[k], name, length) == 0 && lines[k][length] == ' ')
      return g_ascii_strtod (lines[k] + length + 1, NULL);
  g_error ("the child printed no `%s`, but: %s", name, printed);
}
