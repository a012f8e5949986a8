/* A run of `pisd sample` and the branch from one of its steps. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* What is written on the command line: the step, and KEY=VALUE for what is another one from there
 * on; a method comes with its preset. */
typedef struct
{
  char *at; /* NULL: no branch */
  GStrv set;

  /* The same as a number. */
  guint64 step;
} CliBranch;

void cli_branch_clear (CliBranch *self);
/* Errors: of the command line. */
gboolean cli_branch_check (CliBranch *self, GError **error);
/* The scenario of the branch, owned; NULL on error: settings that are none, or that a branch shares
 * with its run. */
PisdScenario *cli_branch_make_scenario (const CliBranch *self,
                                        const PisdScenario *run,
                                        GError **error);

G_END_DECLS
