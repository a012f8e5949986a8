/* The files of a command: two names of one file, outputs that cannot be written, and what stays where
 * writing fails half-way. */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define SMALL "--set modes=16 --steps 4 "

/* `name` points to `target`, which need not exist. */
static void
make_link (CliFixture *self, const char *target, const char *name)
{
  g_autofree char *path = cli_path (self, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_hard_link (CliFixture *self, const char *target, const char *name)
{
  g_autofree char *from = cli_path (self, target);
  g_autofree char *to = cli_path (self, name);

  g_assert_cmpint (link (from, to), ==, 0);
}

/* Sensors `S`, a truth `T`, links to both, and a link to `q`, which is not there. */
static void
make_files (CliFixture *self)
{
  g_autofree char *truth = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autofree char *copy = cli_path (self, "T");
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (truth, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, size, NULL));
  cli_write (self, "S", "field,x,y,value\na,0.25,0.5,-1\n");
  cli_write (self, "with-truth", "[scenario]\nmodes=16\n[truth]\nfile=T\n");
  make_link (self, "S", "soft");
  make_hard_link (self, "S", "hard");
  make_link (self, "q", "dangling");
}

#define TWO "two names of one file, expected two files"

static void
test_same_file (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "sample --observations S --output S", 2, "--observations and --output: got `S` twice" },
    { "sample --observations S --output o --json ./S", 2, "got `S` and `./S`, " TWO },
    { "sample --observations S --output soft", 2, "got `S` and `soft`, " TWO },
    { "sample --observations soft --output o --json S", 2, TWO },
    { "sample --observations S --output hard", 2, TWO },
    { "sample --observations S --output o --save-scenario ./S", 2, TWO },
    { "sample --truth T --observe-a 5 --output T", 2, "--truth and --output: got `T` twice" },
    { "sample --truth T --observe-a 5 --output o --save-scenario ./T", 2, TWO },
    { "sample --scenario with-truth --output ./with-truth", 2, "--scenario and --output" },
    { "sample --scenario with-truth --output T", 2, "the truth of --scenario and --output" },
    { "sample --output q --json q", 2, "--output and --json: got `q` twice" },
    { "sample --output q --json ./q", 2, TWO },
    { "sample --output q --json dangling", 2, TWO },
    { "sample --output q.png --png ./q.png", 2, TWO },
    { "sample --output q --save-scenario .//q", 2, TWO },
    { "bench sweep --csv b --json ./b", 2, TWO },
    { "bench sweep --png b.png --csv ./b.png", 2, TWO },
  };

  make_files (self);
  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

/* A scenario is read before it is written, and is meant to be the same. */
static void
test_scenario_onto_itself (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  cli_write (self, "s.txt", "[scenario]\nmodes=16\nsteps=4\n");
  cli_run (self, "sample --scenario s.txt --steps 5 --save-scenario ./s.txt --output o.npz");
  cli_assert_status (self, 0);
  bytes = cli_read (self, "s.txt");
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  cli_assert_contains (text, "\nsteps=5\n");
}

/* Files with one name in different folders are two. */
static void
test_same_name_elsewhere (CliFixture *self, gconstpointer data)
{
  g_autofree char *folder = cli_path (self, "folder");
  g_autofree char *inner = g_build_filename (folder, "o", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  cli_run (self, "sample " SMALL "--output o --json folder/o");
  cli_assert_status (self, 0);
  g_assert_true (cli_exists (self, "o"));
  g_assert_cmpint (g_remove (inner), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is printed would be lost. */
static void
test_standard_output (CliFixture *self, gconstpointer data)
{
  g_autofree char *path = cli_path (self, "o.npz");

  cli_run_onto (self, "sample " SMALL "--output o.npz", path);
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "--output: got `o.npz`, where standard output goes");
}

/* Before the run, which would take hours. */
static void
test_cannot_be_written (CliFixture *self, gconstpointer data)
{
#define LONG "sample --steps 10000 --samples 1000 --output "
  g_autofree char *name = g_strnfill (300, 'n');
  g_autofree char *long_name = g_strconcat (LONG, name, NULL);
  const CliRefusal rows[] = {
    { LONG "/dev/null", 1, "--output: /dev/null: cannot be replaced: got a device or pipe" },
    { LONG "o --json /dev/full", 1, "--json: /dev/full: cannot be replaced: got a device" },
    { LONG ".", 1, "--output: .: cannot be replaced: got a folder, expected a regular file" },
    { LONG "/proc/o", 1, "--output: /proc/o: cannot be written" },
    { LONG "nowhere/o", 1, "--output: nowhere/o: cannot be written" },
    { LONG "o --png nowhere/f.png", 1, "--png: nowhere/f.png: cannot be written" },
    { LONG "o --save-scenario nowhere/s", 1, "--save-scenario: nowhere/s: cannot be written" },
    { LONG "S/o", 1, "--output: S/o: cannot be" },
    { long_name, 1, "File name too long" },
    { "bench sweep --csv /dev/null", 1, "--csv: /dev/null: cannot be replaced" },
    { "bench sweep --png nowhere/s.png", 1, "--png: nowhere/s.png: cannot be written" },
  };

  cli_write (self, "S", "");
  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

/* Words cannot be empty in cli_run(), but they can begin with their `=`. */
static void
test_empty_name (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "sample --output=", 2, "--output: got an empty name, expected a file's" },
    { "sample --output o --json=", 2, "--json: got an empty name" },
    { "sample --output o --truth=", 2, "--truth: got an empty name" },
    { "bench --json=", 2, "--json: got an empty name" },
  };

  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

/* A user without rights meets it; the superuser may write everywhere. */
static void
test_folder_without_permission (CliFixture *self, gconstpointer data)
{
  g_autofree char *folder = cli_path (self, "closed");

  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may write to any folder");
      return;
    }
  g_assert_cmpint (g_mkdir (folder, 0500), ==, 0);
  cli_run (self, LONG "closed/o");
  cli_assert_refused (self, 1, "closed/o: cannot be written: got \"Permission denied\"", 1);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* In a child, as `ulimit -f` does: it stands for a disk that fills up half-way. */
static void
limit_files (gpointer data)
{
  const struct rlimit limit = { 100 * 1024, 100 * 1024 };

  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_limit (CliFixture *self, gconstpointer data)
{
  g_subprocess_launcher_set_child_setup (self->launcher, limit_files, NULL, NULL);
  cli_run (self, "sample " SMALL "--output x.npz");
  cli_assert_refused (self, 1, "x.npz: cannot be written", 0);
}

/* Whether the last run failed as it has to where something cannot be written: with one message, and
 * nothing but results left. */
static gboolean
has_failed (CliFixture *self)
{
  if (self->status != 0)
    {
      cli_assert_status (self, 1);
      g_assert_true (g_str_has_prefix (self->err, "pisd sample: "));
      cli_assert_contains (self->err, ": cannot be written: ");
      cli_assert_contains (self->err, g_strerror (ENOSPC));
    }
  g_assert_cmpuint (cli_count_files (self), ==,
                    cli_exists (self, "x.npz") + cli_exists (self, "x.json"));
  return self->status != 0;
}

/* The disk is full at each call that changes a file, in turn; only what is closed or synced without
 * need may fail without an end, and no two such calls follow each other. */
static void
test_full_at_every_call (CliFixture *self, gconstpointer data)
{
  const char *library = g_getenv ("PISD_TEST_FAULTS");
  guint n = 0, n_good = 0, n_failed = 0;

  if (library == NULL)
    {
      g_test_skip ("no library that makes faults");
      return;
    }
  g_subprocess_launcher_setenv (self->launcher, "LD_PRELOAD", library, TRUE);
  g_subprocess_launcher_setenv (self->launcher, "PISD_TEST_FAULT", "ENOSPC", TRUE);
  while (n_good < 2)
    {
      g_autofree char *number = g_strdup_printf ("%u", ++n);

      g_subprocess_launcher_setenv (self->launcher, "PISD_TEST_FAULT_AT", number, TRUE);
      cli_run (self, "sample " SMALL "--output x.npz --json x.json");
      n_good = has_failed (self) ? 0 : n_good + 1;
      n_failed += n_good == 0;
    }
  g_assert_cmpuint (n_failed, >=, 10); /* looked at, made, written, synced and renamed, twice */
  g_assert_cmpuint (cli_count_files (self), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                       \
  g_test_add ("/cli/files/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("same-file", test_same_file);
  ADD ("scenario-onto-itself", test_scenario_onto_itself);
  ADD ("same-name-elsewhere", test_same_name_elsewhere);
  ADD ("standard-output", test_standard_output);
  ADD ("cannot-be-written", test_cannot_be_written);
  ADD ("empty-name", test_empty_name);
  ADD ("folder-without-permission", test_folder_without_permission);
  ADD ("limit", test_limit);
  ADD ("full-at-every-call", test_full_at_every_call);
  return g_test_run ();
}
