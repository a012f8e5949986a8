/* Scores of ensembles against closed forms. */
#include "pisd-scores.h"

#include <math.h>

#include "pisd-test.h"

#define SIDE 64
#define N_NODES (SIDE * SIDE)

/* Two nodes, two samples: |0 - 0|, |3 - 0| and |0 - 4|, |4 - 4| at the nodes, 4 and 3 in the plane,
 * 5 between the samples; and what lies between two samples does not count. */
static void
test_by_hand (void)
{
  double y[] = { 0.0, 4.0 };
  const double x[] = { 0.0, 0.0, 1e3, 3.0, 4.0, 1e3 };
  const PisdField truth = { 1, 2, y };
  const PisdScores scores = pisd_scores (&truth, x, 2, 3);

  test_assert_close (scores.energy, ((4.0 + 3.0) / 2.0 - 5.0 / 2.0) / 4.0, 1e-15);
  test_assert_close (scores.crps,
                     0.5 * ((3.0 / 2.0 - 3.0 / 2.0) + (4.0 / 2.0 - 4.0 / 2.0)) / sqrt (8.0), 1e-15);
}

/* At a single node both are the same: samples 3, 0, 1 of 2 leave 4/3 - (3 + 2 + 1) / 6. */
static void
test_one_node (void)
{
  double y[] = { 2.0 };
  const double x[] = { 3.0, 0.0, 1.0 };
  const PisdField truth = { 1, 1, y };
  const PisdScores scores = pisd_scores (&truth, x, 3, 1);

  test_assert_close (scores.crps, (4.0 / 3.0 - 1.0) / 2.0, 1e-15);
  g_assert_cmpfloat (pisd_scores_get_crps (&truth, x, 3, 1), ==, scores.crps);
  test_assert_close (scores.energy, scores.crps, 1e-15);
}

/* Of M samples of unit normals around the truth c: [M, SIDE, SIDE] */
static PisdScores
score_normal (double c, guint n)
{
  g_autoptr (PisdField) truth = pisd_field_new (SIDE, SIDE);
  g_autofree double *x = test_random ((gsize) n * N_NODES, n);

  for (gsize k = 0; k < N_NODES; k++)
    truth->data[k] = c;
  for (gsize k = 0; k < (gsize) n * N_NODES; k++)
    x[k] += c;
  return pisd_scores (truth, x, n, N_NODES);
}

/* A unit normal's CRPS at its mean is (sqrt 2 - 1) / sqrt pi, whatever the number of samples: with M
 * in place of M - 1 it is 0.56 / M more.  Its energy score in n dimensions is about
 * sqrt n - sqrt (2 n) / 2, up to the order of 1 / n. */
static void
test_normal (void)
{
  static const guint counts[] = { 2, 3, 16, PISD_SCORES_PAIRED + 2 };
  const double c = 5.0;

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      const PisdScores scores = score_normal (c, counts[i]);

      test_assert_close (scores.crps * c, (sqrt (2.0) - 1.0) / sqrt (G_PI), 0.025);
      test_assert_close (scores.energy * c, 1.0 - sqrt (0.5), 0.015);
    }
}

/* One sample has no spread, and nothing is relative to a truth of zero. */
static void
test_none (void)
{
  double y[] = { 0.0, 0.0 };
  const double x[] = { 1.0, 2.0, 3.0, 4.0 };
  const PisdField truth = { 1, 2, y };

  g_assert_true (isnan (pisd_scores (&truth, x, 2, 2).crps));
  g_assert_true (isnan (pisd_scores (&truth, x, 2, 2).energy));
  y[0] = 1.0;
  g_assert_true (isnan (pisd_scores (&truth, x, 1, 2).crps));
  g_assert_true (isnan (pisd_scores_get_crps (&truth, x, 1, 2)));
  g_assert_true (isnan (pisd_scores (&truth, x, 1, 2).energy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/scores/by-hand", test_by_hand);
  g_test_add_func ("/engine/scores/one-node", test_one_node);
  g_test_add_func ("/engine/scores/normal", test_normal);
  g_test_add_func ("/engine/scores/none", test_none);
  return g_test_run ();
}
