/* What `pisd sample` prints. */
#pragma once

#include "pisd-exact.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* All settings with default, unit, range and meaning: --list-settings. */
void cli_sample_print_settings (void);
/* A line about the run, one a field whose truth is known, the residuals.  `exact`: NULL where the
 * best possible is not known. */
void cli_sample_print_result (const PisdResult *result,
                              const PisdScenario *scenario,
                              const PisdExact *exact);

/* On standard error: what readings and estimate are to be doubted for. */
void cli_sample_print_remarks (const PisdResult *result,
                               const PisdScenario *scenario,
                               const PisdExact *exact);

G_END_DECLS
