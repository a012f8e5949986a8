/* A comparison that is drawn later, or by another thread, than the one it is of goes on. */
#include "pisd-draw-comparison.h"

static void
column_copy (const PisdComparisonColumn *from, guint n_fields, PisdComparisonColumn *to)
{
  *to = *from;
  to->title = g_strdup (from->title);
  to->detail = g_strdup (from->detail);
  to->number = g_strdup (from->number);
  to->note = g_strdup (from->note);
  for (guint f = 0; f < n_fields; f++)
    to->fields[f] = from->fields[f] == NULL ? NULL : pisd_field_dup (from->fields[f]);
  to->errors = g_memdup2 (from->errors, sizeof *from->errors * from->n_known);
}

static void
column_clear (PisdComparisonColumn *column, guint n_fields)
{
  g_free ((char *) column->title);
  g_free ((char *) column->detail);
  g_free ((char *) column->number);
  g_free ((char *) column->note);
  for (guint f = 0; f < n_fields; f++)
    pisd_field_free ((PisdField *) column->fields[f]);
  g_free ((double *) column->errors);
}

PisdComparison *
pisd_comparison_dup (const PisdComparison *comparison)
{
  PisdComparison *copy = g_memdup2 (comparison, sizeof *comparison);

  for (guint c = 0; c < copy->n_columns; c++)
    column_copy (&comparison->columns[c], copy->n_fields, &copy->columns[c]);
  copy->caption = g_strdup (comparison->caption);
  copy->remark = g_strdup (comparison->remark);
  copy->plot_note = g_strdup (comparison->plot_note);
  copy->mark = g_strdup (comparison->mark);
  copy->sensors = comparison->sensors == NULL ? NULL : pisd_sensors_dup (comparison->sensors);
  return copy;
}

void
pisd_comparison_free (PisdComparison *comparison)
{
  if (comparison == NULL)
    return;
  for (guint c = 0; c < comparison->n_columns; c++)
    column_clear (&comparison->columns[c], comparison->n_fields);
  g_free ((char *) comparison->caption);
  g_free ((char *) comparison->remark);
  g_free ((char *) comparison->plot_note);
  g_free ((char *) comparison->mark);
  pisd_sensors_free ((PisdSensors *) comparison->sensors);
  g_free (comparison);
}
