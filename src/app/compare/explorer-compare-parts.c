#include "explorer-compare-private.h"

ExplorerComparison *
explorer_compare_get_comparison (ExplorerCompare *self)
{
  g_return_val_if_fail (EXPLORER_IS_COMPARE (self), NULL);

  return self->comparison;
}

const PisdComparison *
explorer_compare_get_drawn (ExplorerCompare *self)
{
  g_return_val_if_fail (EXPLORER_IS_COMPARE (self), NULL);
  return self->drawn;
}

ExplorerSaver *
explorer_compare_get_saver (ExplorerCompare *self)
{
  g_return_val_if_fail (EXPLORER_IS_COMPARE (self), NULL);
  return explorer_file_saving_get_saver (self->saving);
}

const char *
explorer_compare_get_last_toast (ExplorerCompare *self)
{
  g_return_val_if_fail (EXPLORER_IS_COMPARE (self), NULL);
  return explorer_toasts_get_last (self->toasts);
}
