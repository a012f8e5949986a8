/* The figure of a result: one row a frame; columns estimate, truth, error and spread, as far as
 * there are any. */
#pragma once

#include "cli-show.h"
#include "pisd-draw-paper.h"

G_BEGIN_DECLS

/* Most rows of a figure. */
#define CLI_MAX_FRAMES 16

/* Which frames, by their number among all of the equation's; none: the last one of every field. */
typedef struct
{
  guint n;
  guint numbers[CLI_MAX_FRAMES];
} CliFrames;

/* Errors: CLI_USAGE_ERROR, for a frame that the problem does not have. */
gboolean cli_frames_check (const CliFrames *frames, PisdProblemId problem, GError **error);

/* Whether a picture can be written under that name, by its ending; a name without one becomes
 * .png.
 * Errors: PISD_ERROR_UNKNOWN. */
gboolean cli_figure_complete_name (char **path, GError **error);
/* .png, which carries the scenario, .svg or .pdf, atomically.  exact: NULL: not known.  paper: its
 * size; what it carries is the figure's. */
gboolean cli_figure_save (const PisdResult *result,
                          const PisdScenario *scenario,
                          const PisdExact *exact,
                          const CliFrames *frames,
                          const CliShow *show,
                          PisdFlow flow,
                          const PisdPaper *paper,
                          const char *path,
                          GError **error);
/* How the velocity is drawn over vorticities: none, lines or arrows.  Errors: of the command
 * line. */
gboolean cli_figure_parse_flow (const char *text, PisdFlow *flow, GError **error);
/* Errors: of the command line, for an equation without a vorticity. */
gboolean cli_flow_check (PisdFlow flow, PisdProblemId problem, GError **error);

/* Whether a film can be written under that name: a problem has to have a time.  Errors:
 * PISD_ERROR_UNKNOWN, CLI_USAGE_ERROR. */
gboolean cli_film_check (const char *path, PisdProblemId problem, GError **error);
/* One picture a frame, in the colours of all of them, as .gif or as a sequence of .png. */
gboolean cli_film_save (const PisdResult *result,
                        const PisdScenario *scenario,
                        PisdFlow flow,
                        const char *path,
                        PisdCancel *cancel,
                        GError **error);

G_END_DECLS
