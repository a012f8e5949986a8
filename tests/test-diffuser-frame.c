/* A frame is a copy: what comes after it changes nothing of it. */
#include "pisd-diffuser-frame.h"

#include "pisd-test.h"

static void
test_copy (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  double preview[] = { 3.0, 4.0 };
  PisdDiffuserFrame noted = { .n_losses = 1, .losses = { 0.5 }, .fresh = 0.25 };
  g_autoptr (PisdDiffuserTraining) training = NULL;
  g_autoptr (PisdDiffuserFrame) frame = NULL, bare = NULL;
  g_autofree double *before = NULL;
  PisdDiffuserPlan plan;
  gsize size;

  pisd_diffuser_plan_init (&plan, PISD_LAB_MOONS);
  plan.width = 4;
  plan.batch = 8;
  training = pisd_diffuser_training_new (&plan, data, 1, NULL);
  size = sizeof (double)
         * pisd_diffuser_get_n_parameters (pisd_diffuser_training_get_diffuser (training));
  pisd_diffuser_training_step (training, 1);
  bare = pisd_diffuser_frame_new (&noted, training, 2);
  noted.preview = preview;
  noted.failure = (char *) "why";
  before = g_memdup2 (pisd_diffuser_training_get_average (training), size);
  frame = pisd_diffuser_frame_new (&noted, training, 2);
  preview[0] = 0.0;
  noted.losses[0] = 0.0;
  pisd_diffuser_training_step (training, 1);
  g_assert_cmpuint (frame->n_steps, ==, 1);
  g_assert_cmpmem (frame->parameters, size, before, size);
  g_assert_cmpfloat (frame->preview[0] + frame->preview[1], ==, 7.0);
  g_assert_cmpfloat (frame->losses[0] + frame->fresh, ==, 0.75);
  g_assert_cmpstr (frame->failure, ==, "why");
  g_assert_true (bare->preview == NULL && bare->failure == NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/diffuser-frame/copy", test_copy);
  return g_test_run ();
}
