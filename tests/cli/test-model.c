/* A model in another process: tools/pisd-bridge serves the Gaussian denoiser in numpy, and what
 * comes out is the run of the built-in one; a model that is killed may come back for a while. */
#include "cli-fixture.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define WORDS "sample --observe-u 40 --set modes=16 --steps 40 "
/* Of the built-in denoiser's result, whose rounding is its own. */
#define TOLERANCE 1e-12
#define FLOW_TOLERANCE 1e-10

/* The interpreter that has numpy; NULL, the test skipped, where there is none. */
static const char *
find_python (void)
{
  static const char *const names[] = { "python3", "/usr/bin/python3" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *const words[] = { names[i], "-c", "import numpy", NULL };
      g_autoptr (GSubprocess) process = g_subprocess_newv (
          words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

      if (process != NULL && g_subprocess_wait_check (process, NULL, NULL))
        return names[i];
    }
  g_test_skip ("python3-numpy is not installed");
  return NULL;
}

/* A model does not outlive a test that ends in the middle. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Serves at the folder's socket; `script` (in the folder of the bridge, or whole where it is a path)
 * listens when this returns. */
static GSubprocess *
serve (CliFixture *self, const char *python, const char *script)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_BRIDGE"), script, NULL);
  g_autofree char *socket = cli_path (self, "m/odel");
  const char *const words[] = { python, g_path_is_absolute (script) ? script : path, socket, NULL };
  g_autofree char *folder = cli_path (self, "m");
  g_autoptr (GDataInputStream) text = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_mkdir_with_parents (folder, 0700);
  g_subprocess_launcher_setenv (launcher, "OPENBLAS_NUM_THREADS", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "PYTHONDONTWRITEBYTECODE", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "PYTHONPATH", g_getenv ("PISD_TEST_BRIDGE"), TRUE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);
  text = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  line = g_data_input_stream_read_line (text, NULL, NULL, NULL);
  cli_assert_contains (line, "listening at ");
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (text), FALSE);
  return process;
}

static void
end (GSubprocess *process)
{
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static char *
dup_words (CliFixture *self, const char *words)
{
  g_autofree char *socket = cli_path (self, "m/odel");

  return g_strdup_printf (WORDS "%s --output s.npz --prior socket:%s", words, socket);
}

static void
assert_close (CliFixture *self, const char *array, double tolerance)
{
  g_autoptr (PisdArray) got = cli_read_array (self, "s.npz", array);
  g_autoptr (PisdArray) expected = cli_read_array (self, "g.npz", array);
  double squares = 0.0, difference = 0.0;

  g_assert_cmpuint (pisd_array_get_n (got), ==, pisd_array_get_n (expected));
  for (gsize i = 0; i < pisd_array_get_n (got); i++)
    {
      squares += expected->data[i] * expected->data[i];
      difference += (got->data[i] - expected->data[i]) * (got->data[i] - expected->data[i]);
    }
  g_test_message ("%s: off by %.3g", array, sqrt (difference / squares));
  g_assert_cmpfloat (difference, <=, tolerance * tolerance * squares);
}

/* A file that somebody has by that name stays. */
static void
test_name_taken (CliFixture *self, gconstpointer data)
{
  g_autofree char *path = cli_path (self, "notes.txt");
  g_autofree char *script = g_build_filename (g_getenv ("PISD_TEST_BRIDGE"), "gaussian.py", NULL);
  const char *python = find_python ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *said = NULL;

  if (python == NULL)
    return;
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, python, script, path, NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  cli_assert_contains (said, "notes.txt: got a file that is there already");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* Every method that needs nothing but a denoiser. */
static void
test_methods (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *words;
    double tolerance;
  } methods[] = {
    { "--guidance none --sampler heun", TOLERANCE },
    { "--guidance dps --sampler ddpm", TOLERANCE },
    { "--guidance pisd --problem helmholtz --samples 2", TOLERANCE },
    { "--guidance pisd --space decoupled --family blobs", TOLERANCE },
    { "--guidance dps --problem navier-stokes --observe-at 0.444 --steps 10", FLOW_TOLERANCE },
  };
  const char *python = find_python ();
  GSubprocess *model;

  if (python == NULL)
    return;
  model = serve (self, python, "gaussian.py");
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *built_in = g_strdup_printf (WORDS "%s --output g.npz", methods[i].words);
      g_autofree char *words = dup_words (self, methods[i].words);

      cli_run (self, built_in);
      cli_assert_status (self, 0);
      cli_run (self, words);
      cli_assert_status (self, 0);
      cli_assert_contains (self->out, "the prior is the model behind the socket ");
      assert_close (self, "a_mean", methods[i].tolerance);
      assert_close (self, "u_mean", methods[i].tolerance);
    }
  end (model);
}

/* Killed in the middle of a run, without a word; the run says that it waits, and goes on when it is
 * back. */
static void
test_killed (CliFixture *self, gconstpointer data)
{
  static const char script[] = "import os, signal, sys\n"
                               "import bridge, gaussian\n"
                               "class Mortal(gaussian.Gaussian):\n"
                               "    left = 20\n"
                               "    def denoise(self, told, sigma, x):\n"
                               "        self.left -= 1\n"
                               "        if self.left < 0:\n"
                               "            os.kill(os.getpid(), signal.SIGKILL)\n"
                               "        return super().denoise(told, sigma, x)\n"
                               "bridge.serve(Mortal(), sys.argv[1])\n";
  const char *python = find_python ();
  g_autofree char *path = cli_path (self, "mortal.py");
  g_autofree char *words = dup_words (self, "--guidance pisd");
  g_autoptr (GSubprocess) run = NULL;
  GSubprocess *model;

  if (python == NULL)
    return;
  cli_run (self, WORDS "--guidance pisd --output g.npz");
  cli_assert_status (self, 0);
  cli_write (self, "mortal.py", script);
  model = serve (self, python, path);
  run = cli_start (self, words);
  g_subprocess_wait (model, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_term_sig (model), ==, SIGKILL);
  g_object_unref (model);
  model = serve (self, python, "gaussian.py");
  cli_finish (self, run);
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "waiting up to 60 s for it");
  assert_close (self, "a_mean", TOLERANCE);
  end (model);
}

/* One that stays away is an error when its time is over, and so is one that says that it cannot. */
static void
test_ends (CliFixture *self, gconstpointer data)
{
  static const char script[] = "import os, sys\n"
                               "import bridge, gaussian\n"
                               "class Lazy(gaussian.Gaussian):\n"
                               "    left = 5\n"
                               "    def denoise(self, told, sigma, x):\n"
                               "        self.left -= 1\n"
                               "        if self.left < 0:\n"
                               "            os._exit(0)\n"
                               "        return super().denoise(told, sigma, x)\n"
                               "    def vjp(self, told, sigma, x, v):\n"
                               "        raise ValueError('none here')\n"
                               "bridge.serve(Lazy(), sys.argv[1])\n";
  const char *python = find_python ();
  g_autofree char *path = cli_path (self, "lazy.py");
  g_autofree char *gone = dup_words (self, "--guidance none --set model-wait=0.3");
  g_autofree char *unable = dup_words (self, "--guidance dps");
  GSubprocess *model;

  if (python == NULL)
    return;
  cli_write (self, "lazy.py", script);
  model = serve (self, python, path);
  cli_run (self, unable);
  cli_assert_refused (self, 1, "it says: ValueError: none here", 2);
  cli_run (self, gone);
  cli_assert_status (self, 1);
  cli_assert_contains (self->err, "waiting up to 0.3 s for it");
  cli_assert_contains (self->err, "pisd sample: model ");
  g_assert_false (cli_exists (self, "s.npz"));
  end (model);
}

/* Nobody listens, nobody was named, and methods that need more than a denoiser. */
static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { WORDS "--output s.npz --prior socket:nobody-listens-here", 1,
      "model nobody-listens-here: connection: " },
    { WORDS "--output s.npz --prior socket:", 2, "got socket: and no name, expected socket:NAME" },
    { WORDS "--output s.npz --prior socket", 1, "prior: got socket and no name" },
    { WORDS "--output s.npz --prior socket:x --guidance exact --space decoupled", 2,
      "guidance: got exact with prior socket, whose posterior has no closed form" },
    { WORDS "--output s.npz --prior socket:x --guidance second-order --set covariance=gaussian", 2,
      "covariance: got gaussian with prior socket, whose covariance only its model knows, expected "
      "jacobian" },
  };

  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                       \
  g_test_add ("/cli/model/" name, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("methods", test_methods);
  ADD ("name-taken", test_name_taken);
  ADD ("killed", test_killed);
  ADD ("ends", test_ends);
  ADD ("refused", test_refused);
#undef ADD
  return g_test_run ();
}
