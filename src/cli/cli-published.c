#include "cli-published.h"

#include <math.h>

#include "cli-common.h"
#include "cli-published-own.h"

/* The group that is no method's. */
#define TARGET "target"
#define PATH "/io/github/pisd/cli/published.ini"

static void
published_free (gpointer data)
{
  CliPublished *self = data;

  g_free (self->name);
  g_free (self->source);
  g_free (self);
}

void
cli_published_add (GPtrArray *figures, const char *name, double percent, char *source)
{
  CliPublished *figure = g_new (CliPublished, 1);

  *figure = (CliPublished){ g_strdup (name), percent, source };
  g_ptr_array_add (figures, figure);
}

/* "Yao et al., ...; 500 steps, GPU" */
static char *
dup_source (GKeyFile *file, const char *group, GError **error)
{
  g_autofree char *source = g_key_file_get_string (file, group, "source", error);
  g_autofree char *how = g_key_file_get_string (file, group, "how", NULL);

  if (source == NULL)
    return NULL;
  return how == NULL ? g_steal_pointer (&source) : g_strconcat (source, "; ", how, NULL);
}

static gboolean
add_group (GPtrArray *figures, GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autofree char *source = NULL;
  GError *failure = NULL;
  double percent;

  if (!g_key_file_has_key (file, group, key, NULL))
    return TRUE;
  source = dup_source (file, group, error);
  if (source == NULL)
    return FALSE;
  percent = g_key_file_get_double (file, group, key, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  cli_published_add (figures, group, percent, g_steal_pointer (&source));
  return TRUE;
}

char *
cli_published_dup_key (PisdProblemId problem, PisdTask task)
{
  return g_strdup_printf ("%s-%s", pisd_operator_get (problem)->name, pisd_task_get_name (task));
}

double
cli_published_get_target (PisdProblemId problem, PisdTask task)
{
  g_autoptr (GKeyFile) file = cli_load_key_file (PATH, NULL);
  g_autofree char *key = cli_published_dup_key (problem, task);

  if (file == NULL || !g_key_file_has_key (file, TARGET, key, NULL))
    return NAN;
  return g_key_file_get_double (file, TARGET, key, NULL);
}

GPtrArray *
cli_published_new (PisdProblemId problem, PisdTask task, GError **error)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (published_free);
  g_autoptr (GKeyFile) file = cli_load_key_file (PATH, error);
  g_autofree char *key = cli_published_dup_key (problem, task);
  g_auto (GStrv) groups = NULL;

  if (file == NULL)
    return NULL;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_str_equal (groups[i], TARGET) && !add_group (figures, file, groups[i], key, error))
      return NULL;
  return cli_published_add_own (figures, problem, task, error) ? g_steal_pointer (&figures) : NULL;
}
