#include "explorer-fields.h"

static gboolean
are_alike (const PisdFieldInfo *a, const PisdFieldInfo *b)
{
  return a->id == b->id && a->basis == b->basis && a->n_frames == b->n_frames
         && g_str_equal (a->title, b->title);
}

gboolean
explorer_fields_equal (const PisdOperator *a, const PisdOperator *b)
{
  if (a == NULL || b == NULL || a->n_fields != b->n_fields)
    return a == b;
  for (guint k = 0; k < a->n_fields; k++)
    if (!are_alike (&a->fields[k], &b->fields[k]))
      return FALSE;
  return TRUE;
}
