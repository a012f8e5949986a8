#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_ELEMENTS (64 * 128 * 128)

static void
forget_run (CliFixture *self)
{
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
}

void
cli_fixture_set_up (CliFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("pisd-cli-XXXXXX", &error);
  g_assert_no_error (error);
  self->launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (self->launcher, self->folder);
}

void
cli_fixture_tear_down (CliFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = cli_path (self, name);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_clear_object (&self->launcher);
  g_clear_pointer (&self->folder, g_free);
  forget_run (self);
}

GSubprocess *
cli_start (CliFixture *self, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GSubprocess *process;

  arguments = g_strsplit (words, " ", -1);
  g_ptr_array_add (argv, (gpointer) g_getenv ("PISD_EXECUTABLE"));
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autoptr (GString) argument = g_string_new (arguments[i]);

      g_string_replace (argument, "@DATA@", g_getenv ("PISD_TEST_DATA"), 0);
      g_free (arguments[i]);
      arguments[i] = g_string_free (g_steal_pointer (&argument), FALSE);
      if (*arguments[i] != '\0')
        g_ptr_array_add (argv, arguments[i]);
    }
  g_ptr_array_add (argv, NULL);
  process =
      g_subprocess_launcher_spawnv (self->launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

void
cli_finish (CliFixture *self, GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  forget_run (self);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_exited (process))
    self->status = g_subprocess_get_exit_status (process);
  else
    self->status = -g_subprocess_get_term_sig (process);
}

void
cli_run (CliFixture *self, const char *words)
{
  g_autoptr (GSubprocess) process = cli_start (self, words);

  cli_finish (self, process);
}

static void
close_output (gpointer data)
{
  close (STDOUT_FILENO);
}

void
cli_run_onto (CliFixture *self, const char *words, const char *path)
{
  g_subprocess_launcher_set_flags (self->launcher, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  if (path != NULL)
    g_subprocess_launcher_set_stdout_file_path (self->launcher, path);
  else
    g_subprocess_launcher_set_child_setup (self->launcher, close_output, NULL, NULL);
  cli_run (self, words);
  g_subprocess_launcher_set_stdout_file_path (self->launcher, NULL);
  g_subprocess_launcher_set_child_setup (self->launcher, NULL, NULL, NULL);
  g_subprocess_launcher_set_flags (self->launcher,
                                   G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
}

void
cli_assert_status (CliFixture *self, int status)
{
  if (self->status != status)
    g_printerr ("it said: %s\nand on stderr: %s\n", self->out != NULL ? self->out : "",
                self->err != NULL ? self->err : "");
  g_assert_cmpint (self->status, ==, status);
}

void
cli_assert_contains (const char *text, const char *needle)
{
  g_autofree char *line = NULL;

  if (strstr (text, needle) != NULL)
    return;
  line = g_strescape (text, NULL); /* TAP is made of lines */
  g_error ("got `%s`, expected `%s` in it", line, needle);
}

void
cli_assert_refused (CliFixture *self, int status, const char *needle, guint n_files)
{
  cli_assert_status (self, status);
  cli_assert_contains (self->err, needle);
  g_assert_true (g_str_has_prefix (self->err, "pisd"));
  if (self->out != NULL)
    g_assert_cmpstr (self->out, ==, "");
  g_assert_cmpuint (cli_count_files (self), ==, n_files);
}

void
cli_assert_refusals (CliFixture *self, const char *command, const CliRefusal *rows, guint n)
{
  guint n_files = cli_count_files (self);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = g_strconcat (command, rows[i].words, NULL);

      cli_run (self, words);
      cli_assert_refused (self, rows[i].status, rows[i].needle, n_files);
    }
}

char *
cli_path (CliFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

void
cli_write (CliFixture *self, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cli_path (self, name);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

GBytes *
cli_read (CliFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cli_path (self, name);
  char *contents = NULL;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, size);
}

gboolean
cli_exists (CliFixture *self, const char *name)
{
  g_autofree char *path = cli_path (self, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

guint
cli_count_files (CliFixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

void
cli_assert_same_bytes (CliFixture *self, const char *one, const char *other)
{
  g_autoptr (GBytes) a = cli_read (self, one);
  g_autoptr (GBytes) b = cli_read (self, other);

  if (!g_bytes_equal (a, b))
    g_error ("%s and %s differ", one, other);
}

JsonObject *
cli_read_json (CliFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = cli_path (self, name);

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

PisdArray *
cli_read_array (CliFixture *self, const char *name, const char *array)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  g_autofree char *path = cli_path (self, name);
  const char *const names[] = { array, NULL };

  arrays = pisd_npz_read (path, names, MAX_ELEMENTS, &error);
  g_assert_no_error (error);
  return g_ptr_array_steal_index (arrays, 0);
}

void
cli_assert_shape (CliFixture *self, const char *name, const char *array, const char *expected)
{
  g_autoptr (PisdArray) read = cli_read_array (self, name, array);
  g_autofree char *shape = pisd_array_dup_shape (read);

  if (!g_str_equal (shape, expected))
    g_error ("%s: got %s, expected %s", array, shape, expected);
}
