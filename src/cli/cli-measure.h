/* What `pisd sample` prints of a finished run beside its errors, each where it is asked for: the
 * same numbers as the window's charts that read and measure. */
#pragma once

#include "pisd-profile.h"
#include "pisd-result.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* As written, and as numbers; NULL or FALSE: not asked for. */
typedef struct
{
  gboolean errors;   /* --standardized */
  gboolean spectrum; /* --spectrum */
  char *profile;     /* --profile X,Y,X,Y[,T] */
  PisdSegment segment;
  double time; /* of the profile; NaN: the last moment */
} CliMeasure;

/* Errors: of the command line. */
gboolean cli_measure_parse (CliMeasure *measure, GError **error);

void cli_measure_print (const CliMeasure *measure,
                        const PisdResult *result,
                        const PisdScenario *scenario);

G_END_DECLS
