/* `pisd info` of a safetensors file: its texts and its tensors. */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

gboolean cli_info_describe_weights (PisdInput *input, GError **error);

G_END_DECLS
