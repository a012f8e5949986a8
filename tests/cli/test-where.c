/* `pisd where`: the best place, the best places as sensors, and what they are worth. */
#include "cli-fixture.h"

#include <stdio.h>
#include <string.h>

static void
test_best (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) gain = NULL;
  double x, y, percent, most = 0.0;
  const char *line;

  cli_run (self, "where --observe-a 12 --target a --output m.npz --png m.svg");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "expected error of a: ");
  line = strstr (self->out, "best next on a: ");
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line, "best next on a: x %lf, y %lf, takes %lf %%", &x, &y, &percent),
                   ==, 3);
  cli_assert_shape (self, "m.npz", "gain", "128x128");
  gain = cli_read_array (self, "m.npz", "gain");
  for (guint k = 0; k < 128 * 128; k++)
    most = MAX (most, gain->data[k]);
  g_assert_cmpfloat (gain->data[(guint) (y * 127 + 0.5) * 128 + (guint) (x * 127 + 0.5)], ==, most);
  g_assert_true (cli_exists (self, "m.svg"));
}

/* The sensors that are written are those that were there and the new ones, and they are worth more
 * than random ones. */
static void
test_place (CliFixture *self, gconstpointer data)
{
  double before, after, best, random;
  const char *row;

  cli_run (self, "where --observe-a 12 --place 4 --sensors s.csv --curve");
  cli_assert_status (self, 0);
  g_assert_cmpint (sscanf (self->out, "expected error of all fields: %lf", &before), ==, 1);
  g_assert_cmpint (
      sscanf (strstr (self->out, "placed 4 more"), "placed 4 more: expected error %lf", &after), ==,
      1);
  g_assert_cmpfloat (after, <, before);
  row = strstr (self->out, "\n| 4 |");
  g_assert_nonnull (row);
  g_assert_cmpint (sscanf (row, "\n| 4 | %lf | %lf |", &best, &random), ==, 2);
  g_assert_cmpfloat (best, ==, after);
  g_assert_cmpfloat (best, <, random);
  cli_run (self, "where --observations s.csv");
  cli_assert_status (self, 0);
  g_assert_cmpint (sscanf (self->out, "expected error of all fields: %lf", &before), ==, 1);
  g_assert_cmpfloat (before, ==, after);
  cli_assert_contains (self->out, "with 16 sensors");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--field w", 2, "--field: got `w`, which poisson does not have" },
    { "--target w", 2, "--target: got `w`, which poisson does not have, expected a or u or all" },
    { "--place 0", 2, "--place: got `0`" },
    { "--sensors s.csv", 2, "got --sensors without any to put" },
    { "--problem navier-stokes --field u", 2, "Of a flow it is known of sensors on its beginning" },
    { "--png m.txt", 2, "--png: got `m.txt`" },
  };

  cli_assert_refusals (self, "where ", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/where/best", CliFixture, NULL, cli_fixture_set_up, test_best,
              cli_fixture_tear_down);
  g_test_add ("/cli/where/place", CliFixture, NULL, cli_fixture_set_up, test_place,
              cli_fixture_tear_down);
  g_test_add ("/cli/where/refused", CliFixture, NULL, cli_fixture_set_up, test_refused,
              cli_fixture_tear_down);
  return g_test_run ();
}
