/* A prior in another process: what it answers well gives the bits of the built-in one, what it
 * answers badly is said, and a run waits for one that has gone. */
#include "pisd-run.h"

#include <glib/gstdio.h>

#include "pisd-error.h"
#include "pisd-frames-prior.h"
#include "pisd-socket-hello.h"
#include "pisd-socket-link.h"
#include "pisd-socket-prior.h"
#include "pisd-test-model.h"
#include "pisd-truth.h"

/* A method that needs nothing but a denoiser. */
typedef struct
{
  const char *name;
  PisdProblemId problem;
  PisdGuidanceId guidance;
  PisdSpace space;
  PisdSamplerId sampler;
  guint modes, samples;
} Case;

static const Case cases[] = {
  { "none", PISD_PROBLEM_POISSON, PISD_GUIDANCE_NONE, PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 10, 1 },
  { "dps", PISD_PROBLEM_POISSON, PISD_GUIDANCE_DPS, PISD_SPACE_JOINT, PISD_SAMPLER_DDPM, 10, 1 },
  { "pisd", PISD_PROBLEM_HELMHOLTZ, PISD_GUIDANCE_PISD, PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 10,
    3 },
  { "decoupled", PISD_PROBLEM_POISSON, PISD_GUIDANCE_PISD, PISD_SPACE_DECOUPLED, PISD_SAMPLER_EULER,
    10, 1 },
  { "second-order", PISD_PROBLEM_POISSON, PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_JOINT,
    PISD_SAMPLER_HEUN, 8, 1 },
  { "flow", PISD_PROBLEM_NAVIER_STOKES, PISD_GUIDANCE_PISD, PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 6,
    1 },
};

static PisdScenario *
make_scenario (const Case *c)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  g_autoptr (GError) error = NULL;

  settings->problem = c->problem;
  settings->modes = c->modes;
  pisd_settings_apply_preset (settings, c->guidance, PISD_TASK_FORWARD, TRUE);
  settings->mode_set = PISD_MODES_SQUARE;
  settings->space = c->space;
  settings->sampler = c->sampler;
  settings->covariance = PISD_COVARIANCE_JACOBIAN;
  settings->steps = 6;
  settings->samples = c->samples;
  settings->model_wait = 20.0;
  pisd_truth_set_random (scenario, &error);
  g_assert_no_error (error);
  pisd_sensors_scatter (scenario->sensors, scenario->instance,
                        pisd_operator_get (c->problem)->fields[0].id, 10, 0, 1);
  return scenario;
}

static PisdScenario *
dup_behind_socket (const PisdScenario *scenario, const TestModel *model)
{
  PisdScenario *other = pisd_scenario_dup (scenario);

  other->settings.prior = PISD_PRIOR_SOCKET;
  other->socket_name = g_strdup (model->path);
  return other;
}

static void
assert_same (const PisdResult *got, const PisdResult *expected)
{
  for (guint f = 0; f < expected->n_fields; f++)
    g_assert_cmpmem (got->mean[f]->data, sizeof (double) * pisd_field_get_n (got->mean[f]),
                     expected->mean[f]->data,
                     sizeof (double) * pisd_field_get_n (expected->mean[f]));
}

/* The built-in denoiser on the other side of a socket gives the run its own bits. */
static void
test_run (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdScenario) scenario = make_scenario (c);
  g_autoptr (PisdScenario) behind = NULL;
  g_autoptr (PisdResult) expected = NULL, got = NULL;
  g_autoptr (GError) error = NULL;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  test_model_start (&model);
  behind = dup_behind_socket (scenario, &model);
  expected = pisd_run (scenario, NULL, 2, NULL, NULL, &error);
  g_assert_no_error (error);
  got = pisd_run (behind, NULL, 2, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (got->complete);
  assert_same (got, expected);
  g_assert_cmpuint (atomic_load (&model.n_answered), >=, 6 * c->samples);
  test_model_clear (&model);
}

/* Rows of a batch are answered one by one. */
static void
test_batch (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  const double sigma[] = { 0.3, 2.0, 40.0 };
  g_autoptr (PisdSocketLink) link = NULL;
  g_autoptr (GBytes) hello = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree double *x = NULL, *v = NULL, *m = NULL, *one = NULL;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  test_model_start (&model);
  x = test_random (3 * model.n, 1);
  v = test_random (3 * model.n, 2);
  m = g_new (double, 3 * model.n);
  one = g_new (double, model.n);
  hello = pisd_socket_hello_new_brief (model.representation);
  link = pisd_socket_link_new (model.path, hello, model.n, 20.0);
  g_assert_true (pisd_socket_link_denoise (link, 3, sigma, x, m, NULL, &error));
  for (guint r = 0; r < 3; r++)
    {
      g_assert_true (
          pisd_socket_link_denoise (link, 1, sigma + r, x + r * model.n, one, NULL, &error));
      g_assert_cmpmem (one, 8 * model.n, m + r * model.n, 8 * model.n);
    }
  g_assert_true (pisd_socket_link_vjp (link, 3, sigma, x, v, m, NULL, &error));
  for (guint r = 0; r < 3; r++)
    {
      g_assert_true (pisd_socket_link_vjp (link, 1, sigma + r, x + r * model.n, v + r * model.n,
                                           one, NULL, &error));
      g_assert_cmpmem (one, 8 * model.n, m + r * model.n, 8 * model.n);
    }
  test_model_clear (&model);
}

/* What the model is told says what latents are, and what of the equation makes one field of the
 * other. */
static void
test_hello (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (GBytes) hello = pisd_socket_hello_new_brief (r);
  const PisdModes *a = pisd_representation_get_modes (r, 0),
                  *u = pisd_representation_get_modes (r, 1);
  const gsize n = pisd_representation_get_n (r), n_table = 5 * n + a->n + 100 + u->n;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (hello, &size);
  const guint n_text = bytes[0] | bytes[1] << 8;
  g_autofree char *text = g_strndup ((const char *) bytes + 8, n_text);
  g_autofree double *table = g_new (double, n_table);
  const double *overlap, *inverse;

  g_assert_cmpuint (n_text % 8, ==, 0);
  g_assert_cmpuint (size, ==, 8 + n_text + 8 * n_table);
  g_assert_nonnull (strstr (text, "\"problem\":\"poisson\""));
  g_assert_nonnull (strstr (text, "[\"overlap\",10,10]"));
  g_assert_true (pisd_model_take_numbers (bytes + 8 + n_text, n_table, n, table, NULL));
  for (guint i = 0; i < u->n; i++)
    {
      const double *row = table + 5 * (a->n + i);

      g_assert_cmpfloat (row[0], ==, 1);
      g_assert_cmpfloat (row[2], ==, u->ky[i]);
      g_assert_cmpfloat (row[3], ==, u->kx[i]);
      g_assert_cmpfloat (row[4], ==, pisd_representation_get_scale (r, 1)[i]);
    }
  overlap = table + 5 * n + a->n;
  inverse = overlap + 100;
  for (guint i = 0; i < u->n; i += 7)
    for (guint j = 0; j < a->n; j += 5)
      test_assert_close (
          inverse[i] * overlap[u->ky[i] * 10 + a->ky[j]] * overlap[u->kx[i] * 10 + a->kx[j]]
              * pisd_representation_get_scale (r, 0)[j] / pisd_representation_get_scale (r, 1)[i],
          pisd_representation_get_solve_entry (r, i, j), 1e-14);
}

/* The frames' prior that a model is told is the denoiser's: (C + sigma^2 I) m = C x in every mode. */
static void
assert_shrinks (const PisdFramesPrior *prior, guint n_modes, const double *class, const double *c)
{
  const guint n = pisd_frames_prior_count_frames (prior);
  const double sigma = 0.3;
  g_autofree double *x = test_random (n * n_modes, 3);
  g_autofree double *m = g_new (double, n *n_modes);
  g_autofree double *scratch = g_new (double, 2 * n * n_modes);

  pisd_frames_prior_shrink (prior, sigma, x, m, scratch);
  for (guint k = 0; k < n_modes; k++)
    for (guint i = 0; i < n; i++)
      {
        double left = sigma * sigma * m[i * n_modes + k], right = 0.0;

        for (guint j = 0; j < n; j++)
          {
            left += c[((guint) class[k] * n + i) * n + j] * m[j * n_modes + k];
            right += c[((guint) class[k] * n + i) * n + j] * x[j * n_modes + k];
          }
        test_assert_close (left, right, 1e-12);
      }
}

static void
test_frames (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[G_N_ELEMENTS (cases) - 1]);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&scenario->settings, NULL);
  g_autoptr (PisdFramesPrior) prior = pisd_frames_prior_new (r, 2, NULL, NULL);
  const guint n_modes = pisd_representation_get_modes (r, 0)->n;
  g_autofree double *class = g_new (double, n_modes);
  g_autofree double *covariance = g_new (double, pisd_frames_prior_count_classes (prior) * 100);

  g_assert_cmpuint (pisd_frames_prior_count_frames (prior), ==, 10);
  pisd_frames_prior_fill_tables (prior, class, covariance);
  assert_shrinks (prior, n_modes, class, covariance);
}

/* An answer that is none, and what is said of it. */
typedef struct
{
  const char *name;
  TestFault fault;
  PisdModelFrameType type;
  PisdError code;
  const char *says;
} Fault;

static const Fault faults[] = {
  { "closed", TEST_FAULT_CLOSED, PISD_MODEL_DENOISE, PISD_ERROR_IO, "got 0 bytes, expected 32" },
  { "header", TEST_FAULT_HEADER, PISD_MODEL_DENOISE, PISD_ERROR_IO, "got 12 bytes, expected 32" },
  { "cut", TEST_FAULT_CUT, PISD_MODEL_DENOISE, PISD_ERROR_IO, "got 796 bytes, expected 1592" },
  { "cut-product", TEST_FAULT_CUT, PISD_MODEL_VJP, PISD_ERROR_IO, "(dD/dx)' v" },
  { "silent", TEST_FAULT_SILENT, PISD_MODEL_DENOISE, PISD_ERROR_SILENT,
    "got no answer in 0.1 s, expected one" },
  { "garbage", TEST_FAULT_GARBAGE, PISD_MODEL_DENOISE, PISD_ERROR_FORMAT, "got \"HTTP\"" },
  { "version", TEST_FAULT_VERSION, PISD_MODEL_DENOISE, PISD_ERROR_FORMAT,
    "version of the protocol: got 2, expected 1" },
  { "type", TEST_FAULT_TYPE, PISD_MODEL_DENOISE, PISD_ERROR_FORMAT, "got 1, expected 4" },
  { "number", TEST_FAULT_NUMBER, PISD_MODEL_DENOISE, PISD_ERROR_FORMAT, "number of an answer" },
  { "rows", TEST_FAULT_ROWS, PISD_MODEL_DENOISE, PISD_ERROR_SHAPE, "rows: got 2, expected 1" },
  { "columns", TEST_FAULT_COLUMNS, PISD_MODEL_DENOISE, PISD_ERROR_SHAPE,
    "columns: got 200, expected 199" },
  { "length", TEST_FAULT_LENGTH, PISD_MODEL_DENOISE, PISD_ERROR_SHAPE, "got 1600, expected 1592" },
  { "huge", TEST_FAULT_HUGE, PISD_MODEL_VJP, PISD_ERROR_SHAPE, "got 18446744073709551615" },
  { "nan", TEST_FAULT_NAN, PISD_MODEL_DENOISE, PISD_ERROR_NUMERIC, "row 0, mode 5: got " },
  { "infinite", TEST_FAULT_INFINITE, PISD_MODEL_VJP, PISD_ERROR_NUMERIC, "mode 5: got inf" },
  { "says", TEST_FAULT_SAYS, PISD_MODEL_DENOISE, PISD_ERROR_UNKNOWN,
    "D (x, 1.5): it says: no memory\\u000a\\u001b[31m" },
  { "says-much", TEST_FAULT_SAYS_MUCH, PISD_MODEL_DENOISE, PISD_ERROR_SHAPE,
    "bytes of a text: got 1001, expected 0 - 1000" },
  { "hello-closed", TEST_FAULT_CLOSED, PISD_MODEL_HELLO, PISD_ERROR_IO, "got 0 bytes" },
  { "hello-version", TEST_FAULT_VERSION, PISD_MODEL_HELLO, PISD_ERROR_FORMAT, "version" },
  { "hello-columns", TEST_FAULT_COLUMNS, PISD_MODEL_HELLO, PISD_ERROR_SHAPE, "columns" },
  { "hello-huge", TEST_FAULT_HUGE, PISD_MODEL_HELLO, PISD_ERROR_SHAPE, "bytes of a text" },
  { "hello-says", TEST_FAULT_SAYS, PISD_MODEL_HELLO, PISD_ERROR_UNKNOWN, "it says" },
};

/* Nothing is changed by a bad answer, and the next question is answered. */
static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autoptr (PisdSocketLink) link = NULL;
  g_autoptr (GBytes) hello = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree double *x = NULL, *m = NULL;
  const double sigma = 1.5;
  gboolean good;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.fault = fault->fault;
  model.type = fault->type;
  test_model_start (&model);
  x = test_random (model.n, 1);
  m = g_memdup2 (x, 8 * model.n);
  hello = pisd_socket_hello_new_brief (model.representation);
  link = pisd_socket_link_new (model.path, hello, model.n,
                               fault->fault == TEST_FAULT_SILENT ? 0.1 : 20.0);
  good = fault->type == PISD_MODEL_VJP
             ? pisd_socket_link_vjp (link, 1, &sigma, x, x, m, NULL, &error)
             : pisd_socket_link_denoise (link, 1, &sigma, x, m, NULL, &error);
  g_assert_false (good);
  g_assert_error (error, PISD_ERROR, (gint) fault->code);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "model "));
  g_assert_nonnull (strstr (error->message, fault->says));
  g_assert_cmpmem (m, 8 * model.n, x, 8 * model.n);
  g_clear_error (&error);
  if (fault->fault != TEST_FAULT_SILENT) /* whose time is short */
    g_assert_true (pisd_socket_link_denoise (link, 1, &sigma, x, m, NULL, &error));
  g_assert_no_error (error);
  test_model_clear (&model);
}

/* Where nobody listens, where no socket can be, and where none was named. */
static void
test_nobody (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "pisd-nobody-listens", NULL);
  g_autofree char *longest = g_strnfill (200, '/');
  const struct
  {
    const char *name;
    PisdError code;
    const char *says;
  } names[] = { { path, PISD_ERROR_IO, "connection: No such file" },
                { longest, PISD_ERROR_LIMIT, "got 200 characters, expected 1 to 107" },
                { NULL, PISD_ERROR_UNKNOWN, "expected socket:NAME" } };

  scenario->settings.prior = PISD_PRIOR_SOCKET;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_free (scenario->socket_name);
      scenario->socket_name = g_strdup (names[i].name);
      g_assert_null (pisd_run (scenario, NULL, 1, NULL, NULL, &error));
      g_assert_error (error, PISD_ERROR, (gint) names[i].code);
      g_assert_nonnull (strstr (error->message, names[i].says));
    }
}

/* Methods that need more than a denoiser are refused by name. */
static void
test_refused (void)
{
  static const struct
  {
    PisdGuidanceId guidance;
    PisdSpace space;
    PisdCovarianceId covariance;
    const char *says;
  } refused[] = {
    { PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_GAUSSIAN,
      "covariance: got gaussian with prior socket, whose covariance only its model knows, expected "
      "jacobian" },
    { PISD_GUIDANCE_SECOND_ORDER, PISD_SPACE_JOINT, PISD_COVARIANCE_ISOTROPIC, "got isotropic" },
    { PISD_GUIDANCE_EXACT, PISD_SPACE_DECOUPLED, PISD_COVARIANCE_GAUSSIAN,
      "guidance: got exact with prior socket, whose posterior has no closed form" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 10);
      g_autoptr (GError) error = NULL;

      settings.prior = PISD_PRIOR_SOCKET;
      settings.guidance = refused[i].guidance;
      settings.space = refused[i].space;
      settings.covariance = refused[i].covariance;
      g_assert_false (pisd_settings_check (&settings, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
      g_assert_nonnull (strstr (error->message, refused[i].says));
    }
}

/* A model that says nothing is left as soon as somebody says stop. */
static void
test_stop (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[2]);
  g_autoptr (PisdScenario) behind = NULL;
  g_autoptr (PisdCancel) cancel = NULL;
  g_autoptr (PisdSocketLink) link = NULL;
  g_autoptr (GBytes) hello = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree double *x = NULL;
  const double sigma = 1.0;
  TestTrip trip = { 0, 3 };
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.fault = TEST_FAULT_SILENT;
  model.type = PISD_MODEL_DENOISE;
  test_model_start (&model);
  x = test_random (model.n, 1);
  hello = pisd_socket_hello_new_brief (model.representation);
  link = pisd_socket_link_new (model.path, hello, model.n, 1e4);
  g_assert_nonnull (pisd_socket_link_get_title (link, NULL, &error));
  cancel = pisd_cancel_new_polling (test_trip, &trip);
  g_assert_false (pisd_socket_link_denoise (link, 1, &sigma, x, x, cancel, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  test_model_clear (&model);
}

/* A run on a thread of its own, which somebody watches. */
typedef struct
{
  PisdScenario *scenario;
  PisdChannel *channel;
  PisdResult *result;
  GError *error;
  pthread_t thread;
} Watched;

static void
wake (gpointer data)
{
}

static void *
watched_main (void *data)
{
  Watched *watched = data;

  watched->result = pisd_run (watched->scenario, watched->channel, 1, NULL, NULL, &watched->error);
  return NULL;
}

static void
watched_begin (Watched *watched, const PisdScenario *scenario, const TestModel *model)
{
  *watched = (Watched){ .scenario = dup_behind_socket (scenario, model) };
  watched->channel = pisd_channel_new (1, PISD_PACE_FREE, wake, NULL);
  g_assert_cmpint (pthread_create (&watched->thread, NULL, watched_main, watched), ==, 0);
}

static void
watched_end (Watched *watched)
{
  pisd_scenario_free (watched->scenario);
  pisd_channel_free (watched->channel);
  pisd_result_free (watched->result);
  g_clear_error (&watched->error);
}

/* Until the run waits for the model. */
static void
wait_for_stall (Watched *watched, const char *says)
{
  g_autoptr (GError) stall = NULL;

  while ((stall = pisd_channel_take_stall (watched->channel)) == NULL)
    g_usleep (1000);
  g_assert_nonnull (strstr (stall->message, says));
  g_assert_cmpint (pisd_channel_get_pace (watched->channel), ==, PISD_PACE_PAUSED);
}

/* A model that dies in mid-run leaves a paused run, which goes on with the same bits when it is
 * back, and not before. */
static void
test_gone (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[2]);
  g_autoptr (PisdResult) expected = NULL;
  Watched watched;
  TestModel model;

  scenario->settings.samples = 1;
  expected = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  test_model_init (&model, &scenario->settings);
  model.fault = TEST_FAULT_CUT;
  model.dies = TRUE;
  model.type = PISD_MODEL_VJP;
  model.at = 2;
  test_model_start (&model);
  watched_begin (&watched, scenario, &model);
  wait_for_stall (&watched, "(dD/dx)' v");
  test_model_join (&model);
  pisd_channel_set_pace (watched.channel, PISD_PACE_FREE);
  wait_for_stall (&watched, "connection: ");
  model.dies = FALSE;
  test_model_start (&model);
  pisd_channel_set_pace (watched.channel, PISD_PACE_FREE);
  pthread_join (watched.thread, NULL);
  g_assert_no_error (watched.error);
  assert_same (watched.result, expected);
  watched_end (&watched);
  test_model_clear (&model);
}

/* Another model in its place is none; a run that waits can be stopped, and keeps its steps. */
static void
test_other (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  Watched watched;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.fault = TEST_FAULT_CLOSED;
  model.dies = TRUE;
  model.type = PISD_MODEL_DENOISE;
  model.at = 3;
  test_model_start (&model);
  watched_begin (&watched, scenario, &model);
  wait_for_stall (&watched, "D (x, ");
  test_model_join (&model);
  model.dies = FALSE;
  model.title = "another";
  test_model_start (&model);
  pisd_channel_set_pace (watched.channel, PISD_PACE_FREE);
  wait_for_stall (&watched, "name: got another, expected gaussian of the test");
  pisd_channel_cancel (watched.channel);
  pthread_join (watched.thread, NULL);
  g_assert_no_error (watched.error);
  g_assert_false (watched.result->complete);
  g_assert_cmpuint (watched.result->n_steps, ==, 3);
  watched_end (&watched);
  test_model_clear (&model);
}

/* A model that is slow is waited for, and that is said once, at its first slow answer. */
static void
test_slow (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autoptr (PisdResult) expected = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  g_autoptr (GError) notice = NULL;
  Watched watched;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.type = PISD_MODEL_DENOISE;
  model.fault = TEST_FAULT_LATE;
  model.at = 2;
  test_model_start (&model);
  scenario->settings.model_wait = 12.0;
  watched_begin (&watched, scenario, &model);
  while ((notice = pisd_channel_take_notice (watched.channel)) == NULL)
    g_usleep (1000);
  g_assert_nonnull (strstr (notice->message, "D (x, "));
  g_assert_nonnull (strstr (notice->message, ": no answer in 1 s"));
  g_assert_cmpint (pisd_channel_get_pace (watched.channel), ==, PISD_PACE_FREE);
  atomic_store (&model.may_answer, TRUE);
  pthread_join (watched.thread, NULL);
  g_assert_no_error (watched.error);
  g_assert_null (pisd_channel_take_stall (watched.channel));
  assert_same (watched.result, expected);
  watched_end (&watched);
  test_model_clear (&model);
}

/* What somebody is told of failures: how often, and how long each was after the first. */
typedef struct
{
  guint n;
  gint64 waited[2];
} Told;

static gboolean
bear_once (const GError *failure, gint64 waited, gpointer data)
{
  Told *told = data;

  told->waited[told->n++] = waited;
  return told->n < 2;
}

/* Patience begins when a model is missed, however long the answer has been waited for. */
static void
test_missed (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autoptr (PisdSocketPrior) prior = NULL;
  g_autoptr (PisdSocketPart) part = NULL;
  g_autoptr (GError) error = NULL, failure = NULL;
  g_autofree double *x = NULL;
  Told told = { 0 };
  const PisdDenoiserWatch watch = { .bear = bear_once, .data = &told };
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.type = PISD_MODEL_DENOISE;
  model.fault = TEST_FAULT_CLOSED;
  model.dies = TRUE;
  test_model_start (&model);
  x = test_random (model.n, 1);
  prior = pisd_socket_prior_new (&(PisdLearned){ .socket = model.path, .seconds = 20.0 },
                                 model.representation, 1, NULL, &error);
  g_assert_no_error (error);
  part = pisd_socket_part_new (prior);
  pisd_socket_part_watch (part, &watch);
  pisd_socket_part_denoise (part, 1.0, x, x);
  failure = pisd_socket_part_take_failure (part);
  g_assert_cmpuint (told.n, ==, 2);
  g_assert_cmpint (told.waited[0], ==, 0);
  g_assert_cmpint (told.waited[1], >, 0);
  g_assert_error (failure, PISD_ERROR, PISD_ERROR_IO);
  test_model_clear (&model);
}

/* Without anybody who watches a model that has gone has its time to come back, and no longer; one
 * that answers badly, or not in its time, has none. */
static void
test_alone (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autoptr (PisdScenario) behind = NULL;
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.type = PISD_MODEL_DENOISE;
  model.fault = TEST_FAULT_CLOSED;
  model.at = 2;
  test_model_start (&model);
  behind = dup_behind_socket (scenario, &model);
  result = pisd_run (behind, NULL, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (result->complete);
  atomic_store (&model.stop, TRUE);
  test_model_join (&model);

  model.fault = TEST_FAULT_NAN;
  model.at = 2;
  test_model_start (&model);
  g_assert_null (pisd_run (behind, NULL, 1, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
  g_clear_error (&error);
  atomic_store (&model.stop, TRUE);
  test_model_join (&model);

  behind->settings.model_wait = 0.2;
  model.fault = TEST_FAULT_SILENT;
  model.at = 2;
  test_model_start (&model);
  g_assert_null (pisd_run (behind, NULL, 1, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_SILENT);
  g_clear_error (&error);
  atomic_store (&model.stop, TRUE);
  test_model_join (&model);

  model.fault = TEST_FAULT_CLOSED;
  model.dies = TRUE;
  model.at = 2;
  test_model_start (&model);
  g_assert_null (pisd_run (behind, NULL, 1, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
  test_model_clear (&model);
}

/* Says stop as soon as nobody listens any more. */
static gboolean
stop_alone (guint64 done, guint64 total, gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Nor does anybody wait for it who has said stop: what was finished is kept. */
static void
test_left (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (&cases[0]);
  g_autoptr (PisdScenario) behind = NULL;
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TestModel model;

  test_model_init (&model, &scenario->settings);
  model.type = PISD_MODEL_DENOISE;
  model.fault = TEST_FAULT_CLOSED;
  model.dies = TRUE;
  model.at = 2;
  test_model_start (&model);
  behind = dup_behind_socket (scenario, &model);
  behind->settings.model_wait = 1e4;
  result = pisd_run (behind, NULL, 1, stop_alone, model.path, &error);
  g_assert_no_error (error);
  g_assert_false (result->complete);
  test_model_clear (&model);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = { { "run", test_run } };
  static const TestCheck bad[] = { { "fault", test_fault } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/socket-prior", checks, cases);
  test_add_cases ("/engine/socket-prior", bad, faults);
  g_test_add_func ("/engine/socket-prior/batch", test_batch);
  g_test_add_func ("/engine/socket-prior/hello", test_hello);
  g_test_add_func ("/engine/socket-prior/frames", test_frames);
  g_test_add_func ("/engine/socket-prior/nobody", test_nobody);
  g_test_add_func ("/engine/socket-prior/refused", test_refused);
  g_test_add_func ("/engine/socket-prior/stop", test_stop);
  g_test_add_func ("/engine/socket-prior/gone", test_gone);
  g_test_add_func ("/engine/socket-prior/other", test_other);
  g_test_add_func ("/engine/socket-prior/slow", test_slow);
  g_test_add_func ("/engine/socket-prior/missed", test_missed);
  g_test_add_func ("/engine/socket-prior/alone", test_alone);
  g_test_add_func ("/engine/socket-prior/left", test_left);
  return g_test_run ();
}
