/* What all sub-commands share: how they end and how they read their options. */
#pragma once

#include <gio/gio.h>

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef enum
{
  CLI_EXIT_OK = 0,
  CLI_EXIT_FAILED = 1,  /* a file's fault, the machine's, or of what was computed */
  CLI_EXIT_USAGE = 2,   /* the command line makes no sense, as it shows itself without a file */
  CLI_EXIT_SIGNAL = 128 /* plus the number of the signal that ended or stopped it */
} CliExit;

/* The command line itself cannot be understood: exit status 2 instead of 1. */
#define CLI_USAGE_ERROR (cli_usage_error_quark ())
GQuark cli_usage_error_quark (void);

typedef enum
{
  CLI_USAGE_OPTION,   /* a value that its option does not take */
  CLI_USAGE_ARGUMENT, /* too many, too few, or contradicting */
} CliUsageError;

/* What the engine says of a value that an option brought: "--OPTION: " before its message (NULL:
 * nothing), and the status is 2.  What it says of a file's bytes stays as it is.  Always FALSE. */
gboolean cli_blame (const char *option, GError **error);

/* A sub-command: argv[0] is its own name.  FALSE with `error` set is the only way to fail. */
typedef gboolean (*CliRun) (int argc, char **argv, GError **error);

gboolean cli_sample (int argc, char **argv, GError **error);
gboolean cli_inspect (int argc, char **argv, GError **error);
gboolean cli_info (int argc, char **argv, GError **error);
gboolean cli_sweep (int argc, char **argv, GError **error);
gboolean cli_where (int argc, char **argv, GError **error);
gboolean cli_bench (int argc, char **argv, GError **error);
gboolean cli_train (int argc, char **argv, GError **error);
gboolean cli_dataset (int argc, char **argv, GError **error);
gboolean cli_lesson (int argc, char **argv, GError **error);
gboolean cli_lab (int argc, char **argv, GError **error);

/* Parses options; what is left over is returned (without argv[0]), NULL on error.  `arguments`
 * describes it in the help text; `--help` prints and exits with status 0. */
GStrv cli_parse (const GOptionEntry *entries,
                 const char *arguments,
                 const char *summary,
                 int argc,
                 char **argv,
                 GError **error);

/* Likewise, where anything else is one thing too many. */
gboolean cli_parse_alone (const GOptionEntry *entries,
                          const char *summary,
                          int argc,
                          char **argv,
                          GError **error);

/* An integer in [minimum, maximum], written in decimal; text NULL: not given, the value stays. */
gboolean cli_parse_uint (const char *option,
                         const char *text,
                         guint64 minimum,
                         guint64 maximum,
                         guint64 *value,
                         GError **error);
gboolean cli_parse_count (const char *option,
                          const char *text,
                          guint minimum,
                          guint maximum,
                          guint *value,
                          GError **error);

/* Index of the field of that name; `also` (nullable): what else the option takes. */
gboolean cli_find_field (const PisdOperator *row,
                         const char *option,
                         const char *name,
                         const char *also,
                         guint *field,
                         GError **error);

/* A value whose option is named after a setting; text NULL: not given, the setting stays. */
gboolean cli_set_option (const char *key, const char *text, PisdSettings *settings, GError **error);

/* The values of --set, KEY=VALUE each; `sets` may be NULL. */
gboolean cli_check_sets (char **sets, GError **error);
gboolean cli_apply_sets (char **sets, PisdSettings *settings, GError **error);
/* Whether all of them are the problem or its constants, and nothing else. */
gboolean cli_check_constants (char **sets, const PisdOperator *row, GError **error);

/* A line on standard error, under the name of the program; NULL: none. */
void cli_remark (const char *remark);

/* On standard error, where a picture would hold boxes for want of a font; nothing otherwise. */
void cli_warn_of_fonts (const char *path);

/* A table that is part of the program: the path of its resource. */
GKeyFile *cli_load_key_file (const char *path, GError **error);

G_END_DECLS
