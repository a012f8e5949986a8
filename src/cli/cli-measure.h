/* What `pisd sample` prints of a finished run beside its errors, each where it is asked for: the
 * same numbers as the window's charts that read and measure. */
#pragma once

#include "pisd-result.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* As written; NULL or FALSE: not asked for. */
typedef struct
{
  gboolean errors; /* --standardized */
} CliMeasure;

void cli_measure_print (const CliMeasure *measure,
                        const PisdResult *result,
                        const PisdScenario *scenario);

G_END_DECLS
