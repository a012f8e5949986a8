/* How long a step of the flow's solver and a row of its adjoint take, on the finest level of the
 * mode: part of `pisd bench flow`. */
#pragma once

#include "cli-bench.h"

G_BEGIN_DECLS

void cli_bench_flow_solver (const CliBenchOptions *options, CliTable *table);

G_END_DECLS
