/* The engine's error domain.  Every message says what, where, what it got and what it expected:
 * "truth.npz: `a` is 64x64, poisson needs 128x128". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One row an error code: name, what it stands for. */
#define PISD_ERROR_LIST(X)                                  \
  X (IO, "a file cannot be opened, read or written")        \
  X (FORMAT, "a file is not of the format it claims to be") \
  X (SHAPE, "an array has the wrong shape or element type") \
  X (RANGE, "a value lies outside its range")               \
  X (UNKNOWN, "a name is not known here")                   \
  X (LIMIT, "an input is larger than this program accepts") \
  X (RESONANCE, "the wave number meets an eigenvalue")      \
  X (NUMERIC, "a computation produced NaN or infinity")     \
  X (CANCELLED, "the run was stopped on request")           \
  X (SILENT, "another process says nothing for too long")

typedef enum
{
#define PISD_ERROR_CODE(name, meaning) PISD_ERROR_##name,
  PISD_ERROR_LIST (PISD_ERROR_CODE)
#undef PISD_ERROR_CODE
      PISD_N_ERRORS
} PisdError;

#define PISD_ERROR (pisd_error_quark ())
GQuark pisd_error_quark (void);

/* For tests, which say what they expected: what a code stands for; never NULL for a valid code. */
const char *pisd_error_get_meaning (PisdError code);

/* Sets the error and returns FALSE, so that a check can end with it. */
gboolean pisd_error_fail (GError **error, PisdError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* "WHAT: got "GOT", expected EXPECTED", translated, with what was got quoted; FALSE likewise. */
gboolean pisd_error_fail_got (GError **error,
                              PisdError code,
                              const char *what,
                              const char *got,
                              const char *expected);

/* A text from outside as it can stand in a one-line message: in double quotes, control characters
 * and bytes that are not UTF-8 escaped, cut after 40 characters. */
char *pisd_error_quote (const char *text);
/* The same without quotes and uncut: the name of a file, or a message of a library, which may
 * repeat what it has read. */
char *pisd_error_escape (const char *text);
/* The same of a path's last part. */
char *pisd_error_escape_base (const char *path);

G_END_DECLS
