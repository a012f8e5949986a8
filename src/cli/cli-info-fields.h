/* What `pisd info` says of an NPZ archive: its arrays, and the true fields among them beside the
 * equations that they may belong to. */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

gboolean cli_info_describe_fields (PisdInput *input, GError **error);
/* A number as it is read: zero has no sign. */
double cli_unsigned_zero (double value);

G_END_DECLS
