#include "explorer-inspector-work.h"

PisdInspector *
explorer_inspector_tools_take (ExplorerInspectorTools *tools, guint maker)
{
  for (guint i = 0; i < EXPLORER_INSPECTOR_TOOLS; i++)
    if (tools->inspectors[i] != NULL && tools->makers[i] == maker)
      return g_steal_pointer (&tools->inspectors[i]);
  return NULL;
}

void
explorer_inspector_tools_put (ExplorerInspectorTools *tools, guint maker, PisdInspector *inspector)
{
  const guint last = EXPLORER_INSPECTOR_TOOLS - 1;

  if (inspector == NULL)
    return;
  pisd_inspector_free (tools->inspectors[last]);
  for (guint i = last; i > 0; i--)
    {
      tools->inspectors[i] = tools->inspectors[i - 1];
      tools->makers[i] = tools->makers[i - 1];
    }
  tools->inspectors[0] = inspector;
  tools->makers[0] = maker;
}

void
explorer_inspector_tools_clear (ExplorerInspectorTools *tools)
{
  for (guint i = 0; i < EXPLORER_INSPECTOR_TOOLS; i++)
    g_clear_pointer (&tools->inspectors[i], pisd_inspector_free);
}

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
  GError *failure;

  if (work->inspector == NULL)
    work->inspector =
        pisd_inspector_new (work->scenario, work->normaliser, &work->cache, 1, work->cancel, error);
  if (work->inspector == NULL)
    return FALSE;
  if (work->frame != NULL)
    work->inspection =
        explorer_inspection_new (work->inspector, work->frame, work->next, work->cancel);
  failure = pisd_inspector_take_failure (work->inspector);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  count (work, g_get_monotonic_time () + EXPLORER_INSPECTOR_SPELL);
  work->duration = g_get_monotonic_time () - start;
  return TRUE;
}
