#include "explorer-fields.h"

gboolean
explorer_fields_equal (const PisdOperator *a, const PisdOperator *b)
{
  if (a == NULL || b == NULL || a->n_fields != b->n_fields)
    return a == b;
  for (guint k = 0; k < a->n_fields; k++)
    if (a->fields[k].id != b->fields[k].id)
      return FALSE;
  return TRUE;
}
