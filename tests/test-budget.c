#include "pisd-budget.h"

#include <string.h>

#include "pisd-covariance.h"
#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-test.h"

#define MEGA ((gsize) 1024 * 1024)
#define USES PISD_FACTORS_MEAN
#define N_KEPT 1935

static void
refuse (guint n, gsize available, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_budget_check (n, N_KEPT, USES, 0, available, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
  if (strstr (error->message, reason) == NULL)
    g_error ("got \"%s\", expected \"%s\"", error->message, reason);
}

/* The limit that is set counts, above and below what a set takes; 0 is the standard one again. */
static void
test_limit (void)
{
  const gsize bytes = pisd_budget_bytes (5000, N_KEPT, USES), plenty = bytes * 4;

  g_assert_cmpuint (bytes, >, 200 * MEGA);
  pisd_budget_set_limit (bytes);
  g_assert_cmpuint (pisd_budget_get_limit (), ==, bytes);
  g_assert_true (pisd_budget_check (5000, N_KEPT, USES, 0, plenty, NULL));
  g_assert_false (pisd_budget_check (5000, N_KEPT, USES, 1, plenty, NULL));
  pisd_budget_set_limit (bytes - 1);
  refuse (5000, plenty, "the memory budget");
  pisd_budget_set_limit (0);
  g_assert_cmpuint (pisd_budget_get_limit (), ==, pisd_budget_get_standard ());
}

/* A budget is no promise: what is not there cannot be taken. */
static void
test_available (void)
{
  pisd_budget_set_limit (1024 * 1024 * MEGA);
  refuse (5000, 100 * MEGA, "what is free");
  pisd_budget_set_limit (0);
}

/* Half of the machine's memory, and never more than the engine's own bound. */
static void
test_standard (void)
{
  g_assert_cmpuint (pisd_budget_get_standard (), <=, PISD_BUDGET_MOST);
  g_assert_cmpuint (pisd_budget_get_standard (), <=, pisd_memory_get_whole () / 2);
  g_assert_true (pisd_budget_get_standard () == PISD_BUDGET_MOST
                 || pisd_budget_get_standard () == pisd_memory_get_whole () / 2);
  g_assert_cmpuint (pisd_memory_get_whole (), >=, pisd_memory_get_available () / 2);
}

/* Sets that whole matrices hold fit always. */
static void
test_small (void)
{
  pisd_budget_set_limit (1);
  g_assert_true (pisd_budget_check (PISD_COVARIANCE_WHOLE, N_KEPT, USES, 0, 1, NULL));
  refuse (PISD_COVARIANCE_WHOLE + 1, 1, "got 1025 sensors");
  pisd_budget_set_limit (0);
}

/* More readings and more uses take more. */
static void
test_grows (void)
{
  static const PisdFactorsUses uses[] = { PISD_FACTORS_MEAN, PISD_FACTORS_STEPS,
                                          PISD_FACTORS_STEPS | PISD_FACTORS_TAIL,
                                          PISD_FACTORS_MEAN | PISD_FACTORS_SPREAD };

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    for (guint n = 200; n < 12800; n *= 2)
      {
        g_assert_cmpuint (pisd_budget_bytes (2 * n, N_KEPT, uses[i]), >,
                          pisd_budget_bytes (n, N_KEPT, uses[i]));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/posterior/budget/limit", test_limit);
  g_test_add_func ("/posterior/budget/available", test_available);
  g_test_add_func ("/posterior/budget/standard", test_standard);
  g_test_add_func ("/posterior/budget/small", test_small);
  g_test_add_func ("/posterior/budget/grows", test_grows);
  return g_test_run ();
}
