/* The labs, each a command of its own: `pisd lab NAME`. */
#pragma once

#include "cli-common.h"
#include "pisd-lab-setup.h"

G_BEGIN_DECLS

gboolean cli_lab_training (int argc, char **argv, GError **error);
gboolean cli_lab_diffusion (int argc, char **argv, GError **error);

/* Options that are keys of the lab's set-up, and what goes together.  Errors: of the command
 * line. */
gboolean cli_lab_set (PisdLabSetup *setup, guint n, const PisdLabValue *values, GError **error);
gboolean cli_lab_check (const PisdLabSetup *setup, GError **error);

G_END_DECLS
