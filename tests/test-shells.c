/* Power by wave number: one mode lies in one shell, and all shells together are the mean square. */
#include "pisd-shells.h"

#include "pisd-field.h"
#include "pisd-test.h"

/* For every basis, on a field that has all modes. */
static void
test_parseval (void)
{
  for (PisdBasis basis = 0; basis < PISD_N_BASES; basis++)
    {
      g_autoptr (PisdShells) shells = pisd_shells_new (basis);
      g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
      g_autofree double *power = g_new (double, pisd_shells_get_n (shells));
      double sum = 0.0, square;

      for (guint k = 0; k < PISD_GRID * PISD_GRID; k++)
        field->data[k] = sin (0.37 * k * k) + 0.2;
      if (basis == PISD_BASIS_SINE)
        pisd_field_zero_boundary (field);
      square = pow (pisd_field_norm (field) / PISD_GRID, 2);
      pisd_shells_compute (shells, field->data, power);
      for (guint k = 0; k < pisd_shells_get_n (shells); k++)
        sum += power[k];
      g_assert_cmpfloat_with_epsilon (sum, square, 1e-12 * square);
    }
}

/* cos 2 pi (3 x) cos 2 pi (4 y) lies at k = 5 and has a quarter; a constant at k = 0. */
static void
test_mode (void)
{
  g_autoptr (PisdShells) shells = pisd_shells_new (PISD_BASIS_PERIODIC);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autofree double *power = g_new (double, pisd_shells_get_n (shells));

  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      field->data[i * PISD_GRID + j] =
          2.0 + cos (2.0 * G_PI * 3.0 * j / PISD_GRID) * cos (2.0 * G_PI * 4.0 * i / PISD_GRID);
  pisd_shells_compute (shells, field->data, power);
  for (guint k = 0; k < pisd_shells_get_n (shells); k++)
    g_assert_cmpfloat_with_epsilon (power[k], k == 0 ? 4.0 : k == 5 ? 0.25 : 0.0, 1e-13);
  g_assert_cmpuint (pisd_shells_get_basis (shells), ==, PISD_BASIS_PERIODIC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/shells/parseval", test_parseval);
  g_test_add_func ("/maths/shells/mode", test_mode);
  return g_test_run ();
}
