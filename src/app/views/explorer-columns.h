/* The columns of the linked views: what they are called in the preferences, and which of them
 * there is room for. */
#pragma once

#include "explorer-preferences.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_COLUMN_ESTIMATE,
  EXPLORER_COLUMN_TRUTH,
  EXPLORER_COLUMN_ERROR,
  EXPLORER_COLUMN_EXACT,        /* the posterior mean */
  EXPLORER_COLUMN_SPREAD,       /* standard deviation of the samples */
  EXPLORER_COLUMN_STANDARDIZED, /* (truth - mean) / standard deviation */
  EXPLORER_COLUMN_STATE,        /* x, which diffusion moves */
  EXPLORER_N_COLUMNS
} ExplorerColumn;

/* The columns that are too many in a narrow window are left out, down to that many. */
#define EXPLORER_LEAST_COLUMNS 3

/* The name that a column has in the preferences: "column-truth". */
const char *explorer_columns_get_key (ExplorerColumn column);
/* Marks the columns that are chosen and fit into `width`, in pixels; returns how many they are,
 * at least one. */
guint explorer_columns_choose (ExplorerPreferences *preferences,
                               int width,
                               gboolean shown[EXPLORER_N_COLUMNS]);

G_END_DECLS
