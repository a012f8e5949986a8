/* The session without a window: edits, undo, runs. */

#include <string.h>

#include "../pisd-test-flow.h"
#include "explorer-loader.h"
#include "pisd-truth.h"

/* Seconds after which a run that does not end fails the test. */
#define GUARD 60

static void
on_failed (ExplorerSession *session, const char *message, char **last)
{
  g_free (*last);
  *last = g_strdup (message);
}

static gboolean
on_timeout (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until that is `value`. */
static void
wait_until (ExplorerSession *session, gboolean (*is) (ExplorerSession *), gboolean value)
{
  const gint64 end = g_get_monotonic_time () + GUARD * G_USEC_PER_SEC;

  while (is (session) != value)
    {
      const guint source = g_timeout_add (10, on_timeout, NULL);

      g_main_context_iteration (NULL, TRUE);
      g_source_remove (source);
      if (g_get_monotonic_time () > end)
        g_error ("waited %d s in vain", GUARD);
    }
}

static void
wait_for_end (ExplorerSession *session)
{
  wait_until (session, explorer_session_is_running, FALSE);
}

static gboolean
has_frame (ExplorerSession *session)
{
  return explorer_session_get_n_frames (session) > 0;
}

static void
wait_for_frame (ExplorerSession *session)
{
  wait_until (session, has_frame, TRUE);
}

static guint
count (ExplorerSession *session)
{
  return explorer_session_get_scenario (session)->sensors->n;
}

static gboolean
can (ExplorerSession *session, const char *property)
{
  gboolean value;

  g_object_get (session, property, &value, NULL);
  return value;
}

static void
test_bundled (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();

  g_assert_cmpuint (count (session), ==, 500);
  g_assert_nonnull (explorer_session_get_scenario (session)->instance);
  g_assert_false (can (session, "can-undo"));
  g_assert_cmpint (pisd_truth_get_kind (explorer_session_get_scenario (session)), ==,
                   PISD_TRUTH_RANDOM);
}

static void
test_150_levels (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  g_autoptr (PisdScenario) before = NULL;
  g_autoptr (PisdScenario) after = NULL;

  explorer_session_clear_sensors (session);
  before = pisd_scenario_dup (explorer_session_get_scenario (session));
  for (int k = 0; k < 150; k++)
    explorer_session_paint (session, PISD_FIELD_U, 0, k % PISD_GRID, k / PISD_GRID, 0, FALSE);
  after = pisd_scenario_dup (explorer_session_get_scenario (session));
  for (int k = 0; k < 150; k++)
    explorer_session_undo (session);
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (session)), ==, 0);
  for (int k = 0; k < 150; k++)
    explorer_session_redo (session);
  g_assert_cmpuint (pisd_edit_diff (after, explorer_session_get_scenario (session)), ==, 0);
}

static void
test_nothing_is_no_edit (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  const PisdSettings *settings = &explorer_session_get_scenario (session)->settings;

  explorer_session_set_equation (session,
                                 &(PisdEquation){ settings->problem, { settings->constants[0] } });
  explorer_session_set_random_instance (session, settings->family, settings->instance_seed);
  explorer_session_set_setting (session, "steps", "300");
  explorer_session_apply_preset (session, settings->guidance);
  explorer_session_begin_edit (session);
  explorer_session_end_edit (session);
  explorer_session_paint (session, PISD_FIELD_U, 0, 5, 5, 0, TRUE); /* there is none to erase */
  g_assert_false (can (session, "can-undo"));
}

static void
test_every_kind_of_edit_is_one_level (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  g_autoptr (PisdScenario) before = pisd_scenario_dup (explorer_session_get_scenario (session));
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);
  guint n = 0;

  source->data[64 * PISD_GRID + 64] = 1;
  n += explorer_session_set_random_instance (session, PISD_FAMILY_BLOBS, 3);
  n += explorer_session_set_source (session, source);
  n += explorer_session_set_equation (session, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 2 } });
  n += explorer_session_scatter (session, PISD_FIELD_U, 0, 40, 2);
  n += explorer_session_place_grid (session, PISD_FIELD_A, 0, 5, 7);
  n += explorer_session_place_ring (session, PISD_FIELD_U, 0, 64);
  n += explorer_session_set_setting (session, "zeta-pde", "0.25");
  n += explorer_session_apply_preset (session, PISD_GUIDANCE_DPS);
  g_assert_cmpuint (n, ==, 8);
  g_assert_cmpuint (count (session), ==, 35 + 64);
  while (can (session, "can-undo"))
    {
      explorer_session_undo (session);
      n--;
    }
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (session)), ==, 0);
}

static void
test_readings_are_of_the_truth (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  const PisdScenario *scenario;

  explorer_session_set_random_instance (session, PISD_FAMILY_INCLUSIONS, 9);
  explorer_session_set_equation (session, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 3 } });
  scenario = explorer_session_get_scenario (session);
  for (guint k = 0; k < scenario->sensors->n; k++)
    {
      const PisdSensor *sensor = &scenario->sensors->items[k];
      const PisdField *field = pisd_instance_get_field (scenario->instance, sensor->field);
      const guint i = (guint) (sensor->y * (PISD_GRID - 1) + 0.5);
      const guint j = (guint) (sensor->x * (PISD_GRID - 1) + 0.5);

      g_assert_cmpfloat (sensor->value, ==, field->data[i * PISD_GRID + j]);
    }
}

static void
test_ring_carries_information (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  const PisdSensors *sensors;

  explorer_session_clear_sensors (session);
  explorer_session_place_ring (session, PISD_FIELD_U, 0, 100);
  sensors = explorer_session_get_scenario (session)->sensors;
  g_assert_cmpuint (sensors->n, ==, 100);
  for (guint k = 0; k < sensors->n; k++)
    g_assert_cmpfloat (sensors->items[k].value, !=, 0); /* u is 0 on the boundary itself */
}

static void
test_noise_of_new_sensors (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  const PisdScenario *scenario;
  double before;

  explorer_session_clear_sensors (session);
  explorer_session_paint (session, PISD_FIELD_A, 0, 10, 10, 0, FALSE);
  before = explorer_session_get_scenario (session)->sensors->items[0].value;
  explorer_session_set_noise_sd (session, 0.1);
  explorer_session_paint (session, PISD_FIELD_A, 0, 20, 20, 0, FALSE);
  scenario = explorer_session_get_scenario (session);
  g_assert_cmpfloat (scenario->sensors->items[0].value, ==, before);
  g_assert_cmpfloat (scenario->sensors->items[0].sd, ==, 0);
  g_assert_cmpfloat (scenario->sensors->items[1].sd, ==, 0.1);
  g_assert_cmpfloat (
      scenario->sensors->items[1].value, !=,
      pisd_instance_get_field (scenario->instance, PISD_FIELD_A)->data[20 * PISD_GRID + 20]);
}

static void
test_refusals_change_nothing (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  g_autoptr (PisdScenario) before = pisd_scenario_dup (explorer_session_get_scenario (session));
  static const char *const missing[] = { "/nowhere/at/all.npz", NULL };
  g_autoptr (ExplorerLoader) loader = explorer_loader_new (session);
  g_autofree char *message = NULL;

  g_signal_connect (session, "failed", G_CALLBACK (on_failed), &message);
  g_assert_false (explorer_session_set_setting (session, "sigma-max", "1e-5"));
  g_assert_nonnull (message);
  g_clear_pointer (&message, g_free);
  g_assert_false (explorer_session_set_setting (session, "steps", "many"));
  g_assert_nonnull (strstr (message, "Steps"));
  g_clear_pointer (&message, g_free);
  g_assert_false (explorer_session_scatter (session, PISD_FIELD_A, 0, PISD_MAX_SENSORS + 1, 1));
  g_assert_nonnull (message);
  g_clear_pointer (&message, g_free);
  g_signal_connect (loader, "failed", G_CALLBACK (on_failed), &message);
  explorer_loader_open (loader, missing);
  while (explorer_loader_get_reading (loader) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (message, "all.npz"));
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (session)), ==, 0);
  g_assert_false (can (session, "can-undo"));
}

static void
test_preset_follows_the_task (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  const PisdSettings *settings;

  settings = &explorer_session_get_scenario (session)->settings;
  g_assert_cmpfloat (settings->parameters.zeta[PISD_TERM_OBS (0)], >, 0);
  g_assert_cmpfloat (settings->parameters.zeta[PISD_TERM_OBS (1)], ==, 0);
  explorer_session_clear_sensors (session);
  explorer_session_scatter (session, PISD_FIELD_U, 0, 100, 1);
  settings = &explorer_session_get_scenario (session)->settings;
  g_assert_cmpfloat (settings->parameters.zeta[PISD_TERM_OBS (1)], >, 0);
  explorer_session_set_setting (session, "zeta-obs-u", "0.125");
  explorer_session_scatter (session, PISD_FIELD_A, 0, 100, 1); /* chosen by hand: it stays */
  settings = &explorer_session_get_scenario (session)->settings;
  g_assert_cmpfloat (settings->parameters.zeta[PISD_TERM_OBS (1)], ==, 0.125);
}

static void
test_run_is_the_engines (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  g_autoptr (PisdResult) expected = NULL;
  const PisdResult *result;

  explorer_session_set_setting (session, "steps", "25");
  expected = pisd_run (explorer_session_get_scenario (session), NULL, 2, NULL, NULL, NULL);
  g_assert_true (explorer_session_run (session, PISD_PACE_FREE));
  g_assert_null (explorer_session_get_result (session));
  wait_for_end (session);
  result = explorer_session_get_result (session);
  g_assert_cmpuint (explorer_session_get_n_frames (session), ==, 26);
  for (guint k = 0; k < result->n_fields; k++)
    g_assert_cmpmem (result->mean[k]->data, PISD_GRID * PISD_GRID * sizeof (double),
                     expected->mean[k]->data, PISD_GRID * PISD_GRID * sizeof (double));
}

static void
count_signal (guint *n)
{
  (*n)++;
}

static void
test_restarts_and_late_runs (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  guint n_finished = 0;

  g_signal_connect_swapped (session, "run-finished", G_CALLBACK (count_signal), &n_finished);
  for (guint k = 0; k < 5; k++)
    g_assert_true (explorer_session_run (session, PISD_PACE_FREE));
  wait_for_end (session);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_finished, ==, 1);
  g_assert_cmpuint (explorer_session_get_n_frames (session), ==, 301);
}

static void
test_ends_in_mid_run (void)
{
  const PisdPace paces[] = { PISD_PACE_FREE, PISD_PACE_LOCKSTEP, PISD_PACE_PAUSED };

  for (guint k = 0; k < G_N_ELEMENTS (paces); k++)
    {
      ExplorerSession *session = explorer_session_new ();

      g_assert_true (explorer_session_run (session, paces[k]));
      wait_for_frame (session);
      g_assert_finalize_object (session);
      while (g_main_context_pending (NULL))
        g_main_context_iteration (NULL, FALSE);
    }
}

/* A single step is a whole run where there are no steps: the exact posterior's samples are all drawn. */
static void
test_step_of_exact (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();

  explorer_session_apply_preset (session, PISD_GUIDANCE_EXACT);
  g_assert_true (explorer_session_set_setting (session, "samples", "3"));
  explorer_session_step (session);
  wait_for_end (session);
  g_assert_nonnull (explorer_session_get_result (session));
  g_assert_true (explorer_session_get_result (session)->complete);
  g_assert_cmpuint (explorer_session_get_result (session)->n_samples, ==, 3);
}

static void
test_undo_keeps_the_run (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();

  explorer_session_set_setting (session, "steps", "10");
  explorer_session_run (session, PISD_PACE_FREE);
  wait_for_end (session);
  explorer_session_clear_sensors (session);
  explorer_session_undo (session);
  explorer_session_undo (session);
  g_assert_cmpuint (explorer_session_get_n_frames (session), ==, 11);
  g_assert_cmpuint (explorer_session_get_run_settings (session)->steps, ==, 10);
  g_assert_nonnull (explorer_session_get_result (session));
}

static void
keep_flags (ExplorerSession *session, guint flags, guint *last)
{
  *last = flags;
}

/* Whoever runs again after an edit runs again after its undo too. */
static void
test_undo_is_committed (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  guint last = 0;

  explorer_session_clear_sensors (session);
  g_signal_connect (session, "committed", G_CALLBACK (keep_flags), &last);
  explorer_session_undo (session);
  g_assert_true (last & PISD_CHANGE_SENSORS);
  last = 0;
  explorer_session_redo (session);
  g_assert_true (last & PISD_CHANGE_SENSORS);
  last = 0;
  explorer_session_redo (session); /* there is nothing more */
  g_assert_cmpuint (last, ==, 0);
}

static void
keep_keys (ExplorerSession *session, char **keys, char **last)
{
  g_free (*last);
  *last = g_strjoinv (" ", keys);
}

/* The step follows the covariance, in the same level of undo, and that is said. */
static void
test_settings_go_together (void)
{
  g_autoptr (ExplorerSession) session = explorer_session_new ();
  g_autofree char *keys = NULL;
  g_autofree char *message = NULL;
  const PisdSettings *settings;

  explorer_session_apply_preset (session, PISD_GUIDANCE_SECOND_ORDER);
  g_signal_connect (session, "adjusted", G_CALLBACK (keep_keys), &keys);
  g_signal_connect (session, "failed", G_CALLBACK (on_failed), &message);
  g_assert_true (explorer_session_set_setting (session, "covariance", "jacobian"));
  g_assert_cmpstr (keys, ==, "sampler");
  g_assert_null (message);
  settings = &explorer_session_get_scenario (session)->settings;
  g_assert_cmpint (settings->covariance, ==, PISD_COVARIANCE_JACOBIAN);
  g_assert_cmpint (settings->sampler, ==, PISD_SAMPLER_HEUN);
  g_clear_pointer (&keys, g_free);
  g_assert_true (explorer_session_set_setting (session, "space", "joint"));
  g_assert_null (keys); /* nothing more has to change */
  explorer_session_undo (session);
  explorer_session_undo (session);
  settings = &explorer_session_get_scenario (session)->settings;
  g_assert_cmpint (settings->covariance, ==, PISD_COVARIANCE_GAUSSIAN);
  g_assert_cmpint (settings->sampler, ==, PISD_SAMPLER_EXACT);
}

/* A beginning that is drawn is solved beside the session. */

static ExplorerSession *
new_flow (void)
{
  ExplorerSession *session = explorer_session_new ();
  const PisdEquation flow = { test_flow_get_problem (), { 1e-3 } };

  explorer_session_clear_sensors (session);
  g_assert_true (explorer_session_set_equation (session, &flow));
  return session;
}

static PisdInstance *
get_truth (ExplorerSession *session)
{
  return explorer_session_get_scenario (session)->instance;
}

static void
draw (ExplorerSession *session, guint node)
{
  g_autoptr (PisdField) source = explorer_session_dup_source (session);

  explorer_session_begin_edit (session);
  source->data[node] += 3.0;
  explorer_session_draw (session, source);
  explorer_session_end_edit (session);
}

/* The second stroke is over before the first one is solved. */
static void
test_two_strokes_are_one_edit (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  g_autoptr (PisdInstance) before = pisd_instance_ref (get_truth (session));

  draw (session, 1000);
  draw (session, 9000);
  wait_until (session, explorer_session_is_editing, FALSE);
  g_assert_null (explorer_session_get_drawn (session));
  g_assert_false (pisd_instance_equal (before, get_truth (session)));
  explorer_session_undo (session);
  g_assert_true (pisd_instance_equal (before, get_truth (session)));
}

/* What is solved late does not replace a truth that came after it. */
static void
test_newer_truth_stays (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  g_autoptr (PisdInstance) newer = NULL;

  draw (session, 1000);
  g_assert_true (explorer_session_set_random_instance (session, PISD_FAMILY_GRF, 7));
  newer = pisd_instance_ref (get_truth (session));
  g_assert_null (explorer_session_get_drawn (session));
  g_assert_false (explorer_session_is_editing (session));
  draw (session, 9000); /* comes after the first one on the same thread */
  wait_until (session, explorer_session_is_editing, FALSE);
  explorer_session_undo (session);
  g_assert_true (pisd_instance_equal (newer, get_truth (session)));
}

static void
test_drawn_with_another_viscosity (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  const PisdEquation other = { test_flow_get_problem (), { 2e-3 } };
  g_autoptr (PisdInstance) expected = NULL;
  g_autoptr (PisdField) drawn = NULL;

  draw (session, 1000);
  drawn = explorer_session_dup_source (session);
  g_assert_true (explorer_session_set_equation (session, &other));
  wait_until (session, explorer_session_is_editing, FALSE);
  expected = pisd_instance_new_from_source (&other, drawn, NULL, NULL);
  g_assert_true (pisd_instance_equal (expected, get_truth (session)));
}

/* Of a new run's first frame. */
static PisdRepresentation *
begin_run (ExplorerSession *session)
{
  g_assert_true (explorer_session_run (session, PISD_PACE_PAUSED));
  explorer_session_step (session);
  wait_until (session, has_frame, TRUE);
  return explorer_session_get_representation (session);
}

static double
get_viscosity (ExplorerSession *session)
{
  return pisd_settings_get_equation (&explorer_session_get_scenario (session)->settings)
      .constants[0];
}

/* A viscosity is one edit with what it makes of the flow; the window goes on meanwhile, and may give
 * it up. */
static void
test_viscosity_of_a_drawn_flow (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  g_autoptr (PisdInstance) before = NULL;
  const double first = get_viscosity (session);

  draw (session, 1000);
  wait_until (session, explorer_session_is_editing, FALSE);
  before = pisd_instance_ref (get_truth (session));
  g_assert_true (explorer_session_set_setting (session, "viscosity", "2e-3"));
  g_assert_true (pisd_instance_equal (before, get_truth (session)));
  wait_until (session, explorer_session_is_editing, FALSE);
  g_assert_cmpfloat (get_viscosity (session), ==, 2e-3);
  g_assert_false (pisd_instance_equal (before, get_truth (session)));
  explorer_session_undo (session);
  g_assert_cmpfloat (get_viscosity (session), ==, first);
  g_assert_true (pisd_instance_equal (before, get_truth (session)));
  g_assert_true (explorer_session_set_setting (session, "viscosity", "3e-3"));
  g_assert_true (explorer_session_stop_solving (session));
  g_assert_false (explorer_session_stop_solving (session));
  g_assert_false (explorer_session_is_editing (session));
  g_assert_cmpfloat (get_viscosity (session), ==, first);
}

static void
on_changed (guint *all, guint flags)
{
  *all |= flags;
}

/* What is typed while a flow is being solved starts from what was typed before. */
static void
test_viscosity_typed_back (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  PisdSettings settings;
  guint flags = 0;

  draw (session, 1000);
  wait_until (session, explorer_session_is_editing, FALSE);
  g_assert_true (explorer_session_set_setting (session, "viscosity", "2e-3"));
  explorer_session_get_coming_settings (session, &settings);
  g_assert_cmpfloat (pisd_settings_get_equation (&settings).constants[0], ==, 2e-3);
  g_assert_true (explorer_session_set_setting (session, "steps", "7"));
  g_assert_cmpfloat (get_viscosity (session), ==, 1e-3);
  g_assert_true (explorer_session_set_setting (session, "viscosity", "1e-3"));
  wait_until (session, explorer_session_is_editing, FALSE);
  g_assert_cmpfloat (get_viscosity (session), ==, 1e-3);
  g_assert_true (explorer_session_set_setting (session, "viscosity", "2e-3"));
  g_signal_connect_swapped (session, "scenario-changed", G_CALLBACK (on_changed), &flags);
  g_assert_true (explorer_session_stop_solving (session));
  g_assert_true (flags & PISD_CHANGE_SETTINGS); /* rows show what is there again */
}

/* Of what cannot be solved only the flow is dropped, where a newer one follows. */
static void
test_viscosity_outlives_a_refused_flow (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  g_autoptr (PisdField) violent = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) calm = explorer_session_dup_source (session);

  for (guint k = 0; k < PISD_GRID * PISD_GRID; k++)
    violent->data[k] = k % 2 == 0 ? 1e3 : -1e3;
  explorer_session_begin_edit (session);
  explorer_session_draw (session, violent);
  g_assert_true (explorer_session_set_setting (session, "viscosity", "2e-3"));
  explorer_session_draw (session, calm);
  explorer_session_end_edit (session);
  wait_until (session, explorer_session_is_editing, FALSE);
  g_assert_cmpfloat (get_viscosity (session), ==, 2e-3);
}

/* Its scales are simulated once, by the run's thread. */
static void
test_representation_is_made_once (void)
{
  g_autoptr (ExplorerSession) session = new_flow ();
  PisdRepresentation *first = begin_run (session);

  g_assert_nonnull (first);
  g_assert_true (begin_run (session) == first);
  g_assert_true (explorer_session_set_setting (session, "modes", "20"));
  g_assert_cmpuint (pisd_representation_get_modes (begin_run (session), 0)->n, <, 21 * 21 * 4);
  explorer_session_stop (session);
  wait_for_end (session);
}

int
main (int argc, char *argv[])
{
  test_flow_get_problem (); /* before anybody asks for the list */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/session/bundled", test_bundled);
  g_test_add_func ("/app/session/150-levels", test_150_levels);
  g_test_add_func ("/app/session/nothing-is-no-edit", test_nothing_is_no_edit);
  g_test_add_func ("/app/session/every-edit-is-one-level", test_every_kind_of_edit_is_one_level);
  g_test_add_func ("/app/session/readings-are-of-the-truth", test_readings_are_of_the_truth);
  g_test_add_func ("/app/session/ring-carries-information", test_ring_carries_information);
  g_test_add_func ("/app/session/noise-of-new-sensors", test_noise_of_new_sensors);
  g_test_add_func ("/app/session/refusals-change-nothing", test_refusals_change_nothing);
  g_test_add_func ("/app/session/preset-follows-the-task", test_preset_follows_the_task);
  g_test_add_func ("/app/session/run-is-the-engines", test_run_is_the_engines);
  g_test_add_func ("/app/session/restarts", test_restarts_and_late_runs);
  g_test_add_func ("/app/session/ends-in-mid-run", test_ends_in_mid_run);
  g_test_add_func ("/app/session/step-of-exact", test_step_of_exact);
  g_test_add_func ("/app/session/undo-keeps-the-run", test_undo_keeps_the_run);
  g_test_add_func ("/app/session/undo-is-committed", test_undo_is_committed);
  g_test_add_func ("/app/session/settings-go-together", test_settings_go_together);
  g_test_add_func ("/app/session/two-strokes-are-one-edit", test_two_strokes_are_one_edit);
  g_test_add_func ("/app/session/newer-truth-stays", test_newer_truth_stays);
  g_test_add_func ("/app/session/drawn-with-another-viscosity", test_drawn_with_another_viscosity);
  g_test_add_func ("/app/session/viscosity-of-a-drawn-flow", test_viscosity_of_a_drawn_flow);
  g_test_add_func ("/app/session/viscosity-typed-back", test_viscosity_typed_back);
  g_test_add_func ("/app/session/viscosity-outlives-a-refused-flow",
                   test_viscosity_outlives_a_refused_flow);
  g_test_add_func ("/app/session/representation-is-made-once", test_representation_is_made_once);
  return g_test_run ();
}
