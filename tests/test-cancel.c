#include "pisd-cancel.h"

#include "pisd-error.h"
#include "pisd-parallel.h"
#include "pisd-test.h"

static void
test_token (void)
{
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  g_autoptr (PisdCancel) same = pisd_cancel_ref (cancel);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_cancel_look (NULL));
  g_assert_true (pisd_cancel_check (NULL, "work", NULL));
  pisd_cancel_trigger (NULL);
  g_assert_false (pisd_cancel_look (NULL));
  g_assert_false (pisd_cancel_look (cancel));
  pisd_cancel_trigger (same);
  g_assert_true (pisd_cancel_look (cancel));
  g_assert_false (pisd_cancel_check (cancel, "work", &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  g_assert_nonnull (strstr (error->message, "work"));
}

static gpointer
look (gpointer data)
{
  return GINT_TO_POINTER (pisd_cancel_look (data));
}

/* Only the thread that made it asks; what it was told holds for all of them. */
static void
test_poll (void)
{
  TestTrip t = { 0, 2 };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);

  g_assert_null (g_thread_join (g_thread_new (NULL, look, cancel)));
  g_assert_cmpuint (t.looks, ==, 0);
  g_assert_false (pisd_cancel_look (cancel));
  g_assert_false (pisd_cancel_look (cancel));
  g_assert_true (pisd_cancel_look (cancel));
  g_assert_nonnull (g_thread_join (g_thread_new (NULL, look, cancel)));
  g_assert_cmpuint (t.looks, ==, 3);
}

static void
count_block (guint block, gpointer data)
{
  guint *counts = data;

  counts[block]++;
}

/* A loop that is stopped says so, and does no block after the one that it was in. */
static void
test_parallel (void)
{
  for (guint limit = 0; limit <= 10; limit++)
    {
      guint counts[10] = { 0 }, sum = 0;
      TestTrip t = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &t);
      gboolean done = pisd_parallel (10, 1, cancel, count_block, counts);

      for (guint i = 0; i < 10; i++)
        sum += counts[i];
      g_assert_cmpuint (sum, ==, limit);
      g_assert_cmpint (done, ==, limit == 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/cancel/token", test_token);
  g_test_add_func ("/engine/cancel/poll", test_poll);
  g_test_add_func ("/engine/cancel/parallel", test_parallel);
  return g_test_run ();
}
