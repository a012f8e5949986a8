#include "explorer-columns.h"

static const char *const keys[EXPLORER_N_COLUMNS] = {
  [EXPLORER_COLUMN_ESTIMATE] = "column-estimate",
  [EXPLORER_COLUMN_TRUTH] = "column-truth",
  [EXPLORER_COLUMN_EXACT] = "column-exact",
  [EXPLORER_COLUMN_ERROR] = "column-error",
  [EXPLORER_COLUMN_SPREAD] = "column-spread",
  [EXPLORER_COLUMN_STANDARDIZED] = "column-standardized",
  [EXPLORER_COLUMN_STATE] = "column-state",
};

/* The order in which columns are left out where there are too many. */
static const ExplorerColumn left_out[] = { EXPLORER_COLUMN_EXACT,  EXPLORER_COLUMN_STANDARDIZED,
                                           EXPLORER_COLUMN_SPREAD, EXPLORER_COLUMN_ERROR,
                                           EXPLORER_COLUMN_STATE,  EXPLORER_COLUMN_TRUTH };

const char *
explorer_columns_get_key (ExplorerColumn column)
{
  g_return_val_if_fail (column < EXPLORER_N_COLUMNS, NULL);
  return keys[column];
}

guint
explorer_columns_choose (ExplorerPreferences *preferences,
                         guint most,
                         gboolean shown[EXPLORER_N_COLUMNS])
{
  guint n = 0;

  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      shown[c] = explorer_preferences_get (preferences, keys[c]);
      n += shown[c];
    }
  for (guint k = 0; k < G_N_ELEMENTS (left_out) && n > most; k++)
    if (shown[left_out[k]])
      {
        shown[left_out[k]] = FALSE;
        n--;
      }
  if (n > 0)
    return n;
  shown[EXPLORER_COLUMN_ESTIMATE] = TRUE;
  return 1;
}
