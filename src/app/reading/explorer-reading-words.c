#include "explorer-reading-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"

/* "0.003 % of the equation is left: that is it." */
static char *
dup_verdict (const PisdReading *reading)
{
  g_autofree char *left = NULL;

  if (isnan (reading->residual))
    return g_strdup (_ ("Nothing to compare: the solution is computed from the source."));
  left = explorer_number_format_digits (100 * reading->residual, 2);
  if (reading->residual > PISD_READING_LARGE)
    return g_strdup_printf (_ ("%s %% of the equation is left: these are not its fields."), left);
  if (reading->is_open)
    return g_strdup_printf (_ ("%s %% of the equation is left, in either order of the axes."),
                            left);
  return g_strdup_printf (_ ("%s %% of the equation is left."), left);
}

char *
explorer_reading_dup_words (const PisdReading *reading)
{
  g_autofree char *verdict = dup_verdict (reading);

  if (reading->side == PISD_GRID)
    return g_steal_pointer (&verdict);
  return g_strdup_printf (_ ("%s The fields are resampled from %u × %u nodes by their own modes."),
                          verdict, reading->side, reading->side);
}
