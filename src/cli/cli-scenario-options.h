/* The options that describe a scenario, as written and as numbers: those of `pisd sample`, and of
 * every command that begins with what it would run. */
#pragma once

#include "cli-files.h"
#include "cli-reading-options.h"
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
  CliReadingOptions reading; /* of the truth */
  char *weights;
  char *socket_name; /* of --prior socket:NAME, whose setting is then `socket` alone */
  char *sensor_seed;
  char *threads;
  char *memory;
  char *scenario;
  char *observe_at;
  GStrv set; /* KEY=VALUE */
  gboolean list_settings;

  /* The same as numbers. */
  guint64 sensor_seed_number;
  guint64 n_threads;
  guint n_times; /* at which sensors are placed; 0: each field's own */
  double times[PISD_MAX_FRAMES];
  guint64 n_megabytes; /* of the memory budget; 0: the standard one */
} CliScenarioOptions;

/* `own`: the command's own options, NULL-terminated; `summary`: of its help.
 * Errors: of the command line. */
gboolean cli_scenario_options_parse (CliScenarioOptions *self,
                                     const GOptionEntry *own,
                                     const char *summary,
                                     int argc,
                                     char **argv,
                                     GError **error);
void cli_scenario_options_clear (CliScenarioOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliScenarioOptions, cli_scenario_options_clear)

/* What contradicts itself or is missing; nothing is read or computed before this. */
gboolean cli_scenario_options_check (const CliScenarioOptions *self, GError **error);
/* As cli_files_check(), of what is read and the command's own files [n]; `truth_of_scenario`: the
 * file that the scenario took its truth from, NULL where there is none or the scenario was not read
 * yet. */
gboolean cli_scenario_options_check_files (const CliScenarioOptions *self,
                                           const char *truth_of_scenario,
                                           const CliFile *own,
                                           guint n,
                                           GError **error);

/* Was any --observe-NAME given? */
gboolean cli_scenario_options_has_observe (const CliScenarioOptions *self);
/* All of them, given or not: "--observe-a N, --observe-u N", with " N" after each and ", "
 * between. */
char *cli_scenario_options_dup_observe (const CliScenarioOptions *self,
                                        const char *after,
                                        const char *between);
/* Has the setting been given by its own option; or by --set? */
gboolean cli_scenario_options_is_given (const CliScenarioOptions *self, const char *key);
gboolean cli_scenario_options_is_set (const CliScenarioOptions *self, const char *key);
/* The settings that were given, over `settings`; --set comes last. */
gboolean cli_scenario_options_apply (const CliScenarioOptions *self,
                                     PisdSettings *settings,
                                     GError **error);

G_END_DECLS
