#include "pisd-observation.h"

#include "pisd-scatter.h"
#include "pisd-test.h"

#define S PISD_GRID

static PisdRepresentation *
representation (PisdProblemId problem, PisdModeSet mode_set)
{
  PisdSettings settings = test_settings (problem, mode_set, 14);

  return pisd_representation_new (&settings, NULL);
}

/* On the nodes, H z is the decoded field. */
static void
test_nodes (gconstpointer data)
{
  g_autoptr (PisdRepresentation) r = representation (GPOINTER_TO_INT (data), PISD_MODES_SQUARE);
  g_autofree double *z = test_random (pisd_representation_get_n (r), 1);
  g_autoptr (PisdField) field = pisd_field_new (S, S);
  const PisdOperator *info = pisd_operator_get (pisd_representation_get_equation (r)->problem);

  for (guint f = 0; f < info->n_fields; f++)
    {
      g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
      g_autoptr (PisdObservation) h = NULL;
      g_autofree double *read = NULL;

      for (guint p = 0; p < S * S; p += 97)
        {
          PisdSensor s = test_sensor_at_node (NULL, info->fields[f].id, p / S, p % S, 0.0);

          pisd_sensors_add (sensors, &s);
        }
      h = pisd_observation_new (r, f, sensors);
      read = g_new (double, pisd_observation_get_n (h));
      pisd_observation_apply (h, z + pisd_representation_get_offset (r, f, NULL), read);
      pisd_representation_decode (r, z, f, field);
      for (guint s = 0; s < sensors->n; s++)
        test_assert_close (read[s], field->data[97 * s], 1e-13);
    }
}

static void
test_adjoint (gconstpointer data)
{
  g_autoptr (PisdRepresentation) r =
      representation (PISD_PROBLEM_HELMHOLTZ, GPOINTER_TO_INT (data));
  g_autoptr (PisdSensors) sensors = test_sensors (40);

  for (guint f = 0; f < 2; f++)
    {
      g_autoptr (PisdObservation) h = pisd_observation_new (r, f, sensors);
      guint n = pisd_observation_get_n (h);
      gsize n_z;
      g_autofree double *z = NULL, *back = NULL;
      g_autofree double *read = g_new (double, n);
      g_autofree double *v = test_random (n, 2);

      g_assert_cmpuint (n, ==, 40);
      pisd_representation_get_offset (r, f, &n_z);
      z = test_random (n_z, 3);
      back = g_new (double, n_z);
      pisd_observation_apply (h, z, read);
      pisd_observation_apply_adjoint (h, v, back);
      test_assert_close (test_dot (read, v, n) / test_dot (z, back, n_z), 1.0, 1e-11);
    }
}

/* On the boundary u carries no information, a zeroed source neither, Poisson's source does. */
static void
test_boundary (void)
{
  static const struct
  {
    PisdProblemId problem;
    guint field;
    gboolean informative;
  } facts[] = {
    { PISD_PROBLEM_POISSON, 0, TRUE },
    { PISD_PROBLEM_POISSON, 1, FALSE },
    { PISD_PROBLEM_HELMHOLTZ, 0, FALSE },
    { PISD_PROBLEM_HELMHOLTZ, 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr (PisdRepresentation) r = representation (facts[i].problem, PISD_MODES_SQUARE);
      g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
      g_autoptr (PisdObservation) h = NULL;
      g_autofree double *z = test_random (pisd_representation_get_n (r), 4);
      PisdSensor s = { .field = (PisdFieldId) facts[i].field, .x = 1.0, .y = 0.37 };
      double read;

      pisd_sensors_add (sensors, &s);
      h = pisd_observation_new (r, facts[i].field, sensors);
      pisd_observation_apply (h, z + pisd_representation_get_offset (r, facts[i].field, NULL),
                              &read);
      g_assert_cmpint (read != 0.0, ==, facts[i].informative);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/observation/nodes/poisson", GINT_TO_POINTER (PISD_PROBLEM_POISSON),
                        test_nodes);
  g_test_add_data_func ("/engine/observation/nodes/helmholtz",
                        GINT_TO_POINTER (PISD_PROBLEM_HELMHOLTZ), test_nodes);
  g_test_add_data_func ("/engine/observation/adjoint/square", GINT_TO_POINTER (PISD_MODES_SQUARE),
                        test_adjoint);
  g_test_add_data_func ("/engine/observation/adjoint/hyperbolic",
                        GINT_TO_POINTER (PISD_MODES_HYPERBOLIC), test_adjoint);
  g_test_add_func ("/engine/observation/boundary", test_boundary);
  return g_test_run ();
}
