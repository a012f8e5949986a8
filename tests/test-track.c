/* What one method of a comparison has come to: estimates and errors step by step. */

#include "pisd-track.h"

#include <math.h>

#include "pisd-scatter.h"
#include "pisd-truth.h"

#define N_STEPS 6

static PisdScenario *
new_scenario (PisdGuidanceId guidance)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  pisd_settings_apply_preset (settings, guidance, PISD_TASK_FORWARD, TRUE);
  settings->steps = N_STEPS;
  settings->mode_set = PISD_MODES_SQUARE;
  settings->modes = 12;
  g_assert_true (pisd_truth_set_random (scenario, NULL));
  g_assert_true (
      pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 40, 0, 1));
  return scenario;
}

/* One that can decode. */
static PisdTrack *
new_track (const PisdScenario *scenario)
{
  PisdTrack *track = pisd_track_new (scenario);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_track_can_decode (track));
  pisd_track_take_representation (track, pisd_representation_new (&scenario->settings, &error));
  g_assert_no_error (error);
  return track;
}

/* Runs the scenario and hands the track every frame and the result. */
static PisdResult *
run (PisdTrack *track, const PisdScenario *scenario)
{
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (GError) error = NULL;
  PisdResult *result = pisd_run (scenario, channel, 1, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint step = 0; step < pisd_channel_get_n_frames (channel); step++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, step);

      pisd_track_add_frame (track, frame);
    }
  pisd_track_add_result (track, result);
  return result;
}

static void
test_one_sample (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_SECOND_ORDER);
  g_autoptr (PisdTrack) track = new_track (scenario);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdResult) result = NULL;

  g_assert_false (pisd_track_get_field (track, 0, 0, field));
  g_assert_true (isnan (pisd_track_get_error (track, 0, 0)));
  g_assert_cmpuint (pisd_track_get_step (track, 0.5), ==, N_STEPS); /* nothing is known yet */
  result = run (track, scenario);
  g_assert_cmpuint (track->n_known, ==, N_STEPS + 1);
  g_assert_cmpuint (pisd_track_get_step (track, 0.5), ==, N_STEPS / 2);
  for (guint f = 0; f < track->n_fields; f++)
    {
      g_assert_true (pisd_track_get_field (track, N_STEPS, f, field));
      g_assert_cmpfloat (pisd_field_relative_error (field, result->mean[f]), ==, 0);
      g_assert_cmpfloat (pisd_track_get_error (track, N_STEPS, f), ==, result->errors[f]);
      g_assert_true (pisd_track_get_field (track, 2, f, field));
      g_assert_cmpfloat (pisd_field_relative_error (field, result->mean[f]), >, 0);
    }
}

/* The error of a step is that of what is shown there. */
static void
test_errors_are_of_the_fields (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_PISD);
  g_autoptr (PisdTrack) track = new_track (scenario);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdResult) result = run (track, scenario);
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  for (guint f = 0; f < track->n_fields; f++)
    for (guint step = 0; step <= result->n_steps; step++)
      {
        const PisdField *truth = pisd_instance_get_field (scenario->instance, info->fields[f].id);

        g_assert_true (pisd_track_get_field (track, step, f, field));
        g_assert_cmpfloat_with_epsilon (pisd_track_get_error (track, step, f),
                                        pisd_field_relative_error (field, truth), 1e-3);
      }
}

static void
test_mean_of_two (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_SECOND_ORDER);
  g_autoptr (PisdTrack) track = new_track (scenario);
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) mean = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdResult) first = NULL;
  g_autoptr (PisdResult) second = NULL;
  guint serial;

  first = run (track, scenario);
  serial = track->serial;
  scenario->settings.seed++;
  second = run (track, scenario);
  g_assert_cmpuint (track->serial, >, serial);
  g_assert_cmpuint (track->n_results, ==, 2);
  for (gsize p = 0; p < pisd_field_get_n (mean); p++)
    mean->data[p] = 0.5 * (first->mean[0]->data[p] + second->mean[0]->data[p]);
  g_assert_true (pisd_track_get_field (track, N_STEPS, 0, field));
  g_assert_cmpfloat (pisd_field_relative_error (field, mean), <, 1e-12);
}

/* A run that draws many shows the steps of its first and comes to the mean of all. */
static void
test_many_in_one_run (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_SECOND_ORDER);
  g_autoptr (PisdTrack) first = new_track (scenario);
  g_autoptr (PisdTrack) track = NULL;
  g_autoptr (PisdResult) one = run (first, scenario);
  g_autoptr (PisdResult) many = NULL;

  scenario->settings.samples = 5;
  track = new_track (scenario);
  g_assert_true (isnan (track->ends[0]));
  many = run (track, scenario);
  for (guint f = 0; f < track->n_fields; f++)
    {
      for (guint step = 0; step < N_STEPS; step++)
        g_assert_cmpfloat (track->errors[f][step], ==, first->errors[f][step]);
      /* Of the latent, without the modes that it does not hold. */
      g_assert_cmpfloat_with_epsilon (track->errors[f][N_STEPS], one->errors[f],
                                      0.05 * one->errors[f]);
      g_assert_cmpfloat (track->ends[f], ==, many->errors[f]);
      g_assert_cmpfloat (pisd_track_get_error (track, N_STEPS, f), ==, many->errors[f]);
    }
}

/* One estimate, which counts at every step. */
static void
test_method_without_steps (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_EXACT);
  g_autoptr (PisdTrack) track = NULL;
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdResult) result = NULL;

  scenario->settings.steps = 1;
  track = new_track (scenario);
  result = run (track, scenario);
  g_assert_cmpuint (track->n_known, ==, 0);
  g_assert_true (pisd_track_get_field (track, 0, 1, field));
  g_assert_cmpfloat (pisd_field_relative_error (field, result->mean[1]), ==, 0);
  g_assert_cmpfloat (pisd_track_get_error (track, 0, 1), ==, result->errors[1]);
}

static void
test_no_truth (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_SECOND_ORDER);
  g_autoptr (PisdTrack) track = NULL;
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdResult) result = NULL;

  pisd_truth_forget (scenario);
  track = new_track (scenario);
  result = run (track, scenario);
  g_assert_true (pisd_track_get_field (track, 1, 0, field));
  g_assert_true (isnan (pisd_track_get_error (track, 1, 0)));
  g_assert_true (isnan (pisd_track_get_error (track, N_STEPS, 0)));
}

static void
test_settings_that_do_not_go (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_PISD);
  g_autoptr (PisdTrack) track = NULL;
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);

  scenario->settings.sigma_min = 2 * scenario->settings.sigma_max;
  track = pisd_track_new (scenario);
  g_assert_cmpint (track->state, ==, PISD_TRACK_FAILED);
  g_assert_nonnull (track->message);
  g_assert_false (pisd_track_get_field (track, 0, 0, field));
  g_assert_true (isnan (pisd_track_get_error (track, 0, 0)));
}

static void
test_scales_are_shared (void)
{
  g_autoptr (PisdScenario) scenario = new_scenario (PISD_GUIDANCE_PISD);
  g_autoptr (PisdTrack) first = new_track (scenario);
  PisdTrack *const others[] = { NULL, first };
  g_autoptr (PisdTrack) same = pisd_track_new (scenario);
  g_autoptr (PisdTrack) other = NULL;

  g_assert_true (pisd_track_share_scales (same, others, G_N_ELEMENTS (others)));
  g_assert_true (pisd_representation_get_normaliser (same->representation)
                 == pisd_representation_get_normaliser (first->representation));
  scenario->settings.modes++;
  other = pisd_track_new (scenario);
  g_assert_false (pisd_track_share_scales (other, others, G_N_ELEMENTS (others)));
  g_assert_false (pisd_track_can_decode (other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/track/one-sample", test_one_sample);
  g_test_add_func ("/model/track/errors-are-of-the-fields", test_errors_are_of_the_fields);
  g_test_add_func ("/model/track/mean-of-two", test_mean_of_two);
  g_test_add_func ("/model/track/many-in-one-run", test_many_in_one_run);
  g_test_add_func ("/model/track/method-without-steps", test_method_without_steps);
  g_test_add_func ("/model/track/no-truth", test_no_truth);
  g_test_add_func ("/model/track/scales-are-shared", test_scales_are_shared);
  g_test_add_func ("/model/track/settings-that-do-not-go", test_settings_that_do_not_go);
  return g_test_run ();
}
