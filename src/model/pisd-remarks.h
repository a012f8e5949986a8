/* What a person should know of readings and estimate before they trust a picture, in sentences. */
#pragma once

#include "pisd-consistency.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* One sentence a fault, the gravest first; empty where all is well.  NULL-terminated, free with
 * g_strfreev(). */
char **pisd_remarks_new (const PisdScenario *scenario, const PisdConsistency *consistency);
/* Which remarks these are, a bit each, of whatever sensor. */
guint pisd_remarks_get_kinds (const PisdScenario *scenario, const PisdConsistency *consistency);
/* What is said of a latent with that root mean square; NULL within what the prior can be. */
char *pisd_remarks_dup_beyond (double deviation);

G_END_DECLS
