/* The labs, each a command of its own: `pisd lab NAME`. */
#pragma once

#include "cli-common.h"

G_BEGIN_DECLS

gboolean cli_lab_training (int argc, char **argv, GError **error);
gboolean cli_lab_diffusion (int argc, char **argv, GError **error);

G_END_DECLS
