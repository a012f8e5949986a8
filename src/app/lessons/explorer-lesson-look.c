#include "explorer-lesson-look.h"

#include "explorer-pane.h"
#include "pisd-lesson.h"

static void
keep (ExplorerLessonLook *look, ExplorerPreferences *preferences, ExplorerViewGrid *grid)
{
  if (look->is_kept)
    return;
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    look->columns[c] = explorer_preferences_get (preferences, explorer_columns_get_key (c));
  look->panes = explorer_preferences_dup_text (preferences, "panes");
  g_object_get (grid, "show-noisy", &look->noisy, NULL);
  look->is_kept = TRUE;
}

static void
set (ExplorerPreferences *preferences,
     ExplorerViewGrid *grid,
     const gboolean columns[EXPLORER_N_COLUMNS],
     const char *panes,
     gboolean noisy)
{
  explorer_preferences_set_text (preferences, "panes", panes);
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_preferences_set (preferences, explorer_columns_get_key (c), columns[c]);
  g_object_set (grid, "show-noisy", noisy, NULL);
}

static gboolean
has_column (const PisdPick *pick)
{
  return !pick->of_modes && (guint) pick->quantity < EXPLORER_N_COLUMNS;
}

/* There are fewer picks than columns. */
G_STATIC_ASSERT (PISD_LESSON_MOST_PICKS < EXPLORER_N_COLUMNS);

static ExplorerColumn
find_free (const gboolean columns[EXPLORER_N_COLUMNS])
{
  ExplorerColumn c = 0;

  while (columns[c])
    c++;
  return c;
}

void
explorer_lesson_look_put (ExplorerLessonLook *look,
                          ExplorerPreferences *preferences,
                          ExplorerViewGrid *grid,
                          const PisdOperator *problem,
                          const PisdPick *picks,
                          guint n)
{
  gboolean columns[EXPLORER_N_COLUMNS] = { FALSE };
  g_autofree char *text = NULL;
  ExplorerPanes panes;

  if (n == 0)
    return;
  keep (look, preferences, grid);
  explorer_panes_read (panes, problem, "");
  for (guint k = 0; k < n; k++)
    if (has_column (&picks[k]))
      columns[picks[k].quantity] = TRUE;
  for (guint k = 0; k < n; k++)
    if (!has_column (&picks[k]))
      {
        const ExplorerColumn c = find_free (columns);

        columns[c] = TRUE;
        for (guint row = 0; row < problem->n_fields; row++)
          panes[row][c].pick = picks[k];
      }
  text = explorer_panes_dup_text (panes, problem, NULL);
  set (preferences, grid, columns, text, FALSE);
}

void
explorer_lesson_look_restore (ExplorerLessonLook *look,
                              ExplorerPreferences *preferences,
                              ExplorerViewGrid *grid)
{
  if (look->is_kept)
    set (preferences, grid, look->columns, look->panes, look->noisy);
  explorer_lesson_look_clear (look);
}

void
explorer_lesson_look_clear (ExplorerLessonLook *look)
{
  g_free (look->panes);
  *look = (ExplorerLessonLook){ 0 };
}
