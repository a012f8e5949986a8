#include "pisd-frame.h"

#include <math.h>

/* A new frame knows nothing: zeros where numbers must be, NaN where none may be. */
static void
test_new (void)
{
  g_autoptr (PisdFrame) frame = pisd_frame_new (5);

  g_assert_cmpuint (frame->n, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_true (frame->state[i] == 0.0f && frame->denoised[i] == 0.0f);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    g_assert_true (isnan (frame->losses[t]) && frame->shares[t] == 0.0);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    g_assert_true (isnan (frame->errors[f]));
  g_assert_true (isnan (frame->residual));
  g_assert_cmpstr (frame->broken, ==, NULL);
  g_assert_false (frame->parameters_changed);
}

/* It lives as long as somebody holds it, and NULL may be let go of. */
static void
test_references (void)
{
  PisdFrame *frame = pisd_frame_new (3);
  PisdFrame *held = pisd_frame_ref (frame);

  g_assert_true (held == frame);
  frame->state[2] = 7.0f;
  pisd_frame_unref (frame);
  g_assert_cmpfloat (held->state[2], ==, 7.0f);
  pisd_frame_unref (held);
  pisd_frame_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sampling/frame/new", test_new);
  g_test_add_func ("/sampling/frame/references", test_references);
  return g_test_run ();
}
