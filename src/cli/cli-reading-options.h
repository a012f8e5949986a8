/* The options that say what the arrays of somebody else's file are. */
#pragma once

#include "pisd-reading.h"

G_BEGIN_DECLS

#define CLI_N_READING_OPTIONS 4

typedef struct
{
  char *texts[CLI_N_READING_OPTIONS]; /* as written, NULL where not given */
  PisdReadingWish wish;
} CliReadingOptions;

void cli_reading_options_clear (CliReadingOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliReadingOptions, cli_reading_options_clear)

/* entries: room for CLI_N_READING_OPTIONS. */
void cli_reading_options_fill (CliReadingOptions *self, GOptionEntry *entries);
/* Errors: of the command line. */
gboolean cli_reading_options_parse (CliReadingOptions *self, GError **error);
/* The first that was given, "--arrays"; NULL: none. */
const char *cli_reading_options_get_given (const CliReadingOptions *self);

G_END_DECLS
