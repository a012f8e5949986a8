/* The two stacks of undo, with strings for states. */

#include "pisd-undo.h"

static void
move (PisdUndo *undo, PisdUndoWay way, char **present, const char *expected)
{
  *present = pisd_undo_move (undo, way, *present);
  g_assert_cmpstr (*present, ==, expected);
}

/* There and back; an edit forgets what could be redone. */
static void
test_moves (void)
{
  g_autoptr (PisdUndo) undo = pisd_undo_new (100, g_free);
  char *present = g_strdup ("c");

  pisd_undo_push (undo, g_strdup ("a"), NULL, 0);
  pisd_undo_push (undo, g_strdup ("b"), NULL, 0);
  move (undo, PISD_UNDO_BACK, &present, "b");
  move (undo, PISD_UNDO_BACK, &present, "a");
  g_assert_cmpuint (pisd_undo_get_n (undo, PISD_UNDO_BACK), ==, 0);
  move (undo, PISD_UNDO_FORTH, &present, "b");
  g_assert_cmpstr (pisd_undo_get (undo, PISD_UNDO_FORTH, 0), ==, "c");
  pisd_undo_push (undo, present, NULL, 0);
  g_assert_cmpuint (pisd_undo_get_n (undo, PISD_UNDO_FORTH), ==, 0);
  g_assert_cmpstr (pisd_undo_get (undo, PISD_UNDO_BACK, 0), ==, "b");
  g_assert_cmpstr (pisd_undo_get (undo, PISD_UNDO_BACK, 1), ==, "a");
}

/* One drag is one state; another tag, a second's rest or an undo ends it. */
static void
test_joins (void)
{
  g_autoptr (PisdUndo) undo = pisd_undo_new (100, g_free);
  char *present;

  g_assert_false (pisd_undo_joins (undo, "rate", 0));
  pisd_undo_push (undo, g_strdup ("a"), "rate", 0);
  g_assert_true (pisd_undo_joins (undo, "rate", 900000));
  g_assert_true (pisd_undo_joins (undo, "rate", 1800000));
  g_assert_false (pisd_undo_joins (undo, "rate", 2800000));
  g_assert_false (pisd_undo_joins (undo, "seed", 1800000));
  g_assert_false (pisd_undo_joins (undo, NULL, 1800000));
  present = pisd_undo_move (undo, PISD_UNDO_BACK, g_strdup ("b"));
  g_assert_false (pisd_undo_joins (undo, "rate", 1800000));
  g_free (present);
}

static void
test_oldest_goes (void)
{
  g_autoptr (PisdUndo) undo = pisd_undo_new (3, g_free);

  for (guint k = 0; k < 5; k++)
    pisd_undo_push (undo, g_strdup_printf ("%u", k), NULL, 0);
  g_assert_cmpuint (pisd_undo_get_n (undo, PISD_UNDO_BACK), ==, 3);
  g_assert_cmpstr (pisd_undo_get (undo, PISD_UNDO_BACK, 2), ==, "2");
  pisd_undo_keep (undo, 1);
  g_assert_cmpuint (pisd_undo_get_n (undo, PISD_UNDO_BACK), ==, 1);
  g_assert_cmpstr (pisd_undo_get (undo, PISD_UNDO_BACK, 0), ==, "4");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/undo/moves", test_moves);
  g_test_add_func ("/model/undo/joins", test_joins);
  g_test_add_func ("/model/undo/oldest-goes", test_oldest_goes);
  return g_test_run ();
}
