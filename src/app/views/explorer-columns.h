/* The columns of the linked views: what they are called in the preferences, and which of them are
 * shown. */
#pragma once

#include "explorer-preferences.h"

G_BEGIN_DECLS

/* From left to right: those that share their colours stand together. */
typedef enum
{
  EXPLORER_COLUMN_ESTIMATE,
  EXPLORER_COLUMN_TRUTH,
  EXPLORER_COLUMN_EXACT, /* the posterior mean */
  EXPLORER_COLUMN_ERROR,
  EXPLORER_COLUMN_SPREAD,       /* standard deviation of the samples */
  EXPLORER_COLUMN_STANDARDIZED, /* (truth - mean) / standard deviation */
  EXPLORER_COLUMN_STATE,        /* x, which diffusion moves */
  EXPLORER_N_COLUMNS
} ExplorerColumn;

/* As many as a lecture hall can take in. */
#define EXPLORER_LECTURE_COLUMNS 3

/* The name that a column has in the preferences: "column-truth". */
const char *explorer_columns_get_key (ExplorerColumn column);
/* Marks the columns that are chosen, `most` of them at most; returns how many they are, at least
 * one. */
guint explorer_columns_choose (ExplorerPreferences *preferences,
                               guint most,
                               gboolean shown[EXPLORER_N_COLUMNS]);

G_END_DECLS
