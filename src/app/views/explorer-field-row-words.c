#include "explorer-field-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"

static char *
dup_exact_name (const ExplorerShown *shown, const char *symbol)
{
  return g_strdup_printf (
      explorer_shown_is_exact_of_another (shown) ? _ ("Gaussian %s") : _ ("Exact %s"), symbol);
}

/* "Exact a, error 5.4 %" */
static char *
dup_exact_title (const ExplorerFieldRow *row, const ExplorerShown *shown, const char *symbol)
{
  const double error = explorer_field_row_get_exact_error (row, shown);
  g_autofree char *percent = NULL;

  if (isnan (error))
    return dup_exact_name (shown, symbol);
  percent = explorer_number_format_percent (error);
  return g_strdup_printf (explorer_shown_is_exact_of_another (shown) ? _ ("Gaussian %s, error %s")
                                                                     : _ ("Exact %s, error %s"),
                          symbol, percent);
}

/* name: of the frame, as a title ("Source a", "Vorticity w(5/9)") or as its symbol. */
static char *
dup_title (const ExplorerFieldRow *row,
           const ExplorerShown *shown,
           ExplorerColumn column,
           const char *name,
           const char *symbol)
{
  switch (column)
    {
    case EXPLORER_COLUMN_TRUTH:
      return g_strdup_printf (_ ("%s, truth"), name);
    case EXPLORER_COLUMN_EXACT:
      return dup_exact_title (row, shown, symbol);
    case EXPLORER_COLUMN_ERROR:
      return g_strdup_printf (_ ("%s, error"), name);
    case EXPLORER_COLUMN_SPREAD:
      return g_strdup_printf (_ ("%s, spread"), name);
    case EXPLORER_COLUMN_STANDARDIZED:
      return g_strdup_printf (_ ("Standardised error of %s"), symbol);
    case EXPLORER_COLUMN_STATE:
      return g_strdup_printf (_ ("%s, state x"), name);
    default:
      return explorer_shown_dup_estimate_title (shown, name);
    }
}

/* For small pictures; how many samples a mean is of stands in the name above them. */
static char *
dup_brief_title (const ExplorerFieldRow *row,
                 const ExplorerShown *shown,
                 ExplorerColumn column,
                 const char *symbol)
{
  if (column == EXPLORER_COLUMN_ESTIMATE && explorer_shown_is_mean (shown))
    return g_strdup_printf (_ ("%s, mean"), symbol);
  if (column == EXPLORER_COLUMN_EXACT)
    return dup_exact_name (shown, symbol);
  if (column == EXPLORER_COLUMN_STANDARDIZED)
    return g_strdup_printf (_ ("%s, error / spread"), symbol);
  return dup_title (row, shown, column, symbol, symbol);
}

char *
explorer_field_row_dup_name (const ExplorerFieldRow *row, gboolean brief)
{
  const PisdFieldInfo *info = row->info;
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, row->frame);

  if (brief)
    return g_steal_pointer (&symbol);
  return info->n_frames > 1 ? g_strdup_printf ("%s %s", _ (info->title), symbol)
                            : g_strdup (_ (info->title));
}

char *
explorer_field_row_dup_title (const ExplorerFieldRow *row,
                              const ExplorerShown *shown,
                              ExplorerColumn column,
                              gboolean brief)
{
  g_autofree char *symbol = explorer_field_row_dup_name (row, TRUE);
  g_autofree char *name = explorer_field_row_dup_name (row, FALSE);

  return brief ? dup_brief_title (row, shown, column, symbol)
               : dup_title (row, shown, column, name, symbol);
}
