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
  cli_run (self, TINY "--compare");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| ddpm | 20 |");
  cli_assert_contains (self->out, "| hybrid | learned |");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--data cats", 1, "data: got \"cats\", expected one of moons, " },
    { "--data drawn", 2, "--strokes: expected together with --data drawn" },
    { "--strokes none.csv", 1, "none.csv" },
    { "--schedule straight", 2, "expected one of linear, cosine, sigmoid, edm" },
    { "--times 9", 2, "--times: got `9`" },
    { "--steps 200", 2, "--steps: got `200`" },
    { "--eta 1.5", 2, "--eta: got `1.5`, expected a number from 0 to 1" },
    { "--guidance 11", 2, "--guidance: got `11`" },
    { "--label 2", 2, "--label: got `2`" },
    { "--exact", 2, "--exact: expected --data ring or mixture" },
    { "--exact --data ring --bounds", 2, "--exact: expected none of --compare, --bounds" },
    { "--width 513", 2, "--width: got `513`" },
    { "--batch 4097", 2, "--batch: got `4097`" },
    { "--seed 9223372036854775808", 2, "--seed: got `9223372036854775808`" },
    { "--network dense", 2, "--network: got `dense`, expected one of perceptron, convolution" },
    { "--network convolution", 2, "--network: got convolution for the points of moons" },
    { "--data digits-8 --network convolution --latents 9", 2,
      "--network: got convolution with 9 latents, expected perceptron" },
    { "--data digits-8 --network convolution --width 20", 2, "a width of 20 channels" },
    { "--data digits-8 --network convolution --features 8", 2, "expected --network perceptron" },
    { "--latents 1 --latent cosine", 2, "--latent: got cosine for the points of moons" },
    { "--data digits-8 --latent cosine", 2, "--latent: expected --latents" },
    { "--variance learned", 2, "--variance learned: expected --learned-variance" },
    { "--csv a --json a", 2, "--json" },
    { "--png a.txt", 1, "a.txt" },
    { "here", 2, "got `here`, expected options alone" },
  };

  cli_assert_refusals (self, "lab diffusion ", rows, G_N_ELEMENTS (rows));
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
  return g_test_run ();
}
