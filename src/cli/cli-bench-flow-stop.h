/* How long a request to stop waits in runs of flows, and where they are solved alone. */
#pragma once

#include "cli-bench.h"

G_BEGIN_DECLS

gboolean cli_bench_flow_stop (const CliBenchOptions *options,
                              PisdProblemId problem,
                              CliTable *table,
                              GError **error);

G_END_DECLS
