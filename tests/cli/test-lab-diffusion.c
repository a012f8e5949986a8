/* `pisd lab diffusion`: what it prints and writes, and what it refuses. */
#include "cli-fixture.h"

#include <string.h>

#define TINY \
  "lab diffusion --width 16 --layers 1 --times 20 --train 40 --steps 10 --samples 100 --batch 64 "

/* Samples, losses, results and a figure; the same bytes on one thread and on three. */
static void
test_files (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (JsonObject) json = NULL;

  cli_run (self, TINY "--learned-variance --bounds --threads 1 --csv a.csv --losses al.csv "
                      "--json a.json --png a.png");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "energy distance to fresh data ");
  cli_assert_contains (self->out, "bound with the learned variance: ");
  csv = cli_read (self, "a.csv");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (csv, NULL), "label,x0,x1\n"));
  json = cli_read_json (self, "a.json");
  g_assert_cmpstr (json_object_get_string_member (json, "data"), ==, "moons");
  g_assert_cmpstr (json_object_get_string_member (json, "loss"), ==, "hybrid");
  g_assert_cmpfloat (json_object_get_double_member (json, "fresh_energy_distance"), >, 0.0);
  cli_run (self, TINY "--learned-variance --bounds --threads 3 --csv b.csv --losses bl.csv "
                      "--json b.json --png b.png");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "a.csv", "b.csv");
  cli_assert_same_bytes (self, "al.csv", "bl.csv");
  cli_assert_same_bytes (self, "a.json", "b.json");
  cli_assert_same_bytes (self, "a.png", "b.png");
}

/* Pictures by their principal components, with guidance. */
static void
test_pictures (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) json = NULL;

  cli_run (self, TINY "--data digits-8 --latents 20 --guidance 2 --label 3 --json d.json "
                      "--png d.svg");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "20 principal components hold ");
  json = cli_read_json (self, "d.json");
  g_assert_cmpfloat (json_object_get_double_member (json, "guidance"), ==, 2.0);
  g_assert_true (cli_exists (self, "d.svg"));
}

/* Pictures by their cosine modes, and by convolutions; the same bytes on one thread and on three. */
static void
test_networks (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) json = NULL;

  cli_run (self, TINY "--data digits-8 --latents 20 --latent cosine");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "20 cosine modes hold ");
  cli_run (self, TINY "--data digits-8 --network convolution --batch 140 --train 2 --threads 1 "
                      "--learned-variance --json e.json --csv e.csv");
  cli_assert_status (self, 0);
  json = cli_read_json (self, "e.json");
  g_assert_cmpstr (json_object_get_string_member (json, "network"), ==, "convolution");
  cli_run (self, TINY "--data digits-8 --network convolution --batch 140 --train 2 --threads 3 "
                      "--learned-variance --json f.json --csv f.csv");
  cli_assert_same_bytes (self, "e.json", "f.json");
  cli_assert_same_bytes (self, "e.csv", "f.csv");
}

/* The closed form has no error, and of components none is known; a comparison has its two tables. */
static void
test_truth (CliFixture *self, gconstpointer data)
{
  cli_run (self, "lab diffusion --data ring --exact --samples 200");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "score: relative error 0.000");
  cli_run (self, TINY "--data ring --latents 1 --png l.svg");
  cli_assert_status (self, 0);
  g_assert_null (strstr (self->out, "score: "));
  g_assert_true (cli_exists (self, "l.svg"));
  cli_run (self, TINY "--data ring --drop 0");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "score: none, as --drop 0 ");
  cli_run (self, TINY "--compare");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| ddpm | 20 |");
  cli_assert_contains (self->out, "| hybrid | learned |");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--data cats", 2, "--data: got `cats`, expected one of moons, " },
    { "--data drawn", 2, "--strokes: expected together with --data drawn" },
    { "--strokes none.csv", 1, "none.csv" },
    { "--schedule straight", 2, "expected one of linear, cosine, sigmoid, edm" },
    { "--times 9", 2, "--times: got `9`" },
    { "--steps 200", 2, "--steps: got 200, expected at most times, 100" },
    { "--eta 1.5", 2, "--eta: got `1.5`, expected a number from 0 to 1" },
    { "--guidance 11", 2, "--guidance: got `11`" },
    { "--label 2", 2, "--label: got `2`" },
    { "--width 513", 2, "--width: got `513`" },
    { "--batch 4097", 2, "--batch: got `4097`" },
    { "--seed 9223372036854775808", 2, "--seed: got `9223372036854775808`" },
    { "--features 5", 2, "--features: got `5`, expected as many sines as cosines" },
    { "--latents 3", 2, "--latents: got 3, expected at most the numbers of a sample, 2" },
    { "--activation sine", 2, "--activation: got `sine`, expected one of " },
    { "--network dense", 2, "--network: got `dense`, expected one of perceptron, convolution" },
    { "--network convolution", 2, "--network: got convolution for the points of moons" },
    { "--data digits-8 --network convolution --latents 9", 2,
      "--network: got convolution with 9 latents, expected perceptron" },
    { "--data digits-8 --network convolution --width 20", 2, "a width of 20 channels" },
    { "--data digits-8 --network convolution --features 8", 2,
      "got --features with --network convolution, expected --network perceptron" },
    { "--latents 1 --latent cosine", 2, "--latent: got cosine for the points of moons" },
    { "--data digits-8 --latent cosine", 2,
      "got --latent with no latents, expected --latents, how many of them, too" },
    { "--csv a --json a", 2, "--json" },
    { "--png a.txt", 2, "a.txt" },
    { "here", 2, "got `here`, expected options alone" },
  };

  cli_assert_refusals (self, "lab diffusion ", rows, G_N_ELEMENTS (rows));
}

#define EXACT "--exact --data ring "
#define ONE_OF_THEM " with --exact, expected one of them"

/* No option is ignored in silence: what it would say nothing beside is named. */
static void
test_needs (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--exact", 2, "got --exact with data of unknown density, expected --data ring or mixture" },
    { EXACT "--predict v", 2, "got --predict" ONE_OF_THEM },
    { EXACT "--weight uniform", 2, "got --weight" ONE_OF_THEM },
    { EXACT "--learned-variance", 2, "got --learned-variance" ONE_OF_THEM },
    { EXACT "--latents 1", 2, "got --latents" ONE_OF_THEM },
    { EXACT "--width 8", 2, "got --width" ONE_OF_THEM },
    { EXACT "--layers 1", 2, "got --layers" ONE_OF_THEM },
    { EXACT "--features 8", 2, "got --features" ONE_OF_THEM },
    { EXACT "--activation tanh", 2, "got --activation" ONE_OF_THEM },
    { EXACT "--batch 8", 2, "got --batch" ONE_OF_THEM },
    { EXACT "--rate 0.1", 2, "got --rate" ONE_OF_THEM },
    { EXACT "--keep-rate", 2, "got --keep-rate" ONE_OF_THEM },
    { EXACT "--drop 0.5", 2, "got --drop" ONE_OF_THEM },
    { EXACT "--train 8", 2, "got --train" ONE_OF_THEM },
    { EXACT "--losses l.csv", 2, "got --losses" ONE_OF_THEM },
    { EXACT "--guidance 1", 2, "got --guidance" ONE_OF_THEM },
    { EXACT "--label 1", 2, "got --label" ONE_OF_THEM },
    { EXACT "--limit 3", 2, "got --limit" ONE_OF_THEM },
    { EXACT "--compare", 2, "got --compare" ONE_OF_THEM },
    { "--rule heun --eta 1", 2, "got --eta with --rule heun, expected --rule ddim" },
    { "--rule ddpm --eta 1", 2, "got --eta with --rule ddpm, expected --rule ddim" },
    { "--variance small", 2, "got --variance with --rule ddim, expected --rule ddpm" },
    { "--rule ddpm --variance learned", 2,
      "got --variance learned with variances that are not learned, expected --learned-variance" },
    { "--label 1 --drop 1", 2, "got --label with --drop 1, expected less than 1" },
    { "--guidance 1 --drop 1", 2, "got --guidance with --drop 1, expected more than 0" },
    { "--guidance 1 --drop 0", 2, "got --guidance with --drop 0, expected more than 0" },
  };

  cli_assert_refusals (self, "lab diffusion ", rows, G_N_ELEMENTS (rows));
}

/* The closed form has bounds, but none with a learned variance; its labels are the parts of the
 * mixture.  A network that has seen no labels has none. */
static void
test_absent (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (GBytes) csv = NULL, bare = NULL;

  cli_run (self, "lab diffusion " EXACT "--samples 200 --bounds --csv e.csv --json e.json "
                 "--png e.svg");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "labels: the part of the mixture that a sample most likely");
  cli_assert_contains (self->out, "has the label: 100.0 %, of fresh data 100.0 %");
  cli_assert_contains (self->out, "bound with the large variance: 0.8");
  cli_assert_contains (self->out, "bound with the learned variance: none, no variance is learned");
  csv = cli_read (self, "e.csv");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (csv, NULL), "label,x0,x1\n"));
  json = cli_read_json (self, "e.json");
  g_assert_cmpstr (json_object_get_string_member (json, "model"), ==, "exact");
  g_assert_false (json_object_has_member (json, "width"));
  g_assert_true (json_object_get_null_member (json, "bits_learned"));
  g_assert_cmpfloat (json_object_get_double_member (json, "bits_large"), >, 0.8);
  cli_run (self, TINY "--drop 1 --compare --csv d.csv --png d.svg");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "labels: none, as --drop 1 leaves all of them out");
  cli_assert_contains (self->out, "guidance: none with --drop 1");
  bare = cli_read (self, "d.csv");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (bare, NULL), "x0,x1\n"));
}

/* A rate that is too high ends the training, and the program says at which step. */
static void
test_diverges (CliFixture *self, gconstpointer data)
{
  cli_run (self, "lab diffusion --rate 1 --train 400 --batch 32 --csv c.csv");
  cli_assert_refused (self, 1, "the training diverges: a lower learning rate may help", 0);
  cli_assert_contains (self->err, "Step 3");
  cli_assert_contains (self->err, "got --rate 1");
}

#define ADD(path, function)                                                               \
  g_test_add ("/cli/lab-diffusion/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("files", test_files);
  ADD ("pictures", test_pictures);
  ADD ("networks", test_networks);
  ADD ("truth", test_truth);
  ADD ("refused", test_refused);
  ADD ("needs", test_needs);
  ADD ("absent", test_absent);
  ADD ("diverges", test_diverges);
  return g_test_run ();
}
