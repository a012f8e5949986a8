/* `pisd train`: what it writes, how it goes on, and what it refuses. */
#include "cli-fixture.h"

#include <signal.h>

#include "pisd-field.h"

#define TINY                                                                           \
  "train --families inclusions --modes 8 --width 16 --blocks 1 --batch 4 --warm-up 2 " \
  "--backend plain --validation-fields 2 --reference-fields 64 --error-fields 2 "      \
  "--output w.safetensors "

static void
test_weights (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) log = NULL;

  cli_run (self, TINY "--steps 20 --log l.csv");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "step 20, ");
  cli_assert_contains (self->out, "inclusions 0.1: ");
  g_assert_cmpuint (cli_count_files (self), ==, 3);
  log = cli_read (self, "l.csv");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (log, NULL),
                                   "step,seconds,cpu_seconds,loss,gradient_norm,rate,"
                                   "inclusions_0.1,"));
  cli_run (self, "info w.safetensors");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "\nproblem = poisson\nspace = decoupled\nmodes = 8\n");
  cli_assert_contains (self->out, "\ncommand = pisd train --problem poisson --space decoupled "
                                  "--families inclusions --modes 8 ");
  cli_assert_contains (self->out, "--steps 20 --seed 1 --output w.safetensors\n");
  cli_assert_contains (self->out, "\nvalidation = inclusions 0.1: ");
  cli_assert_contains (self->out, "16x2x3x3, F16\n");
  cli_assert_contains (self->out, "\nerror_levels = 0.01,0.02,0.04,");
  cli_assert_contains (self->out, "error.gain");
}

static void
measure (CliFixture *self, const char *from, guint n_fields, const char *to)
{
  g_autofree char *words = g_strdup_printf (
      "train --measure %s --batch 4 --backend plain --validation-fields 2 --reference-fields 64 "
      "--error-fields %u --output %s",
      from, n_fields, to);

  cli_run (self, words);
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "inclusions 0.1: ");
}

/* Weights from elsewhere get the errors that their numbers of 16 bits have, and keep the rest. */
static void
test_measure (CliFixture *self, gconstpointer data)
{
  cli_run (self, TINY "--steps 20 --error-fields 0");
  cli_assert_status (self, 0);
  measure (self, "w.safetensors", 2, "v.safetensors");
  measure (self, "v.safetensors", 2, "u.safetensors");
  cli_assert_same_bytes (self, "v.safetensors", "u.safetensors");
  measure (self, "v.safetensors", 0, "t.safetensors"); /* keeps what is known */
  cli_assert_same_bytes (self, "v.safetensors", "t.safetensors");
  cli_run (self, "info w.safetensors");
  g_assert_null (strstr (self->out, "error.gain"));
  cli_run (self, "info v.safetensors");
  cli_assert_contains (self->out, "error.gain");
  cli_assert_contains (self->out, "\ncommand = pisd train --problem poisson ");
}

/* What another trainer begins with: parameters, and the linear denoiser of every label. */
static void
test_start (CliFixture *self, gconstpointer data)
{
  cli_run (self, "train --modes 8 --width 16 --blocks 1 --seed 9007199254740993 "
                 "--start s.safetensors");
  cli_assert_status (self, 0);
  g_assert_cmpuint (cli_count_files (self), ==, 1);
  cli_run (self, "info s.safetensors");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "\nformat = pisd-start\n");
  cli_assert_contains (self->out, "\nseed = 9007199254740993\n");
  cli_assert_contains (self->out, "4x1x1x8x8, F32\n");
  cli_run (self, "sample --set modes=8 --set mode-set=square --space decoupled --guidance pisd "
                 "--prior learned --weights s.safetensors --output s.npz");
  cli_assert_refused (self, 1, "got \"pisd-start\", expected \"pisd-weights\"", 1);
}

#define SAMPLE                                                                                     \
  "sample --family inclusions --set modes=8 --set mode-set=square --steps 6 --samples 2 --seed 3 " \
  "--output s.npz "

#define LEARNED "--guidance pisd --space decoupled --prior learned --weights w.safetensors "

/* What was trained is a prior: of either guidance, by the command line and by a scenario. */
static void
test_sample (CliFixture *self, gconstpointer data)
{
  cli_run (self, TINY "--steps 20");
  cli_assert_status (self, 0);
  cli_run (self, SAMPLE "--guidance second-order --sampler heun --prior learned "
                        "--weights w.safetensors --save-scenario s.pisd");
  cli_assert_status (self, 0);
  cli_run (self, "sample --scenario s.pisd --output t.npz");
  cli_assert_status (self, 0);
  cli_run (self, SAMPLE LEARNED);
  cli_assert_status (self, 0);
  cli_run (self, "bench accuracy --family inclusions --prior learned --weights w.safetensors "
                 "--instances 1 --samples 2 --steps 4 --sensors 20 --set sampler=heun "
                 "--set modes=8 --set mode-set=square");
  cli_assert_status (self, 0);
  cli_run (self, SAMPLE "--guidance pisd --space decoupled --prior learned");
  cli_assert_refused (self, 1, "weights of a network: `modes`: got \"44\", expected \"8\"", 5);
}

#define N_BYTES (2 * PISD_GRID * PISD_GRID * sizeof (double)) /* of two samples */

/* The class's weight goes from the command line into the run and the scenario, and so into its
 * samples: 0 makes them those of any family. */
static void
test_class_weight (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) own = NULL;
  g_autoptr (PisdArray) any = NULL;

  cli_run (self, TINY "--steps 20");
  cli_assert_status (self, 0);
  cli_run (self, SAMPLE LEARNED "--class-weight 0 --save-scenario c.pisd");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "told inclusions (prior-family), times 0 (class-weight), ");
  cli_run (self, "sample --scenario c.pisd --output t.npz");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "s.npz", "t.npz");
  cli_run (self, SAMPLE LEARNED "--prior-family any --output any.npz");
  cli_assert_status (self, 0);
  own = cli_read_array (self, "s.npz", "a_samples");
  any = cli_read_array (self, "any.npz", "a_samples");
  g_assert_cmpmem (own->data, N_BYTES, any->data, N_BYTES);
  cli_run (self, SAMPLE LEARNED "--class-weight 10.5");
  cli_assert_refused (self, 2, "--class-weight: got 10.5, expected 0 to 10", 6);
}

/* In one go, and in two on other numbers of threads, the state is the same one. */
static void
test_resume (CliFixture *self, gconstpointer data)
{
  cli_run (self, TINY "--warm-up 100 --steps 9 --threads 2 --output v.safetensors");
  cli_assert_status (self, 0);
  cli_run (self, TINY "--warm-up 100 --steps 4 --threads 1");
  cli_assert_status (self, 0);
  cli_run (self, TINY "--warm-up 100 --steps 9 --threads 3 --resume");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "v.checkpoint.safetensors", "w.checkpoint.safetensors");
  cli_run (self, TINY "--steps 9 --resume --seed 2");
  cli_assert_refused (self, 1, "w.checkpoint.safetensors: metadata: `plan`: got `", 4);
}

/* Stopped by a signal as soon as there is a state, which then goes on. */
static void
stop_by (CliFixture *self, int number, int status)
{
  g_autoptr (GSubprocess) process = cli_start (self, TINY "--steps 1000000 --seed 5");

  while (!cli_exists (self, "w.checkpoint.safetensors")
         && g_subprocess_get_identifier (process) != NULL)
    g_usleep (20000);
  g_assert_true (cli_exists (self, "w.checkpoint.safetensors"));
  g_subprocess_send_signal (process, number);
  cli_finish (self, process);
  cli_assert_status (self, status);
  cli_run (self, TINY "--steps 1 --seed 5 --resume");
  cli_assert_status (self, 0);
}

/* Ctrl+C keeps what is there ... */
static void
test_interrupted (CliFixture *self, gconstpointer data)
{
  stop_by (self, SIGINT, 130);
  cli_assert_contains (self->out, "step ");
}

/* ... and so does whatever ends the program at once, even between the two files. */
static void
test_killed (CliFixture *self, gconstpointer data)
{
  stop_by (self, SIGKILL, -SIGKILL);
}

/* Killed at every call that writes, syncs or renames the state or the weights: the next run
 * goes on from a whole state, until one is not killed any more. */
static void
test_killed_writing (CliFixture *self, gconstpointer data)
{
  const char *library = g_getenv ("PISD_TEST_FAULTS");
  gboolean is_whole = FALSE;
  guint n = 0;

  if (library == NULL)
    {
      g_test_skip ("no library to kill it with");
      return;
    }
  cli_run (self, TINY "--steps 1");
  cli_assert_status (self, 0);
  g_subprocess_launcher_setenv (self->launcher, "LD_PRELOAD", library, TRUE);
  do
    {
      g_autofree char *number = g_strdup_printf ("%u", ++n);

      g_subprocess_launcher_setenv (self->launcher, "PISD_TEST_FAULT_AT", number, TRUE);
      cli_run (self, TINY "--steps 2 --resume");
      if (self->status != 0)
        cli_assert_status (self, -SIGKILL);
      is_whole = self->status == 0;
      cli_run (self, "info w.safetensors");
      cli_assert_status (self, 0);
    }
  while (!is_whole);
  g_assert_cmpuint (n, >, 6); /* three calls a file */
}

static void
test_refusals (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "", 2, "got no --output" },
    { "x --output w", 2, "got `x`, expected options alone" },
    { "--output w --steps 1 --minutes 1", 2, "got --steps and --minutes" },
    { "--output w --steps 0", 2, "--steps: got `0`" },
    { "--output w --minutes nan", 2, "--minutes: got `nan`, expected a number above 0" },
    { "--output w --batch 6", 2, "--batch: got `6`, expected a multiple of 4" },
    { "--output w --families grf,none", 2, "--families: got `none`, expected grf, incl" },
    { "--output w --problem navier-stokes --families blobs", 2, "families: got one that navier" },
    { "--output w --width 17", 2, "17" },
    { "--output w --backend none", 2, "--backend: got `none`" },
    { "--output no/w", 1, "no/w" },
    { "--output w --log w", 2, "--output and --log: got `w` twice" },
    { "--output w --start s", 2, "got --start and --output, expected one of them" },
    { "--measure m --start s", 2, "got --start and --measure, expected one of them" },
    { "--log l.csv --start s", 2, "got --start and --log, expected one of them" },
    { "--resume --start s", 2, "got --start and --resume, expected one of them" },
    { "--output w --measure m --log l", 2, "got --measure and --log, expected one of them" },
    { "--output w --measure m --resume", 2, "got --measure and --resume, expected one of them" },
    { "--space joint --start s", 2, "joint space of poisson, whose linear denoiser mixes modes" },
    { "--output w --measure none", 1, "none: cannot be opened" },
    { "--output w --resume", 1, "w.checkpoint.safetensors: cannot be opened" },
  };

  cli_assert_refusals (self, "train ", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                       \
  g_test_add ("/cli/train/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("weights", test_weights);
  ADD ("measure", test_measure);
  ADD ("start", test_start);
  ADD ("sample", test_sample);
  ADD ("class-weight", test_class_weight);
  ADD ("resume", test_resume);
  ADD ("interrupted", test_interrupted);
  ADD ("killed", test_killed);
  ADD ("killed-writing", test_killed_writing);
  ADD ("refusals", test_refusals);
  return g_test_run ();
}
