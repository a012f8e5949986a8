/* The options of `pisd bench`, as written and as CliBenchOptions. */
#pragma once

#include "cli-bench.h"

G_BEGIN_DECLS

/* As written, NULL where not given. */
typedef struct
{
  char *problem, *task, *guidance, *prior, *family, *weights;
  char *sensors, *instances, *steps, *samples, *seed, *threads, *repeats;
  char *over, *values;
  char *json, *csv, *png;
  GStrv sets;
  gboolean list;
} CliBenchWords;

/* The names of benchmarks that are left over, NULL on error. */
GStrv cli_bench_words_parse (CliBenchWords *words, int argc, char **argv, GError **error);
void cli_bench_words_clear (CliBenchWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliBenchWords, cli_bench_words_clear)

/* Fills `options`, which borrows from `words`.  Errors: of the command line. */
gboolean cli_bench_words_read (CliBenchWords *words,
                               gboolean is_sweep,
                               CliBenchOptions *options,
                               GError **error);
/* As cli_files_check(); and tables and plots belong to a sweep. */
gboolean cli_bench_words_check_files (const CliBenchWords *words,
                                      gboolean has_sweep,
                                      GError **error);
/* Was something given that means errors over many instances? */
gboolean cli_bench_words_speak_of_accuracy (const CliBenchWords *words);

G_END_DECLS
