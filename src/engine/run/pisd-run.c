#include "pisd-run.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-sampling.h"

static gboolean
check_scenario (const PisdScenario *scenario, GError **error)
{
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  if (!pisd_settings_check (&scenario->settings, error))
    return FALSE;
  for (guint i = 0; i < scenario->sensors->n; i++)
    {
      PisdFieldId field = scenario->sensors->items[i].field;

      if (pisd_problem_find_field (scenario->settings.problem, field) != NULL)
        continue;
      g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                   "sensor %u: field `%s`, which %s does not have", i,
                   pisd_field_id_get_name (field), info->name);
      return FALSE;
    }
  return TRUE;
}

static double
seconds_since (gint64 start)
{
  return 1e-6 * (double) (g_get_monotonic_time () - start);
}

PisdResult *
pisd_run (const PisdScenario *scenario,
          PisdChannel *channel,
          guint n_threads,
          PisdProgress progress,
          gpointer data,
          GError **error)
{
  g_auto (PisdRunCache) cache = { 0 };

  return pisd_run_again (scenario, channel, n_threads, progress, data, &cache, error);
}

/* Who may stop the run before and after its steps, when no sample asks them. */
typedef struct
{
  PisdChannel *channel; /* NULL: nobody watches */
  PisdProgress progress;
  gpointer data;
  guint64 done, total;
} Watch;

static gboolean
poll_stop (gpointer data)
{
  const Watch *watch = data;

  if (watch->channel != NULL && pisd_channel_is_cancelled (watch->channel))
    return TRUE;
  return watch->progress != NULL && !watch->progress (watch->done, watch->total, watch->data);
}

/* The estimate is that of the samples also where the exact one was stopped. */
static void
fill_estimate (PisdResult *result,
               PisdSolver *solver,
               const PisdRunCache *cache,
               guint n_threads,
               PisdCancel *cancel)
{
  gboolean exact = pisd_method_get (result->settings.guidance)->knows_mean;

  if (exact
      && pisd_result_fill_exact_moments (result, solver, cache->conditioning, n_threads, cancel))
    return;
  result->complete = result->complete && !exact;
  pisd_result_fill_moments (result);
}

/* From samples to moments and numbers. */
static void
finish (PisdResult *result,
        const PisdScenario *scenario,
        const PisdRunCache *cache,
        guint n_threads,
        PisdCancel *cancel)
{
  PisdEquation equation = pisd_settings_get_equation (&scenario->settings);
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);

  fill_estimate (result, solver, cache, n_threads, cancel);
  pisd_result_fill_numbers (result, solver, scenario->instance);
}

/* NULL where the run has no use for them. */
static const PisdFactors *
get_factors (const PisdSettings *settings, const PisdRunCache *cache)
{
  if (!pisd_settings_need_conditioning (settings))
    return NULL;
  return pisd_conditioning_get_factors (cache->conditioning);
}

/* FALSE: cancelled. */
static gboolean
check_readings (PisdResult *result,
                const PisdScenario *scenario,
                const PisdRepresentation *representation,
                const PisdRunCache *cache,
                PisdCancel *cancel,
                GError **error)
{
  const PisdFactors *factors = get_factors (&scenario->settings, cache);

  if (!pisd_consistency_check (representation, scenario->sensors, factors, cancel,
                               &result->consistency))
    return pisd_cancel_check (cancel, "readings", error);
  if (factors != NULL)
    pisd_conditioning_judge (cache->conditioning, &result->consistency);
  return TRUE;
}

/* Nothing that is no number leaves a run; the spread of one sample is none. */
static gboolean
check_result (const PisdResult *result, GError **error)
{
  for (guint f = 0; f < result->n_fields; f++)
    {
      if (pisd_field_is_finite (result->mean[f])
          && (!pisd_result_has_spread (result) || pisd_field_is_finite (result->sd[f])))
        continue;
      g_set_error (
          error, PISD_ERROR, PISD_ERROR_NUMERIC,
          _ ("field %u: mean or spread is NaN or infinite, expected finite numbers; are the "
             "readings?"),
          f);
      return FALSE;
    }
  return TRUE;
}

PisdResult *
pisd_run_again (const PisdScenario *scenario,
                PisdChannel *channel,
                guint n_threads,
                PisdProgress progress,
                gpointer data,
                PisdRunCache *cache,
                GError **error)
{
  return pisd_run_branch (scenario, NULL, channel, n_threads, progress, data, cache, error);
}

PisdResult *
pisd_run_branch (const PisdScenario *scenario,
                 const PisdBranch *branch,
                 PisdChannel *channel,
                 guint n_threads,
                 PisdProgress progress,
                 gpointer data,
                 PisdRunCache *cache,
                 GError **error)
{
  const PisdSettings *settings = &scenario->settings;
  Watch watch = { channel, progress, data, 0, (guint64) settings->samples * settings->steps };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (poll_stop, &watch);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (PisdResult) result = NULL;
  g_autoptr (PisdJob) job = NULL;
  gboolean is_sampled;

  if (!check_scenario (scenario, error) || !pisd_consistency_allow (scenario->sensors, error)
      || (branch != NULL && !pisd_branch_check (branch, scenario, PISD_WORDS_NAMES, error)))
    return NULL;
  representation = pisd_representation_new (settings, error);
  if (representation == NULL)
    return NULL;
  result = pisd_result_new (settings, error);
  if (result == NULL)
    return NULL;
  result->is_branch = branch != NULL;
  result->branch_step = branch != NULL ? pisd_branch_get_step (branch) : 0;

  if (!pisd_run_cache_fill (cache, scenario, representation, n_threads, cancel, error)
      || !check_readings (result, scenario, representation, cache, cancel, error))
    {
      if (channel != NULL)
        pisd_channel_cancel (channel);
      return NULL;
    }
  result->setup_seconds = seconds_since (start);
  job = pisd_job_new (channel, watch.total, progress, data);
  is_sampled = pisd_sampling_run (job, scenario, branch, representation, cache, n_threads, cancel,
                                  result, error);
  pisd_run_cache_trim (cache);
  if (!is_sampled)
    return NULL;
  result->seconds = seconds_since (start);
  if (result->n_finished == 0 && result->n_steps == 0)
    {
      g_set_error_literal (error, PISD_ERROR, PISD_ERROR_CANCELLED,
                           "the run was stopped before its first step");
      return NULL;
    }
  watch.done = (guint64) result->n_finished * settings->steps;
  finish (result, scenario, cache, n_threads, cancel);
  if (!check_result (result, error))
    return NULL;
  return g_steal_pointer (&result);
}
