/* Weights in files: they come back, and whatever does not belong to them is refused. */
#include "pisd-weights.h"

#include <math.h>

#include "pisd-half.h"
#include "pisd-safetensors-writer.h"
#include "pisd-safetensors.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

#define K 8

static const PisdNetworkShape shape = { .side = K,
                                        .n_in = 2,
                                        .n_out = 1,
                                        .width = PISD_NETWORK_WIDTH_STEP,
                                        .n_blocks = 1,
                                        .n_levels = 1,
                                        .n_labels = 2 };
static const char *const families[] = { "grf", "blobs", NULL };

static PisdSettings
make_settings (void)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.space = PISD_SPACE_DECOUPLED;
  settings.modes = K;
  return settings;
}

static PisdWeights *
make_weights (void)
{
  PisdSettings settings = make_settings ();
  PisdWeights *weights = pisd_weights_new (&shape, &settings, families);

  pisd_network_initialise (&shape, 3, weights->parameters);
  pisd_weights_describe (weights, "command", "pisd train");
  return weights;
}

#define N_LEVELS 3
static const double levels[N_LEVELS] = { 0.1, 0.5, 2.0 };

/* The same with the network's errors: ratios 1, 2, 3, ... of 128 and a fifth of that for gains. */
static PisdWeights *
make_measured (void)
{
  PisdWeights *weights = make_weights ();

  weights->errors = pisd_error_table_new (&shape, N_LEVELS, levels);
  for (gsize i = 0; i < 3 * N_LEVELS * K * K; i++)
    {
      weights->errors->ratio[i] = (float) (i + 1) / 128.0f;
      weights->errors->gain[i] = (float) (i + 1) / 640.0f;
    }
  return weights;
}

static void
set_up (TestFile *self, gconstpointer data)
{
  test_file_init (self, "w.safetensors");
}

static PisdWeights *
load (TestFile *self, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (self->path, NULL, NULL);

  return pisd_weights_load_from (input, error);
}

static void
test_round_trip (TestFile *self, gconstpointer data)
{
  g_autoptr (PisdWeights) weights = make_weights ();
  g_autoptr (PisdWeights) loaded = NULL;
  g_autoptr (GError) error = NULL;
  PisdSettings settings = make_settings ();

  g_assert_true (pisd_weights_save (weights, self->path, &error));
  loaded = load (self, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_network_shape_equal (&loaded->shape, &shape));
  g_assert_true (g_strv_equal ((const char *const *) loaded->families, families));
  for (gsize i = 0; i < pisd_network_get_n_parameters (&shape); i++)
    g_assert_cmpfloat (loaded->parameters[i], ==,
                       pisd_half_to_float (pisd_half_from_float (weights->parameters[i])));
  g_assert_true (pisd_weights_check (loaded, "w", &settings, &error));
  g_assert_null (loaded->errors);
}

/* The network's errors at its levels, between them and beyond; weights need not have any. */
static void
test_errors (TestFile *self, gconstpointer data)
{
  g_autoptr (PisdWeights) weights = make_measured ();
  g_autoptr (PisdWeights) loaded = NULL;
  g_autoptr (GError) error = NULL;
  double ratio[K * K], gain[K * K];

  g_assert_true (pisd_weights_save (weights, self->path, &error));
  loaded = load (self, &error);
  g_assert_no_error (error);
  for (guint label = 0; label < 3; label++)
    {
      double first = (label * N_LEVELS * K * K + 1) / 128.0;

      pisd_error_table_get_ratio (loaded->errors, label, 0.01, ratio);
      test_assert_close (ratio[0], first, 2e-3);
      pisd_error_table_get_ratio (loaded->errors, label, 0.5, ratio);
      test_assert_close (ratio[0], first + K * K / 128.0, 2e-3);
      pisd_error_table_get_ratio (loaded->errors, label, 1.0, ratio);
      pisd_error_table_get_gain (loaded->errors, label, 1.0, gain);
      test_assert_close (gain[5], 0.2 * ratio[5], 2e-3);
      test_assert_close (ratio[5], first + (1.5 * K * K + 5) / 128.0, 2e-3);
      pisd_error_table_get_ratio (loaded->errors, label, 100.0, ratio);
      test_assert_close (ratio[K * K - 1], first + (3 * K * K - 1) / 128.0, 2e-3);
    }
}

static void
assert_refused (TestFile *self, const char *needle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdWeights) weights = load (self, &error);

  if (weights != NULL)
    g_error ("got weights, expected them to be refused: %s", needle);
  g_assert_true (error->domain == PISD_ERROR);
  g_assert_nonnull (strstr (error->message, "w.safetensors: "));
  if (strstr (error->message, needle) == NULL)
    g_error ("got `%s`, expected `%s` in it", error->message, needle);
}

/* The file with one text of its metadata replaced by another of the same length. */
static const struct
{
  const char *from, *to, *needle;
} replacements[] = {
  { "\"pisd-weights\"", "\"pisd-WEIGHTS\"", "metadata: `format`: got \"pisd-WEIGHTS\"" },
  { "\"format_version\":\"1\"", "\"format_version\":\"2\"", "`format_version`: got 2, expected 1" },
  { "\"format_version\":\"1\"", "\"format_version\":\"0\"", "`format_version`: got 0, expected 1" },
  { "\"format_version\"", "\"Format_version\"", "got no `format_version`" },
  { "\"width\":\"16\"", "\"width\":\"32\"", "shape: got " },
  { "\"width\":\"16\"", "\"width\":\"17\"", "metadata: " },
  { "\"width\":\"16\"", "\"width\":\"-6\"", "`width`: got \"-6\"" },
  { "\"blocks\":\"1\"", "\"blocks\":\"2\"", "tensors, expected the " },
  { "\"labels\":\"2\"", "\"labels\":\"3\"", "got 2 names, expected the 3" },
  { "\"modes\":\"8\"", "\"modes\":\"9\"", "`modes`: got 9, expected the 8" },
  { "\"space\"", "\"Space\"", "got no `space`" },
  { "\"data_sha256\"", "\"data_Sha256\"", "got no `data_sha256`" },
  { "stem.weight\"", "stem.wEight\"", "got none of that name" },
  { "\"error_levels\"", "\"error_Levels\"", "tensors, expected the " },
  { "\"0.1,0.5,2\"", "\"0.1,0.5,0\"", "got \"0.1,0.5,0\", expected 1 to 64 noise levels" },
  { "\"channels_out\":\"1\"", "\"channels_out\":\"2\"", "shape: got " },
  { "\"0.1,0.5,2\"", "\"0.1,10052\"", "shape: got 3x3x1x8x8, expected 3x2x1x8x8" },
};

static void
replace (char *bytes, gsize size, const char *from, const char *to)
{
  gsize n = strlen (from);

  g_assert_cmpuint (strlen (to), ==, n);
  for (gsize i = 0; i + n <= size; i++)
    if (memcmp (bytes + i, from, n) == 0)
      {
        memcpy (bytes + i, to, n);
        return;
      }
  g_error ("got no `%s`", from);
}

static void
test_refused (TestFile *self, gconstpointer data)
{
  g_autoptr (PisdWeights) weights = make_measured ();
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (pisd_weights_save (weights, self->path, NULL));
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, size);

      replace (copy, size, replacements[i].from, replacements[i].to);
      g_unlink (self->path);
      test_write (self->path, copy, size);
      assert_refused (self, replacements[i].needle);
    }
}

/* Weights that hold no numbers, with a hash that is right. */
static void
test_not_finite (TestFile *self, gconstpointer data)
{
  g_autoptr (PisdWeights) weights = make_weights ();
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *old = NULL;
  gsize size, n = pisd_network_get_n_parameters (&shape) * 2;

  g_assert_true (pisd_weights_save (weights, self->path, NULL));
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  old = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes + size - n, n);
  memcpy (bytes + size - 2, "\x00\x7e", 2);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes + size - n, n);
  replace (bytes, size, old, hash);
  test_write (self->path, bytes, size);
  assert_refused (self, "got nan, expected a finite number");
}

/* A gain is a share, also of a file whose hash is right. */
static void
test_gain_above_one (TestFile *self, gconstpointer data)
{
  g_autoptr (PisdWeights) weights = make_measured ();

  weights->errors->gain[5] = 1.5f;
  g_assert_true (pisd_weights_save (weights, self->path, NULL));
  assert_refused (self, "tensor \"error.gain\": got 1.5, expected 0 to 1");
}

/* A tensor of one number under that name. */
static void
add_number (PisdSafetensorsWriter *writer, const char *name)
{
  pisd_safetensors_writer_add (writer, name, PISD_TENSOR_F16, 1, &(gsize){ 1 }, &(float){ 0.5f });
}

/* Hundreds of gigabytes of errors are claimed by a file that has two numbers of them. */
static void
test_claimed_errors (TestFile *self, gconstpointer data)
{
  static const PisdNetworkShape huge = { 1024, 1, 1024, PISD_NETWORK_WIDTH_STEP, 1, 1, 0, FALSE };
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
  g_autoptr (GString) claimed = g_string_new ("1");
  g_autoptr (PisdWeights) weights = NULL;
  PisdSettings settings = make_settings ();

  settings.modes = huge.side;
  weights = pisd_weights_new (&huge, &settings, (const char *const[]){ NULL });
  pisd_weights_write (weights, PISD_WEIGHTS_FORMAT, PISD_TENSOR_F16, writer);
  for (guint level = 2; level <= 64; level++)
    g_string_append_printf (claimed, ",%u", level);
  pisd_safetensors_writer_describe (writer, "error_levels", claimed->str);
  add_number (writer, "error.gain");
  add_number (writer, "error.ratio");
  g_assert_true (pisd_safetensors_writer_save (writer, self->path, NULL));
  assert_refused (self, "tensor \"error.gain\": shape: got 1, expected 1x64x1024x1024x1024");
}

/* The same of parameters: every tensor of a huge network is there, of one number each. */
static void
test_claimed_parameters (TestFile *self, gconstpointer data)
{
  static const PisdNetworkShape huge = { 1024, 1, 1, 1024, 64, 5, 0, FALSE };
  static const char *const texts[][2] = {
    { "format", PISD_WEIGHTS_FORMAT },
    { "format_version", "1" },
    { "problem", "poisson" },
    { "space", "decoupled" },
    { "families", "" },
    { "modes", "1024" },
    { "side", "1024" },
    { "channels_in", "1" },
    { "channels_out", "1" },
    { "width", "1024" },
    { "blocks", "64" },
    { "levels", "5" },
    { "labels", "0" },
    { "periodic", "0" },
  };
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    pisd_safetensors_writer_describe (writer, texts[i][0], texts[i][1]);
  for (guint i = 0; i < pisd_network_get_n_tensors (&huge); i++)
    {
      PisdNetworkTensor tensor;

      pisd_network_get_tensor (&huge, i, &tensor);
      add_number (writer, tensor.name);
    }
  g_assert_true (pisd_safetensors_writer_save (writer, self->path, NULL));
  assert_refused (self, "shape: got 1, expected ");
}

static void
test_other_purpose (TestFile *self, gconstpointer data)
{
  g_autoptr (PisdWeights) weights = make_weights ();
  PisdSettings settings = make_settings ();
  g_autoptr (GError) error = NULL;

  settings.problem = PISD_PROBLEM_NAVIER_STOKES;
  g_assert_false (pisd_weights_check (weights, "w.safetensors", &settings, &error));
  g_assert_cmpstr (error->message, ==,
                   "w.safetensors: weights of a network: `problem`: got \"poisson\", expected "
                   "\"navier-stokes\"");
  g_clear_error (&error);
  settings = make_settings ();
  settings.modes = K + 1;
  g_assert_false (pisd_weights_check (weights, "w", &settings, &error));
  g_assert_nonnull (strstr (error->message, "`modes`: got \"8\", expected \"9\""));
  g_clear_error (&error);
  settings = make_settings ();
  settings.space = PISD_SPACE_JOINT;
  g_assert_false (pisd_weights_check (weights, "w", &settings, &error));
  g_assert_nonnull (strstr (error->message, "`space`: got \"decoupled\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add ("/learning/weights/" path, TestFile, NULL, set_up, function, test_file_tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("errors", test_errors);
  ADD ("refused", test_refused);
  ADD ("not-finite", test_not_finite);
  ADD ("gain-above-one", test_gain_above_one);
  ADD ("claimed-errors", test_claimed_errors);
  ADD ("claimed-parameters", test_claimed_parameters);
  ADD ("other-purpose", test_other_purpose);
  return g_test_run ();
}
