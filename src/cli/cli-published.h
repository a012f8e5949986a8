/* Figures that others published for the benchmark, to stand beside ours. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

/* They hold for this many random nodes of 128 x 128, noise-free, source family grf. */
#define CLI_PUBLISHED_SENSORS 500

typedef struct
{
  const char *name;
  PisdProblemId problem;
  PisdTask task;
  double percent; /* relative L2 error of the field that was not measured */
  const char *source;
} CliPublished;

const CliPublished *cli_published_get (guint *n);

G_END_DECLS
