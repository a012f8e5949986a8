#include "explorer-inspector-steps.h"

void
explorer_inspector_steps_init (ExplorerInspectorSteps *self, guint n)
{
  self->n = n;
  self->numbers = g_new0 (PisdInspectionNumbers, n);
  self->is_known = g_new0 (gboolean, n);
  explorer_inspector_steps_restart (self);
}

void
explorer_inspector_steps_clear (ExplorerInspectorSteps *self)
{
  g_clear_pointer (&self->numbers, g_free);
  g_clear_pointer (&self->is_known, g_free);
  self->n = 0;
}

/* The first stride is the largest power of two below the number of steps. */
void
explorer_inspector_steps_restart (ExplorerInspectorSteps *self)
{
  self->at = (ExplorerInspectorPlace){ 1, 0 };
  while (2 * self->at.stride < self->n)
    self->at.stride *= 2;
}

gboolean
explorer_inspector_steps_find (ExplorerInspectorSteps *self, guint n_reached, guint *step)
{
  const guint n = MIN (n_reached, self->n);

  for (; self->at.stride > 0; self->at.stride /= 2, self->at.step = 0)
    for (; self->at.step < n; self->at.step += self->at.stride)
      if (!self->is_known[self->at.step])
        {
          *step = self->at.step;
          return TRUE;
        }
  return FALSE;
}

void
explorer_inspector_steps_pass (ExplorerInspectorSteps *self, guint step)
{
  self->at.step = step + self->at.stride;
}

void
explorer_inspector_steps_take (ExplorerInspectorSteps *self, const PisdInspectionNumbers *numbers)
{
  g_return_if_fail (numbers->step < self->n);
  self->numbers[numbers->step] = *numbers;
  self->is_known[numbers->step] = TRUE;
}
