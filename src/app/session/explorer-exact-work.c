#include "explorer-exact-work.h"

#include "pisd-budget.h"
#include "pisd-error.h"

/* How the modes are divided into kept and discarded ones does not change the posterior. */
#define KEPT_MODES 44

void
explorer_exact_work_free (gpointer data)
{
  ExplorerExactWork *work = data;

  pisd_scenario_free (work->scenario);
  pisd_cancel_unref (work->cancel);
  pisd_representation_free (work->representation);
  pisd_conditioning_free (work->conditioning);
  pisd_exact_unref (work->exact);
  g_free (work);
}

/* The scales of all modes take a tenth of the time, and stay while sensors move. */
static gboolean
represent (ExplorerExactWork *work, GError **error)
{
  const PisdSettings *settings = &work->scenario->settings;

  if (work->representation != NULL && pisd_settings_same_latent (settings, &work->represented))
    return TRUE;
  g_clear_pointer (&work->representation, pisd_representation_free);
  work->representation = pisd_representation_new (settings, error);
  work->represented = *settings;
  return work->representation != NULL;
}

static gboolean
condition (ExplorerExactWork *work, GError **error)
{
  const PisdRepresentation *representation = work->representation;
  const PisdSensors *sensors = work->scenario->sensors;
  g_autoptr (PisdConditioning) before = g_steal_pointer (&work->conditioning);

  if (before != NULL && pisd_conditioning_fits (before, representation, sensors))
    work->conditioning = g_steal_pointer (&before);
  else
    work->conditioning = pisd_conditioning_new (before, representation, sensors, PISD_FACTORS_MEAN,
                                                work->n_threads, work->cancel, error);
  return work->conditioning != NULL;
}

static gboolean
find_mean (ExplorerExactWork *work, GError **error)
{
  PisdSettings *settings = &work->scenario->settings;
  g_autoptr (GError) failure = NULL;

  pisd_settings_make_gaussian (settings); /* which alone has a closed form */
  pisd_settings_apply_preset (settings, pisd_method_find_mean (),
                              pisd_scenario_get_task (work->scenario), TRUE);
  settings->modes = KEPT_MODES;
  if (represent (work, &failure) && condition (work, &failure))
    work->exact = pisd_exact_new_live (work->scenario, work->conditioning, work->with_sd,
                                       work->early, work, work->n_threads, work->cancel, &failure);
  if (g_error_matches (failure, PISD_ERROR, PISD_ERROR_LIMIT))
    work->too_much = pisd_budget_bytes (work->scenario->sensors->n,
                                        pisd_representation_get_modes (work->representation, 0)->n,
                                        PISD_FACTORS_MEAN);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
explorer_exact_work_compute (gpointer data, GError **error)
{
  const gint64 begun = g_get_monotonic_time ();
  ExplorerExactWork *work = data;
  const gboolean good = find_mean (work, error);

  work->duration = g_get_monotonic_time () - begun;
  return good;
}
