#include "pisd-channel.h"

#include <pthread.h>
#include <stdatomic.h>

#include "pisd-error.h"
#include "pisd-test.h"

static PisdFrame *
make_frame (guint step)
{
  PisdFrame *frame = pisd_frame_new (4);

  frame->run_id = 7;
  frame->step = step;
  frame->state[0] = (float) step;
  return frame;
}

/* A worker that publishes frames 0 .. n and waits before every step, as a run does. */
typedef struct
{
  PisdChannel *channel;
  guint n;
  atomic_uint done;    /* steps granted */
  atomic_uint changes; /* times that new parameters arrived */
  double zeta;         /* last weight seen; read after join */
  guint broken_at;     /* publishes a broken frame there; G_MAXUINT: never */
} Worker;

static void *
worker_main (void *data)
{
  Worker *w = data;
  PisdGuidanceParameters parameters = { 0 };
  guint seen = 0;

  for (guint step = 0;; step++)
    {
      PisdFrame *frame = make_frame (step);
      gboolean changed;

      frame->broken = step == w->broken_at ? "pde" : NULL;
      pisd_channel_publish (w->channel, frame);
      if (step == w->n || !pisd_channel_wait (w->channel, TRUE, &parameters, &seen, &changed))
        break;
      if (changed)
        atomic_fetch_add (&w->changes, 1);
      atomic_fetch_add (&w->done, 1);
    }
  w->zeta = parameters.zeta[0];
  return NULL;
}

static pthread_t
start (Worker *w, guint n, PisdPace pace)
{
  pthread_t thread;

  w->channel = pisd_channel_new (7, pace, NULL, NULL);
  w->n = n;
  w->broken_at = G_MAXUINT;
  g_assert_cmpint (pthread_create (&thread, NULL, worker_main, w), ==, 0);
  return thread;
}

/* Waits until the channel holds that many frames. */
static void
await_frames (PisdChannel *channel, guint n)
{
  while (pisd_channel_get_n_frames (channel) < n)
    g_thread_yield ();
}

static void
test_history (void)
{
  Worker w = { 0 };
  pthread_t thread = start (&w, 1000, PISD_PACE_FREE);
  PisdFrame *last;

  pthread_join (thread, NULL);
  g_assert_cmpuint (pisd_channel_get_n_frames (w.channel), ==, 1001);
  for (guint step = 0; step <= 1000; step++)
    {
      PisdFrame *frame = pisd_channel_dup_frame (w.channel, step);

      g_assert_cmpfloat (frame->state[0], ==, (float) step);
      pisd_frame_unref (frame);
    }
  g_assert_null (pisd_channel_dup_frame (w.channel, 1001));
  last = pisd_channel_take (w.channel);
  g_assert_cmpuint (last->step, ==, 1000);
  pisd_frame_unref (last);
  g_assert_null (pisd_channel_take (w.channel));
  g_assert_cmpuint (pisd_channel_get_n_skipped (w.channel), ==, 1000);
  pisd_channel_free (w.channel);
}

/* Every frame is seen, in order, none skipped. */
static void
test_lockstep (void)
{
  Worker w = { 0 };
  pthread_t thread = start (&w, 200, PISD_PACE_LOCKSTEP);

  for (guint expected = 0; expected <= 200; expected++)
    {
      PisdFrame *frame;

      while ((frame = pisd_channel_take (w.channel)) == NULL)
        g_thread_yield ();
      g_assert_cmpuint (frame->step, ==, expected);
      pisd_frame_unref (frame);
    }
  pthread_join (thread, NULL);
  g_assert_cmpuint (pisd_channel_get_n_skipped (w.channel), ==, 0);
  pisd_channel_free (w.channel);
}

/* Paused, exactly as many steps are done as were granted. */
static void
test_single_steps (void)
{
  Worker w = { 0 };
  pthread_t thread = start (&w, 100, PISD_PACE_PAUSED);

  await_frames (w.channel, 1);
  pisd_channel_allow (w.channel, 3);
  await_frames (w.channel, 4);
  pisd_channel_allow (w.channel, 1);
  await_frames (w.channel, 5);
  pisd_channel_cancel (w.channel);
  pthread_join (thread, NULL);
  g_assert_cmpuint (atomic_load (&w.done), ==, 4);
  g_assert_cmpuint (pisd_channel_get_n_frames (w.channel), ==, 5);
  pisd_channel_free (w.channel);
}

static void
test_cancel_wakes_every_pace (void)
{
  for (PisdPace pace = PISD_PACE_FREE; pace <= PISD_PACE_GRANTED; pace++)
    {
      Worker w = { 0 };
      pthread_t thread = start (&w, 1000000, pace);

      await_frames (w.channel, 1);
      pisd_channel_cancel (w.channel);
      pthread_join (thread, NULL);
      g_assert_true (pisd_channel_is_cancelled (w.channel));
      pisd_channel_free (w.channel);
    }
}

static void
test_parameters (void)
{
  Worker w = { 0 };
  pthread_t thread = start (&w, 2, PISD_PACE_PAUSED);
  PisdGuidanceParameters parameters = { .zeta = { 42.0 } };

  await_frames (w.channel, 1);
  pisd_channel_set_parameters (w.channel, &parameters);
  pisd_channel_allow (w.channel, 2);
  pthread_join (thread, NULL);
  g_assert_cmpuint (atomic_load (&w.changes), ==, 1);
  g_assert_cmpfloat (w.zeta, ==, 42.0);
  pisd_channel_free (w.channel);
}

/* What nobody watches rests while the run is paused, whatever steps are granted, and takes new parameters over as well. */
static void *
follower_main (void *data)
{
  Worker *w = data;
  PisdGuidanceParameters parameters = { 0 };
  gboolean changed;
  guint seen = 0;

  while (pisd_channel_wait (w->channel, FALSE, &parameters, &seen, &changed))
    {
      if (changed)
        atomic_fetch_add (&w->changes, 1);
      atomic_fetch_add (&w->done, 1);
    }
  w->zeta = parameters.zeta[0];
  return NULL;
}

/* Granted are the watched sample's steps; the others need none. */
static void
test_granted (void)
{
  Worker watched = { 0 }, w = { 0 };
  pthread_t thread = start (&watched, 100, PISD_PACE_GRANTED), follower;

  w.channel = watched.channel;
  g_assert_cmpint (pthread_create (&follower, NULL, follower_main, &w), ==, 0);
  while (atomic_load (&w.done) < 1000)
    g_thread_yield ();
  await_frames (w.channel, 1);
  pisd_channel_allow (w.channel, 3);
  await_frames (w.channel, 4);
  while (atomic_load (&w.done) < 2000)
    g_thread_yield ();
  g_assert_cmpuint (atomic_load (&watched.done), ==, 3);
  pisd_channel_cancel (w.channel);
  pthread_join (thread, NULL);
  pthread_join (follower, NULL);
  pisd_channel_free (w.channel);
}

static void
test_follow (void)
{
  Worker watched = { 0 }, w = { 0 };
  PisdGuidanceParameters parameters = { .zeta = { 42.0 } };
  pthread_t thread = start (&watched, 100, PISD_PACE_PAUSED), follower;

  w.channel = watched.channel;
  pisd_channel_set_parameters (w.channel, &parameters);
  g_assert_cmpint (pthread_create (&follower, NULL, follower_main, &w), ==, 0);
  await_frames (w.channel, 1);
  pisd_channel_allow (w.channel, 50);
  await_frames (w.channel, 51);
  g_assert_cmpuint (atomic_load (&w.done), ==, 0);
  pisd_channel_set_pace (w.channel, PISD_PACE_LOCKSTEP);
  while (atomic_load (&w.done) < 1000)
    g_thread_yield ();
  pisd_channel_set_pace (w.channel, PISD_PACE_PAUSED);
  pisd_channel_cancel (w.channel);
  pthread_join (follower, NULL);
  pthread_join (thread, NULL);
  g_assert_cmpuint (atomic_load (&w.changes), ==, 1);
  g_assert_cmpfloat (w.zeta, ==, 42.0);
  pisd_channel_free (w.channel);
}

/* Steps granted before the watched sample made its last one go to those who already rest then. */
static void
test_last_step_wakes_followers (void)
{
  for (guint round = 0; round < 50; round++)
    {
      Worker w = { .channel = pisd_channel_new (7, PISD_PACE_PAUSED, NULL, NULL) };
      PisdFrame *last = make_frame (1);
      pthread_t follower;

      pisd_channel_allow (w.channel, 3);
      pisd_channel_publish (w.channel, make_frame (0));
      g_assert_cmpint (pthread_create (&follower, NULL, follower_main, &w), ==, 0);
      for (guint k = 0; k < round; k++)
        g_thread_yield (); /* later rounds find it resting, and none needs to */
      g_assert_cmpuint (atomic_load (&w.done), ==, 0);
      last->n_steps = 1;
      pisd_channel_publish (w.channel, last);
      while (atomic_load (&w.done) < 3)
        g_thread_yield ();
      pisd_channel_cancel (w.channel);
      pthread_join (follower, NULL);
      g_assert_cmpuint (atomic_load (&w.done), ==, 3);
      pisd_channel_free (w.channel);
    }
}

static void
test_broken_pauses (void)
{
  Worker w = { .channel = pisd_channel_new (7, PISD_PACE_FREE, NULL, NULL),
               .n = 100,
               .broken_at = 5 };
  pthread_t thread;

  g_assert_cmpint (pthread_create (&thread, NULL, worker_main, &w), ==, 0);
  await_frames (w.channel, 6);
  g_assert_cmpint (pisd_channel_get_pace (w.channel), ==, PISD_PACE_PAUSED);
  pisd_channel_cancel (w.channel);
  pthread_join (thread, NULL);
  g_assert_cmpuint (pisd_channel_get_n_frames (w.channel), ==, 6);
  pisd_channel_free (w.channel);
}

static void
count_wake (gpointer data)
{
  atomic_fetch_add ((atomic_uint *) data, 1);
}

static PisdChannel *
stall_beside_frame (atomic_uint *wakes, gboolean is_alone, gboolean *goes_on)
{
  PisdChannel *channel = pisd_channel_new (1, PISD_PACE_FREE, count_wake, wakes);
  g_autoptr (GError) failure = g_error_new_literal (PISD_ERROR, PISD_ERROR_IO, "gone");
  g_autoptr (GError) said = NULL;

  if (is_alone)
    pisd_channel_leave_alone (channel);
  else
    pisd_channel_cancel (channel); /* or it would wait here */
  pisd_channel_publish (channel, make_frame (0));
  *goes_on = pisd_channel_stall (channel, failure);
  said = pisd_channel_take_stall (channel);
  g_assert_cmpstr (said->message, ==, "gone");
  return channel;
}

/* Beside a frame that nobody has taken yet it wakes once more, or it would not be heard of; a run that
 * nobody lets go on is not paused. */
static void
test_stall (void)
{
  for (guint is_alone = 0; is_alone < 2; is_alone++)
    {
      atomic_uint wakes = 0;
      gboolean goes_on;
      PisdFrame *broken;
      g_autoptr (PisdChannel) channel = stall_beside_frame (&wakes, is_alone, &goes_on);

      g_assert_cmpuint (wakes, ==, 2);
      g_assert_true (goes_on == (is_alone == 1));
      g_assert_cmpint (pisd_channel_get_pace (channel), ==,
                       is_alone ? PISD_PACE_FREE : PISD_PACE_PAUSED);
      broken = make_frame (1);
      broken->broken = "pde";
      pisd_channel_set_pace (channel, PISD_PACE_FREE);
      pisd_channel_publish (channel, broken); /* a frame waits already */
      g_assert_cmpuint (wakes, ==, 2);
      g_assert_cmpint (pisd_channel_get_pace (channel), ==,
                       is_alone ? PISD_PACE_FREE : PISD_PACE_PAUSED);
    }
}

/* One wake for any number of frames, another only after the consumer came. */
static void
test_one_pending_wake (void)
{
  atomic_uint wakes = 0;
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, count_wake, &wakes);

  for (guint step = 0; step < 10; step++)
    pisd_channel_publish (channel, make_frame (step));
  g_assert_cmpuint (wakes, ==, 1);
  pisd_frame_unref (pisd_channel_take (channel));
  pisd_channel_publish (channel, make_frame (10));
  g_assert_cmpuint (wakes, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/channel/history", test_history);
  g_test_add_func ("/engine/channel/lockstep", test_lockstep);
  g_test_add_func ("/engine/channel/single-steps", test_single_steps);
  g_test_add_func ("/engine/channel/follow", test_follow);
  g_test_add_func ("/engine/channel/last-step-wakes-followers", test_last_step_wakes_followers);
  g_test_add_func ("/engine/channel/granted", test_granted);
  g_test_add_func ("/engine/channel/cancel-wakes-every-pace", test_cancel_wakes_every_pace);
  g_test_add_func ("/engine/channel/parameters", test_parameters);
  g_test_add_func ("/engine/channel/broken-pauses", test_broken_pauses);
  g_test_add_func ("/engine/channel/one-pending-wake", test_one_pending_wake);
  g_test_add_func ("/engine/channel/stall", test_stall);
  return g_test_run ();
}
