#include "explorer-comparison.h"

#include <math.h>

#include "explorer-job.h"
#include "explorer-spare.h"

/* Runs of a chain come one after the other, so that what one prepared serves the next: columns
 * that condition on the readings share their factors, the others the prior.  In each round every
 * column of the chain draws one sample, so that all of them show something early. */
enum
{
  CHAIN_PRIOR,
  CHAIN_READINGS,
  N_CHAINS
};

typedef struct
{
  guint column;  /* EXPLORER_PLAN_N_COLUMNS: through */
  guint sample;  /* the round: which sample every column draws */
  guint n_taken; /* frames of that sample in the track */
  ExplorerJob *job;
  PisdRunCache cache;
} Chain;

struct _ExplorerComparison
{
  GObject parent_instance;

  ExplorerPlan *plan;
  PisdTrack *tracks[EXPLORER_PLAN_N_COLUMNS];
  Chain chains[N_CHAINS];
  guint n_jobs; /* started so far: numbers the runs */
};

G_DEFINE_FINAL_TYPE (ExplorerComparison, explorer_comparison, G_TYPE_OBJECT)

enum
{
  READY,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static PisdTrack *
get_track_of (ExplorerComparison *self, const Chain *chain)
{
  return self->tracks[chain->column];
}

static gboolean
is_through (const Chain *chain)
{
  return chain->column >= EXPLORER_PLAN_N_COLUMNS;
}

static const PisdMethod *
get_method_of (const PisdTrack *track)
{
  return pisd_method_get (track->scenario->settings.guidance);
}

static gboolean
can_run (const PisdTrack *track)
{
  return track != NULL && track->state != PISD_TRACK_FAILED;
}

/* Whether the column draws a sample in this round of the chain. */
static gboolean
has_turn (ExplorerComparison *self, const Chain *chain, guint column)
{
  const PisdTrack *track = self->tracks[column];
  guint index;

  if (!can_run (track))
    return FALSE;
  index = get_method_of (track)->conditions ? CHAIN_READINGS : CHAIN_PRIOR;
  return chain == &self->chains[index]
         && chain->sample < explorer_plan_get_n_runs (self->plan, column);
}

/* Goes to the next column, from `column` on, that has a turn in this round or a later one. */
static void
find_turn (ExplorerComparison *self, Chain *chain, guint column)
{
  for (; chain->sample < EXPLORER_PLAN_MOST_SAMPLES; chain->sample++)
    {
      for (; column < EXPLORER_PLAN_N_COLUMNS; column++)
        if (has_turn (self, chain, column))
          {
            chain->column = column;
            return;
          }
      column = 0;
    }
  chain->column = EXPLORER_PLAN_N_COLUMNS;
}

/* What decodes the frames was made on the thread of the first job that has some. */
static void
prepare (PisdTrack *track, ExplorerJob *job)
{
  if (!pisd_track_can_decode (track))
    pisd_track_take_representation (track, explorer_job_take_representation (job));
}

/* Frames that the worker published since the last call. */
static gboolean
drain_chain (ExplorerComparison *self, Chain *chain)
{
  PisdTrack *track;
  PisdChannel *channel;
  guint n_frames, before = chain->n_taken;

  if (chain->job == NULL)
    return FALSE;
  track = get_track_of (self, chain);
  channel = explorer_job_get_channel (chain->job);
  pisd_frame_unref (pisd_channel_take (channel));
  n_frames = pisd_channel_get_n_frames (channel);
  if (n_frames > 0)
    prepare (track, chain->job);
  for (; chain->n_taken < n_frames; chain->n_taken++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, chain->n_taken);

      if (frame->broken == NULL)
        pisd_track_add_frame (track, frame);
    }
  return chain->n_taken > before;
}

static void
end_job (Chain *chain)
{
  explorer_job_stop (chain->job);
  explorer_job_take_cache (chain->job, &chain->cache);
  g_clear_pointer (&chain->job, explorer_job_release);
}

static void
on_ready (ExplorerJob *job, gpointer target)
{
  g_signal_emit (target, signals[READY], 0);
}

static void on_done (ExplorerJob *job, gpointer target);

/* Made at once where another column has the scales, those of the comparison before included. */
static gboolean
can_decode (ExplorerComparison *self, PisdTrack *track)
{
  return pisd_track_can_decode (track)
         || pisd_track_share_scales (track, self->tracks, EXPLORER_PLAN_N_COLUMNS);
}

/* Scores are shown where priors are compared, and of the runs that draw all samples. */
static guint
choose_flags (ExplorerComparison *self, const Chain *chain)
{
  const gboolean is_scored =
      self->tracks[EXPLORER_PLAN_OTHER_PRIOR] != NULL
      && (chain->column == EXPLORER_PLAN_AS_SET || chain->column == EXPLORER_PLAN_OTHER_PRIOR);

  return EXPLORER_JOB_ALONE
         | (can_decode (self, get_track_of (self, chain)) ? 0 : EXPLORER_JOB_DECODED)
         | (is_scored ? EXPLORER_JOB_SCORED : 0);
}

static void
start_job (ExplorerComparison *self, Chain *chain)
{
  PisdTrack *track = get_track_of (self, chain);
  g_autoptr (PisdScenario) scenario = pisd_scenario_dup (track->scenario);

  scenario->settings.seed += chain->sample;
  chain->n_taken = 0;
  track->state = PISD_TRACK_RUNNING;
  chain->job =
      explorer_job_start (++self->n_jobs, scenario, NULL, PISD_PACE_FREE, &chain->cache,
                          choose_flags (self, chain), NULL, G_OBJECT (self), on_ready, on_done);
}

/* What its runs shared is made again when the comparison is: it may stay open for hours. */
static void
forget_shared (Chain *chain)
{
  pisd_run_cache_clear (&chain->cache);
  explorer_spare_soon ();
}

/* The next turn from `column` on, if there is one. */
static void
start_turn (ExplorerComparison *self, Chain *chain, guint column)
{
  find_turn (self, chain, column);
  if (is_through (chain))
    forget_shared (chain);
  else
    start_job (self, chain);
}

/* A column that has more samples to draw goes on in the next round. */
static void
take_outcome (ExplorerComparison *self, Chain *chain)
{
  PisdTrack *track = get_track_of (self, chain);
  const PisdResult *result = explorer_job_get_result (chain->job);

  if (result == NULL)
    {
      pisd_track_fail (track, explorer_job_get_error (chain->job)->message);
      return;
    }
  prepare (track, chain->job);
  pisd_track_add_result (track, result);
  for (guint f = 0; f < track->n_fields; f++)
    track->crps[f] = explorer_job_get_crps (chain->job, f);
  if (chain->sample + 1 >= explorer_plan_get_n_runs (self->plan, chain->column))
    track->state = PISD_TRACK_DONE;
}

static Chain *
find_chain (ExplorerComparison *self, ExplorerJob *job)
{
  for (guint k = 0; k < N_CHAINS; k++)
    if (self->chains[k].job == job)
      return &self->chains[k];
  return NULL;
}

static void
on_done (ExplorerJob *job, gpointer target)
{
  ExplorerComparison *self = target;
  Chain *chain = find_chain (self, job);

  if (chain == NULL) /* stopped meanwhile */
    return;
  drain_chain (self, chain);
  take_outcome (self, chain);
  end_job (chain);
  start_turn (self, chain, chain->column + 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_chain (ExplorerComparison *self, Chain *chain)
{
  if (chain->job == NULL)
    return;
  pisd_channel_cancel (explorer_job_get_channel (chain->job));
  drain_chain (self, chain);
  end_job (chain);
  chain->column = EXPLORER_PLAN_N_COLUMNS;
  forget_shared (chain);
}

/* What is not through stops, be it between two of its samples. */
static void
stop_track (PisdTrack *track)
{
  if (track != NULL && (track->state == PISD_TRACK_WAITING || track->state == PISD_TRACK_RUNNING))
    track->state = PISD_TRACK_STOPPED;
}

static void
stop_all (ExplorerComparison *self)
{
  for (guint k = 0; k < N_CHAINS; k++)
    if (self->chains[k].job != NULL)
      pisd_channel_cancel (explorer_job_get_channel (self->chains[k].job));
  for (guint k = 0; k < N_CHAINS; k++)
    stop_chain (self, &self->chains[k]);
  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS; c++)
    stop_track (self->tracks[c]);
}

static PisdTrack *
new_track (ExplorerComparison *self, guint column)
{
  g_autoptr (PisdScenario) scenario = explorer_plan_dup_scenario (self->plan, column);
  PisdTrack *track = scenario == NULL ? NULL : pisd_track_new (scenario);

  if (can_run (track))
    can_decode (self, track);
  return track;
}

void
explorer_comparison_start (ExplorerComparison *self)
{
  g_return_if_fail (EXPLORER_IS_COMPARISON (self));

  stop_all (self);
  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS; c++)
    {
      G_GNUC_UNUSED g_autoptr (PisdTrack) before = self->tracks[c];

      self->tracks[c] = new_track (self, c);
    }
  for (guint k = 0; k < N_CHAINS; k++)
    {
      self->chains[k].sample = 0;
      start_turn (self, &self->chains[k], 0);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

void
explorer_comparison_stop (ExplorerComparison *self)
{
  g_return_if_fail (EXPLORER_IS_COMPARISON (self));

  if (!explorer_comparison_is_running (self))
    return;
  stop_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
explorer_comparison_is_running (ExplorerComparison *self)
{
  for (guint k = 0; k < N_CHAINS; k++)
    if (self->chains[k].job != NULL)
      return TRUE;
  return FALSE;
}

gboolean
explorer_comparison_drain (ExplorerComparison *self)
{
  gboolean any = FALSE;

  for (guint k = 0; k < N_CHAINS; k++)
    any = drain_chain (self, &self->chains[k]) || any;
  return any;
}

PisdTrack *
explorer_comparison_get_track (ExplorerComparison *self, guint column)
{
  g_return_val_if_fail (column < EXPLORER_PLAN_N_COLUMNS, NULL);

  return self->tracks[column];
}

double
explorer_comparison_get_exact_error (ExplorerComparison *self, guint field)
{
  double error = NAN;

  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS && isnan (error); c++)
    if (self->tracks[c] != NULL && get_method_of (self->tracks[c])->knows_mean)
      error = pisd_track_get_error (self->tracks[c], self->tracks[c]->n_steps, field);
  return error;
}

ExplorerPlan *
explorer_comparison_get_plan (ExplorerComparison *self)
{
  return self->plan;
}

static void
explorer_comparison_dispose (GObject *object)
{
  stop_all (EXPLORER_COMPARISON (object));
  G_OBJECT_CLASS (explorer_comparison_parent_class)->dispose (object);
}

static void
explorer_comparison_finalize (GObject *object)
{
  ExplorerComparison *self = EXPLORER_COMPARISON (object);

  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS; c++)
    pisd_track_free (self->tracks[c]);
  explorer_plan_free (self->plan);
  explorer_spare_soon ();
  G_OBJECT_CLASS (explorer_comparison_parent_class)->finalize (object);
}

static void
explorer_comparison_class_init (ExplorerComparisonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = explorer_comparison_dispose;
  object_class->finalize = explorer_comparison_finalize;
  signals[READY] = g_signal_new ("ready", EXPLORER_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", EXPLORER_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_comparison_init (ExplorerComparison *self)
{
}

ExplorerComparison *
explorer_comparison_new (const PisdScenario *scenario)
{
  ExplorerComparison *self = g_object_new (EXPLORER_TYPE_COMPARISON, NULL);

  self->plan = explorer_plan_new (scenario);
  return self;
}
