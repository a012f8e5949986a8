#include "explorer-pane.h"

#include <string.h>

/* Columns are numbered as the quantities that they are named for. */
G_STATIC_ASSERT ((int) EXPLORER_COLUMN_ESTIMATE == (int) PISD_QUANTITY_ESTIMATE
                 && (int) EXPLORER_COLUMN_TRUTH == (int) PISD_QUANTITY_TRUTH
                 && (int) EXPLORER_COLUMN_EXACT == (int) PISD_QUANTITY_EXACT
                 && (int) EXPLORER_COLUMN_ERROR == (int) PISD_QUANTITY_ERROR
                 && (int) EXPLORER_COLUMN_SPREAD == (int) PISD_QUANTITY_SPREAD
                 && (int) EXPLORER_COLUMN_STANDARDIZED == (int) PISD_QUANTITY_STANDARDIZED
                 && (int) EXPLORER_COLUMN_STATE == (int) PISD_QUANTITY_STATE);

static PisdPick
get_own (ExplorerColumn column)
{
  return (PisdPick){ .quantity = (PisdQuantity) column };
}

void
explorer_pane_init (ExplorerPane *pane, ExplorerColumn column)
{
  *pane = (ExplorerPane){ .pick = get_own (column), .step = EXPLORER_PANE_THIS_STEP };
}

static gboolean
has_own_pick (const ExplorerPane *pane, ExplorerColumn column)
{
  const PisdPick own = get_own (column);

  return pisd_pick_equal (&pane->pick, &own);
}

gboolean
explorer_pane_is_own (const ExplorerPane *pane, ExplorerColumn column)
{
  return !pane->is_split && has_own_pick (pane, column);
}

gboolean
explorer_pane_has (const ExplorerPane *pane, PisdQuantity quantity)
{
  return pane->pick.quantity == quantity || (pane->is_split && pane->beside.quantity == quantity);
}

void
explorer_pane_split (ExplorerPane *pane, gboolean is_split)
{
  const PisdQuantity other =
      pane->pick.quantity == PISD_QUANTITY_TRUTH ? PISD_QUANTITY_ESTIMATE : PISD_QUANTITY_TRUTH;

  pane->is_split = is_split;
  pane->beside = (PisdPick){ other, pane->pick.of_modes };
  pane->run = EXPLORER_PANE_THIS_RUN;
  pane->step = EXPLORER_PANE_THIS_STEP;
  pane->divider = 0.5;
}

/* "a.truth" */
static char *
dup_place (const PisdOperator *problem, guint row, ExplorerColumn column)
{
  return g_strdup_printf ("%s.%s", problem->fields[row].name,
                          explorer_columns_get_key (column) + strlen ("column-"));
}

/* Into the pane that it is of.  FALSE: the equation has none, or not that quantity. */
static gboolean
read_word (ExplorerPanes panes, const PisdOperator *problem, const char *word)
{
  const char *sign = strchr (word, '=');
  g_autofree char *wanted = sign == NULL ? NULL : g_strndup (word, (gsize) (sign - word));

  for (guint k = 0; wanted != NULL && k < problem->n_fields; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      {
        g_autofree char *place = dup_place (problem, k, c);

        if (g_str_equal (place, wanted))
          return pisd_pick_parse (sign + 1, problem, &panes[k][c].pick, NULL);
      }
  return FALSE;
}

static void
append_word (GString *text, const char *word)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
}

/* What another equation's panes show. */
static void
append_others (GString *text, const PisdOperator *problem, const char *before)
{
  g_auto (GStrv) words = g_strsplit (before, " ", -1);
  ExplorerPanes ignored;

  for (guint w = 0; words[w] != NULL; w++)
    if (strchr (words[w], '=') != NULL && !read_word (ignored, problem, words[w]))
      append_word (text, words[w]);
}

char *
explorer_panes_dup_text (const ExplorerPanes panes, const PisdOperator *problem, const char *before)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < problem->n_fields; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      if (!has_own_pick (&panes[k][c], c))
        {
          g_autofree char *place = dup_place (problem, k, c);
          g_autofree char *pick = pisd_pick_dup_text (&panes[k][c].pick, problem);
          g_autofree char *word = g_strconcat (place, "=", pick, NULL);

          append_word (text, word);
        }
  if (before != NULL)
    append_others (text, problem, before);
  return g_string_free (text, FALSE);
}

void
explorer_panes_read (ExplorerPanes panes, const PisdOperator *problem, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint k = 0; k < problem->n_fields; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      panes[k][c].pick = get_own (c);
  for (guint w = 0; words[w] != NULL; w++)
    read_word (panes, problem, words[w]);
  for (guint k = 0; k < problem->n_fields; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      panes[k][c].beside.of_modes = panes[k][c].pick.of_modes;
}
