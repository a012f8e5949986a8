#include "pisd-error.h"
#include "pisd-field.h"
#include "pisd-modes.h"
#include "pisd-test.h"

static void
test_square (void)
{
  g_autoptr (PisdModes) with = pisd_modes_new (PISD_MODES_SQUARE, 44, PISD_BASIS_SINE, FALSE, NULL);
  g_autoptr (PisdModes) without =
      pisd_modes_new (PISD_MODES_SQUARE, 44, PISD_BASIS_COSINE, TRUE, NULL);

  g_assert_cmpuint (with->n, ==, 44 * 44);
  g_assert_cmpuint (without->n, ==, 44 * 44 - 1);
  g_assert_cmpuint (with->support.box, ==, 44);
  g_assert_true (without->kx[0] == 1 && without->ky[0] == 0);
}

/* As many modes as the square, symmetric under exchange of the axes, with the low block and the
 * axes. */
static void
test_hyperbolic (void)
{
  for (PisdBasis basis = 0; basis < PISD_N_BASES; basis++)
    for (guint k = PISD_MODES_LEAST_HYPERBOLIC; k <= PISD_MODES_MOST_HYPERBOLIC; k += 3)
      {
        g_autoptr (PisdModes) modes = pisd_modes_new (PISD_MODES_HYPERBOLIC, k, basis, FALSE, NULL);
        g_autofree double *ones = g_new (double, modes->n);
        g_autofree double *box = g_new (double, modes->support.box * modes->support.box);

        g_assert_cmpuint (modes->n, ==, k * k);
        for (guint i = 0; i < modes->n; i++)
          ones[i] = 1.0;
        pisd_modes_unpack (modes, ones, ones, box);
        for (guint i = 0; i < modes->support.box; i++)
          for (guint j = 0; j < modes->support.box; j++)
            g_assert_cmpfloat (box[i * modes->support.box + j], ==,
                               box[j * modes->support.box + i]);
        g_assert_cmpfloat (box[modes->support.box - 1], ==, 1.0);
        g_assert_cmpfloat (box[modes->support.box * modes->support.box - 1], ==, 0.0);
      }
}

static void
test_round_trip (void)
{
  g_autoptr (PisdModes) modes =
      pisd_modes_new (PISD_MODES_HYPERBOLIC, 16, PISD_BASIS_COSINE, TRUE, NULL);
  g_autofree double *packed = test_random (modes->n, 1);
  g_autofree double *scale = test_random (modes->n, 2);
  g_autofree double *inverse = g_new (double, modes->n);
  g_autofree double *box = g_new (double, modes->support.box * modes->support.box);
  g_autofree double *back = g_new (double, modes->n);

  for (guint i = 0; i < modes->n; i++)
    inverse[i] = 1.0 / scale[i];
  pisd_modes_unpack (modes, packed, scale, box);
  pisd_modes_pack (modes, box, inverse, back);
  test_assert_below (test_difference (back, packed, modes->n), 1e-14);
}

static void
test_out_of_range (void)
{
  static const struct
  {
    PisdModeSet set;
    guint k;
  } bad[] = {
    { PISD_MODES_SQUARE, PISD_MODES_LEAST - 1 },
    { PISD_MODES_SQUARE, PISD_GRID - 1 },
    { PISD_MODES_HYPERBOLIC, PISD_MODES_LEAST_HYPERBOLIC - 1 },
    { PISD_MODES_HYPERBOLIC, PISD_MODES_MOST_HYPERBOLIC + 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_modes_new (bad[i].set, bad[i].k, PISD_BASIS_SINE, FALSE, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/modes/square", test_square);
  g_test_add_func ("/engine/modes/hyperbolic", test_hyperbolic);
  g_test_add_func ("/engine/modes/round-trip", test_round_trip);
  g_test_add_func ("/engine/modes/out-of-range", test_out_of_range);
  return g_test_run ();
}
