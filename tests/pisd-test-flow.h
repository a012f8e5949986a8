/* The equation of flows, whether the list of equations has it or not, and random flows; a row with the benchmark's
 * first and last frame alone, the golden flow and sensors on it.  A main function asks for the
 * problem before anything else, so that the settings know its constants. */
#pragma once

#include <string.h>

#include "pisd-npz.h"
#include "pisd-scenario.h"
#include "pisd-test.h"

#define TEST_S PISD_GRID

extern const PisdOperator pisd_navier_stokes;

static inline PisdProblemId
test_flow_get_problem (void)
{
  for (guint id = 0; id < pisd_operator_get_n (); id++)
    if (pisd_operator_get (id) == &pisd_navier_stokes)
      return id;
  return pisd_operator_register (&pisd_navier_stokes);
}

static inline PisdInstance *
test_flow_new (guint64 seed)
{
  g_autoptr (GError) error = NULL;
  PisdInstance *flow = pisd_instance_new_random (TEST_EQUATION (test_flow_get_problem (), 1e-3),
                                                 PISD_FAMILY_GRF, seed, &error);

  g_assert_no_error (error);
  return flow;
}

static inline void
test_fill_two_frames (const double *constants, PisdVorticityShape *shape)
{
  *shape = (PisdVorticityShape){ 0, 2, 0, constants[0], 1.0, 0.1 };
}

/* The benchmark's task, as the numpy reference solves it: nothing between the first and the last
 * frame. */
static inline PisdProblemId
test_flow_problem_of_two (void)
{
  static const PisdFlowOps flow = { test_fill_two_frames };
  static PisdFieldInfo fields[2];
  static PisdOperator row;

  fields[0] = pisd_navier_stokes.fields[0];
  fields[1] = pisd_navier_stokes.fields[1];
  fields[1].n_frames = 1;
  fields[1].times[0] = 1.0;
  row = pisd_navier_stokes;
  row.name = "two-frames";
  row.fields = fields;
  row.flow = &flow;
  return pisd_operator_register (&row);
}

static inline PisdSettings
test_flow_settings (PisdProblemId problem, guint modes)
{
  PisdSettings settings = test_settings (problem, PISD_MODES_SQUARE, modes);

  settings.constants[0] = 1e-3;
  settings.space = PISD_SPACE_DECOUPLED;
  settings.mean_sd = 0.0;
  return settings;
}

static inline PisdArray *
test_read_golden (const char *file, const char *name)
{
  const char *names[] = { name, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), file, NULL);
  g_autoptr (GPtrArray) arrays = pisd_npz_read (path, names, 4 * TEST_S * TEST_S, &error);

  g_assert_no_error (error);
  return g_ptr_array_steal_index (arrays, 0);
}

/* The golden flow's frames are those of t = 0, 1/9, 5/9 and 1: `last` is the index of the last. */
#define TEST_LAST 3

/* Readings of the golden flow: frame 0 at `n_first` nodes, its last one at `n_last`. */
static inline PisdSensors *
test_golden_sensors (guint n_first, guint n_last)
{
  g_autoptr (PisdArray) w = test_read_golden ("navier-stokes-00.npz", "w");
  g_autoptr (PisdArray) a = test_read_golden ("navier-stokes-00.npz", "observed_a");
  g_autoptr (PisdArray) u = test_read_golden ("navier-stokes-00.npz", "observed_u");
  PisdSensors *sensors = pisd_sensors_new ();

  for (guint i = 0; i < n_first + n_last; i++)
    {
      gboolean first = i < n_first;
      guint node = (guint) (first ? a->data[i] : u->data[i - n_first]);

      pisd_sensors_add (
          sensors,
          &(PisdSensor){ .field = first ? PISD_FIELD_A : PISD_FIELD_U,
                         .x = (double) (node % TEST_S) / TEST_S,
                         .y = (double) (node / TEST_S) / TEST_S,
                         .t = first ? 0.0 : 1.0,
                         .value = w->data[(first ? 0 : TEST_LAST) * TEST_S * TEST_S + node] });
    }
  return sensors;
}
