/* Sweeps: which values an axis has, what each cell runs, and what came of it. */

#include "pisd-sweep-queue.h"

#include <math.h>

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-edit-truth.h"
#include "pisd-error.h"
#include "pisd-run.h"

/* A small latent and few steps: what runs here is not to be good. */
static PisdScenario *
new_scenario (void)
{
  PisdScenario *scenario = pisd_scenario_new ();

  g_assert_true (pisd_edit_set_random_instance (scenario, PISD_FAMILY_GRF, 1, NULL));
  g_assert_true (pisd_edit_scatter (scenario, PISD_FIELD_U, 0, 40, 0, 1, NULL));
  scenario->settings.mode_set = PISD_MODES_SQUARE;
  scenario->settings.modes = 12;
  scenario->settings.steps = 6;
  pisd_edit_get_preset (scenario, &scenario->settings);
  return scenario;
}

static PisdSweep *
new_sweep (const char *first, const char *second)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  PisdSweep *sweep = pisd_sweep_new (scenario);

  g_assert_true (pisd_sweep_add_axis (sweep, first, NULL));
  if (second != NULL)
    g_assert_true (pisd_sweep_add_axis (sweep, second, NULL));
  return sweep;
}

static void
test_axes (void)
{
  static const struct
  {
    const char *text, *same;
  } rows[] = {
    { "zeta-pde=0.1, 1 ,3e0", "zeta-pde=0.1,1,3e0" },
    { "zeta-pde=0.01..10/4", "zeta-pde=0.01,0.1,1,10" }, /* equal ratios */
    { "zeta-pde=1..3/3", "zeta-pde=1,2,3" },             /* equal steps */
    { "zeta-pde=0..10/3", "zeta-pde=0,5,10" },
    { "steps=10..1000/3", "steps=10,100,1000" },
    { "steps=3..5/5", "steps=3,4,5" }, /* whole numbers, each once */
    { "sensors=20..300/2", "sensors=20,300" },
    { "layout=grid,random", "layout=grid,random" },
    { "guidance=pisd,exact", "guidance=pisd,exact" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (PisdSweep) sweep = new_sweep (rows[k].text, NULL);
      g_autofree char *text = pisd_sweep_axis_dup_text (&sweep->axes[0]);

      g_assert_cmpstr (text, ==, rows[k].same);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
  } rows[] = {
    { "steps", "got `steps`, expected KEY=VALUE,VALUE,… or KEY=LOW..HIGH/N" },
    { "step=1,2", "unknown setting: got \"step\", expected one of" },
    { "steps=", "steps: got 0 values, expected 1 to 16" },
    { "steps=1,x", "steps: got \"x\", expected" },
    { "steps=3..1/2", "steps: got `3..1/2`, expected LOW..HIGH/N" },
    { "steps=1..3", "steps: got `1..3`, expected LOW..HIGH/N" },
    { "steps=1..3/1", "steps: got `1..3/1`, expected LOW..HIGH/N" },
    { "steps=1..1000/17", "steps: got `1..1000/17`, expected LOW..HIGH/N" },
    { "steps=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", "steps: got 17 values" },
    { "sensors=0", "sensors: got `0`, expected a whole number from 1 to 16384" },
    { "layout=star", "layout: got `star`, expected random, grid or ring" },
    { "problem=poisson", "problem: got several equations" },
    { "wavenumber=1,2", "wavenumber: got a constant that poisson does not have" },
    { "seed=1,2", "seed: got it twice, expected it once" },
    { "course-pde=0:1,1:0", "course-pde: got a course" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (PisdSweep) sweep = new_sweep ("seed=1,2", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_sweep_add_axis (sweep, rows[k].text, &error));
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, rows[k].message));
      g_assert_cmpuint (sweep->n_axes, ==, 1);
    }
}

static void
test_third_axis (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("seed=1,2", "steps=5,6,7");
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_sweep_add_axis (sweep, "eta=0,1", &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
}

/* The first axis goes down, the second one across. */
static void
test_cells (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("seed=1,2", "steps=5,6,7");
  g_autofree char *title = pisd_sweep_dup_title (sweep, 5);

  g_assert_cmpuint (pisd_sweep_get_n_rows (sweep), ==, 2);
  g_assert_cmpuint (pisd_sweep_get_n_columns (sweep), ==, 3);
  g_assert_cmpuint (pisd_sweep_get_n_cells (sweep), ==, 6);
  g_assert_cmpstr (pisd_sweep_get_value (sweep, 0, 2), ==, "1");
  g_assert_cmpstr (pisd_sweep_get_value (sweep, 1, 3), ==, "5");
  g_assert_cmpstr (title, ==, "seed 2, steps 7");
}

static PisdScenario *
make (const PisdSweep *sweep, guint cell)
{
  PisdScenario *scenario = pisd_sweep_make_scenario (sweep, cell, NULL);

  g_assert_nonnull (scenario);
  return scenario;
}

/* What is at its preset follows the steps, what was set by hand stays, and so does the other axis
 * where its value is that of the preset before. */
static void
test_follows_preset (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("steps=6,2000", "zeta-pde=1,3");
  g_autoptr (PisdScenario) few = NULL;
  g_autoptr (PisdScenario) many = NULL;

  sweep->base->settings.parameters.rate_low = 0.125;
  few = make (sweep, 0);
  many = make (sweep, 3);
  g_assert_cmpuint (many->settings.steps, ==, 2000);
  g_assert_cmpfloat (many->settings.parameters.zeta[PISD_TERM_PDE], ==, 3.0);
  g_assert_cmpfloat (few->settings.parameters.zeta[PISD_TERM_PDE], ==, 1.0);
  g_assert_cmpfloat (many->settings.parameters.rate_low, ==, 0.125);
  g_assert_cmpfloat (many->settings.parameters.beta1, >, few->settings.parameters.beta1);
}

/* A method begins with its preset, and takes along what it needs. */
static void
test_method (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("guidance=pisd,second-order", NULL);
  g_autoptr (PisdScenario) second = make (sweep, 1);
  g_autoptr (GError) error = NULL;

  pisd_settings_check (&second->settings, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_method_get (second->settings.guidance)->conditions);
  g_assert_cmpuint (second->settings.steps, ==, 6);
}

/* Sensors are put where there were some, and nowhere else; they read the truth. */
static void
test_sensors (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("sensors=10,90", "layout=random,grid,ring");

  for (guint k = 0; k < pisd_sweep_get_n_cells (sweep); k++)
    {
      g_autoptr (PisdScenario) scenario = make (sweep, k);
      const guint n = k < 3 ? 10 : 90, side = lround (sqrt (n));

      g_assert_cmpuint (pisd_sensors_count (scenario->sensors, PISD_FIELD_A), ==, 0);
      g_assert_cmpuint (pisd_sensors_count (scenario->sensors, PISD_FIELD_U), ==,
                        k % 3 == 1 ? side * side : n);
    }
}

/* Another truth is read by the same sensors. */
static void
test_truth (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("instance-seed=1,2", NULL);
  g_autoptr (PisdScenario) same = make (sweep, 0);
  g_autoptr (PisdScenario) other = make (sweep, 1);
  guint n_other = 0;

  g_assert_true (pisd_sensors_equal (same->sensors, sweep->base->sensors));
  g_assert_cmpuint (other->sensors->n, ==, same->sensors->n);
  for (guint i = 0; i < same->sensors->n; i++)
    {
      g_assert_cmpfloat (other->sensors->items[i].x, ==, same->sensors->items[i].x);
      n_other += other->sensors->items[i].value != same->sensors->items[i].value;
    }
  g_assert_cmpuint (n_other, >, same->sensors->n / 2); /* some are on the edge, where u is 0 */
}

/* Every key that is offered can be swept, and those of other equations and methods are not. */
static void
test_keys (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_auto (GStrv) keys = pisd_sweep_list_keys (scenario);

  g_assert_true (g_strv_contains ((const char *const *) keys, "sensors"));
  g_assert_true (g_strv_contains ((const char *const *) keys, "zeta-pde"));
  g_assert_false (g_strv_contains ((const char *const *) keys, "wavenumber"));
  g_assert_false (g_strv_contains ((const char *const *) keys, "problem"));
  for (guint k = 2; keys[k] != NULL; k++)
    {
      g_autofree char *now =
          pisd_settings_dup_text (&scenario->settings, pisd_settings_find (keys[k]));
      g_autofree char *text = g_strconcat (keys[k], "=", now, NULL);
      g_autoptr (PisdSweep) sweep = new_sweep (text, NULL);
      g_autoptr (PisdScenario) made = make (sweep, 0);

      g_assert_cmpuint (made->sensors->n, ==, scenario->sensors->n);
    }
}

static void
wait (PisdSweepQueue *queue)
{
  while (!pisd_sweep_queue_wait (queue, G_USEC_PER_SEC))
    ;
}

/* Whatever ran on the same thread before, a cell has the bits of its scenario alone. */
static void
test_same_bits (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("zeta-pde=0.1,1", "guidance=pisd,second-order");
  g_autoptr (PisdSweepQueue) queue = pisd_sweep_queue_new (sweep, 2);

  wait (queue);
  for (guint k = 0; k < pisd_sweep_get_n_cells (sweep); k++)
    {
      g_autoptr (PisdScenario) scenario = make (sweep, k);
      g_autoptr (PisdResult) alone = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
      const PisdCell *cell = pisd_sweep_queue_get_cell (queue, k);

      g_assert_cmpint (pisd_sweep_queue_get_state (queue, k), ==, PISD_CELL_DONE);
      for (guint f = 0; f < alone->n_fields; f++)
        {
          g_assert_cmpfloat (cell->errors[f], ==, alone->errors[f]);
          g_assert_cmpmem (cell->means[f]->data, PISD_GRID * PISD_GRID * sizeof (double),
                           alone->mean[f]->data, PISD_GRID * PISD_GRID * sizeof (double));
        }
    }
}

/* What cannot be run says why, and the others go on. */
static void
test_failure (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("sigma-min=0.01,100,0.02", NULL);
  g_autoptr (PisdSweepQueue) queue = pisd_sweep_queue_new (sweep, 1);

  wait (queue);
  g_assert_cmpint (pisd_sweep_queue_get_state (queue, 0), ==, PISD_CELL_DONE);
  g_assert_cmpint (pisd_sweep_queue_get_state (queue, 1), ==, PISD_CELL_FAILED);
  g_assert_nonnull (pisd_sweep_queue_get_cell (queue, 1)->message);
  g_assert_cmpint (pisd_sweep_queue_get_state (queue, 2), ==, PISD_CELL_DONE);
}

/* What is done stays, what has not begun never does. */
static void
test_stop (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("seed=11..26/16", NULL);
  g_autoptr (PisdSweepQueue) queue = NULL;
  guint n_done = 0;

  sweep->base->settings.steps = 100;
  queue = pisd_sweep_queue_new (sweep, 1);
  while (pisd_sweep_queue_get_cell (queue, 0) == NULL)
    pisd_sweep_queue_wait (queue, 1000);
  pisd_sweep_queue_stop (queue);
  wait (queue);
  for (guint k = 0; k < 16; k++)
    {
      const PisdCellState state = pisd_sweep_queue_get_state (queue, k);

      g_assert_true (state == PISD_CELL_DONE || state == PISD_CELL_STOPPED);
      n_done += state == PISD_CELL_DONE;
    }
  g_assert_cmpuint (n_done, >=, 1);
  g_assert_cmpint (pisd_sweep_queue_get_state (queue, 15), ==, PISD_CELL_STOPPED);
  g_assert_null (pisd_sweep_queue_get_cell (queue, 15));
}

/* Words with a comma are in quotes, and what is not known is empty. */
static void
test_csv (void)
{
  g_autoptr (PisdSweep) sweep = new_sweep ("sigma-min=0.01,100", NULL);
  g_autoptr (PisdSweepQueue) queue = pisd_sweep_queue_new (sweep, 1);
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;

  wait (queue);
  csv = pisd_sweep_queue_dup_csv (queue);
  lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], ==,
                   "sigma-min,error_a_percent,error_u_percent,residual,evaluations,seconds,remark");
  g_assert_true (g_str_has_prefix (lines[1], "0.01,"));
  g_assert_true (g_str_has_suffix (lines[1], ","));
  g_assert_cmpstr (lines[2], ==,
                   "100,,,,,,\"sigma-min: got 100, expected less than sigma-max, 70\"");
}

/* What is suggested for a key that is offered can be swept. */
static void
test_suggestions (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario ();
  g_auto (GStrv) keys = pisd_sweep_list_keys (scenario);

  for (guint k = 0; keys[k] != NULL; k++)
    {
      g_autofree char *values = pisd_sweep_suggest (scenario, keys[k]);
      g_autofree char *text = g_strconcat (keys[k], "=", values, NULL);
      g_autoptr (PisdSweep) sweep = new_sweep (text, NULL);

      g_assert_cmpuint (sweep->axes[0].n, >=, 2);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/sweep/axes", test_axes);
  g_test_add_func ("/model/sweep/refused", test_refused);
  g_test_add_func ("/model/sweep/third-axis", test_third_axis);
  g_test_add_func ("/model/sweep/cells", test_cells);
  g_test_add_func ("/model/sweep/follows-preset", test_follows_preset);
  g_test_add_func ("/model/sweep/method", test_method);
  g_test_add_func ("/model/sweep/sensors", test_sensors);
  g_test_add_func ("/model/sweep/truth", test_truth);
  g_test_add_func ("/model/sweep/keys", test_keys);
  g_test_add_func ("/model/sweep/same-bits", test_same_bits);
  g_test_add_func ("/model/sweep/failure", test_failure);
  g_test_add_func ("/model/sweep/stop", test_stop);
  g_test_add_func ("/model/sweep/csv", test_csv);
  g_test_add_func ("/model/sweep/suggestions", test_suggestions);
  return g_test_run ();
}
