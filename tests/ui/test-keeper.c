/* The set-up of a session is kept, and found again where the session was cut off. */
#include "explorer-keeper.h"

#include "../pisd-test-files.h"
#include "../pisd-test-scenario.h"
#include "explorer-kept-file.h"
#include "pisd-setup-load.h"

/* Seconds after which what does not come fails the test. */
#define GUARD 60
#define CHILD "--child"

static void
iterate (void)
{
  g_main_context_iteration (NULL, FALSE);
  g_usleep (1000);
}

#define wait_for(condition)                                                         \
  G_STMT_START                                                                      \
  {                                                                                 \
    const gint64 wait_end = g_get_monotonic_time () + GUARD * G_USEC_PER_SEC;       \
    while (!(condition))                                                            \
      {                                                                             \
        if (g_get_monotonic_time () > wait_end)                                     \
          g_error ("%s: waited %d s in vain for: %s", G_STRLOC, GUARD, #condition); \
        iterate ();                                                                 \
      }                                                                             \
  }                                                                                 \
  G_STMT_END

typedef struct
{
  char *folder;
  ExplorerSession *session;
  ExplorerKeeper *keeper;
  guint n_found;
  char *failure;
} Fixture;

static void
on_found (ExplorerKeeper *keeper, Fixture *self)
{
  self->n_found++;
}

static void
on_failed (ExplorerKeeper *keeper, const char *message, Fixture *self)
{
  g_free (self->failure);
  self->failure = g_strdup (message);
}

static void
open_session (Fixture *self, const char *folder)
{
  self->folder = g_strdup (folder);
  self->session = explorer_session_new ();
  self->keeper = explorer_keeper_new (self->session, folder, 1);
  g_signal_connect (self->keeper, "found", G_CALLBACK (on_found), self);
  g_signal_connect (self->keeper, "failed", G_CALLBACK (on_failed), self);
}

/* Without an end, as a crash leaves it: the system takes the lock. */
static void
crash (Fixture *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->keeper), (gpointer *) &self->keeper);
  g_object_unref (self->keeper);
  wait_for (self->keeper == NULL); /* a worker may hold it */
  g_object_unref (self->session);
  g_free (self->folder);
  g_free (self->failure);
  *self = (Fixture){ 0 };
}

static gboolean
has_steps (const char *path, guint steps)
{
  g_autoptr (PisdScenario) scenario = path != NULL ? pisd_setup_load (path, NULL) : NULL;

  return scenario != NULL && scenario->settings.steps == steps;
}

static void
set_steps (Fixture *self, guint steps)
{
  g_autofree char *text = g_strdup_printf ("%u", steps);

  g_assert_true (explorer_session_set_setting (self->session, "steps", text));
  wait_for (has_steps (explorer_keeper_get_path (self->keeper), steps));
}

/* Until it is known that there is nothing to be found. */
static void
look_in_vain (Fixture *self)
{
  explorer_keeper_look (self->keeper);
  for (guint k = 0; k < 100; k++)
    iterate ();
  g_assert_cmpuint (self->n_found, ==, 0);
  g_assert_null (self->failure);
}

static void
test_keeps (void)
{
  g_autofree char *folder = test_directory_new ();
  g_autofree char *deeper = g_build_filename (folder, "not", "yet", NULL);
  Fixture one = { 0 };

  open_session (&one, deeper);
  look_in_vain (&one);
  g_assert_false (g_file_test (deeper, G_FILE_TEST_EXISTS)); /* nothing before the first edit */
  set_steps (&one, 11);
  set_steps (&one, 12);
  wait_for (test_directory_count (deeper) == 2); /* with its lock */
  explorer_keeper_end (one.keeper);
  wait_for (test_directory_count (deeper) == 0);
  crash (&one);
  test_directory_remove (folder);
}

/* An end while it is written, or about to be, leaves nothing either. */
static void
test_ends_early (void)
{
  g_autofree char *folder = test_directory_new ();
  Fixture one = { 0 };

  for (guint n = 0; n < 4; n++)
    {
      open_session (&one, folder);
      g_assert_true (explorer_session_set_setting (one.session, "steps", "13"));
      for (guint k = 0; k < n; k++)
        iterate ();
      explorer_keeper_end (one.keeper);
      wait_for (test_directory_count (folder) == 0);
      for (guint k = 0; k < 20; k++)
        iterate ();
      g_assert_cmpuint (test_directory_count (folder), ==, 0);
      crash (&one);
    }
  test_directory_remove (folder);
}

/* Two at once have two files, and neither takes the other's for a lost one. */
static void
test_two (void)
{
  g_autofree char *folder = test_directory_new ();
  Fixture one = { 0 }, two = { 0 };

  open_session (&one, folder);
  open_session (&two, folder);
  set_steps (&one, 11);
  set_steps (&two, 12);
  g_assert_true (has_steps (explorer_keeper_get_path (one.keeper), 11));
  look_in_vain (&two);
  crash (&one);
  explorer_keeper_look (two.keeper);
  wait_for (two.n_found == 1);
  g_assert_true (explorer_keeper_restore (two.keeper));
  g_assert_cmpuint (explorer_session_get_scenario (two.session)->settings.steps, ==, 11);
  crash (&two);
  test_directory_remove (folder);
}

/* The newest comes first, the same to the last bit, and stays until the new session's own file has
 * it. */
static void
test_restores (void)
{
  g_autofree char *folder = test_directory_new ();
  g_autoptr (PisdScenario) lost = test_scenario_new ();
  Fixture one = { 0 };

  test_draw_truth (lost);
  open_session (&one, folder);
  set_steps (&one, 11);
  crash (&one);
  open_session (&one, folder);
  explorer_session_set_scenario (one.session, pisd_scenario_dup (lost));
  wait_for (has_steps (explorer_keeper_get_path (one.keeper), 77));
  crash (&one);

  open_session (&one, folder);
  explorer_keeper_look (one.keeper);
  wait_for (one.n_found == 1);
  g_assert_cmpuint (test_directory_count (folder), ==, 4);
  g_assert_true (explorer_keeper_restore (one.keeper));
  g_assert_false (explorer_keeper_restore (one.keeper));
  test_assert_same_scenario (lost, explorer_session_get_scenario (one.session));
  wait_for (has_steps (explorer_keeper_get_path (one.keeper), 77));
  wait_for (test_directory_count (folder) == 4); /* its own, and the older one */
  explorer_session_undo (one.session);
  g_assert_cmpuint (explorer_session_get_scenario (one.session)->settings.steps, !=, 77);
  explorer_keeper_end (one.keeper);
  wait_for (test_directory_count (folder) == 2);
  crash (&one);
  test_directory_remove (folder);
}

/* It is said once, and gone. */
static void
test_broken (void)
{
  g_autofree char *folder = test_directory_new ();
  g_autofree char *file = g_build_filename (folder, "7-0.setup", NULL);
  g_autofree char *lock = g_build_filename (folder, "7-0.lock", NULL);
  Fixture one = { 0 };

  test_write (file, "PISD1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", -1);
  test_write (lock, "", 0);
  open_session (&one, folder);
  explorer_keeper_look (one.keeper);
  wait_for (one.failure != NULL);
  g_assert_nonnull (strstr (one.failure, "another checksum"));
  g_assert_false (explorer_keeper_restore (one.keeper));
  g_assert_cmpuint (test_directory_count (folder), ==, 0);
  crash (&one);
  test_directory_remove (folder);
}

/* One of a newer program is left for that. */
static void
test_newer (void)
{
  g_autofree char *folder = test_directory_new ();
  g_autofree char *file = g_build_filename (folder, "7-0.setup", NULL);
  g_autofree char *lock = g_build_filename (folder, "7-0.lock", NULL);
  Fixture one = { 0 };

  test_write (file, "PISD2:AAAA", -1);
  test_write (lock, "", 0);
  open_session (&one, folder);
  explorer_keeper_look (one.keeper);
  wait_for (one.failure != NULL);
  explorer_keeper_end (one.keeper);
  g_assert_cmpuint (test_directory_count (folder), ==, 2);
  crash (&one);
  test_directory_remove (folder);
}

/* What the program that is killed does: two edits, each of which it waits for. */
static int
be_child (const char *folder)
{
  Fixture one = { 0 };

  open_session (&one, folder);
  set_steps (&one, 11);
  set_steps (&one, 12);
  return 0;
}

/* TRUE: it was not killed. */
static gboolean
run_child (const char *folder, const char *library, guint call)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *number = g_strdup_printf ("%u", call);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", library, TRUE);
  g_subprocess_launcher_setenv (launcher, "PISD_TEST_FAULT_AT", number, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self, CHILD, folder, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  if (g_subprocess_get_if_exited (child))
    return g_subprocess_get_exit_status (child) == 0;
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, 9);
  return FALSE;
}

/* Killed at every call that writes, syncs or renames: what was kept before is there, or what was
 * being kept. */
static void
test_killed (void)
{
  const char *library = g_getenv ("PISD_TEST_FAULTS");
  gboolean is_whole = FALSE;
  guint n, n_old = 0, n_new = 0;

  if (library == NULL)
    {
      g_test_skip ("no library to kill it with");
      return;
    }
  for (n = 1; !is_whole; n++)
    {
      g_autofree char *folder = test_directory_new ();
      ExplorerKeptFile *file;

      is_whole = run_child (folder, library, n);
      file = explorer_kept_file_find (folder);
      g_assert_true (file != NULL || (n_old == 0 && n_new == 0)); /* there was none before */
      if (file != NULL)
        {
          const char *path = explorer_kept_file_get_path (file);

          n_old += has_steps (path, 11);
          n_new += has_steps (path, 12);
          g_assert_true (has_steps (path, 11) || has_steps (path, 12));
        }
      explorer_kept_file_free (file);
      test_directory_remove (folder);
    }
  g_assert_cmpuint (n_old, >, 2);
  g_assert_cmpuint (n_new, >, 0);
  g_assert_cmpuint (n, >, 7); /* four calls a file */
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], CHILD))
    return be_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/keeper/keeps", test_keeps);
  g_test_add_func ("/app/keeper/ends-early", test_ends_early);
  g_test_add_func ("/app/keeper/two", test_two);
  g_test_add_func ("/app/keeper/restores", test_restores);
  g_test_add_func ("/app/keeper/broken", test_broken);
  g_test_add_func ("/app/keeper/newer", test_newer);
  g_test_add_func ("/app/keeper/killed", test_killed);
  return g_test_run ();
}
