/* What all sub-commands share: how they fail, how they read their options, how they show progress.
 */
#pragma once

#include <gio/gio.h>

#include "pisd-settings.h"

G_BEGIN_DECLS

/* The command line itself cannot be understood: exit status 2 instead of 1. */
#define CLI_USAGE_ERROR (cli_usage_error_quark ())
GQuark cli_usage_error_quark (void);

typedef enum
{
  CLI_USAGE_OPTION,   /* a value that its option does not take */
  CLI_USAGE_ARGUMENT, /* too many, too few, or contradicting */
} CliUsageError;

/* A sub-command: argv[0] is its own name.  FALSE with `error` set is the only way to fail. */
typedef gboolean (*CliRun) (int argc, char **argv, GError **error);

gboolean cli_sample (int argc, char **argv, GError **error);
gboolean cli_info (int argc, char **argv, GError **error);
gboolean cli_bench (int argc, char **argv, GError **error);

/* Parses options; what is left over is returned (without argv[0]), NULL on error.  `arguments`
 * describes it in the help text; `--help` prints and exits with status 0. */
GStrv cli_parse (const GOptionEntry *entries,
                 const char *arguments,
                 const char *summary,
                 int argc,
                 char **argv,
                 GError **error);

/* An integer in [minimum, maximum], written in decimal. */
gboolean cli_parse_uint (const char *option,
                         const char *text,
                         guint64 minimum,
                         guint64 maximum,
                         guint64 *value,
                         GError **error);

/* The values of --set, KEY=VALUE each; `sets` may be NULL. */
gboolean cli_check_sets (char **sets, GError **error);
gboolean cli_apply_sets (char **sets, PisdSettings *settings, GError **error);

/* Can a file be written there later?  Found out before an hour of computing, not after. */
gboolean cli_check_target (const char *option, const char *path, GError **error);

/* One line on stderr with the time left, where stderr is a terminal; and the way SIGINT and SIGTERM
 * stop a run. Several runs in a row make up one line: `part` of `n_parts`. */
typedef struct
{
  const char *what; /* "sampling" */
  guint part, n_parts;
  gboolean is_terminal;
  gboolean is_stopped;
  gint64 started, looked, shown; /* monotonic, microseconds */
  guint signals[2];              /* GSource ids; 0 once one fired */
} CliProgress;

void cli_progress_begin (CliProgress *self, const char *what, guint n_parts);
/* A PisdProgress; `data` is the CliProgress. */
gboolean cli_progress_step (guint64 done, guint64 total, gpointer data);
void cli_progress_end (CliProgress *self); /* clears the line */

G_END_DECLS
