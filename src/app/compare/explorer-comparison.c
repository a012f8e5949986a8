#include "explorer-comparison.h"

#include <math.h>

#include "explorer-job.h"
#include "pisd-memory.h"

/* First-order methods: far beyond their official counts little is gained that one would see. */
#define FIRST_ORDER_STEPS 300
/* Methods of a chain run one after the other, so that what one prepared serves the next: those
 * that condition on the readings share their factors, the others the prior. */
enum
{
  CHAIN_PRIOR,
  CHAIN_READINGS,
  N_CHAINS
};

typedef struct
{
  PisdGuidanceId method; /* PISD_N_GUIDANCES: through */
  guint sample;          /* of the method there */
  guint n_taken;         /* frames of that sample in the track */
  ExplorerJob *job;
  PisdRunCache cache;
} Chain;

struct _ExplorerComparison
{
  GObject parent_instance;

  PisdScenario *scenario;
  guint steps[PISD_N_GUIDANCES];
  PisdTrack *tracks[PISD_N_GUIDANCES];
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
  return self->tracks[chain->method];
}

static gboolean
is_through (const Chain *chain)
{
  return chain->method >= PISD_N_GUIDANCES;
}

/* The first method of the chain from `method` on; PISD_N_GUIDANCES: none is left. */
static PisdGuidanceId
find_method (ExplorerComparison *self, const Chain *chain, guint method)
{
  const guint index = chain - self->chains;

  while (method < PISD_N_GUIDANCES
         && (pisd_method_get (method)->conditions ? CHAIN_READINGS : CHAIN_PRIOR) != index)
    method++;
  return method;
}

static void
fill_settings (ExplorerComparison *self, PisdGuidanceId method, PisdSettings *settings)
{
  PisdMixture mixture;

  pisd_scenario_get_mixture (self->scenario, &mixture);
  pisd_settings_apply_mixture (settings, method, &mixture, TRUE);
  settings->mode_set = PISD_MODES_SQUARE;
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
  for (; chain->n_taken < n_frames; chain->n_taken++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, chain->n_taken);

      if (frame->broken == NULL)
        pisd_track_add_frame (track, frame);
      else /* the run waits for us to look at it */
        pisd_channel_set_pace (channel, PISD_PACE_FREE);
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

static void
start_job (ExplorerComparison *self, Chain *chain)
{
  PisdTrack *track = get_track_of (self, chain);
  g_autoptr (PisdScenario) scenario = pisd_scenario_dup (track->scenario);

  scenario->settings.seed += chain->sample;
  chain->n_taken = 0;
  track->state = PISD_TRACK_RUNNING;
  chain->job = explorer_job_start (++self->n_jobs, scenario, PISD_PACE_FREE, &chain->cache,
                                   G_OBJECT (self), on_ready, on_done);
}

/* To the first method from `method` on that can run, if there is one. */
static void
start_method (ExplorerComparison *self, Chain *chain, guint method)
{
  chain->sample = 0;
  chain->method = find_method (self, chain, method);
  while (!is_through (chain) && get_track_of (self, chain)->state == PISD_TRACK_FAILED)
    chain->method = find_method (self, chain, chain->method + 1);
  if (!is_through (chain))
    start_job (self, chain);
}

/* The exact posterior is one, however many samples the others draw. */
static gboolean
wants_more (ExplorerComparison *self, const Chain *chain)
{
  return !pisd_method_get (chain->method)->knows_mean
         && chain->sample + 1 < self->scenario->settings.samples;
}

/* TRUE if the method has another sample to run. */
static gboolean
take_outcome (ExplorerComparison *self, Chain *chain)
{
  PisdTrack *track = get_track_of (self, chain);
  const PisdResult *result = explorer_job_get_result (chain->job);

  if (result == NULL)
    {
      pisd_track_fail (track, explorer_job_get_error (chain->job)->message);
      return FALSE;
    }
  pisd_track_add_result (track, result);
  if (wants_more (self, chain))
    return TRUE;
  track->state = PISD_TRACK_DONE;
  return FALSE;
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
  gboolean goes_on;

  if (chain == NULL) /* stopped meanwhile */
    return;
  drain_chain (self, chain);
  goes_on = take_outcome (self, chain);
  end_job (chain);
  if (goes_on)
    {
      chain->sample++;
      start_job (self, chain);
    }
  else
    start_method (self, chain, chain->method + 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_chain (ExplorerComparison *self, Chain *chain)
{
  if (chain->job == NULL)
    return;
  pisd_channel_cancel (explorer_job_get_channel (chain->job));
  drain_chain (self, chain);
  get_track_of (self, chain)->state = PISD_TRACK_STOPPED;
  end_job (chain);
  chain->method = PISD_N_GUIDANCES;
}

static void
stop_all (ExplorerComparison *self)
{
  for (guint k = 0; k < N_CHAINS; k++)
    if (self->chains[k].job != NULL)
      pisd_channel_cancel (explorer_job_get_channel (self->chains[k].job));
  for (guint k = 0; k < N_CHAINS; k++)
    stop_chain (self, &self->chains[k]);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    if (self->tracks[m] != NULL && self->tracks[m]->state == PISD_TRACK_WAITING)
      self->tracks[m]->state = PISD_TRACK_STOPPED; /* its turn does not come */
}

void
explorer_comparison_start (ExplorerComparison *self)
{
  g_return_if_fail (EXPLORER_IS_COMPARISON (self));

  stop_all (self);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      g_autoptr (PisdScenario) scenario = pisd_scenario_dup (self->scenario);

      fill_settings (self, m, &scenario->settings);
      scenario->settings.steps = self->steps[m];
      scenario->settings.samples = 1;
      pisd_track_free (self->tracks[m]);
      self->tracks[m] = pisd_track_new (scenario);
    }
  for (guint k = 0; k < N_CHAINS; k++)
    start_method (self, &self->chains[k], 0);
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
explorer_comparison_get_track (ExplorerComparison *self, PisdGuidanceId method)
{
  g_return_val_if_fail ((guint) method < PISD_N_GUIDANCES, NULL);

  return self->tracks[method];
}

double
explorer_comparison_get_exact_error (ExplorerComparison *self, guint field)
{
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    if (pisd_method_get (m)->knows_mean && self->tracks[m] != NULL)
      return pisd_track_get_error (self->tracks[m], self->tracks[m]->n_steps, field);
  return NAN;
}

const PisdScenario *
explorer_comparison_get_scenario (ExplorerComparison *self)
{
  return self->scenario;
}

void
explorer_comparison_set_steps (ExplorerComparison *self, PisdGuidanceId method, guint steps)
{
  g_return_if_fail ((guint) method < PISD_N_GUIDANCES);
  g_return_if_fail (steps >= 1 && steps <= EXPLORER_COMPARISON_MOST_STEPS);

  if (pisd_method_get (method)->makes_steps)
    self->steps[method] = steps;
}

guint
explorer_comparison_get_steps (ExplorerComparison *self, PisdGuidanceId method)
{
  g_return_val_if_fail ((guint) method < PISD_N_GUIDANCES, 0);

  return self->steps[method];
}

guint
explorer_comparison_get_preset_steps (ExplorerComparison *self, PisdGuidanceId method)
{
  PisdSettings settings = self->scenario->settings;

  fill_settings (self, method, &settings);
  return settings.steps;
}

void
explorer_comparison_set_samples (ExplorerComparison *self, guint samples)
{
  g_return_if_fail (samples >= 1 && samples <= EXPLORER_COMPARISON_MOST_SAMPLES);

  self->scenario->settings.samples = samples;
}

guint
explorer_comparison_get_samples (ExplorerComparison *self)
{
  return self->scenario->settings.samples;
}

void
explorer_comparison_set_seed (ExplorerComparison *self, guint64 seed)
{
  self->scenario->settings.seed = seed;
}

guint64
explorer_comparison_get_seed (ExplorerComparison *self)
{
  return self->scenario->settings.seed;
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

  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    pisd_track_free (self->tracks[m]);
  for (guint k = 0; k < N_CHAINS; k++)
    pisd_run_cache_clear (&self->chains[k].cache);
  pisd_scenario_free (self->scenario);
  pisd_memory_trim ();
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

  self->scenario = pisd_scenario_dup (scenario);
  self->scenario->settings.samples =
      MIN (scenario->settings.samples, EXPLORER_COMPARISON_MOST_SAMPLES);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    self->steps[m] = pisd_method_get (m)->conditions
                         ? explorer_comparison_get_preset_steps (self, m)
                         : FIRST_ORDER_STEPS;
  return self;
}
