/* Options that say nothing beside some others: a sub-command lists them in one table, so that none
 * is ignored in silence.
 *
 * Errors:  CLI_USAGE_ERROR: "got --until with --method adam, expected --method flow".
 * Threads: any. */
#pragma once

#include "cli-common.h"

G_BEGIN_DECLS

/* What an option needs. */
typedef struct
{
  gboolean is_met;
  const char *got, *expected;
} CliCondition;

typedef struct
{
  const char *option;
  gboolean is_given;
  const CliCondition *condition;
} CliNeed;

/* Whether every option that is given has what it needs. */
gboolean cli_needs_check (const CliNeed *needs, guint n, GError **error);

G_END_DECLS
