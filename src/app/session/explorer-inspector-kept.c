#include "explorer-inspector-kept.h"

typedef struct
{
  ExplorerInspection *inspection;
  gboolean is_asked; /* since the newest one came */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  explorer_inspection_unref (item->inspection);
  g_free (item);
}

void
explorer_inspector_kept_clear (ExplorerInspectorKept *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

ExplorerInspection *
explorer_inspector_kept_find (ExplorerInspectorKept *self, guint step)
{
  for (guint k = 0; self->items != NULL && k < self->items->len; k++)
    {
      Item *item = g_ptr_array_index (self->items, k);

      if (item->inspection->step != step)
        continue;
      item->is_asked = TRUE;
      return item->inspection;
    }
  return NULL;
}

void
explorer_inspector_kept_take (ExplorerInspectorKept *self, ExplorerInspection *inspection)
{
  Item *newest = g_new0 (Item, 1);

  if (self->items == NULL)
    self->items = g_ptr_array_new_with_free_func (item_free);
  newest->inspection = inspection;
  g_ptr_array_add (self->items, newest);
  for (guint k = self->items->len; k-- > 0;)
    {
      Item *item = g_ptr_array_index (self->items, k);

      if (!item->is_asked && k + EXPLORER_INSPECTOR_KEPT < self->items->len)
        g_ptr_array_remove_index (self->items, k);
      else
        item->is_asked = FALSE;
    }
}
