/* Whole runs: pisd-run, pisd-sampling behind it and pisd-run-cache between two of them. */
#include "pisd-run.h"

#include <pthread.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-scatter.h"
#include "pisd-test.h"

#define S PISD_GRID

static PisdScenario *
scenario_new (PisdProblemId problem, guint steps, guint samples)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings = test_settings (problem, PISD_MODES_SQUARE, 12);
  scenario->settings.steps = steps;
  scenario->settings.samples = samples;
  scenario->instance =
      pisd_instance_new_random (TEST_EQUATION (problem, 3.0), PISD_FAMILY_GRF, 5, NULL);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 200, 0.0, 6);
  return scenario;
}

static void
assert_same (const PisdResult *a, const PisdResult *b)
{
  g_assert_cmpuint (a->n_samples, ==, b->n_samples);
  for (guint f = 0; f < a->n_fields; f++)
    g_assert_cmpmem (a->samples[f], sizeof (double) * a->n_samples * S * S, b->samples[f],
                     sizeof (double) * b->n_samples * S * S);
}

/* Same scenario, same bits: again, on two threads, and with somebody watching. */
static void
test_same_bits (gconstpointer data)
{
  g_autoptr (PisdScenario) scenario = scenario_new (GPOINTER_TO_INT (data), 20, 5);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdResult) one = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  g_autoptr (PisdResult) again = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  g_autoptr (PisdResult) threads = pisd_run (scenario, NULL, 3, NULL, NULL, NULL);
  g_autoptr (PisdResult) watched = pisd_run (scenario, channel, 2, NULL, NULL, NULL);

  assert_same (one, again);
  assert_same (one, threads);
  assert_same (one, watched);
  g_assert_cmpint (memcmp (one->samples[0], one->samples[0] + S * S, sizeof (double) * S * S), !=,
                   0);
  g_assert_cmpuint (pisd_channel_get_n_frames (channel), ==, 21);
}

/* Runs through the cache what it has been through without; says whether the prior was kept. */
static gboolean
keeps_prior (const PisdScenario *scenario, PisdRunCache *cache)
{
  PisdPrior *before = cache->prior;
  g_autoptr (PisdResult) fresh = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
  g_autoptr (PisdResult) again = pisd_run_again (scenario, NULL, 1, NULL, NULL, cache, NULL);

  assert_same (fresh, again);
  g_assert_nonnull (cache->prior);
  return cache->prior == before;
}

/* What the cache holds is used where it fits, and never where it does not. */
static void
test_cache (void)
{
  g_autoptr (PisdScenario) poisson = scenario_new (PISD_PROBLEM_POISSON, 10, 1);
  g_autoptr (PisdScenario) helmholtz = scenario_new (PISD_PROBLEM_HELMHOLTZ, 10, 1);
  g_auto (PisdRunCache) cache = { 0 };

  g_assert_false (keeps_prior (poisson, &cache));
  pisd_sensors_scatter (poisson->sensors, poisson->instance, PISD_FIELD_U, 20, 0.1, 7);
  poisson->settings.steps = 12;
  g_assert_true (keeps_prior (poisson, &cache));
  poisson->settings.modes = 14;
  keeps_prior (poisson, &cache);
  poisson->settings.mode_set = PISD_MODES_HYPERBOLIC;
  keeps_prior (poisson, &cache);
  keeps_prior (helmholtz, &cache);
  helmholtz->settings.constants[0] = 3.5;
  keeps_prior (helmholtz, &cache);
  g_assert_true (keeps_prior (helmholtz, &cache));
}

static void
test_figures (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_PROBLEM_POISSON, 200, 1);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdResult) result = pisd_run (scenario, channel, 1, NULL, NULL, NULL);
  PisdFrame *last = pisd_channel_dup_frame (channel, 200);

  g_assert_true (result->complete);
  g_assert_cmpuint (result->n_steps, ==, 200);
  g_assert_cmpuint (result->n_evaluations, ==, 200);
  test_assert_below (result->errors[0], 0.3);
  test_assert_below (result->errors[1], 0.3);
  test_assert_close (last->errors[0], result->errors[0], 1e-12);
  test_assert_below (result->truth_residual_fd, 1e-10);
  g_assert_true (isnan (result->sd[0]->data[0]));
  g_assert_cmpfloat (last->sigma, ==, 0.0);
  g_assert_true (result->setup_seconds >= 0.0 && result->seconds >= result->setup_seconds);
  for (guint step = 0; step < 200; step++)
    {
      PisdFrame *frame = pisd_channel_dup_frame (channel, step);

      g_assert_cmpfloat (frame->losses[PISD_TERM_PDE], ==, result->losses[step][PISD_TERM_PDE]);
      pisd_frame_unref (frame);
    }
  pisd_frame_unref (last);
}

/* Mean and standard deviation are those of the samples. */
static void
test_moments (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_PROBLEM_POISSON, 5, 4);
  g_autoptr (PisdResult) r = pisd_run (scenario, NULL, 2, NULL, NULL, NULL);

  for (guint p = 0; p < S * S; p += 331)
    {
      double mean = 0.0, square = 0.0;

      for (guint s = 0; s < 4; s++)
        mean += r->samples[1][s * S * S + p] / 4;
      for (guint s = 0; s < 4; s++)
        square += pow (r->samples[1][s * S * S + p] - mean, 2);
      test_assert_close (r->mean[1]->data[p], mean, 1e-15);
      test_assert_close (r->sd[1]->data[p], sqrt (square / 3), 1e-14);
    }
}

static gboolean
stop_after (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (total, ==, 50);
  return done < GPOINTER_TO_UINT (data);
}

static void
test_stop (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_PROBLEM_POISSON, 50, 1);
  g_autoptr (PisdResult) result =
      pisd_run (scenario, NULL, 1, stop_after, GUINT_TO_POINTER (7), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (result->complete);
  g_assert_cmpuint (result->n_steps, ==, 7);
  g_assert_true (pisd_field_is_finite (result->mean[0]));
  g_assert_null (pisd_run (scenario, NULL, 1, stop_after, GUINT_TO_POINTER (0), &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
}

/* A run on a thread of its own. */
typedef struct
{
  PisdScenario *scenario;
  PisdChannel *channel;
  PisdResult *result;
} Watched;

static gboolean
is_wanted (guint64 done, guint64 total, gpointer data)
{
  return !pisd_channel_is_cancelled (data);
}

static void *
watched_main (void *data)
{
  Watched *w = data;

  w->result = pisd_run (w->scenario, w->channel, 2, is_wanted, w->channel, NULL);
  return NULL;
}

static pthread_t
watch (Watched *w, PisdPace pace)
{
  pthread_t thread;

  w->channel = pisd_channel_new (1, pace, NULL, NULL);
  g_assert_cmpint (pthread_create (&thread, NULL, watched_main, w), ==, 0);
  return thread;
}

static void
watched_clear (Watched *w)
{
  pisd_result_free (w->result);
  pisd_channel_free (w->channel);
  pisd_scenario_free (w->scenario);
}

/* While the run is paused no sample goes on but the one that is watched, and that by the steps granted. */
static void
test_pause_holds_all_samples (void)
{
  Watched w = { .scenario = scenario_new (PISD_PROBLEM_POISSON, 6, 4) };
  pthread_t thread = watch (&w, PISD_PACE_PAUSED);
  PisdEnsemble *ensemble;

  pisd_channel_allow (w.channel, 6);
  while ((ensemble = pisd_channel_take_ensemble (w.channel)) == NULL)
    g_thread_yield ();
  g_assert_cmpuint (ensemble->n, ==, 1);
  pisd_ensemble_free (ensemble);
  pisd_channel_cancel (w.channel);
  pthread_join (thread, NULL);
  g_assert_false (w.result->complete);
  g_assert_cmpuint (w.result->n_samples, ==, 1);
  watched_clear (&w);
}

/* When the watched sample has made its last step, granted ones go to the others. */
static void
test_steps_beyond_the_watched (void)
{
  Watched w = { .scenario = scenario_new (PISD_PROBLEM_POISSON, 6, 4) };
  pthread_t thread = watch (&w, PISD_PACE_PAUSED);

  pisd_channel_allow (w.channel, 4 * 6);
  pthread_join (thread, NULL);
  g_assert_true (w.result->complete);
  watched_clear (&w);
}

/* Waits until the watched sample's frame of that step is there. */
static PisdFrame *
await_frame (Watched *w, guint step)
{
  PisdFrame *frame;

  while ((frame = pisd_channel_dup_frame (w->channel, step)) == NULL)
    g_thread_yield ();
  return frame;
}

/* A step in mid-run that breaks ends the run, whoever rests meanwhile.  New weights make the gradient
 * of the step after the one that they come with. */
static void
test_failure_wakes_all (void)
{
  Watched w = { .scenario = scenario_new (PISD_PROBLEM_POISSON, 50, 4) };
  PisdGuidanceParameters parameters = w.scenario->settings.parameters;
  g_autoptr (PisdFrame) whole = NULL;
  g_autoptr (PisdFrame) broken = NULL;
  pthread_t thread;

  w.scenario->settings.guidance = PISD_GUIDANCE_DPS;
  thread = watch (&w, PISD_PACE_PAUSED);
  pisd_channel_allow (w.channel, 3);
  whole = await_frame (&w, 3);
  parameters.zeta[PISD_TERM_OBS (0)] = 1e200;
  pisd_channel_set_parameters (w.channel, &parameters);
  pisd_channel_allow (w.channel, 2);
  broken = await_frame (&w, 5);
  g_assert_cmpstr (whole->broken, ==, NULL);
  g_assert_cmpstr (broken->broken, !=, NULL);
  pisd_channel_allow (w.channel, 1);
  pthread_join (thread, NULL);
  g_assert_null (w.result);
  watched_clear (&w);
}

/* New weights are in force for every sample, on one thread as on two. */
static void
test_parameters_reach_all_samples (void)
{
  Watched w = { .scenario = scenario_new (PISD_PROBLEM_POISSON, 6, 4) };
  g_autoptr (PisdResult) plain = pisd_run (w.scenario, NULL, 1, NULL, NULL, NULL);
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  PisdGuidanceParameters parameters = w.scenario->settings.parameters;
  g_autoptr (PisdResult) alone = NULL;
  pthread_t thread;

  parameters.zeta[PISD_TERM_OBS (0)] *= 3.0;
  parameters.zeta[PISD_TERM_PDE] = 0.0;
  pisd_channel_set_parameters (channel, &parameters);
  alone = pisd_run (w.scenario, channel, 1, NULL, NULL, NULL);
  thread = watch (&w, PISD_PACE_PAUSED);
  pisd_channel_set_parameters (w.channel, &parameters);
  pisd_channel_set_pace (w.channel, PISD_PACE_FREE);
  pthread_join (thread, NULL);
  assert_same (alone, w.result);
  for (guint s = 0; s < 4; s++)
    g_assert_cmpint (
        memcmp (plain->samples[0] + s * S * S, alone->samples[0] + s * S * S, sizeof (double) * S),
        !=, 0);
  watched_clear (&w);
}

/* Draws stop as soon as they are told to, and what was drawn stays. */
static gboolean
stop_draws (guint64 done, guint64 total, gpointer data)
{
  return done < total / 2;
}

static void
test_stop_draws (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_PROBLEM_POISSON, 1, 40);
  g_autoptr (PisdResult) result = NULL;

  pisd_settings_apply_preset (&scenario->settings, PISD_GUIDANCE_EXACT, PISD_TASK_FORWARD, TRUE);
  scenario->settings.samples = 40;
  result = pisd_run (scenario, NULL, 1, stop_draws, NULL, NULL);
  g_assert_nonnull (result);
  g_assert_false (result->complete);
  g_assert_cmpuint (result->n_samples, ==, 20);
}

static void
test_numeric_failure (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_PROBLEM_POISSON, 50, 1);
  g_autoptr (GError) error = NULL;

  pisd_sensors_edit (scenario->sensors)[3].value = 1e200;
  g_assert_null (pisd_run (scenario, NULL, 1, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
  g_assert_nonnull (strstr (error->message, "step 0 of 50, sample 0: `obs_a`"));
}

static void
test_refuses (void)
{
  g_autoptr (PisdScenario) scenario = scenario_new (PISD_PROBLEM_POISSON, 5, 1);
  g_autoptr (GError) error = NULL;
  PisdSensor s = { .field = PISD_FIELD_W, .x = 0.5, .y = 0.5 };

  pisd_sensors_add (scenario->sensors, &s);
  g_assert_null (pisd_run (scenario, NULL, 1, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
  g_clear_error (&error);
  scenario->settings.sigma_min = 100.0;
  g_assert_null (pisd_run (scenario, NULL, 1, NULL, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/run/same-bits/poisson", GINT_TO_POINTER (PISD_PROBLEM_POISSON),
                        test_same_bits);
  g_test_add_data_func ("/engine/run/same-bits/helmholtz", GINT_TO_POINTER (PISD_PROBLEM_HELMHOLTZ),
                        test_same_bits);
  g_test_add_func ("/engine/run/cache", test_cache);
  g_test_add_func ("/engine/run/figures", test_figures);
  g_test_add_func ("/engine/run/moments", test_moments);
  g_test_add_func ("/engine/run/stop", test_stop);
  g_test_add_func ("/engine/run/pause-holds-all-samples", test_pause_holds_all_samples);
  g_test_add_func ("/engine/run/parameters-reach-all-samples", test_parameters_reach_all_samples);
  g_test_add_func ("/engine/run/steps-beyond-the-watched", test_steps_beyond_the_watched);
  g_test_add_func ("/engine/run/failure-wakes-all", test_failure_wakes_all);
  g_test_add_func ("/engine/run/stop-draws", test_stop_draws);
  g_test_add_func ("/engine/run/numeric-failure", test_numeric_failure);
  g_test_add_func ("/engine/run/refuses", test_refuses);
  return g_test_run ();
}
