/* What `pisd sample` prints of a finished run beside its errors, each where it is asked for: the
 * same numbers as the window's charts that read and measure. */
#pragma once

#include "cli-probe.h"
#include "pisd-channel.h"
#include "pisd-profile.h"
#include "pisd-result.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* As written, and as numbers; NULL or FALSE: not asked for. */
typedef struct
{
  gboolean errors;   /* --standardized */
  gboolean spectrum; /* --spectrum */
  char *watch;       /* --watch FIELD,X,Y[,T] */
  CliProbe watched;  /* once the equation is known */
  char *profile;     /* --profile X,Y,X,Y[,T] */
  PisdSegment segment;
  double time; /* of the profile; NaN: the last moment */
} CliMeasure;

/* Errors: of the command line. */
gboolean cli_measure_parse (CliMeasure *measure, GError **error);

/* channel: that the run went through, where its steps are watched.
 * Errors: those of pisd_representation_new(). */
gboolean cli_measure_print (const CliMeasure *measure,
                            const PisdResult *result,
                            const PisdScenario *scenario,
                            PisdChannel *channel,
                            GError **error);

G_END_DECLS
