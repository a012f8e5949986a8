#include "explorer-exact-work.h"

#include "pisd-budget.h"
#include "pisd-error.h"

/* How the modes are divided into kept and discarded ones does not change the posterior. */
#define KEPT_MODES 44

ExplorerExactWork *
explorer_exact_work_new (const PisdScenario *scenario,
                         PisdCancel *cancel,
                         PisdConditioning *conditioning)
{
  ExplorerExactWork *work = g_new0 (ExplorerExactWork, 1);

  work->scenario = pisd_scenario_dup (scenario);
  work->cancel = pisd_cancel_ref (cancel);
  work->conditioning = conditioning;
  g_mutex_init (&work->lock);
  g_cond_init (&work->ended);
  return work;
}

void
explorer_exact_work_free (gpointer data)
{
  ExplorerExactWork *work = data;

  pisd_scenario_free (work->scenario);
  pisd_cancel_unref (work->cancel);
  pisd_conditioning_free (work->conditioning);
  pisd_exact_unref (work->exact);
  g_mutex_clear (&work->lock);
  g_cond_clear (&work->ended);
  g_free (work);
}

static gboolean
condition (ExplorerExactWork *work, const PisdRepresentation *representation, GError **error)
{
  const PisdSensors *sensors = work->scenario->sensors;
  g_autoptr (PisdConditioning) before = g_steal_pointer (&work->conditioning);

  if (before != NULL && pisd_conditioning_fits (before, representation, sensors))
    work->conditioning = g_steal_pointer (&before);
  else
    work->conditioning = pisd_conditioning_new (before, representation, sensors, PISD_FACTORS_MEAN,
                                                1, work->cancel, error);
  return work->conditioning != NULL;
}

static void
find_mean (ExplorerExactWork *work, GError **error)
{
  PisdSettings *settings = &work->scenario->settings;
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (GError) failure = NULL;

  pisd_settings_apply_preset (settings, pisd_method_find_mean (),
                              pisd_scenario_get_task (work->scenario), TRUE);
  settings->modes = KEPT_MODES;
  representation = pisd_representation_new (settings, &failure);
  if (representation != NULL && condition (work, representation, &failure))
    work->exact =
        pisd_exact_new (work->scenario, work->conditioning, FALSE, 1, work->cancel, &failure);
  if (g_error_matches (failure, PISD_ERROR, PISD_ERROR_LIMIT))
    work->too_much =
        pisd_budget_bytes (work->scenario->sensors->n,
                           pisd_representation_get_modes (representation, 0)->n, PISD_FACTORS_MEAN);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
}

static void
end (ExplorerExactWork *work)
{
  g_mutex_lock (&work->lock);
  work->is_over = TRUE;
  g_cond_signal (&work->ended);
  g_mutex_unlock (&work->lock);
}

gboolean
explorer_exact_work_compute (ExplorerExactWork *work, GError **error)
{
  const gint64 begin = g_get_monotonic_time ();
  gboolean found;

  find_mean (work, error);
  found = work->exact != NULL;
  work->duration = g_get_monotonic_time () - begin;
  end (work); /* what was found may be taken from now on */
  return found;
}

gboolean
explorer_exact_work_wait (ExplorerExactWork *work, gint64 most)
{
  const gint64 until = g_get_monotonic_time () + most;
  gboolean is_over;

  g_mutex_lock (&work->lock);
  while (!work->is_over && g_cond_wait_until (&work->ended, &work->lock, until))
    ;
  is_over = work->is_over;
  g_mutex_unlock (&work->lock);
  return is_over;
}
