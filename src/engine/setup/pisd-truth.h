/* Where a scenario's truth comes from and how it gets another one: the command line, the scenario
 * file and the window all go through here.
 *
 * The sensors keep the readings that they have: whoever changes the truth decides whether they read
 * it anew.
 * Errors:  those of the pisd_instance_new_ functions; the scenario is then as it was. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_TRUTH_NONE,   /* not known: there are readings alone */
  PISD_TRUTH_RANDOM, /* the instance that the settings name by family and seed */
  PISD_TRUTH_DRAWN,  /* another one that no file holds */
  PISD_TRUTH_FILE    /* the arrays of a file */
} PisdTruth;

/* Telling a random truth from a drawn one draws field 0 where the truth does not know it itself. */
PisdTruth pisd_truth_get_kind (const PisdScenario *scenario);
/* Whether both have the same fields, bit for bit, from the same file or from none. */
gboolean pisd_truth_equal (const PisdScenario *a, const PisdScenario *b);

void pisd_truth_forget (PisdScenario *scenario);
/* The random instance that the settings name. */
gboolean pisd_truth_set_random (PisdScenario *scenario, GError **error);
/* A given source and its exact solution. */
gboolean pisd_truth_set_source (PisdScenario *scenario, const PisdField *source, GError **error);
/* One that was made before; `path` is that of its file, NULL: of none. */
void pisd_truth_set_instance (PisdScenario *scenario, PisdInstance *instance, const char *path);
/* The arrays of a file, read as pisd_instance_new_from_file() says; its path is kept as it is. */
gboolean pisd_truth_open (PisdScenario *scenario, const char *path, GError **error);
gboolean pisd_truth_open_from (PisdScenario *scenario, PisdInput *input, GError **error);
/* The same with what a person says of its arrays; wish: NULL: nothing. */
gboolean pisd_truth_open_wished (PisdScenario *scenario,
                                 PisdInput *input,
                                 const PisdReadingWish *wish,
                                 GError **error);
/* After a change of the problem or its parameters: the same source, solved anew; a random one,
 * which `before` tells from a drawn one, is drawn anew for the settings as they are now.  Where no
 * truth is known none is made. */
gboolean pisd_truth_solve_again (PisdScenario *scenario,
                                 const PisdScenario *before,
                                 GError **error);

G_END_DECLS
