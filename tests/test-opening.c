/* What the window opens with: it succeeds, as far as its readings let it, and is seen to emerge. */

#include "pisd-opening.h"

#include "pisd-edit-truth.h"
#include "pisd-edit.h"
#include "pisd-exact.h"
#include "pisd-representation.h"
#include "pisd-run.h"
#include "pisd-test.h"

static void
test_is_small (void)
{
  g_autoptr (PisdScenario) opening = pisd_opening_new (NULL);

  g_assert_cmpuint (opening->sensors->n, ==, 30);
  g_assert_nonnull (opening->instance);
}

/* The truth that a session begins with is the opening's; any other one is not. */
static void
test_shares_the_truth (void)
{
  g_autoptr (PisdScenario) first = pisd_opening_new (NULL);
  g_autoptr (PisdScenario) other = pisd_scenario_dup (first);
  g_autoptr (PisdScenario) second = pisd_opening_new (first);
  g_autoptr (PisdScenario) third = NULL;

  g_assert_true (second->instance == first->instance);
  g_assert_cmpuint (pisd_edit_diff (first, second), ==, 0);
  g_assert_true (pisd_edit_set_random_instance (other, first->settings.family, 12345, NULL));
  third = pisd_opening_new (other);
  g_assert_true (pisd_instance_equal (third->instance, first->instance));
}

static double
get_error (const PisdScenario *scenario, guint field, const PisdField *estimate)
{
  return pisd_field_relative_error (estimate, pisd_instance_get_field (scenario->instance, field));
}

/* Its readings say nearly all of the solution and much of the source, which no sensor reads; the
 * run comes near what they say. */
static void
test_succeeds (void)
{
  static const double most[] = { 0.13, 0.02 };
  g_autoptr (PisdScenario) opening = pisd_opening_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdExact) exact = pisd_exact_new (opening, NULL, FALSE, 1, NULL, &error);
  g_autoptr (PisdResult) result = NULL;

  g_assert_no_error (error);
  g_assert_true (exact->is_best);
  result = pisd_run (opening, NULL, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint f = 0; f < result->n_fields; f++)
    {
      g_assert_cmpfloat (result->errors[f], <, most[f]);
      g_assert_cmpfloat (result->errors[f], <, 1.3 * exact->errors[f]);
    }
}

/* The state is far from the truth at first and comes nearer from one tenth of the run to the next,
 * until it is the first sample. */
static void
test_emerges (void)
{
  g_autoptr (PisdScenario) opening = pisd_opening_new (NULL);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (PisdResult) result = NULL;
  double before = 0;

  opening->settings.samples = 1;
  representation = pisd_representation_new (&opening->settings, &error);
  result = pisd_run (opening, channel, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint tenth = 0; tenth <= 9; tenth++)
    {
      const guint step = tenth * opening->settings.steps / 10;
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, step);
      double now;

      pisd_representation_decode_float (representation, frame->state, 1, field);
      now = get_error (opening, 1, field);
      if (tenth == 0)
        g_assert_cmpfloat (now, >, 5.0);
      else
        g_assert_cmpfloat (now, <, before);
      before = now;
    }
  g_assert_cmpfloat (before, <, 0.05);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/opening/small", test_is_small);
  g_test_add_func ("/model/opening/shares-the-truth", test_shares_the_truth);
  g_test_add_func ("/model/opening/succeeds", test_succeeds);
  g_test_add_func ("/model/opening/emerges", test_emerges);
  return g_test_run ();
}
