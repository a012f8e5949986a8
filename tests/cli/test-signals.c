/* Signals and the terminal: how a run is stopped or ended, and the line that says how far it is. */
#define _GNU_SOURCE /* posix_openpt () */
#include "cli-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A run whose stderr is a terminal of its own. */
typedef struct
{
  GSubprocess *process;
  int terminal;
  GString *text; /* all that it wrote there so far */
} Session;

/* FALSE, the test skipped, where the system has no terminals to give. */
static gboolean
session_start (Session *session, CliFixture *self, const char *words)
{
  int inner;

  session->terminal = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (session->terminal < 0)
    {
      g_test_skip ("no pseudo-terminal can be opened");
      return FALSE;
    }
  g_assert_cmpint (grantpt (session->terminal), ==, 0);
  g_assert_cmpint (unlockpt (session->terminal), ==, 0);
  inner = g_open (ptsname (session->terminal), O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
  g_assert_cmpint (inner, >=, 0);
  g_subprocess_launcher_set_flags (self->launcher, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_take_stderr_fd (self->launcher, inner);
  session->process = cli_start (self, words);
  g_subprocess_launcher_close (self->launcher);
  session->text = g_string_new (NULL);
  return TRUE;
}

/* Reads until `needle` was written, or to the end where it is NULL. */
static void
session_read (Session *session, const char *needle)
{
  char buffer[4096];
  gssize n;

  while (needle == NULL || strstr (session->text->str, needle) == NULL)
    {
      n = read (session->terminal, buffer, sizeof buffer);
      if (n <= 0)
        break;
      g_string_append_len (session->text, buffer, n);
    }
}

static void
session_clear (Session *session)
{
  close (session->terminal);
  g_object_unref (session->process);
  g_string_free (session->text, TRUE);
}

/* Reads until the progress line shows that percentage or a larger one. */
static void
session_read_percent (Session *session, int percent)
{
  int shown = -1;

  while (shown < percent)
    {
      const char *sign;

      g_string_truncate (session->text, 0);
      session_read (session, " s left");
      sign = strstr (session->text->str, " %");
      if (sign == NULL)
        g_error ("the run ended before %d %% were shown", percent);
      while (sign > session->text->str && g_ascii_isdigit (sign[-1]))
        sign--;
      shown = atoi (sign);
    }
}

/* A run long enough to be in the middle of it, on a terminal. */
#define LONG "sample --steps 10000 --samples 8 --threads 1 --output o.npz --json r.json"

/* Sent once the run is under way, which the progress line tells; no sample is finished then. */
static void
test_interrupt (CliFixture *self, gconstpointer data)
{
  Session session;

  if (!session_start (&session, self, LONG))
    return;
  session_read_percent (&session, 1);
  g_subprocess_send_signal (session.process, SIGINT);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGINT);
  cli_assert_contains (session.text->str, "pisd sample: stopped after ");
  cli_assert_contains (session.text->str, "nothing written");
  g_assert_cmpuint (cli_count_files (self), ==, 0);
  session_clear (&session);
}

/* What is finished is kept: the samples so far, as many as it says. */
static void
test_interrupt_keeps_samples (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) samples = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autofree char *kept = NULL;
  Session session;

  if (!session_start (&session, self,
                      "sample --steps 600 --samples 200 --threads 1 --guidance pisd "
                      "--output o.npz --json r.json"))
    return;
  session_read_percent (&session, 2);
  g_subprocess_send_signal (session.process, SIGINT);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGINT);
  samples = cli_read_array (self, "o.npz", "a_samples");
  g_assert_cmpuint (samples->shape[0], >=, 1);
  g_assert_cmpuint (samples->shape[0], <, 200);
  kept = g_strdup_printf ("pisd sample: stopped, %u of 200 samples are written",
                          (guint) samples->shape[0]);
  cli_assert_contains (session.text->str, kept);
  report = cli_read_json (self, "r.json");
  g_assert_false (json_object_get_boolean_member (report, "complete"));
  session_clear (&session);
}

/* After the run, while the exact answer is worked out: what the samples say is kept, and the report
 * says what is missing. */
static void
test_interrupt_exact (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  Session session;

  if (!session_start (&session, self,
                      "sample --observe-a 2500 --guidance second-order --steps 2 --set modes=16 "
                      "--output o.npz --json r.json"))
    return;
  session_read (&session, "best possible estimate   0 %");
  g_subprocess_send_signal (session.process, SIGINT);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGINT);
  cli_assert_contains (session.text->str, "the best possible estimate is left out: ");
  cli_assert_contains (session.text->str, "pisd sample: stopped, 1 of 1 samples are written");
  g_assert_true (cli_exists (self, "o.npz"));
  report = cli_read_json (self, "r.json");
  g_assert_true (json_object_get_boolean_member (report, "complete"));
  g_assert_nonnull (
      strstr (json_object_get_string_member (report, "exact_left_out"), "stopped on request"));
  session_clear (&session);
}

/* The set-up of many sensors, which takes far longer than the test waits. */
#define LONG_SETUP \
  "sample --observe-a 2500 --observe-u 2500 --guidance second-order --threads 1 --output o.npz"

/* Weights that are only measured are not written, and nothing is said of going on. */
static void
test_interrupt_validation (CliFixture *self, gconstpointer data)
{
  Session session;

  cli_run (self, "train --families inclusions --modes 8 --width 128 --blocks 16 --batch 4 "
                 "--steps 1 --backend plain --validation-fields 1 --reference-fields 0 "
                 "--error-fields 0 --output w.safetensors");
  cli_assert_status (self, 0);
  if (!session_start (&session, self,
                      "train --measure w.safetensors --backend plain --batch 4 --threads 1 "
                      "--validation-fields 4096 --reference-fields 0 --error-fields 0 "
                      "--output v.safetensors"))
    return;
  session_read (&session, "validation");
  g_subprocess_send_signal (session.process, SIGINT);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGINT);
  cli_assert_contains (session.text->str, "pisd train: stopped; nothing was written");
  g_assert_false (cli_exists (self, "v.safetensors"));
  session_clear (&session);
}

/* At once, though nobody asks for signals there. */
static void
test_terminate_setup (CliFixture *self, gconstpointer data)
{
  Session session;

  if (!session_start (&session, self, LONG_SETUP))
    return;
  session_read (&session, "sampling   0 %");
  g_subprocess_send_signal (session.process, SIGTERM);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGTERM);
  g_assert_cmpuint (cli_count_files (self), ==, 0);
  session_clear (&session);
}

static gboolean
is_over (GSubprocess *process)
{
  return g_subprocess_get_identifier (process) == NULL;
}

/* A second Ctrl+C ends what the first could not stop: a run that waits for its terminal, whose output
 * Ctrl+S holds.  Two that come together count as one, so they are sent until the run is over. */
static void
test_interrupt_twice (CliFixture *self, gconstpointer data)
{
  Session session;

  if (!session_start (&session, self, LONG))
    return;
  session_read_percent (&session, 1);
  g_assert_cmpint (write (session.terminal, "\023", 1), ==, 1);
  while (!is_over (session.process))
    {
      g_subprocess_send_signal (session.process, SIGINT);
      g_main_context_iteration (NULL, FALSE);
    }
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGINT);
  g_assert_cmpuint (cli_count_files (self), ==, 0);
  session_clear (&session);
}

/* The caller ignores them, as nohup does, and so does the program. */
static void
ignore_interrupts (gpointer data)
{
  signal (SIGINT, SIG_IGN);
}

static void
test_ignored (CliFixture *self, gconstpointer data)
{
  Session session;

  g_subprocess_launcher_set_child_setup (self->launcher, ignore_interrupts, NULL, NULL);
  if (!session_start (&session, self, "sample --steps 2000 --set modes=32 --output o.npz"))
    return;
  session_read (&session, " s left");
  g_subprocess_send_signal (session.process, SIGINT);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 0);
  session_clear (&session);
}

/* A benchmark that is stopped shows what it has found so far: the first of two values, half of it,
 * once the second one is at work. */
static void
test_interrupt_bench (CliFixture *self, gconstpointer data)
{
  Session session;

  if (!session_start (&session, self,
                      "bench sweep --values 2,10000 --instances 1 --samples 8 --guidance pisd "
                      "--json r.json --csv s.csv"))
    return;
  session_read_percent (&session, 51);
  g_subprocess_send_signal (session.process, SIGINT);
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 128 + SIGINT);
  cli_assert_contains (session.text->str, "stopped");
  cli_assert_contains (self->out, "| poisson | forward | steps | 2 |");
  g_assert_true (cli_exists (self, "r.json"));
  g_assert_true (cli_exists (self, "s.csv"));
  session_clear (&session);
}

static void
test_progress (CliFixture *self, gconstpointer data)
{
  Session session;

  if (!session_start (&session, self, "sample --set modes=16 --steps 2000 --output o.npz"))
    return;
  session_read (&session, NULL);
  cli_finish (self, session.process);
  cli_assert_status (self, 0);
  cli_assert_contains (session.text->str, "\rsampling ");
  cli_assert_contains (session.text->str, " s left");
  g_assert_true (g_str_has_suffix (session.text->str, "\r\033[K"));
  session_clear (&session);
}

static void
test_no_progress (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --set modes=16 --steps 2000 --output o.npz");
  cli_assert_status (self, 0);
  g_assert_cmpstr (self->err, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                         \
  g_test_add ("/cli/signals/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("interrupt", test_interrupt);
  ADD ("interrupt-keeps-samples", test_interrupt_keeps_samples);
  ADD ("interrupt-exact", test_interrupt_exact);
  ADD ("interrupt-twice", test_interrupt_twice);
  ADD ("interrupt-validation", test_interrupt_validation);
  ADD ("interrupt-bench", test_interrupt_bench);
  ADD ("terminate-setup", test_terminate_setup);
  ADD ("ignored", test_ignored);
  ADD ("progress", test_progress);
  ADD ("no-progress", test_no_progress);
  return g_test_run ();
}
