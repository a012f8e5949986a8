#include "cli-sample-options.h"

#include "cli-common.h"
#include "pisd-draw-animation.h"
#include "pisd-number.h"

static const char summary[] =
    "Estimates the fields of a problem from measurements. Without --observations and --truth it "
    "takes a\n"
    "random instance with 500 sensors on a, of a flow on its first frame. Settings come, each "
    "overriding\n"
    "the one before, from: defaults, --scenario, the preset of --guidance, the other options, "
    "--set.";

void
cli_sample_options_clear (CliSampleOptions *self)
{
  char *const strings[] = { self->save_scenario, self->output, self->json,
                            self->png,           self->size,   self->dpi,
                            self->frames,        self->show,   self->flow,
                            self->animation,     self->probe,  self->measure.profile,
                            self->measure.watch };

  cli_scenario_options_clear (&self->scenario);
  cli_branch_clear (&self->branch);
  pisd_paper_clear (&self->paper);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
}

static gboolean
read_frames (CliSampleOptions *self, GError **error)
{
  g_auto (GStrv) numbers = g_strsplit (self->frames, ",", -1);

  for (guint k = 0; numbers[k] != NULL; k++)
    {
      guint64 number;

      if (k == CLI_MAX_FRAMES)
        {
          g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                       "--frames: got more than %d, expected at most as many", CLI_MAX_FRAMES);
          return FALSE;
        }
      if (!cli_parse_uint ("frames", numbers[k], 0, G_MAXUINT - 1, &number, error))
        return FALSE;
      self->frame_numbers.numbers[self->frame_numbers.n++] = (guint) number;
    }
  return TRUE;
}

static gboolean
read_paper (CliSampleOptions *self, GError **error)
{
  const char *what = self->size != NULL ? "--size" : "--dpi";
  g_autoptr (GError) reason = NULL;
  double dpi = PISD_PAPER_DPI;

  if (self->dpi != NULL && !pisd_number_parse (self->dpi, &dpi))
    g_set_error (&reason, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--dpi: got `%s`, expected a number",
                 self->dpi);
  else if (pisd_paper_parse (self->size, dpi, what, &self->paper, &reason))
    return TRUE;
  g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, reason->message);
  return FALSE;
}

/* What is written as a word and used as a number. */
static gboolean
read_words (CliSampleOptions *self, GError **error)
{
  return read_paper (self, error) && (self->frames == NULL || read_frames (self, error))
         && (self->flow == NULL || cli_figure_parse_flow (self->flow, &self->flow_drawn, error));
}

gboolean
cli_sample_options_parse (CliSampleOptions *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "save-scenario", 0, 0, G_OPTION_ARG_FILENAME, &self->save_scenario,
      "Write all that this run needs", "FILE" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self->output,
      "Write means, spreads, samples and sensors; .mat, or means alone as .npy, work too",
      "OUT.npz" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json, "Write the report", "REPORT.json" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png, "Write a picture; .svg and .pdf work too",
      "FIGURE.png" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &self->size,
      "Size of the picture: pixels, or WxHmm (default: what its panels take)", "WxH" },
    { "dpi", 0, 0, G_OPTION_ARG_STRING, &self->dpi, "Pixels an inch of the picture (default: 144)",
      "N" },
    { "frames", 0, 0, G_OPTION_ARG_STRING, &self->frames,
      "Rows of the picture, numbers of frames from 0 on (default: the last one of every field)",
      "N,N,…" },
    { "show", 0, 0, G_OPTION_ARG_STRING, &self->show,
      "Columns of the picture: estimate, truth, exact, error, spread, standardized, residual, each "
      "with :modes for log10 of its kept modes",
      "KEY,KEY,…" },
    { "flow", 0, 0, G_OPTION_ARG_STRING, &self->flow,
      "Velocity over the vorticities of pictures: none (default), lines or arrows", "NAME" },
    { "animation", 0, 0, G_OPTION_ARG_FILENAME, &self->animation,
      "Write all frames as a moving picture, or as FLOW-000.png and so on", "FLOW.gif" },
    { "probe", 0, 0, G_OPTION_ARG_STRING, &self->probe,
      "Print the samples' histogram at a place, beside the exact posterior", "FIELD,X,Y[,T]" },
    { "standardized", 0, 0, G_OPTION_ARG_NONE, &self->measure.errors,
      "Print the histogram of (truth - mean) / spread of every field", NULL },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &self->measure.profile,
      "Print truth, estimate and two standard deviations along a line", "X,Y,X,Y[,T]" },
    { "spectrum", 0, 0, G_OPTION_ARG_NONE, &self->measure.spectrum,
      "Print the power of every field by wave number", NULL },
    { "watch", 0, 0, G_OPTION_ARG_STRING, &self->measure.watch,
      "Print the value at a place after every step", "FIELD,X,Y[,T]" },
    { "fit-prior", 0, 0, G_OPTION_ARG_NONE, &self->fit_prior,
      "Take the Gaussian prior and the noise that make the readings likeliest", NULL },
    { "branch-at", 0, 0, G_OPTION_ARG_STRING, &self->branch.at,
      "Go on from this step of the run once more; what is written is that branch", "STEP" },
    { "branch-set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->branch.set,
      "... with another value of a setting: a weight, a course, the method (may be repeated)",
      "KEY=VALUE" },
    { NULL },
  };

  if (!cli_scenario_options_parse (&self->scenario, entries, summary, argc, argv, error))
    return FALSE;
  return self->scenario.list_settings || read_words (self, error);
}

gboolean
cli_sample_options_check (CliSampleOptions *self, GError **error)
{
  if (self->output == NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "expected --output OUT.npz");
      return FALSE;
    }
  if (self->branch.at != NULL && self->save_scenario != NULL)
    {
      g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                           "got --branch-at and --save-scenario, expected one of them: a scenario "
                           "holds no branch");
      return FALSE;
    }
  return cli_scenario_options_check (&self->scenario, error)
         && cli_measure_parse (&self->measure, error) && cli_branch_check (&self->branch, error)
         && (self->png == NULL || cli_figure_complete_name (&self->png, error));
}

gboolean
cli_sample_options_check_files (const CliSampleOptions *self,
                                const char *truth_of_scenario,
                                GError **error)
{
  g_autofree char *first =
      self->animation != NULL ? pisd_animation_dup_first (self->animation) : NULL;
  const CliFile written[] = {
    { "--output", self->output, TRUE, NULL },
    { "--json", self->json, TRUE, NULL },
    { "--png", self->png, TRUE, NULL },
    { "--animation", first, TRUE, NULL },
    { "--save-scenario", self->save_scenario, TRUE, "--scenario" },
  };

  return cli_scenario_options_check_files (&self->scenario, truth_of_scenario, written,
                                           G_N_ELEMENTS (written), error);
}
