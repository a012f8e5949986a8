/* What `pisd info` says of a file with arrays: which there are, and the true fields among them
 * beside the equations that they may belong to. */
#pragma once

#include "pisd-reading.h"

G_BEGIN_DECLS

/* wish: what a person says of the arrays. */
gboolean cli_info_describe_fields (PisdInput *input, const PisdReadingWish *wish, GError **error);
/* A number as it is read: zero has no sign. */
double cli_unsigned_zero (double value);

G_END_DECLS
