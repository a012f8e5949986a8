/* What a scenario file says of the arrays of a truth that other people wrote: see
 * pisd-scenario-keys.h.
 *
 * Errors   PISD_ERROR_FORMAT, naming group and key */
#pragma once

#include "pisd-reading.h"

G_BEGIN_DECLS

/* Keys that are absent leave the wish as it is. */
gboolean pisd_scenario_load_reading (GKeyFile *keys, PisdReadingWish *wish, GError **error);
/* NULL: nothing is said. */
gboolean pisd_scenario_store_reading (GKeyFile *keys, const PisdReading *reading, GError **error);

G_END_DECLS
