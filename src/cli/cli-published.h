/* Figures known for the benchmark, to stand beside ours: data/published.ini, which names the
 * source of each.  Those of problems that are not in the table of problems yet wait there. */
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

/* Those of one problem and task, in the file's order: of CliPublished, or NULL.
 * Errors: a figure that is no number, a group without a source. */
GPtrArray *cli_published_new (PisdProblemId problem, PisdTask task, GError **error);

G_END_DECLS
