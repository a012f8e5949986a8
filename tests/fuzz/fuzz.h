/* Parsers that are fed with bytes that nobody thought of.
 *
 * To add one: a file fuzz-NAME.c that defines `const FuzzTarget fuzz_NAME`, and NAME in a row of
 * meson.build.
 *
 * Used by   test-fuzz.c, which changes seeds a little, always in the same way, and counts memory;
 *           fuzz-libfuzzer.c, which goes on for as long as it is told to (./dev fuzz) */
#pragma once

#include "pisd-input.h"
#include "pisd-slice.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  /* Appends right files, as GBytes. */
  void (*seed) (GPtrArray *seeds);
  /* Reads them as such a file, and looks at what comes of it. */
  void (*feed) (GBytes *bytes);
  guint n_mutations; /* in the short test */
  gsize room;        /* memory that reading may take whatever the file's size, and ... */
  guint growth;      /* ... for each of its bytes */
} FuzzTarget;

/* In the order of meson.build, NULL-terminated. */
const FuzzTarget *const *fuzz_get_targets (void);
/* NULL: there is none of that name. */
const FuzzTarget *fuzz_find_target (const char *name);

/* What seeds are made of.  `file`: in the tests' data. */
void fuzz_add_bytes (GPtrArray *seeds, gconstpointer bytes, gsize size);
void fuzz_add_text (GPtrArray *seeds, const char *text);
void fuzz_add_data (GPtrArray *seeds, const char *file);
/* Whatever `save` writes into the file that it is given. */
void fuzz_add_saved (GPtrArray *seeds, gboolean (*save) (const char *path, GError **error));

/* The bytes as a file that does not lie in any folder. */
PisdInput *fuzz_open (GBytes *bytes);
/* Of each array that `read` can read, and that is not large, two slices: its last two axes, and the
 * same the other way round, at the last place of all others.  list: PisdArray; NULL is fine. */
typedef gboolean (*FuzzReadSlice) (PisdInput *input,
                                   const PisdArray *array,
                                   guint number,
                                   const PisdSlice *slice,
                                   double *out,
                                   GError **error);
void fuzz_read_slices (PisdInput *input, const GPtrArray *list, FuzzReadSlice read);
/* The bytes as a text that ends with their first zero. */
char *fuzz_dup_text (GBytes *bytes);
/* Ends the program unless it worked and there is no error, or there is one of this program's own,
 * in one line that can be printed on any terminal.  Clears it. */
void fuzz_check (gboolean worked, GError **error);

G_END_DECLS
