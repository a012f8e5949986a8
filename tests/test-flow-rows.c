/* pisd-flow-rows: the rows of many readings of a frame are those of the adjoint itself. */
#include "pisd-flow-rows.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-test.h"

enum
{
  SIDE = 11, /* of 16 nodes */
  N_MODES = SIDE * SIDE,
  MANY = N_MODES + 80,
  N = 7 + MANY + 5 + MANY
};

typedef struct
{
  PisdVorticity *solver;
  PisdVorticityPath *path;
  guint frame[N];
  double *seeds; /* [N, N_MODES] */
} Fixture;

/* Few readings of the first and third frame, more than there are modes of the second and the last. */
static void
set_up (Fixture *self, gconstpointer data)
{
  const PisdVorticityShape shape = { 16, 5, 6, 1e-3, 1.0, 0.1 };
  g_autofree double *w0 = test_random (N_MODES, 3);

  self->solver = pisd_vorticity_new (&shape);
  g_assert_cmpuint (pisd_vorticity_get_side (self->solver), ==, SIDE);
  self->path = pisd_vorticity_path_new (self->solver);
  g_assert_true (pisd_vorticity_path_solve (self->path, w0, NULL, NULL));
  for (guint i = 0; i < N; i++)
    self->frame[i] = i < 7 ? 1 : i < 7 + MANY ? 2 : i < 12 + MANY ? 3 : 4;
  self->seeds = test_random (N * N_MODES, 4);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  pisd_vorticity_path_free (self->path);
  pisd_vorticity_free (self->solver);
  g_free (self->seeds);
}

static double *
pull_back (const Fixture *self, guint n_threads, PisdCancel *cancel)
{
  double *rows = g_memdup2 (self->seeds, sizeof (double) * N * N_MODES);

  if (pisd_flow_rows_pull_back (self->path, SIDE, N, self->frame, rows, n_threads, cancel))
    return rows;
  g_free (rows);
  return NULL;
}

/* To rounding, whatever the number of threads. */
static void
test_rows (Fixture *self, gconstpointer data)
{
  g_autofree double *expected = g_memdup2 (self->seeds, sizeof (double) * N * N_MODES);
  g_autofree double *one = pull_back (self, 1, NULL), *three = pull_back (self, 3, NULL);

  g_assert_true (pisd_vorticity_path_pull_back (self->path, N, self->frame, expected, 2, NULL));
  for (guint i = 0; i < N; i++)
    test_assert_below (test_difference (one + i * N_MODES, expected + i * N_MODES, N_MODES), 1e-12);
  g_assert_cmpmem (one, sizeof (double) * N * N_MODES, three, sizeof (double) * N * N_MODES);
}

/* The modes are pulled back once: fewer steps than rows would take, by looks at the request to stop,
 * which is heard wherever it comes. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  TestTrip whole = { 0, G_MAXUINT }, single = { 0, G_MAXUINT };
  g_autoptr (PisdCancel) one = pisd_cancel_new_polling (test_trip, &whole);
  g_autoptr (PisdCancel) other = pisd_cancel_new_polling (test_trip, &single);
  g_autofree double *rows = pull_back (self, 1, one);
  g_autofree double *each = g_memdup2 (self->seeds, sizeof (double) * N * N_MODES);

  g_assert_nonnull (rows);
  g_assert_true (pisd_vorticity_path_pull_back (self->path, N, self->frame, each, 1, other));
  test_assert_below ((double) whole.looks / single.looks, 0.75);
  for (guint limit = 0; limit < whole.looks; limit += whole.looks / 9)
    {
      TestTrip trip = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);

      g_assert_null (pull_back (self, 1, cancel));
      g_assert_cmpuint (trip.looks, <=, limit + 4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/engine/flow-rows/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rows", test_rows);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
