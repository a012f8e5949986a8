#include "explorer-inspector-work.h"

void
explorer_inspector_work_free (gpointer data)
{
  ExplorerInspectorWork *work = data;

  pisd_inspector_free (work->inspector);
  pisd_scenario_free (work->scenario);
  pisd_normaliser_unref (work->normaliser);
  pisd_run_cache_clear (&work->cache);
  pisd_cancel_unref (work->cancel);
  pisd_frame_unref (work->frame);
  pisd_frame_unref (work->next);
  explorer_inspection_unref (work->inspection);
  for (guint i = 0; i < work->n; i++)
    {
      pisd_frame_unref (work->frames[i]);
      pisd_frame_unref (work->nexts[i]);
    }
  g_free (work);
}

static void
count (ExplorerInspectorWork *work, gint64 end)
{
  while (work->n_done < work->n && g_get_monotonic_time () < end && !pisd_cancel_look (work->cancel)
         && pisd_inspector_measure (work->inspector, work->frames[work->n_done],
                                    work->nexts[work->n_done], &work->numbers[work->n_done]))
    work->n_done++;
}

gboolean
explorer_inspector_work_run (gpointer data, GError **error)
{
  ExplorerInspectorWork *work = data;
  const gint64 start = g_get_monotonic_time ();

  if (work->inspector == NULL)
    work->inspector =
        pisd_inspector_new (work->scenario, work->normaliser, &work->cache, 1, work->cancel, error);
  if (work->inspector == NULL)
    return FALSE;
  if (work->frame != NULL)
    work->inspection = explorer_inspection_new (work->inspector, work->frame, work->next);
  count (work, g_get_monotonic_time () + EXPLORER_INSPECTOR_SPELL);
  work->duration = g_get_monotonic_time () - start;
  return TRUE;
}
