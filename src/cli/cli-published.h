/* Figures known for the benchmark, to stand beside ours: data/published.ini, which names the
 * source of each, and a person's own (cli-published-own.h); and what is asked of ours. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

/* They hold for this many random nodes of 128 x 128, noise-free, source family grf. */
#define CLI_PUBLISHED_SENSORS 500

typedef struct
{
  char *name;
  double percent; /* relative L2 error of the field that was not measured */
  char *source;   /* with what it took, where that is known */
} CliPublished;

/* "poisson-forward": what their figures are called. */
char *cli_published_dup_key (PisdProblemId problem, PisdTask task);
/* Adds one to a list of CliPublished; takes the source. */
void cli_published_add (GPtrArray *figures, const char *name, double percent, char *source);
/* Those of one problem and task, in the files' order: of CliPublished, or NULL.
 * Errors: a figure that is no number, a group without a source; those of cli_published_add_own().
 */
GPtrArray *cli_published_new (PisdProblemId problem, PisdTask task, GError **error);
/* What the error of second-order guidance's mean is at most to be, percent; NaN: nothing is asked
 * but its ratio to the best possible one. */
double cli_published_get_target (PisdProblemId problem, PisdTask task);

G_END_DECLS
