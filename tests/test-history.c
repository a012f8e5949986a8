/* Undo and redo as whole scenarios. */

#include "pisd-history.h"

static PisdScenario *
make (guint steps)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings.steps = steps;
  return scenario;
}

static PisdScenario *
push_levels (PisdHistory *history, guint n)
{
  for (guint k = 1; k <= n; k++)
    pisd_history_push (history, make (k), NULL, 0);
  return make (n + 1);
}

static void
test_there_and_back (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (200, 200, 0);
  PisdScenario *present = push_levels (history, 150);

  for (guint k = 150; k >= 1; k--)
    {
      present = pisd_history_undo (history, present);
      g_assert_cmpuint (present->settings.steps, ==, k);
    }
  g_assert_null (pisd_history_undo (history, present));
  for (guint k = 2; k <= 151; k++)
    {
      present = pisd_history_redo (history, present);
      g_assert_cmpuint (present->settings.steps, ==, k);
    }
  g_assert_null (pisd_history_redo (history, present));
  pisd_scenario_free (present);
}

static void
test_oldest_goes (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (100, 100, 0);
  PisdScenario *present = push_levels (history, 120);

  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 100);
  while (pisd_history_get_n_undo (history) > 0)
    present = pisd_history_undo (history, present);
  g_assert_cmpuint (present->settings.steps, ==, 21);
  pisd_scenario_free (present);
}

static void
test_edit_forgets_redo (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (100, 100, 0);
  PisdScenario *present = push_levels (history, 3);

  present = pisd_history_undo (history, present);
  g_assert_cmpuint (pisd_history_get_n_redo (history), ==, 1);
  pisd_history_push (history, present, NULL, 0);
  g_assert_cmpuint (pisd_history_get_n_redo (history), ==, 0);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 3);
}

static void
test_drag_is_one_level (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (100, 100, 0);
  PisdScenario *present;

  for (guint k = 0; k < 10; k++) /* ten movements, 0.4 s apart */
    pisd_history_push (history, make (k), "zeta-pde", k * 400000);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 1);
  pisd_history_push (history, make (10), "zeta-obs-a", 4000000); /* another slider */
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 2);
  pisd_history_push (history, make (11), "zeta-obs-a", 5100000); /* after a rest */
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 3);
  present = pisd_history_undo (history, make (12));
  present = pisd_history_undo (history, present);
  present = pisd_history_undo (history, present);
  g_assert_cmpuint (present->settings.steps, ==, 0);
  pisd_scenario_free (present);
}

/* Levels that hold much go from the oldest on, down to the number that is kept in any case. */
static void
test_bytes (void)
{
  const gsize room = 20 * 1000 * sizeof (PisdSensor);
  g_autoptr (PisdHistory) history = pisd_history_new (10, 50, room + 50 * sizeof (PisdScenario));

  for (guint k = 0; k < 60; k++)
    {
      PisdScenario *level = make (k);

      for (guint i = 0; i < 1000; i++)
        pisd_sensors_add (level->sensors, &(const PisdSensor){ .value = k });
      pisd_history_push (history, level, NULL, 0);
    }
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 20);
  for (guint k = 0; k < 12; k++)
    {
      PisdScenario *level = make (k);

      for (guint i = 0; i < 3000; i++)
        pisd_sensors_add (level->sensors, &(const PisdSensor){ .value = k });
      pisd_history_push (history, level, NULL, 0);
    }
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 10);
}

/* Edits of settings share the sensors, which then count once. */
static void
test_shared (void)
{
  const gsize room = 2 * 1000 * sizeof (PisdSensor);
  g_autoptr (PisdHistory) history = pisd_history_new (10, 50, room + 50 * sizeof (PisdScenario));
  g_autoptr (PisdScenario) present = make (0);

  for (guint i = 0; i < 1000; i++)
    pisd_sensors_add (present->sensors, &(const PisdSensor){ .value = i });
  for (guint k = 0; k < 60; k++)
    pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/history/there-and-back", test_there_and_back);
  g_test_add_func ("/app/history/oldest-goes", test_oldest_goes);
  g_test_add_func ("/app/history/edit-forgets-redo", test_edit_forgets_redo);
  g_test_add_func ("/app/history/drag-is-one-level", test_drag_is_one_level);
  g_test_add_func ("/app/history/bytes", test_bytes);
  g_test_add_func ("/app/history/shared", test_shared);
  return g_test_run ();
}
