/* Runs the real executable in a folder of its own and keeps what it said.
 * The executable's path is in the environment variable PISD_EXECUTABLE, golden data in
 * PISD_TEST_DATA. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "pisd-npz.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  GSubprocessLauncher *launcher; /* set the environment here */
  int status;      /* of the last run: its exit status, or minus the signal that ended it */
  char *out, *err; /* of the last run; NULL where it was no pipe */
} CliFixture;

/* For g_test_add(); removes the folder and all in it. */
void cli_fixture_set_up (CliFixture *self, gconstpointer data);
void cli_fixture_tear_down (CliFixture *self, gconstpointer data);

/* Words separated by spaces; @DATA@ stands for the golden data's folder. */
void cli_run (CliFixture *self, const char *words);
/* The same, without waiting. */
GSubprocess *cli_start (CliFixture *self, const char *words);
void cli_finish (CliFixture *self, GSubprocess *process);

/* As cli_run(), with standard output going to that file (NULL: closed); `out` is NULL then. */
void cli_run_onto (CliFixture *self, const char *words, const char *path);

/* The last run's exit status, shown with what it said where it is another. */
void cli_assert_status (CliFixture *self, int status);
/* Failed with that status, on stderr one message that begins with the command's name and holds
 * `needle`, and left no file beyond those that were there: `n_files`. */
void cli_assert_refused (CliFixture *self, int status, const char *needle, guint n_files);
typedef struct
{
  const char *words;
  int status;
  const char *needle;
} CliRefusal;

/* COMMAND WORDS of every row is refused so; `command` ends with a space, or is empty. */
void cli_assert_refusals (CliFixture *self, const char *command, const CliRefusal *rows, guint n);
void cli_assert_contains (const char *text, const char *needle);

char *cli_path (CliFixture *self, const char *name);
void cli_write (CliFixture *self, const char *name, const char *text);
GBytes *cli_read (CliFixture *self, const char *name);
gboolean cli_exists (CliFixture *self, const char *name);
guint cli_count_files (CliFixture *self);
void cli_assert_same_bytes (CliFixture *self, const char *one, const char *other);

/* A file of the folder as JSON object; as one array of an NPZ archive. */
JsonObject *cli_read_json (CliFixture *self, const char *name);
PisdArray *cli_read_array (CliFixture *self, const char *name, const char *array);
/* That array's shape, "9x128x128". */
void cli_assert_shape (CliFixture *self, const char *name, const char *array, const char *expected);

G_END_DECLS
