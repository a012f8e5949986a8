/* A whole scenario from a file of whichever kind holds one: a scenario file, a set-up as text, or a
 * picture that carries that.
 *
 * Errors   those of its kind, each naming the file */
#pragma once

#include "pisd-file-kind.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Of the chunk in a PNG that has the text. */
#define PISD_SETUP_KEYWORD "pisd-setup"

/* What is none of these kinds is read as a scenario file, which then says what is wrong. */
PisdScenario *pisd_setup_load (const char *path, GError **error);
PisdScenario *pisd_setup_load_from (PisdInput *input, PisdFileKind kind, GError **error);
/* Whether a file of that kind is a whole scenario. */
gboolean pisd_setup_is_kind (PisdFileKind kind);

G_END_DECLS
