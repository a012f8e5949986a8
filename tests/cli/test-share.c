/* Set-ups that pictures carry: written by `pisd sample`, described, read and refused. */
#include <cairo.h>
#include <string.h>

#include "../pisd-test-png.h"
#include "cli-fixture.h"

#define RUN "sample --observe-u 30 --set steps=2 --set samples=1 --set instance-seed=4 --threads 1 "

/* What a program leaves of a picture that keeps pixels alone. */
static void
strip (CliFixture *self, const char *from, const char *to)
{
  g_autofree char *source = cli_path (self, from);
  g_autofree char *target = cli_path (self, to);
  cairo_surface_t *image = cairo_image_surface_create_from_png (source);

  g_assert_cmpint (cairo_surface_write_to_png (image, target), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (image);
}

static void
assert_reopens (CliFixture *self, const char *scenario)
{
  g_autofree char *words =
      g_strdup_printf ("sample --scenario %s --threads 1 --output b.npz", scenario);

  cli_run (self, words);
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "a.npz", "b.npz");
}

/* The picture alone is enough for the same result, and so is its text. */
static void
test_reopens (CliFixture *self, gconstpointer data)
{
  cli_run (self, RUN "--output a.npz --png f.png");
  cli_assert_status (self, 0);
  assert_reopens (self, "f.png");
  cli_run (self, "info f.png");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "f.png: picture that carries its set-up\n");
  cli_assert_contains (self->out, "truth: random instance\na: 0 sensors\nu: 30 sensors");
  cli_assert_contains (self->out, "steps = 2\n");

  cli_run (self, "info --text f.png");
  cli_assert_status (self, 0);
  g_assert_true (g_str_has_prefix (self->out, "PISD1:"));
  g_assert_cmpuint (strcspn (self->out, "\n"), ==, strlen (self->out) - 1);
  cli_write (self, "mail.txt", self->out);
  assert_reopens (self, "mail.txt");
  cli_run (self, "info mail.txt");
  cli_assert_contains (self->out, "mail.txt: set-up as text\n");
}

#define ONE_HASH "11111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER_HASH "22222222aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* Other weights under the name that a set-up has: one line says so, and the run goes on. */
static void
test_weights (CliFixture *self, gconstpointer data)
{
  static const char weights[] =
      "\x63\0\0\0\0\0\0\0{\"__metadata__\":{\"data_sha256\":\"" OTHER_HASH "\"}}";
  g_autofree char *path = cli_path (self, "w.safetensors");

  cli_write (self, "s.pisd",
             "[scenario]\nsteps=2\nmodes=8\n"
             "[prior]\nweights=w.safetensors\nweights-sha256=" ONE_HASH "\n");
  g_assert_true (g_file_set_contents (path, weights, sizeof weights - 1, NULL));
  cli_run (self, "sample --scenario s.pisd --threads 1 --output a.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "got weights with the SHA-256 22222222…, expected 11111111…");
  cli_run (self, "sample --scenario s.pisd --weights w.safetensors --threads 1 --output a.npz");
  g_assert_null (strstr (self->err, "SHA-256"));
}

/* One line, and no file is written. */
static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "info bare.png", 1,
      "bare.png: the picture has no set-up: programs and sites that recompress" },
    { "info --text s.csv", 1, "s.csv: got a file of another kind, expected a scenario" },
    { "info cut.png", 1, "cut.png: " },
    { "sample --scenario bare.png --output a.npz", 1, "the picture has no set-up" },
    { "sample --scenario cut.txt --output a.npz", 1, "cut.txt: set-up: got another checksum" },
    { "sample --scenario new.txt --output a.npz", 1, "new.txt: set-up: got version 2" },
    { "sample --output a.npz --size 90x90", 2, "got --size without a picture" },
    { "sample --output a.npz --dpi 90", 2, "got --dpi without a picture" },
    { "sample --output a.npz --png f.png --dpi much", 2, "--dpi: got `much`, expected a number" },
    { "sample --output a.npz --png f.png --size 9x9", 2, "--size: got 9 x 9 pixels at 144 dpi" },
  };

  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 8, 8);
  g_autofree char *path = cli_path (self, "bare.png");

  g_assert_cmpint (cairo_surface_write_to_png (image, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (image);
  cli_write (self, "cut.png", "\x89PNG\r\n\x1a\n");
  cli_write (self, "s.csv", "field,x,y,value\na,0,0,1\n");
  cli_write (self, "cut.txt", "PISD1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  cli_write (self, "new.txt", "PISD2:AAAA");
  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

/* Writes a PNG whose chunk has these bytes as its text, `n` times. */
static void
write_picture (CliFixture *self, const char *name, const char *text, guint n)
{
  g_autofree char *path = cli_path (self, name);
  g_autoptr (GByteArray) data = test_png_text ("pisd-setup", FALSE, text, strlen (text));
  g_autoptr (GByteArray) png = test_png_begin ();

  for (guint k = 0; k < n; k++)
    test_png_append (png, "iTXt", data->data, data->len);
  test_png_end (png);
  g_assert_true (g_file_set_contents (path, (const char *) png->data, png->len, NULL));
}

/* What stands in the chunk is as little to be trusted as a text. */
static void
test_hostile (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "info new.png", 1, "new.png: set-up: got version 3, expected 1: a newer program made it" },
    { "info latin.png", 1, "latin.png: byte 8: got 0xe9, expected a letter" },
    { "info empty.png", 1, "empty.png: got \"\", expected a set-up, which begins with PISD1:" },
    { "info two.png", 1, "two.png: chunk pisd-setup: got 2 of them, expected one" },
    { "info cut.png", 1, "cut.png: set-up: got another checksum than it says" },
    { "sample --scenario cut.png --output a.npz", 1, "cut.png: set-up: got another checksum" },
  };

  write_picture (self, "new.png", "PISD3:AAAA", 1);
  write_picture (self, "latin.png", "PISD1:AA\xe9", 1);
  write_picture (self, "empty.png", "", 1);
  write_picture (self, "two.png", "PISD1:AAAA", 2);
  write_picture (self, "cut.png", "PISD1:AAAAAAAAAAAAAAAAAAAAAAAAAAAA", 1);
  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

/* A picture of any size that goes through another program has lost it, and says why. */
static void
test_sized (CliFixture *self, gconstpointer data)
{
  cairo_surface_t *image;
  g_autofree char *path = cli_path (self, "f.png");

  cli_run (self, RUN "--output a.npz --png f.png --size 640x300 --dpi 100");
  cli_assert_status (self, 0);
  image = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 640);
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, 300);
  cairo_surface_destroy (image);
  strip (self, "f.png", "bare.png");
  cli_run (self, "info bare.png");
  cli_assert_refused (self, 1, "the picture has no set-up: programs and sites", 3);
}

#define ADD(name, function)                                                       \
  g_test_add ("/cli/share/" name, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reopens", test_reopens);
  ADD ("weights", test_weights);
  ADD ("refused", test_refused);
  ADD ("hostile", test_hostile);
  ADD ("sized", test_sized);
  return g_test_run ();
}
