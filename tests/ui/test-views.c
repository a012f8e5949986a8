/* What the views decide without a window: colour ranges, keys of the timeline, fields in common. */

#include <gtk/gtk.h>

#include "explorer-fields.h"
#include "explorer-pane.h"
#include "explorer-ranges.h"
#include "explorer-step-keys.h"
#include "explorer-zoom.h"

/* A field whose values lie between -size and size. */
static PisdField *
new_field (double size)
{
  PisdField *field = pisd_field_new (2, 2);

  field->data[0] = -size;
  field->data[1] = size;
  return field;
}

static void
update (ExplorerRanges *ranges,
        ExplorerColumn column,
        gboolean noisy,
        PisdRangeMode mode,
        double size)
{
  g_autoptr (PisdField) field = new_field (size);

  explorer_ranges_update (ranges, column, noisy, mode, TRUE, field);
}

static double
get_max (const ExplorerRanges *ranges, ExplorerColumn column, gboolean noisy, PisdRangeMode mode)
{
  return explorer_ranges_get (ranges, column, noisy, mode)->max;
}

/* In Grow the estimate's range widens and never shrinks; noise and error have the step's. */
static void
test_grow (void)
{
  const PisdRangeMode grow = PISD_RANGE_GROW;
  const double sizes[] = { 4, 8, 2 }, grown[] = { 4, 8, 8 };
  ExplorerRanges ranges = { 0 };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      update (&ranges, EXPLORER_COLUMN_ESTIMATE, FALSE, grow, sizes[k]);
      update (&ranges, EXPLORER_COLUMN_ESTIMATE, TRUE, grow, 10 * sizes[k]);
      update (&ranges, EXPLORER_COLUMN_ERROR, FALSE, grow, 100 * sizes[k]);
      g_assert_cmpfloat (get_max (&ranges, EXPLORER_COLUMN_ESTIMATE, FALSE, grow), ==, grown[k]);
      g_assert_cmpfloat (get_max (&ranges, EXPLORER_COLUMN_TRUTH, TRUE, grow), ==, grown[k]);
      g_assert_cmpfloat (get_max (&ranges, EXPLORER_COLUMN_ESTIMATE, TRUE, grow), ==,
                         10 * sizes[k]);
      g_assert_cmpfloat (get_max (&ranges, EXPLORER_COLUMN_ERROR, FALSE, grow), ==, 100 * sizes[k]);
    }
}

/* Fixed is one range for all but what has another unit, and outlives a new run. */
static void
test_fixed (void)
{
  ExplorerRanges ranges = { .fixed = { -1, 2, TRUE } };

  update (&ranges, EXPLORER_COLUMN_ESTIMATE, FALSE, PISD_RANGE_FIXED, 50);
  update (&ranges, EXPLORER_COLUMN_SPREAD, FALSE, PISD_RANGE_FIXED, 7);
  explorer_ranges_reset (&ranges);
  for (guint c = 0; c <= EXPLORER_COLUMN_ERROR; c++)
    g_assert_cmpfloat (get_max (&ranges, c, FALSE, PISD_RANGE_FIXED), ==, 2);
  g_assert_cmpfloat (get_max (&ranges, EXPLORER_COLUMN_SPREAD, FALSE, PISD_RANGE_FIXED), ==, 7);
  g_assert_cmpfloat (get_max (&ranges, EXPLORER_COLUMN_STANDARDIZED, FALSE, PISD_RANGE_FIXED), ==,
                     3);
  g_assert_false (ranges.clean.valid);
}

/* Two columns share a bar where one value has one colour in both. */
static void
test_shared (void)
{
  const ExplorerColumn estimate = EXPLORER_COLUMN_ESTIMATE, truth = EXPLORER_COLUMN_TRUTH;

  g_assert_true (explorer_ranges_are_shared (estimate, truth, FALSE, PISD_RANGE_GROW));
  g_assert_true (explorer_ranges_are_shared (truth, EXPLORER_COLUMN_EXACT, TRUE, PISD_RANGE_STEP));
  g_assert_false (explorer_ranges_are_shared (estimate, truth, TRUE, PISD_RANGE_GROW));
  g_assert_false (
      explorer_ranges_are_shared (truth, EXPLORER_COLUMN_ERROR, FALSE, PISD_RANGE_GROW));
  g_assert_true (explorer_ranges_are_shared (truth, EXPLORER_COLUMN_ERROR, TRUE, PISD_RANGE_FIXED));
  g_assert_false (explorer_ranges_are_shared (EXPLORER_COLUMN_ERROR, EXPLORER_COLUMN_SPREAD, FALSE,
                                              PISD_RANGE_FIXED));
}

static void
test_step_keys (void)
{
  const struct
  {
    guint key;
    GdkModifierType state;
    guint n_steps;
    gint64 move;
  } rows[] = {
    { GDK_KEY_Left, 0, 300, -1 },
    { GDK_KEY_KP_Right, 0, 300, 1 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, 300, 15 },
    { GDK_KEY_Page_Up, 0, 300, -15 },
    { GDK_KEY_Page_Down, 0, 5, 1 }, /* never less than one */
    { GDK_KEY_Home, 0, 300, -300 },
    { GDK_KEY_End, GDK_SHIFT_MASK, 300, 300 },
    { GDK_KEY_Right, GDK_CONTROL_MASK, 300, 0 },
    { GDK_KEY_a, 0, 300, 0 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_assert_cmpint (explorer_step_keys_get_move (rows[k].key, rows[k].state, rows[k].n_steps), ==,
                     rows[k].move);
}

static void
test_fields (void)
{
  const PisdOperator *poisson = pisd_operator_get (0);
  PisdOperator first_alone = *poisson;

  first_alone.n_fields = 1;
  g_assert_true (explorer_fields_equal (poisson, poisson));
  g_assert_true (explorer_fields_equal (NULL, NULL));
  g_assert_false (explorer_fields_equal (poisson, NULL));
  g_assert_false (explorer_fields_equal (NULL, poisson));
  g_assert_false (explorer_fields_equal (poisson, &first_alone));
}

/* The place stays where it is seen; nothing beyond the field is ever seen. */
static void
test_zoom (void)
{
  PisdWindow window = { 0 };

  explorer_zoom_by (&window, 2.0, 0.3, 0.8);
  g_assert_cmpfloat_with_epsilon (window.side, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (window.x, 0.15, 1e-12);
  g_assert_cmpfloat_with_epsilon (window.y, 0.4, 1e-12);
  explorer_zoom_move (&window, 9.0, -0.1);
  g_assert_cmpfloat_with_epsilon (window.x, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (window.y, 0.3, 1e-12);
  explorer_zoom_reveal (&window, 0.1, 0.5, 0.05);
  g_assert_cmpfloat_with_epsilon (window.x, 0.05, 1e-12);
  g_assert_cmpfloat_with_epsilon (window.y, 0.3, 1e-12);
  explorer_zoom_by (&window, 1e9, 0.5, 0.5);
  g_assert_cmpfloat (window.side, ==, EXPLORER_ZOOM_LEAST);
  explorer_zoom_by (&window, 1e-9, 0.5, 0.5);
  g_assert_cmpfloat (window.side, ==, 0.0);
  explorer_zoom_move (&window, 0.1, 0.1);
  g_assert_cmpfloat (window.x, ==, 0.0);
}

/* What is not a column's own is kept as text, and comes back; nonsense leaves panes their own. */
static void
test_panes (void)
{
  const PisdOperator *poisson = pisd_operator_get (0);
  ExplorerPanes panes;
  g_autofree char *nothing = NULL, *text = NULL, *others = NULL;

  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      explorer_pane_init (&panes[k][c], c);
  nothing = explorer_panes_dup_text (panes, poisson, NULL);
  g_assert_cmpstr (nothing, ==, "");
  panes[0][EXPLORER_COLUMN_TRUTH].pick = (PisdPick){ PISD_QUANTITY_ERROR, TRUE };
  panes[1][EXPLORER_COLUMN_EXACT].pick = (PisdPick){ PISD_QUANTITY_TOTAL, FALSE };
  text = explorer_panes_dup_text (panes, poisson, "a.truth=spread");
  g_assert_cmpstr (text, ==, "a.truth=error:modes u.exact=gradient");
  explorer_panes_read (panes, poisson, "a.truth=nonsense q.truth=error u.error u.spread=residual");
  g_assert_true (explorer_pane_is_own (&panes[0][EXPLORER_COLUMN_TRUTH], EXPLORER_COLUMN_TRUTH));
  g_assert_true (explorer_pane_is_own (&panes[1][EXPLORER_COLUMN_EXACT], EXPLORER_COLUMN_EXACT));
  g_assert_cmpint (panes[1][EXPLORER_COLUMN_SPREAD].pick.quantity, ==, PISD_QUANTITY_RESIDUAL);
  explorer_panes_read (panes, poisson, text);
  g_assert_cmpint (panes[0][EXPLORER_COLUMN_TRUTH].pick.quantity, ==, PISD_QUANTITY_ERROR);
  g_assert_true (panes[0][EXPLORER_COLUMN_TRUTH].pick.of_modes);
  others =
      explorer_panes_dup_text (panes, poisson, "p.truth=error u.error=gradient-p u.exact=state");
  g_assert_cmpstr (others, ==,
                   "a.truth=error:modes u.exact=gradient p.truth=error u.error=gradient-p");
}

/* A range becomes as wide as what another run shows, and begins anew with the next step. */
static void
test_widen (void)
{
  const PisdRangeMode grow = PISD_RANGE_GROW;
  const ExplorerColumn error = EXPLORER_COLUMN_ERROR;
  g_autoptr (PisdField) wide = new_field (30), narrow = new_field (1);
  ExplorerRanges ranges = { 0 };

  update (&ranges, error, FALSE, grow, 3);
  explorer_ranges_widen (&ranges, error, FALSE, grow, TRUE, narrow);
  g_assert_cmpfloat (get_max (&ranges, error, FALSE, grow), ==, 3);
  explorer_ranges_widen (&ranges, error, FALSE, grow, TRUE, wide);
  g_assert_cmpfloat (get_max (&ranges, error, FALSE, grow), ==, 30);
  update (&ranges, error, FALSE, grow, 2);
  g_assert_cmpfloat (get_max (&ranges, error, FALSE, grow), ==, 2);
  ranges.fixed = (PisdColorRange){ -1, 1, TRUE };
  explorer_ranges_widen (&ranges, error, FALSE, PISD_RANGE_FIXED, TRUE, wide);
  g_assert_cmpfloat (get_max (&ranges, error, FALSE, PISD_RANGE_FIXED), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/views/grow", test_grow);
  g_test_add_func ("/app/views/fixed", test_fixed);
  g_test_add_func ("/app/views/shared", test_shared);
  g_test_add_func ("/app/views/step-keys", test_step_keys);
  g_test_add_func ("/app/views/fields", test_fields);
  g_test_add_func ("/app/views/zoom", test_zoom);
  g_test_add_func ("/app/views/panes", test_panes);
  g_test_add_func ("/app/views/widen", test_widen);
  return g_test_run ();
}
