#include "cli-common.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pisd-error.h"

G_DEFINE_QUARK (cli_usage_error, cli_usage_error)

#define LOOK_INTERVAL (20 * G_TIME_SPAN_MILLISECOND)  /* for signals */
#define SHOW_INTERVAL (100 * G_TIME_SPAN_MILLISECOND) /* on the terminal */

GStrv
cli_parse (const GOptionEntry *entries,
           const char *arguments,
           const char *summary,
           int argc,
           char **argv,
           GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;
  for (int i = 1; i < argc; i++)
    {
      if (g_strcmp0 (argv[i], "--") != 0)
        g_strv_builder_add (rest, argv[i]);
    }
  return g_strv_builder_end (rest);
}

gboolean
cli_parse_uint (const char *option,
                const char *text,
                guint64 minimum,
                guint64 maximum,
                guint64 *value,
                GError **error)
{
  if (g_ascii_string_to_unsigned (text, 10, minimum, maximum, value, NULL))
    return TRUE;
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
               "--%s: got `%s`, expected a whole number from %" G_GUINT64_FORMAT
               " to %" G_GUINT64_FORMAT,
               option, text, minimum, maximum);
  return FALSE;
}

gboolean
cli_check_sets (char **sets, GError **error)
{
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      if (strchr (sets[i], '=') != NULL)
        continue;
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--set: got `%s`, expected KEY=VALUE",
                   sets[i]);
      return FALSE;
    }
  return TRUE;
}

gboolean
cli_apply_sets (char **sets, PisdSettings *settings, GError **error)
{
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (sets[i], "=", 2);

      if (!pisd_settings_set (settings, pair[0], pair[1], error))
        {
          g_prefix_error (error, "--set: ");
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
cli_check_target (const char *option, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *problem = NULL;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    problem = "the folder does not exist";
  else if (g_access (folder, W_OK) != 0)
    problem = "the folder cannot be written to";
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    problem = "is a folder";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO,
               "--%s: got `%s`, %s, expected a file name in a folder that can be written to",
               option, path, problem);
  return FALSE;
}

static void
drop_signals (CliProgress *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
}

/* Dropping the sources gives the signals their default meaning back: a second Ctrl+C ends the
 * program. */
static gboolean
on_signal (gpointer data)
{
  CliProgress *self = data;

  self->is_stopped = TRUE;
  drop_signals (self);
  return G_SOURCE_REMOVE;
}

void
cli_progress_begin (CliProgress *self, const char *what, guint n_parts)
{
  const int numbers[] = { SIGINT, SIGTERM };

  *self = (CliProgress){ .what = what, .n_parts = n_parts };
  self->is_terminal = isatty (STDERR_FILENO);
  self->started = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    self->signals[i] = g_unix_signal_add (numbers[i], on_signal, self);
}

static void
show (CliProgress *self, double fraction, gint64 now)
{
  double elapsed = (double) (now - self->started) / G_TIME_SPAN_SECOND;

  fprintf (stderr, "\r%s %3.0f %%, %.0f s, %.0f s left\033[K", self->what, 100 * fraction, elapsed,
           fraction > 0 ? elapsed * (1 - fraction) / fraction : 0);
  fflush (stderr);
}

gboolean
cli_progress_step (guint64 done, guint64 total, gpointer data)
{
  CliProgress *self = data;
  gint64 now = g_get_monotonic_time ();

  if (now - self->looked >= LOOK_INTERVAL)
    {
      self->looked = now;
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  if (self->is_terminal && now - self->shown >= SHOW_INTERVAL)
    {
      self->shown = now;
      show (self, (self->part + (double) done / (double) MAX (total, 1)) / self->n_parts, now);
    }
  return !self->is_stopped;
}

void
cli_progress_end (CliProgress *self)
{
  drop_signals (self);
  if (self->is_terminal && self->shown != 0)
    fputs ("\r\033[K", stderr);
}
