#include "pisd-job.h"

#include <stdatomic.h>

#include "pisd-error.h"
#include "pisd-test.h"

#define N_PIECES 20
#define N_STEPS 5

/* Work that counts: what every piece has seen, and how many tools there are. */
typedef struct
{
  PisdJob *job;
  atomic_uint n_opened, n_closed;
  atomic_uint steps[N_PIECES];
  atomic_uint visits[N_PIECES];
  guint fails_at; /* piece that fails in its first step; N_PIECES: none */
  double weight;  /* last one that piece 0 has been given */
} Count;

static gpointer
count_open (PisdJob *job, gpointer shared)
{
  Count *count = shared;

  atomic_fetch_add (&count->n_opened, 1);
  return count;
}

static void
count_close (gpointer tools)
{
  Count *count = tools;

  atomic_fetch_add (&count->n_closed, 1);
}

static void
count_work (gpointer tools, guint piece)
{
  Count *count = tools;
  PisdJobControl control = { .watched = piece == 0 };

  atomic_fetch_add (&count->visits[piece], 1);
  for (guint step = 0; step < N_STEPS && pisd_job_may_go_on (count->job, &control); step++)
    {
      if (piece == count->fails_at)
        {
          pisd_job_fail (count->job,
                         g_error_new (PISD_ERROR, PISD_ERROR_NUMERIC, "piece %u", piece));
          return;
        }
      if (piece == 0)
        count->weight = control.parameters.zeta[0];
      atomic_fetch_add (&count->steps[piece], 1);
      pisd_job_add_done (count->job, 1);
    }
}

static const PisdJobOps count_ops = { count_open, count_work, count_close };

static guint
count_steps (Count *count)
{
  guint n = 0;

  for (guint i = 0; i < N_PIECES; i++)
    n += atomic_load (&count->steps[i]);
  return n;
}

/* Every piece is done once and whole, whatever the number of threads; every thread's tools are put away. */
static void
test_pieces (void)
{
  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (PisdJob) job = pisd_job_new (NULL, N_PIECES * N_STEPS, NULL, NULL);
      g_autoptr (GError) error = NULL;
      Count count = { .job = job, .fails_at = N_PIECES };

      pisd_job_run (job, &count_ops, &count, N_PIECES, n_threads, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < N_PIECES; i++)
        {
          g_assert_cmpuint (atomic_load (&count.visits[i]), ==, 1);
          g_assert_cmpuint (atomic_load (&count.steps[i]), ==, N_STEPS);
        }
      g_assert_cmpuint (atomic_load (&count.n_opened), ==, n_threads);
      g_assert_cmpuint (atomic_load (&count.n_closed), ==, n_threads);
    }
}

/* The first failure is the outcome: nothing goes on after it, and who watches is told. */
static void
test_failure (void)
{
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdJob) job = pisd_job_new (channel, N_PIECES * N_STEPS, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Count count = { .job = job, .fails_at = 3 };

  g_assert_false (pisd_job_run (job, &count_ops, &count, N_PIECES, 1, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
  g_assert_cmpstr (error->message, ==, "piece 3");
  g_assert_true (pisd_channel_is_cancelled (channel));
  g_assert_cmpuint (count_steps (&count), ==, 3 * N_STEPS);
  g_assert_cmpuint (atomic_load (&count.n_closed), ==, 1);
}

static gboolean
stop_after (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (total, ==, N_PIECES * N_STEPS);
  *(guint64 *) data = done;
  return done < 12;
}

/* Progress counts the steps of all pieces, and its answer stops the job between two steps: that is no failure. */
static void
test_progress (void)
{
  guint64 last = 0;
  g_autoptr (PisdJob) job = pisd_job_new (NULL, N_PIECES * N_STEPS, stop_after, &last);
  g_autoptr (GError) error = NULL;
  Count count = { .job = job, .fails_at = N_PIECES };

  g_assert_true (pisd_job_run (job, &count_ops, &count, N_PIECES, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (last, ==, 12);
  g_assert_cmpuint (count_steps (&count), ==, 12);
}

/* A channel that is cancelled, before the job or under way, stops every thread, also those that rest. */
static void
test_cancel (void)
{
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_PAUSED, NULL, NULL);
  g_autoptr (PisdJob) job = pisd_job_new (channel, N_PIECES * N_STEPS, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Count count = { .job = job, .fails_at = N_PIECES };

  pisd_channel_cancel (channel);
  g_assert_true (pisd_job_run (job, &count_ops, &count, N_PIECES, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_steps (&count), ==, 0);
}

static gpointer
run_paused (gpointer data)
{
  Count *count = data;

  pisd_job_run (count->job, &count_ops, count, N_PIECES, 2, NULL);
  return NULL;
}

static void
test_cancel_at_rest (void)
{
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_PAUSED, NULL, NULL);
  g_autoptr (PisdJob) job = pisd_job_new (channel, N_PIECES * N_STEPS, NULL, NULL);
  Count count = { .job = job, .fails_at = N_PIECES };
  GThread *thread;

  pisd_channel_allow (channel, 2);
  thread = g_thread_new ("job", run_paused, &count);
  while (atomic_load (&count.steps[0]) < 2)
    g_thread_yield ();
  pisd_channel_cancel (channel);
  g_thread_join (thread);
  g_assert_cmpuint (count_steps (&count), ==, 2);
}

/* Parameters that were set reach the steps after them. */
static void
test_parameters (void)
{
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  g_autoptr (PisdJob) job = pisd_job_new (channel, N_PIECES * N_STEPS, NULL, NULL);
  PisdGuidanceParameters parameters = { .zeta = { 7.0 } };
  Count count = { .job = job, .fails_at = N_PIECES };

  pisd_channel_set_parameters (channel, &parameters);
  g_assert_true (pisd_job_run (job, &count_ops, &count, N_PIECES, 1, NULL));
  g_assert_cmpfloat (count.weight, ==, 7.0);
}

/* Piece 0 ends at once; piece 1, which another thread has, goes on until it is told to stop. */
typedef struct
{
  PisdJob *job;
  atomic_bool first_done, second_begun;
} Late;

static gpointer
late_open (PisdJob *job, gpointer shared)
{
  return shared;
}

static void
late_work (gpointer tools, guint piece)
{
  Late *late = tools;
  PisdJobControl control = { .watched = piece == 0 };

  if (piece > 0)
    {
      atomic_store (&late->second_begun, TRUE);
      while (pisd_job_may_go_on (late->job, &control))
        g_thread_yield ();
      return;
    }
  while (!atomic_load (&late->second_begun))
    g_thread_yield ();
  atomic_store (&late->first_done, TRUE);
}

static void
late_close (gpointer tools)
{
}

static gboolean
refuse_late (guint64 done, guint64 total, gpointer data)
{
  Late *late = data;

  return !atomic_load (&late->first_done);
}

/* The same within a step, which looks at the token alone; piece 0 fails. */
static void
fail_early_work (gpointer tools, guint piece)
{
  Late *late = tools;

  if (piece > 0)
    {
      atomic_store (&late->second_begun, TRUE);
      while (!pisd_cancel_look (pisd_job_get_stop (late->job)))
        g_thread_yield ();
      return;
    }
  while (!atomic_load (&late->second_begun))
    g_thread_yield ();
  pisd_job_fail (late->job, g_error_new_literal (PISD_ERROR, PISD_ERROR_NUMERIC, "broken"));
}

static void
test_stop_within_step (void)
{
  static const PisdJobOps ops = { late_open, fail_early_work, late_close };
  Late late = { 0 };
  g_autoptr (PisdJob) job = pisd_job_new (NULL, 2, NULL, NULL);
  g_autoptr (GError) error = NULL;

  late.job = job;
  g_assert_false (pisd_job_run (job, &ops, &late, 2, 2, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
}

/* Who watches cancels the channel while the calling thread has no piece left. */
static void
late_cancel_work (gpointer tools, guint piece)
{
  Late *late = tools;

  if (piece == 0)
    return;
  pisd_channel_cancel (pisd_job_get_channel (late->job));
  while (!pisd_cancel_look (pisd_job_get_stop (late->job)))
    g_thread_yield ();
}

static void
test_cancel_within_step (void)
{
  static const PisdJobOps ops = { late_open, late_cancel_work, late_close };
  g_autoptr (PisdChannel) channel = pisd_channel_new (1, PISD_PACE_FREE, NULL, NULL);
  Late late = { 0 };
  g_autoptr (PisdJob) job = pisd_job_new (channel, 2, NULL, NULL);

  late.job = job;
  g_assert_true (pisd_job_run (job, &ops, &late, 2, 2, NULL));
}

/* Whoever has no piece left still hears that the others are to stop. */
static void
test_stop_while_waiting (void)
{
  static const PisdJobOps ops = { late_open, late_work, late_close };
  Late late = { 0 };
  g_autoptr (PisdJob) job = pisd_job_new (NULL, 2, refuse_late, &late);

  late.job = job;
  g_assert_true (pisd_job_run (job, &ops, &late, 2, 2, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/job/pieces", test_pieces);
  g_test_add_func ("/run/job/failure", test_failure);
  g_test_add_func ("/run/job/progress", test_progress);
  g_test_add_func ("/run/job/cancel", test_cancel);
  g_test_add_func ("/run/job/cancel-at-rest", test_cancel_at_rest);
  g_test_add_func ("/run/job/parameters", test_parameters);
  g_test_add_func ("/engine/job/stop-while-waiting", test_stop_while_waiting);
  g_test_add_func ("/engine/job/stop-within-step", test_stop_within_step);
  g_test_add_func ("/engine/job/cancel-within-step", test_cancel_within_step);
  return g_test_run ();
}
