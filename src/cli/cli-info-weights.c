#include "cli-info-weights.h"

#include <stdio.h>

#include "pisd-error.h"
#include "pisd-safetensors.h"

/* Whoever wrote the file may have written anything. */
static void
print_metadata (const PisdSafetensors *file)
{
  const char *const *keys = pisd_safetensors_get_keys (file);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *key = pisd_error_escape (keys[i]);
      g_autofree char *text = pisd_error_escape (pisd_safetensors_get_metadata (file, keys[i]));

      printf ("%s = %s\n", key, text);
    }
}

static void
print_tensor (const PisdTensor *tensor)
{
  g_autofree char *name = pisd_error_escape (tensor->name);
  g_autofree char *shape = pisd_tensor_dup_shape (tensor);

  printf ("%s: %s, %s\n", name, shape, tensor->type->name);
}

gboolean
cli_info_describe_weights (PisdInput *input, GError **error)
{
  g_autoptr (PisdSafetensors) file = pisd_safetensors_read_from (input, error);
  gsize n_numbers = 0;
  guint n;

  if (file == NULL)
    return FALSE;
  n = pisd_safetensors_get_n_tensors (file);
  for (guint i = 0; i < n; i++)
    n_numbers += pisd_safetensors_get_tensor (file, i)->n;
  printf ("%s: safetensors, %u tensor%s, %zu numbers\n", pisd_input_get_name (input), n,
          n == 1 ? "" : "s", n_numbers);
  print_metadata (file);
  for (guint i = 0; i < n; i++)
    print_tensor (pisd_safetensors_get_tensor (file, i));
  return TRUE;
}
