/* The network of the diffusion lab: what it learns, and what is drawn from it. */
#include "pisd-diffuser-job.h"

#include <string.h>

#include "pisd-diffuser-sampling.h"
#include "pisd-diffuser-training.h"
#include "pisd-energy-distance.h"
#include "pisd-error.h"
#include "pisd-test.h"

static PisdDiffuserPlan
get_plan (PisdLabDataId id)
{
  PisdDiffuserPlan plan;

  pisd_diffuser_plan_init (&plan, id);
  plan.width = 16;
  plan.n_hidden = 2;
  plan.batch = 200;
  plan.n_times = 20;
  plan.prediction = PISD_PREDICT_NOISE;
  return plan;
}

/* Without a rate the parameters p stay, by two steps of their mean y += 9 / (10 + t) (p - y). */
static void
check_rest (PisdDiffuserTraining *training)
{
  const double *average = pisd_diffuser_training_get_average (training);
  double before = average[0], parameter[2];

  for (guint i = 0; i < 2; i++)
    {
      pisd_diffuser_training_step (training, 1);
      parameter[i] = before
                     + (average[0] - before)
                           * (10.0 + (double) pisd_diffuser_training_get_n_steps (training)) / 9.0;
      before = average[0];
    }
  test_assert_close (parameter[1], parameter[0], 1e-12);
}

/* The bits do not depend on the number of threads; the loss falls; the rate matters at once. */
static void
test_training (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  g_autoptr (PisdDiffuserTraining) one = NULL;
  g_autoptr (PisdDiffuserTraining) two = NULL;
  double first = 0.0, last = 0.0, losses[PISD_DIFFUSER_N_STRETCHES];
  gsize n;

  plan.learns_variance = TRUE;
  one = pisd_diffuser_training_new (&plan, data, 1, NULL);
  two = pisd_diffuser_training_new (&plan, data, 2, NULL);
  n = pisd_diffuser_get_n_parameters (pisd_diffuser_training_get_diffuser (one));
  for (guint i = 0; i < 300; i++)
    {
      const double loss = pisd_diffuser_training_step (one, 1);

      g_assert_cmpfloat (loss, ==, pisd_diffuser_training_step (two, 2));
      first += i < 30 ? loss / 30 : 0.0;
      last += i >= 270 ? loss / 30 : 0.0;
    }
  g_assert_cmpfloat (last, <, 0.75 * first);
  g_assert_cmpmem (pisd_diffuser_training_get_average (one), n * sizeof (double),
                   pisd_diffuser_training_get_average (two), n * sizeof (double));
  pisd_diffuser_training_get_losses (one, losses);
  for (guint k = 0; k < PISD_DIFFUSER_N_STRETCHES; k++)
    g_assert_true (losses[k] > 0.0);
  g_assert_cmpuint (pisd_diffuser_training_get_n_steps (one), ==, 300);
  pisd_diffuser_training_set_rate (two, 0.0);
  check_rest (two);
}

/* Guidance is a straight line through what the network says with the label and without. */
static void
test_guidance (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  const PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  g_autoptr (PisdDiffuserTraining) training = pisd_diffuser_training_new (&plan, data, 1, NULL);
  PisdDiffuserModel model = { pisd_diffuser_training_get_diffuser (training),
                              pisd_diffuser_training_get_average (training), 0.0, 0.0 };
  const PisdEstimator estimator = pisd_estimator_for_diffuser (&model);
  gpointer work = estimator.open (&model, 3);
  g_autofree double *x = test_random (6, 2);
  const guint labels[3] = { 0, 1, 1 };
  double with[6], without[6], guided[6];

  estimator.estimate (work, 7, 3, x, labels, with, NULL);
  estimator.estimate (work, 7, 3, x, NULL, without, NULL);
  model.guidance = 2.5;
  estimator.estimate (work, 7, 3, x, labels, guided, NULL);
  for (guint k = 0; k < 6; k++)
    test_assert_close (guided[k], with[k] + 2.5 * (with[k] - without[k]), 1e-12);
  model.limit = 0.01;
  estimator.estimate (work, 7, 3, x, labels, guided, NULL);
  for (guint k = 0; k < 6; k++)
    g_assert_cmpfloat (fabs (guided[k]), <=, 0.01);
  estimator.close (work);
}

/* Latents are encoded samples, and decoding them brings back what components can say. */
static void
test_latents (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  PisdDiffuserPlan plan = get_plan (PISD_LAB_DIGITS_8);
  g_autoptr (PisdDiffuserTraining) training = NULL;
  double z[30 * 20], x[64 * 20], y[64 * 20], square = 0.0;

  plan.n_latents = 30;
  training = pisd_diffuser_training_new (&plan, data, 1, NULL);
  pisd_diffuser_training_step (training, 1);
  pisd_diffuser_training_draw (training, PISD_LAB_FRESH, 20, z, NULL);
  pisd_lab_data_draw (data, plan.seed, PISD_LAB_FRESH, 20, x, NULL);
  pisd_diffuser_training_decode (training, 20, z, y);
  for (guint k = 0; k < 64 * 20; k++)
    square += (x[k] - y[k]) * (x[k] - y[k]) / (64 * 20);
  test_assert_close (square, 1.0 - pisd_diffuser_training_get_components (training)->share, 0.02);
}

/* One Gaussian at the mean mu with variance v: the flow keeps (x - a mu) / sqrt (a^2 v + b^2). */
static double
get_flow_error (PisdSampleRule rule, guint n_steps)
{
  const PisdPlaneMixture mixture = { 1, { { 1.0, { 0.5, -1.0 }, { 0.09, 0.0, 0.09 } } } };
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 1000);
  const PisdExactModel model = { process, &mixture };
  const PisdEstimator estimator = pisd_estimator_for_mixture (&model);
  const PisdSamplePlan plan = { .seed = 3, .rule = rule, .n_steps = n_steps, .n = 20 };
  g_autoptr (PisdTrajectories) got = pisd_trajectories_new (&estimator, process, &plan, 1, NULL);
  const double a = sqrt (process->abar[1000]), spread = a * a * 0.09 + process->rest[1000];
  double worst = 0.0;

  for (guint k = 0; k < 40; k++)
    {
      const double mu = mixture.parts[0].mean[k % 2];
      const double begin = pisd_trajectories_get_state (got, 0)[k];
      const double end = mu + (begin - a * mu) * sqrt (0.09 / spread);

      worst = MAX (worst, fabs (pisd_trajectories_get_state (got, n_steps)[k] - end));
    }
  return worst;
}

/* Without noise the steps follow the flow: DDIM to first order, Heun to second. */
static void
test_order (void)
{
  const double ddim =
      get_flow_error (PISD_SAMPLE_DDIM, 50) / get_flow_error (PISD_SAMPLE_DDIM, 100);
  const double heun = get_flow_error (PISD_SAMPLE_HEUN, 25) / get_flow_error (PISD_SAMPLE_HEUN, 50);

  g_assert_cmpfloat (ddim, >, 1.7);
  g_assert_cmpfloat (heun, >, 2.7); /* some of it is the last step's, which is one of DDIM */
  g_assert_cmpfloat (get_flow_error (PISD_SAMPLE_HEUN, 50), <, 1e-2);
}

/* Exact denoisers lead every rule to the distribution; all states are kept or the last alone, with
 * the same bits on any number of threads and in whatever company a sample is. */
static void
test_sampling (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_RING, NULL, NULL);
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 200);
  const PisdExactModel model = { process, &data->mixture };
  const PisdEstimator estimator = pisd_estimator_for_mixture (&model);
  const gsize n = 600;
  g_autofree double *fresh = g_new (double, 2 * n);
  PisdEnergySet reached, wanted;

  pisd_lab_data_draw (data, 1, PISD_LAB_FRESH, n, fresh, NULL);
  pisd_energy_set_init (&wanted, 2, n, fresh, 1, NULL);
  for (guint rule = 0; rule < PISD_N_SAMPLE_RULES; rule++)
    {
      PisdSamplePlan plan = { .seed = 3, .rule = rule, .n_steps = 60, .n = n, .eta = 0.5 };
      g_autoptr (PisdTrajectories) all =
          pisd_trajectories_new (&estimator, process, &plan, 1, NULL);
      g_autoptr (PisdTrajectories) last = NULL;
      const double *ends = pisd_trajectories_get_state (all, 60);

      pisd_energy_set_init (&reached, 2, n, ends, 1, NULL);
      g_assert_cmpfloat (pisd_energy_distance (&reached, &wanted, 1, NULL).unbiased, <, 0.02);
      plan.n = 200;
      plan.keeps_last = TRUE;
      last = pisd_trajectories_new (&estimator, process, &plan, 2, NULL);
      g_assert_cmpmem (pisd_trajectories_get_state (last, 60), 400 * sizeof (double), ends,
                       400 * sizeof (double));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_RING, NULL, NULL);
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 200);
  const PisdExactModel model = { process, &data->mixture };
  const PisdEstimator estimator = pisd_estimator_for_mixture (&model);
  const PisdSamplePlan plan = { .n_steps = 200, .n = 100 };
  TestTrip trip = { .limit = 20 };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);

  g_assert_null (pisd_trajectories_new (&estimator, process, &plan, 1, cancel));
  g_assert_cmpuint (trip.looks, <, 30);
}

/* A step that is cancelled is none. */
static void
test_cancelled_step (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  const PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  g_autoptr (PisdDiffuserTraining) training = pisd_diffuser_training_new (&plan, data, 1, cancel);

  pisd_diffuser_training_step (training, 1);
  pisd_cancel_trigger (cancel);
  g_assert_true (isnan (pisd_diffuser_training_step (training, 1)));
  g_assert_cmpuint (pisd_diffuser_training_get_n_steps (training), ==, 1);
}

/* A job makes single steps, rests, goes on to the end with the bits of a training by hand, and ends
 * in the middle when it is freed. */
static void
test_job (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  const PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  g_autoptr (PisdDiffuserTraining) by_hand = pisd_diffuser_training_new (&plan, data, 1, NULL);
  PisdDiffuserJob *job = pisd_diffuser_job_new (&plan, PISD_LAB_MOONS, NULL, 60, 1);
  const gsize n = pisd_diffuser_get_n_parameters (pisd_diffuser_training_get_diffuser (by_hand));
  PisdDiffuserFrame *frame;

  while (!pisd_diffuser_job_is_idle (job))
    g_usleep (1000);
  pisd_diffuser_job_step (job, 3);
  while (!pisd_diffuser_job_is_idle (job))
    g_usleep (1000);
  frame = pisd_diffuser_job_get_frame (job);
  g_assert_cmpuint (frame->n_steps, ==, 3);
  pisd_diffuser_frame_unref (frame);
  pisd_diffuser_job_run (job);
  while (!pisd_diffuser_job_is_through (job))
    g_usleep (1000);
  for (guint i = 0; i < 60; i++)
    pisd_diffuser_training_step (by_hand, 1);
  frame = pisd_diffuser_job_get_frame (job);
  g_assert_cmpmem (frame->parameters, n * sizeof (double),
                   pisd_diffuser_training_get_average (by_hand), n * sizeof (double));
  g_assert_cmpuint (frame->n_losses, ==, 60);
  g_assert_cmpuint (frame->n_measures, ==, PISD_DIFFUSER_MOST_MEASURES);
  g_assert_nonnull (frame->preview);
  g_assert_true (isfinite (frame->measures[11].bits) && frame->measures[11].samples > 0.0);
  pisd_diffuser_frame_unref (frame);
  pisd_diffuser_job_unref (job);
  job = pisd_diffuser_job_new (&plan, PISD_LAB_MOONS, NULL, 1000000, 1);
  pisd_diffuser_job_run (job);
  pisd_diffuser_job_unref (job);
}

/* Half a minute at most for what takes no time. */
static void
wait_for_rest (PisdDiffuserJob *job)
{
  for (guint i = 0; i < 30000 && !pisd_diffuser_job_is_idle (job); i++)
    g_usleep (1000);
  g_assert_true (pisd_diffuser_job_is_idle (job));
}

/* Without a frame there is something to do, until it is stopped; stopped in its preparation or in
 * its steps, it comes to rest. */
static void
test_stopped_job (void)
{
  const PisdDiffuserPlan plan = get_plan (PISD_LAB_DIGITS_16);
  PisdDiffuserJob *job = pisd_diffuser_job_new (&plan, PISD_LAB_DIGITS_16, NULL, 1000000, 1);
  const gboolean is_idle = pisd_diffuser_job_is_idle (job);
  g_autoptr (PisdDiffuserFrame) first = pisd_diffuser_job_get_frame (job);
  g_autoptr (PisdDiffuserFrame) frame = NULL;

  g_assert_true (!is_idle || first != NULL);
  pisd_diffuser_job_stop (job);
  wait_for_rest (job);
  pisd_diffuser_job_unref (job);
  job = pisd_diffuser_job_new (&plan, PISD_LAB_MOONS, NULL, 1000000, 1);
  pisd_diffuser_job_run (job);
  while (frame == NULL || frame->n_steps == 0)
    {
      pisd_diffuser_frame_unref (frame);
      g_usleep (1000);
      frame = pisd_diffuser_job_get_frame (job);
    }
  g_assert_false (pisd_diffuser_job_is_idle (job));
  pisd_diffuser_job_stop (job);
  wait_for_rest (job);
  pisd_diffuser_job_unref (job);
}

/* A rate that is too high ends a job before its steps are made; it says why, and makes no more. */
static void
test_failed_job (void)
{
  PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  PisdDiffuserJob *job;
  g_autoptr (PisdDiffuserFrame) frame = NULL, later = NULL;

  plan.rate = 100.0;
  job = pisd_diffuser_job_new (&plan, PISD_LAB_MOONS, NULL, 2000, 1);
  pisd_diffuser_job_run (job);
  wait_for_rest (job);
  g_assert_true (pisd_diffuser_job_is_through (job));
  frame = pisd_diffuser_job_get_frame (job);
  g_assert_cmpuint (frame->n_steps, <, 100);
  g_assert_nonnull (strstr (frame->failure, "the training diverges"));
  pisd_diffuser_job_run (job);
  wait_for_rest (job);
  later = pisd_diffuser_job_get_frame (job);
  g_assert_true (later == frame);
  pisd_diffuser_job_unref (job);
}

static void
assert_finite (gsize n, const double *x)
{
  for (gsize k = 0; k < n; k++)
    g_assert_true (isfinite (x[k]));
}

/* A rate beyond all bounds leads to a loss that is no number: that step is not made, and what is
 * there to be shown, drawn from and saved are numbers, of the steps before it. */
static void
test_failed_frame (void)
{
  PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  PisdDiffuserJob *job;
  g_autoptr (PisdDiffuserFrame) frame = NULL;

  plan.rate = 1e200;
  job = pisd_diffuser_job_new (&plan, PISD_LAB_MOONS, NULL, 12, 1);
  pisd_diffuser_job_run (job);
  wait_for_rest (job);
  frame = pisd_diffuser_job_get_frame (job);
  g_assert_nonnull (strstr (frame->failure, "Step 2: the loss is no finite number"));
  g_assert_cmpuint (frame->n_steps, ==, 1);
  assert_finite (pisd_diffuser_get_n_parameters (
                     pisd_diffuser_training_get_diffuser (pisd_diffuser_job_get_training (job))),
                 frame->parameters);
  g_assert_cmpuint (frame->n_losses, ==, 1);
  assert_finite (frame->n_losses, frame->losses);
  assert_finite (PISD_DIFFUSER_N_STRETCHES, frame->by_time);
  for (guint k = 0; k < frame->n_measures; k++)
    assert_finite (3, &frame->measures[k].step);
  if (frame->preview != NULL)
    assert_finite (2 * PISD_DIFFUSER_N_PREVIEW, frame->preview);
  pisd_diffuser_job_unref (job);
}

/* Where all labels are left out of the training, inputs of labels keep their first weights, which
 * are chance: what is drawn as it goes is drawn without labels. */
static void
test_without_labels (void)
{
  PisdDiffuserPlan plan = get_plan (PISD_LAB_MOONS);
  g_autoptr (PisdDiffuserFrame) frame = NULL;
  g_autoptr (PisdTrajectories) samples = NULL;
  PisdSamplePlan sampling = { .seed = plan.seed,
                              .rule = PISD_SAMPLE_DDIM,
                              .n_steps = plan.n_times,
                              .n = PISD_DIFFUSER_N_PREVIEW };
  const gsize size = sampling.n * 2 * sizeof (double);
  PisdDiffuserJob *job;
  PisdDiffuserModel model;
  PisdEstimator estimator;

  plan.drop = 1.0;
  g_assert_false (pisd_diffuser_plan_has_labels (&plan));
  job = pisd_diffuser_job_new (&plan, PISD_LAB_MOONS, NULL, 12, 1);
  pisd_diffuser_job_run (job);
  wait_for_rest (job);
  frame = pisd_diffuser_job_get_frame (job);
  model = (PisdDiffuserModel){ pisd_diffuser_training_get_diffuser (
                                   pisd_diffuser_job_get_training (job)),
                               frame->parameters, 0.0, 0.0 };
  estimator = pisd_estimator_for_diffuser (&model);
  samples = pisd_trajectories_new (&estimator, pisd_diffuser_get_process (model.diffuser),
                                   &sampling, 1, NULL);
  g_assert_cmpmem (frame->preview, size, pisd_trajectories_get_state (samples, sampling.n_steps),
                   size);
  pisd_diffuser_job_unref (job);
}

/* Says that x0 is infinite from time 10 on, of label 1 from 12 on, and 0 before. */
static gpointer
open_broken (gconstpointer model, gsize most)
{
  return NULL;
}

static void
estimate_broken (gpointer work,
                 guint t,
                 gsize n,
                 const double *x,
                 const guint *labels,
                 double *x0,
                 double *v)
{
  for (gsize k = 0; k < n; k++)
    x0[k] = t > 10 + 2 * labels[k] ? 0.0 : INFINITY;
}

static void
close_broken (gpointer work)
{
}

/* Of 20 steps of one time each, from 20 down, the ninth begins at time 12; the last samples alone
 * are of label 1. */
static void
test_failed_sampling (void)
{
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 20);
  const PisdEstimator estimator = { 1, FALSE, NULL, open_broken, close_broken, estimate_broken };
  guint labels[300];

  for (guint i = 0; i < 300; i++)
    labels[i] = i >= 290;
  for (guint rule = 0; rule < PISD_N_SAMPLE_RULES; rule++)
    {
      const PisdSamplePlan plan = { .rule = rule,
                                    .n_steps = 20,
                                    .n = 300,
                                    .labels = labels,
                                    .keeps_last = rule != PISD_SAMPLE_DDIM };
      g_autoptr (PisdTrajectories) trajectories =
          pisd_trajectories_new (&estimator, process, &plan, 2, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_trajectories_check (trajectories, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
      /* Heun's step asks at both of its ends. */
      g_assert_cmpuint (trajectories->failed_step, ==, rule == PISD_SAMPLE_HEUN ? 8 : 9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/diffuser/training", test_training);
  g_test_add_func ("/lab/diffuser/guidance", test_guidance);
  g_test_add_func ("/lab/diffuser/latents", test_latents);
  g_test_add_func ("/lab/diffuser/order", test_order);
  g_test_add_func ("/lab/diffuser/sampling", test_sampling);
  g_test_add_func ("/lab/diffuser/cancelled", test_cancelled);
  g_test_add_func ("/lab/diffuser/cancelled-step", test_cancelled_step);
  g_test_add_func ("/lab/diffuser/job", test_job);
  g_test_add_func ("/lab/diffuser/stopped-job", test_stopped_job);
  g_test_add_func ("/lab/diffuser/failed-job", test_failed_job);
  g_test_add_func ("/lab/diffuser/failed-frame", test_failed_frame);
  g_test_add_func ("/lab/diffuser/without-labels", test_without_labels);
  g_test_add_func ("/lab/diffuser/failed-sampling", test_failed_sampling);
  return g_test_run ();
}
