/* In which order the steps of a run get their numbers, and which of them are kept taken apart. */

#include "explorer-inspector-kept.h"
#include "explorer-inspector-steps.h"

static void
take (ExplorerInspectorSteps *steps, guint step)
{
  const PisdInspectionNumbers numbers = { .step = step };

  explorer_inspector_steps_take (steps, &numbers);
}

/* Every step once, and after a quarter of them none is farther than 8 from one that is known. */
static void
test_order (void)
{
  const guint n = 100;
  ExplorerInspectorSteps steps = { 0 };
  guint step, n_found = 0;

  explorer_inspector_steps_init (&steps, n);
  while (explorer_inspector_steps_find (&steps, n, &step))
    {
      g_assert_false (steps.is_known[step]);
      explorer_inspector_steps_pass (&steps, step);
      take (&steps, step);
      if (++n_found == n / 4)
        for (guint i = 0; i + 8 < n; i++)
          {
            gboolean is_near = FALSE;

            for (guint k = i; k < i + 8; k++)
              is_near = is_near || steps.is_known[k];
            g_assert_true (is_near);
          }
    }
  g_assert_cmpuint (n_found, ==, n);
  explorer_inspector_steps_clear (&steps);
}

/* What was passed and did not come is found again from the place before, and what the run comes to
 * later after a restart. */
static void
test_again (void)
{
  ExplorerInspectorSteps steps = { 0 };
  ExplorerInspectorPlace before;
  guint step, n_found = 0;

  explorer_inspector_steps_init (&steps, 20);
  before = steps.at;
  while (explorer_inspector_steps_find (&steps, 10, &step))
    explorer_inspector_steps_pass (&steps, step);
  steps.at = before;
  for (; explorer_inspector_steps_find (&steps, 10, &step); n_found++)
    take (&steps, step);
  g_assert_cmpuint (n_found, ==, 10);
  g_assert_false (explorer_inspector_steps_find (&steps, 20, &step));
  explorer_inspector_steps_restart (&steps);
  for (; explorer_inspector_steps_find (&steps, 20, &step); n_found++)
    take (&steps, step);
  g_assert_cmpuint (n_found, ==, 20);
  explorer_inspector_steps_clear (&steps);
}

/* The first step of `first` .. `last` that is not there is made; FALSE: all are. */
static gboolean
make_next (ExplorerInspectorKept *kept, guint first, guint last)
{
  ExplorerInspection *made;
  guint missing = G_MAXUINT;

  for (guint step = first; step <= last; step++)
    if (explorer_inspector_kept_find (kept, step) == NULL)
      missing = step;
  if (missing == G_MAXUINT)
    return FALSE;
  made = g_atomic_rc_box_new0 (ExplorerInspection);
  made->step = missing;
  explorer_inspector_kept_take (kept, made);
  return TRUE;
}

/* As many as are shown at once are there in the end; of those that were shown before the newest
 * stay. */
static void
test_kept (void)
{
  ExplorerInspectorKept kept = { 0 };
  guint n = 0;

  while (n < 100 && make_next (&kept, 1, 9))
    n++;
  g_assert_cmpuint (n, ==, 9);
  g_assert_cmpuint (kept.items->len, ==, 9);
  while (n < 100 && make_next (&kept, 20, 21))
    n++;
  g_assert_cmpuint (n, ==, 11);
  g_assert_cmpuint (kept.items->len, ==, EXPLORER_INSPECTOR_KEPT);
  explorer_inspector_kept_clear (&kept);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/inspector-steps/order", test_order);
  g_test_add_func ("/app/inspector-steps/again", test_again);
  g_test_add_func ("/app/inspector-steps/kept", test_kept);
  return g_test_run ();
}
