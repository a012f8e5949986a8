/* pisd-half-plane, and pisd-plane below it. */
#include "pisd-half-plane.h"

#include "pisd-basis.h"
#include "pisd-test.h"

#define S PISD_GRID

/* Places of the benchmark's grid through the amplitudes are those through the real modes. */
static void
test_same_field (void)
{
  enum
  {
    REACH = 10,
    SIDE = 2 * REACH + 1
  };
  g_autofree double *box = test_random (SIDE * SIDE, 1);
  g_autofree double *grid = g_new (double, S *S);
  g_autofree PisdComplex *half = g_new (PisdComplex, pisd_half_plane_get_n (REACH));
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, SIDE, PISD_TRANSFORM_AUTO);

  pisd_half_plane_from_box (REACH, box, half);
  pisd_transform_synthesize (transform, box, grid);
  for (guint p = 5; p < S * S; p += 1201)
    {
      double y = (double) (p / S) / S, x = (double) (p % S) / S, sum = 0.0;

      for (int ky = -REACH; ky <= REACH; ky++)
        for (guint kx = 0; kx <= REACH; kx++)
          {
            PisdComplex f = half[pisd_half_plane_index (REACH, ky, kx)];
            double phase = 2.0 * G_PI * (ky * y + kx * x);

            sum += (kx > 0 ? 2.0 : 1.0) * (f.re * cos (phase) - f.im * sin (phase));
          }
      test_assert_close (grid[p], sum, 1e-12);
    }
}

/* There and back, and the real field's missing half at kx = 0. */
static void
test_inverse (void)
{
  enum
  {
    REACH = 5,
    SIDE = 2 * REACH + 1
  };
  g_autofree double *box = test_random (SIDE * SIDE, 2);
  double back[SIDE * SIDE];
  g_autofree PisdComplex *half = g_new (PisdComplex, pisd_half_plane_get_n (REACH));

  pisd_half_plane_from_box (REACH, box, half);
  for (int ky = 0; ky <= REACH; ky++)
    {
      PisdComplex p = half[pisd_half_plane_index (REACH, ky, 0)];
      PisdComplex q = half[pisd_half_plane_index (REACH, -ky, 0)];

      test_assert_close (p.re, q.re, 1e-15);
      test_assert_close (p.im, -q.im, 1e-15);
    }
  pisd_half_plane_to_box (REACH, half, back);
  test_assert_below (test_difference (back, box, SIDE * SIDE), 1e-15);
}

/* A box of another side is the same field where both sides suffice. */
static void
test_resize (void)
{
  g_autofree double *box = test_random (7 * 7, 3);
  double large[11 * 11], back[7 * 7];

  pisd_periodic_resize (7, box, 11, large);
  test_assert_close (test_norm (large, 11 * 11), test_norm (box, 7 * 7), 1e-14);
  pisd_periodic_resize (11, large, 7, back);
  test_assert_below (test_difference (back, box, 7 * 7), 0.0);
}

/* One mode, and then all of them with rubbish beyond the reach: nodes by the definition, and back. */
static void
test_plane (void)
{
  enum
  {
    SIZE = 16,
    REACH = 4
  };
  g_autoptr (PisdPlane) plane = pisd_plane_new (SIZE, REACH);
  PisdComplex *values = pisd_plane_new_values (plane, 1);
  g_autofree double *random = test_random (2 * SIZE * SIZE, 4);
  PisdComplex kept[SIZE * SIZE];

  for (guint i = 0; i < SIZE * SIZE; i++)
    kept[i] = values[i] = (PisdComplex){ random[2 * i], random[2 * i + 1] };
  pisd_plane_to_nodes (plane, values);
  for (guint p = 0; p < SIZE * SIZE; p += 37)
    {
      double re = 0.0, im = 0.0;

      for (int ky = -REACH; ky <= REACH; ky++)
        for (int kx = -REACH; kx <= REACH; kx++)
          {
            PisdComplex f = kept[(ky + SIZE) % SIZE * SIZE + (kx + SIZE) % SIZE];
            double phase = 2.0 * G_PI * (ky * (int) (p / SIZE) + kx * (int) (p % SIZE)) / SIZE;

            re += f.re * cos (phase) - f.im * sin (phase);
            im += f.re * sin (phase) + f.im * cos (phase);
          }
      test_assert_close (values[p].re, re, 1e-12);
      test_assert_close (values[p].im, im, 1e-12);
    }
  pisd_plane_to_modes (plane, values);
  for (int ky = -REACH; ky <= REACH; ky++)
    for (int kx = -REACH; kx <= REACH; kx++)
      {
        guint at = (ky + SIZE) % SIZE * SIZE + (kx + SIZE) % SIZE;

        test_assert_close (values[at].re / (SIZE * SIZE), kept[at].re, 1e-13);
        test_assert_close (values[at].im / (SIZE * SIZE), kept[at].im, 1e-13);
      }
  pisd_plane_free_values (values);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/half-plane/same-field", test_same_field);
  g_test_add_func ("/engine/half-plane/inverse", test_inverse);
  g_test_add_func ("/engine/half-plane/resize", test_resize);
  g_test_add_func ("/engine/plane/definition", test_plane);
  return g_test_run ();
}
