#include "pisd-readings.h"

#include "pisd-basis.h"
#include "pisd-grf.h"

#include "pisd-solver.h"
#include "pisd-test.h"

#define S PISD_GRID

typedef struct
{
  PisdModes *modes;
  double *scale;
  PisdSite *sites;
  guint n;
  PisdReadings *readings;
} Fixture;

/* Six sensors on u on one line, and three on another. */
static void
add_lines (PisdSensors *sensors)
{
  for (guint i = 0; i < 9; i++)
    {
      PisdSensor s = {
        .field = PISD_FIELD_U, .x = 0.07 * (i + 1), .y = i < 6 ? 0.3 : 0.95, .t = 1.0
      };

      pisd_sensors_add (sensors, &s);
    }
}

static void
fixture_init (Fixture *f, PisdProblemId problem, PisdModeSet set, guint k)
{
  g_autoptr (PisdSensors) sensors = test_sensors (25);

  f->modes = pisd_modes_new (set, k, PISD_BASIS_COSINE, TRUE, NULL);
  f->scale = g_new (double, f->modes->n);
  for (guint i = 0; i < f->modes->n; i++)
    f->scale[i] = pisd_grf_scale (f->modes->ky[i], f->modes->kx[i]);
  add_lines (sensors);
  f->sites = pisd_sites_new (problem, sensors, &f->n);
  f->readings =
      pisd_readings_new (TEST_EQUATION (problem, 3.0), f->modes, f->scale, f->sites, f->n, NULL);
}

static void
fixture_clear (Fixture *f)
{
  pisd_readings_free (f->readings);
  g_free (f->sites);
  g_free (f->scale);
  pisd_modes_free (f->modes);
}

/* <H z, f> = <z, H' f>, and rows are what the product is made of. */
static void
test_adjoint (gconstpointer data)
{
  Fixture f;
  g_autofree double *z = NULL, *v = NULL, *read = NULL, *back = NULL, *rows = NULL;

  fixture_init (&f, PISD_PROBLEM_HELMHOLTZ, GPOINTER_TO_INT (data), 16);
  z = test_random (f.modes->n, 1);
  v = test_random (f.n, 2);
  read = g_new (double, f.n);
  back = g_new (double, f.modes->n);
  rows = g_new (double, f.n *f.modes->n);
  pisd_readings_apply (f.readings, z, read);
  pisd_readings_apply_adjoint (f.readings, v, back);
  test_assert_close (test_dot (read, v, f.n) / test_dot (z, back, f.modes->n), 1.0, 1e-11);
  /* In two pieces, of which the second begins in the middle of a line. */
  pisd_readings_fill_rows (f.readings, 0, f.n - 2, rows);
  pisd_readings_fill_rows (f.readings, f.n - 2, 2, rows + (f.n - 2) * f.modes->n);
  for (guint i = 0; i < f.n; i++)
    test_assert_close (test_dot (rows + i * f.modes->n, z, f.modes->n), read[i], 1e-12);
  fixture_clear (&f);
}

/* On nodes the readings are the fields themselves: the source, and its exact solution with all its modes. */
static void
test_fields (void)
{
  g_autoptr (PisdModes) modes =
      pisd_modes_new (PISD_MODES_SQUARE, 20, PISD_BASIS_COSINE, TRUE, NULL);
  g_autofree double *scale = g_new (double, modes->n);
  g_autofree double *box = g_new0 (double, 20 * 20);
  g_autofree double *z = test_random (modes->n, 3);
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_COSINE, 20, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) u = pisd_field_new (S, S);
  g_autoptr (PisdReadings) readings = NULL;
  g_autoptr (PisdSolver) solver = pisd_solver_new (TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, 2.0));
  PisdField *const fields[] = { a, u };
  PisdSite sites[20];
  double read[20];

  for (guint i = 0; i < modes->n; i++)
    scale[i] = pisd_grf_scale (modes->ky[i], modes->kx[i]);
  pisd_modes_unpack (modes, z, scale, box);
  pisd_transform_synthesize (transform, box, a->data);
  pisd_solver_complete (solver, fields);
  for (guint i = 0; i < 20; i++)
    sites[i] = (PisdSite){ .field = i < 10 ? PISD_FIELD_A : PISD_FIELD_U,
                           .x = (3.0 + 5 * i) / (S - 1),
                           .y = (7.0 + 2 * i) / (S - 1) };
  readings = pisd_readings_new (TEST_EQUATION (PISD_PROBLEM_HELMHOLTZ, 2.0), modes, scale, sites,
                                20, NULL);
  pisd_readings_apply (readings, z, read);
  for (guint i = 0; i < 20; i++)
    test_assert_close (read[i], (i < 10 ? a : u)->data[(7 + 2 * i) * S + 3 + 5 * i], 1e-12);
  test_assert_below (1e-3, fabs (read[15]));
}

/* Sites on nodes of the source come first, and know their node; those beside one do not. */
static void
test_nodes (void)
{
  static const PisdSensor given[] = {
    { PISD_FIELD_U, 5.0 / 127, 9.0 / 127, 1.0, 7.0, 0.0 },
    { PISD_FIELD_A, 5.0 / 127 + 1e-8, 9.0 / 127, 0.0, 1.0, 0.0 },
    { PISD_FIELD_A, 5.0 / 127, 10.0 / 127, 0.0, 2.0, 0.0 },
    { PISD_FIELD_A, 1.0, 9.0 / 127 + 1e-13, 0.0, 3.0, 0.0 },
  };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autofree PisdSite *sites = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    pisd_sensors_add (sensors, &given[i]);
  sites = pisd_sites_new (PISD_PROBLEM_POISSON, sensors, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (sites[0].node, ==, 9 * S + 127);
  g_assert_cmpint (sites[1].node, ==, 10 * S + 5);
  g_assert_cmpint (sites[2].node, ==, -1);
  g_assert_cmpint (sites[3].node, ==, -1);
  test_assert_close (sites[2].value, 1.0, 0.0);
  for (guint i = 1; i < n; i++)
    g_assert_cmpint (pisd_site_compare (&sites[i - 1], &sites[i]), <, 0);
}

/* Two readings on either side of a node, each of them the node's, are one site. */
static void
test_around_a_node (void)
{
  static const PisdSensor given[] = {
    { PISD_FIELD_A, 5.0 / 127 - 9e-10, 9.0 / 127, 0.0, 1.0, 0.0 },
    { PISD_FIELD_A, 5.0 / 127 + 9e-10, 9.0 / 127, 0.0, 3.0, 0.0 },
  };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autofree PisdSite *sites = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    pisd_sensors_add (sensors, &given[i]);
  sites = pisd_sites_new (PISD_PROBLEM_POISSON, sensors, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (sites[0].node, ==, 9 * S + 5);
  test_assert_close (sites[0].value, 2.0, 1e-15);
}

/* Merged where they meet, dropped where they say nothing, sorted. */
static void
test_sites (void)
{
  static const PisdSensor given[] = {
    { PISD_FIELD_U, 0.5, 0.5, 1.0, 7.0, 0.0 },  { PISD_FIELD_A, 0.2, 0.3, 0.0, 1.0, 0.0 },
    { PISD_FIELD_A, 0.2, 0.3, 0.0, 3.0, 0.0 },  { PISD_FIELD_A, 0.7, 0.3, 0.0, 10.0, 1.0 },
    { PISD_FIELD_A, 0.7, 0.3, 0.0, 20.0, 2.0 }, { PISD_FIELD_U, 0.0, 0.5, 1.0, 5.0, 0.0 },
    { PISD_FIELD_A, 0.9, 0.9, 0.0, 4.0, 0.5 },  { PISD_FIELD_A, 0.9, 0.9, 0.0, 6.0, 0.0 },
  };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autofree PisdSite *sites = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    pisd_sensors_add (sensors, &given[i]);
  sites = pisd_sites_new (PISD_PROBLEM_POISSON, sensors, &n);
  g_assert_cmpuint (n, ==, 4);
  test_assert_close (sites[0].value, 2.0, 1e-15);
  test_assert_close (sites[0].variance, 0.0, 0.0);
  test_assert_close (sites[1].value, (10.0 * 4.0 + 20.0 * 1.0) / 5.0, 1e-14);
  test_assert_close (sites[1].variance, 4.0 / 5.0, 1e-15);
  test_assert_close (sites[2].value, 6.0, 0.0);
  test_assert_close (sites[2].variance, 0.0, 0.0);
  g_assert_cmpint (sites[3].field, ==, PISD_FIELD_U);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/readings/adjoint/square", GINT_TO_POINTER (PISD_MODES_SQUARE),
                        test_adjoint);
  g_test_add_data_func ("/engine/readings/adjoint/hyperbolic",
                        GINT_TO_POINTER (PISD_MODES_HYPERBOLIC), test_adjoint);
  g_test_add_func ("/engine/readings/fields", test_fields);
  g_test_add_func ("/engine/readings/nodes", test_nodes);
  g_test_add_func ("/engine/readings/around-a-node", test_around_a_node);
  g_test_add_func ("/engine/readings/sites", test_sites);
  return g_test_run ();
}
