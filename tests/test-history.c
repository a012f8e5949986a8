/* Undo and redo as whole scenarios. */

#include "pisd-edit.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"
#include "pisd-history.h"
#include "pisd-truth.h"

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

/* The present becomes the scenario before or after it, if there is one. */
static gboolean
move (PisdHistory *history,
      PisdScenario *(*move_one) (PisdHistory *, const PisdScenario *),
      PisdScenario **present)
{
  PisdScenario *other = move_one (history, *present);

  if (other == NULL)
    return FALSE;
  pisd_scenario_free (*present);
  *present = other;
  return TRUE;
}

static void
test_there_and_back (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (200, 200, 0);
  PisdScenario *present = push_levels (history, 150);

  for (guint k = 150; k >= 1; k--)
    {
      g_assert_true (move (history, pisd_history_undo, &present));
      g_assert_cmpuint (present->settings.steps, ==, k);
    }
  g_assert_null (pisd_history_undo (history, present));
  for (guint k = 2; k <= 151; k++)
    {
      g_assert_true (move (history, pisd_history_redo, &present));
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
  while (move (history, pisd_history_undo, &present))
    ;
  g_assert_cmpuint (present->settings.steps, ==, 21);
  pisd_scenario_free (present);
}

static void
test_edit_forgets_redo (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (100, 100, 0);
  PisdScenario *present = push_levels (history, 3);

  g_assert_true (move (history, pisd_history_undo, &present));
  g_assert_cmpuint (pisd_history_get_n_redo (history), ==, 1);
  pisd_history_push (history, present, NULL, 0);
  g_assert_cmpuint (pisd_history_get_n_redo (history), ==, 0);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 3);
}

static void
test_drag_is_one_level (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (100, 100, 0);
  PisdScenario *present = make (12);

  for (guint k = 0; k < 10; k++) /* ten movements, 0.4 s apart */
    pisd_history_push (history, make (k), "zeta-pde", k * 400000);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 1);
  pisd_history_push (history, make (10), "zeta-obs-a", 4000000); /* another slider */
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 2);
  pisd_history_push (history, make (11), "zeta-obs-a", 5100000); /* after a rest */
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 3);
  while (move (history, pisd_history_undo, &present))
    ;
  g_assert_cmpuint (present->settings.steps, ==, 0);
  pisd_scenario_free (present);
}

/* `n` sensors between the nodes, each with a reading and a deviation of its own: 41 bytes each. */
static void
push_large (PisdHistory *history, guint k, guint n)
{
  PisdScenario *level = make (k);

  for (guint i = 0; i < n; i++)
    pisd_sensors_add (level->sensors, &(const PisdSensor){ .x = 0.1, .value = k + 0.5, .sd = i });
  pisd_history_push (history, level, NULL, 0);
}

/* Levels that hold much go from the oldest on, down to the number that is kept in any case. */
static void
test_bytes (void)
{
  const gsize most = 1000 * 41, head = 50 * 1000;
  g_autoptr (PisdHistory) history = pisd_history_new (10, 50, 20 * most + head);

  for (guint k = 0; k < 60; k++)
    push_large (history, k, 1000);
  g_assert_cmpuint (pisd_history_get_n_undo (history), >=, 20);
  g_assert_cmpuint (pisd_history_get_n_undo (history), <=, 21);
  for (guint k = 0; k < 12; k++)
    push_large (history, k, 4000);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 10);
}

/* Edits of settings share the sensors, which then count once. */
static void
test_shared (void)
{
  const gsize room = 2 * 1000 * sizeof (PisdSensor);
  g_autoptr (PisdHistory) history = pisd_history_new (10, 50, room + 50 * 1000);
  g_autoptr (PisdScenario) present = make (0);

  for (guint i = 0; i < 1000; i++)
    pisd_sensors_add (present->sensors, &(const PisdSensor){ .value = i + 1 });
  for (guint k = 0; k < 60; k++)
    pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 50);
}

#define N_EDITS 140

static void
assert_same (const PisdScenario *a, const PisdScenario *b)
{
  g_assert_cmpint (pisd_edit_diff (a, b), ==, 0);
  for (guint k = 0; k < a->sensors->n; k++)
    {
      const PisdSensor *x = &a->sensors->items[k], *y = &b->sensors->items[k];

      g_assert_cmpint (x->field, ==, y->field);
      g_assert_cmpmem (&x->x, 5 * sizeof (double), &y->x, 5 * sizeof (double));
    }
}

/* Edit number k of every kind that leaves sensors, readings or truths of its own. */
static void
edit (PisdScenario *scenario, guint k)
{
  const PisdFieldId field = k % 2 == 0 ? PISD_FIELD_A : PISD_FIELD_U;
  const PisdSensor between = { field, 0.1234, 0.5678, pisd_field_id_get_time (field), -0.0, 0.25 };
  const double sd = k % 3 == 0 ? 0.125 : 0;
  g_autoptr (GError) error = NULL;

  if (k % 7 == 0)
    pisd_edit_scatter (scenario, field, 0, 900, sd, k, &error);
  else if (k % 7 == 1)
    pisd_edit_paint (scenario, field, 0, 5 + (int) k % 100, 20, 4, sd, &error);
  else if (k % 7 == 2)
    pisd_edit_erase (scenario, field, 0, 64, 64, 12);
  else if (k % 7 == 3)
    pisd_edit_set_random_instance (scenario, scenario->settings.family, k / 14, &error);
  else if (k % 7 == 4 && k % 2 == 0)
    pisd_sensors_add (scenario->sensors, &between);
  else if (k % 7 == 5)
    pisd_truth_set_source (scenario, pisd_instance_get_fields (scenario->instance)[0], &error);
  else if (k % 35 == 6)
    pisd_sensors_clear (scenario->sensors);
  else if (scenario->sensors->n > 0)
    pisd_edit_move (scenario, scenario->sensors->n / 2, 3, (int) k % 100, &error);
  g_assert_no_error (error);
  scenario->settings.steps = 50 + k;
}

/* Whatever edits have done, what is undone and redone has the same bits. */
static void
test_bits (void)
{
  g_autoptr (PisdHistory) history = pisd_history_new (N_EDITS, N_EDITS, 0);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_scenario_free);
  PisdScenario *present = pisd_scenario_new ();

  g_assert_true (pisd_truth_set_random (present, NULL));
  for (guint k = 0; k < N_EDITS; k++)
    {
      g_ptr_array_add (seen, pisd_scenario_dup (present));
      pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
      edit (present, k);
    }
  g_ptr_array_add (seen, pisd_scenario_dup (present));
  for (guint k = N_EDITS; k-- > 0;)
    {
      g_assert_true (move (history, pisd_history_undo, &present));
      assert_same (present, g_ptr_array_index (seen, k));
    }
  for (guint k = 1; k <= N_EDITS; k++)
    {
      g_assert_true (move (history, pisd_history_redo, &present));
      assert_same (present, g_ptr_array_index (seen, k));
    }
  pisd_scenario_free (present);
}

/* A hundred levels in a megabyte, each with 3000 sensors of its own that read its
 * own truth. */
static void
test_small (void)
{
  const gsize room = 1024 * 1024;
  g_autoptr (PisdHistory) history = pisd_history_new (10, 100, room);
  g_autoptr (PisdScenario) present = pisd_scenario_new ();

  for (guint k = 0; k < 100; k++)
    {
      g_assert_true (pisd_edit_set_random_instance (present, present->settings.family, k, NULL));
      g_assert_true (pisd_edit_scatter (present, PISD_FIELD_A, 0, 3000, k % 2, k, NULL));
      pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
    }
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 100);
}

/* A hundred strokes over 8000 sensors, which take 24,000 bytes, in the room of twelve such sets: each
 * level holds what its stroke has changed. */
static void
test_strokes (void)
{
  const gsize room = 12 * 24 * 1000;
  g_autoptr (PisdHistory) history = pisd_history_new (10, 100, room);
  g_autoptr (PisdScenario) present = pisd_scenario_new ();

  g_assert_true (pisd_truth_set_random (present, NULL));
  g_assert_true (pisd_edit_scatter (present, PISD_FIELD_A, 0, 8000, 0, 1, NULL));
  for (guint k = 0; k < 100; k++)
    {
      pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
      pisd_edit_erase (present, PISD_FIELD_A, 0, k, 100 - k, 1);
    }
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 100);
}

/* Stroke number k on the source: eight rows of it. */
static void
draw (PisdScenario *scenario, guint k)
{
  g_autoptr (PisdField) source = pisd_field_dup (pisd_instance_get_fields (scenario->instance)[0]);
  g_autoptr (GError) error = NULL;

  for (guint p = 10 * PISD_GRID; p < 18 * PISD_GRID; p++)
    source->data[(k * PISD_GRID + p) % pisd_field_get_n (source)] += 0.125;
  pisd_truth_set_source (scenario, source, &error);
  g_assert_no_error (error);
}

/* A hundred strokes on the source of a truth, whose fields take 262,144 bytes, in the room of six
 * such truths: each level holds the rows that its stroke has changed. */
static void
test_drawn (void)
{
  const gsize room = 6 * 2 * PISD_GRID * PISD_GRID * sizeof (double);
  g_autoptr (PisdHistory) history = pisd_history_new (10, 100, room);
  g_autoptr (PisdScenario) present = pisd_scenario_new ();

  g_assert_true (pisd_truth_set_random (present, NULL));
  for (guint k = 0; k < 100; k++)
    {
      pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
      draw (present, k);
    }
  g_assert_cmpuint (pisd_history_get_n_undo (history), ==, 100);
}

/* A truth that was drawn comes back with its bits, whatever the equation. */
static void
test_drawn_bits (gconstpointer problem)
{
  g_autoptr (PisdHistory) history = pisd_history_new (10, 10, 0);
  PisdScenario *present = pisd_scenario_new ();
  g_autoptr (PisdInstance) first = NULL, second = NULL;

  present->settings.problem = GPOINTER_TO_UINT (problem);
  g_assert_true (pisd_truth_set_random (present, NULL));
  draw (present, 0);
  first = pisd_instance_ref (present->instance);
  pisd_history_push (history, pisd_scenario_dup (present), NULL, 0);
  draw (present, 60);
  second = pisd_instance_ref (present->instance);
  g_assert_false (pisd_instance_equal (first, second));

  g_assert_true (move (history, pisd_history_undo, &present));
  g_assert_true (pisd_instance_equal (present->instance, first));
  g_assert_cmpfloat (pisd_instance_get_lost_mean (present->instance), ==,
                     pisd_instance_get_lost_mean (first));
  g_assert_true (move (history, pisd_history_redo, &present));
  g_assert_true (pisd_instance_equal (present->instance, second));
  pisd_scenario_free (present);
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
  g_test_add_func ("/app/history/bits", test_bits);
  g_test_add_func ("/app/history/small", test_small);
  g_test_add_func ("/app/history/strokes", test_strokes);
  g_test_add_func ("/app/history/drawn", test_drawn);
  for (guint p = 0; p < PISD_N_PROBLEMS; p++)
    {
      g_autofree char *path = g_strdup_printf ("/app/history/drawn-bits/%s",
                                               pisd_operator_get ((PisdProblemId) p)->name);

      g_test_add_data_func (path, GUINT_TO_POINTER (p), test_drawn_bits);
    }
  return g_test_run ();
}
