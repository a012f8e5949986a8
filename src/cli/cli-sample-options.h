/* The options of `pisd sample`, as written and as numbers. */
#pragma once

#include "cli-figure.h"
#include "cli-files.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

/* Settings with an option of their own; the others are reached by --set. */
#define CLI_N_SETTING_OPTIONS 11
/* Fields that an --observe-NAME can speak of, those of all problems. */
#define CLI_MAX_OBSERVE 8

typedef struct
{
  const PisdFieldInfo *field; /* of the first problem that has it */
  char *text;                 /* as written, NULL where not given */
  guint64 n;
} CliObserve;

typedef struct
{
  char *settings[CLI_N_SETTING_OPTIONS]; /* as written, NULL where not given */
  guint n_observe;
  CliObserve observe[CLI_MAX_OBSERVE];
  char *observations;
  char *truth;
  char *weights;
  char *sensor_seed;
  char *threads;
  char *memory;
  char *scenario;
  char *save_scenario;
  char *output;
  char *json;
  char *png;
  char *frames;
  char *flow;
  char *animation;
  char *probe;
  char *observe_at;
  GStrv set; /* KEY=VALUE */
  gboolean list_settings;

  /* The same as numbers. */
  guint64 sensor_seed_number;
  guint64 n_threads;
  CliFrames frame_numbers;
  PisdFlow flow_drawn;
  guint n_times; /* at which sensors are placed; 0: each field's own */
  double times[PISD_MAX_FRAMES];
  guint64 n_megabytes; /* of the memory budget; 0: the standard one */
} CliSampleOptions;

/* Errors: of the command line. */
gboolean cli_sample_options_parse (CliSampleOptions *self, int argc, char **argv, GError **error);
void cli_sample_options_clear (CliSampleOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSampleOptions, cli_sample_options_clear)

/* What contradicts itself or is missing; nothing is read or computed before this. */
gboolean cli_sample_options_check (CliSampleOptions *self, GError **error);
/* As cli_files_check(); `truth_of_scenario`: the file that the scenario took its truth from, NULL
 * where there is none or the scenario was not read yet. */
gboolean cli_sample_options_check_files (const CliSampleOptions *self,
                                         const char *truth_of_scenario,
                                         GError **error);

/* Was any --observe-NAME given? */
gboolean cli_sample_options_has_observe (const CliSampleOptions *self);
/* All of them, given or not: "--observe-a N, --observe-u N", with " N" after each and ", "
 * between. */
char *cli_sample_options_dup_observe (const CliSampleOptions *self,
                                      const char *after,
                                      const char *between);
/* Has the setting been given by its own option; or by --set? */
gboolean cli_sample_options_is_given (const CliSampleOptions *self, const char *key);
gboolean cli_sample_options_is_set (const CliSampleOptions *self, const char *key);
/* The settings that were given, over `settings`; --set comes last. */
gboolean cli_sample_options_apply (const CliSampleOptions *self,
                                   PisdSettings *settings,
                                   GError **error);

G_END_DECLS
