/* The options of `pisd sample`, as written and as numbers. */
#pragma once

#include "cli-branch.h"
#include "cli-figure.h"
#include "cli-measure.h"
#include "cli-scenario-options.h"

G_BEGIN_DECLS

typedef struct
{
  CliScenarioOptions scenario; /* what is run */
  char *save_scenario;
  char *output;
  char *json;
  char *png;
  char *size;
  char *dpi;
  char *frames;
  char *show;
  char *flow;
  char *animation;
  char *probe;
  CliMeasure measure;
  gboolean fit_prior;
  CliBranch branch;

  /* The same as numbers. */
  CliFrames frame_numbers;
  CliShow shown; /* once the equation is known */
  PisdFlow flow_drawn;
  PisdPaper paper;
} CliSampleOptions;

/* Errors: of the command line. */
gboolean cli_sample_options_parse (CliSampleOptions *self, int argc, char **argv, GError **error);
void cli_sample_options_clear (CliSampleOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSampleOptions, cli_sample_options_clear)

/* What contradicts itself or is missing; nothing is read or computed before this. */
gboolean cli_sample_options_check (CliSampleOptions *self, GError **error);
/* As cli_scenario_options_check_files(). */
gboolean cli_sample_options_check_files (const CliSampleOptions *self,
                                         const char *truth_of_scenario,
                                         GError **error);

G_END_DECLS
