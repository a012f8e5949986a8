/* What a scenario file begins with, by which it is known. */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

/* The group that a text begins with, remarks and blank lines left out; NULL: none. */
char *pisd_scenario_dup_first_group (PisdInput *input);
/* Whether a text begins like a scenario, whatever its file's name. */
gboolean pisd_scenario_recognise (PisdInput *input);

G_END_DECLS
