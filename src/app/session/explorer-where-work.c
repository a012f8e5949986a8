#include "explorer-where-work.h"

void
explorer_where_work_free (gpointer data)
{
  ExplorerWhereWork *work = data;

  pisd_scenario_free (work->scenario);
  pisd_cancel_unref (work->cancel);
  pisd_placing_state_clear (&work->state);
  pisd_field_free (work->map);
  g_free (work->nodes);
  g_free (work->curve);
  g_free (work);
}

static gboolean
make_map (ExplorerWhereWork *work, GError **error)
{
  if (!pisd_placing_make (&work->state, work->scenario, &work->question, work->n_threads,
                          work->cancel, error))
    return FALSE;
  work->map = pisd_field_new (PISD_GRID, PISD_GRID);
  pisd_information_fill_map (work->state.information, work->map);
  work->left = pisd_information_get_left (work->state.information);
  work->best = pisd_information_find_best (work->state.information);
  for (guint k = 0; work->left > 0.0 && k < PISD_GRID * PISD_GRID; k++)
    work->map->data[k] /= work->left;
  return TRUE;
}

static void
find_places (ExplorerWhereWork *work)
{
  g_autoptr (PisdInformation) own = pisd_information_dup (work->state.information);

  work->nodes = g_new (guint, work->n);
  work->n = pisd_placing_find_best (own, work->n, work->cancel, work->nodes, NULL);
}

gboolean
explorer_where_work_run (gpointer data, GError **error)
{
  ExplorerWhereWork *work = data;

  switch (work->kind)
    {
    case EXPLORER_WHERE_MAP:
      return make_map (work, error);
    case EXPLORER_WHERE_PLACE:
      find_places (work);
      return TRUE;
    case EXPLORER_WHERE_MORE:
    default:
      work->curve = g_new (double, EXPLORER_WHERE_CURVE);
      pisd_placing_fill_curve (work->state.information, work->scenario, &work->question,
                               work->placing, EXPLORER_WHERE_CURVE, work->cancel, work->curve);
      return TRUE;
    }
}
