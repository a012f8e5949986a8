/* The line under the views: what all columns say at the node under the pointer. */
#pragma once

#include "explorer-field-rows.h"

G_BEGIN_DECLS

/* Shows "x 0.756  y 0.252   │   a  estimate 0.1  truth 0.12 …" of node (row i, column j) in a label; (-1, -1): what to
 * do to read something there. */
void explorer_readout_show (GtkLabel *label,
                            const ExplorerFieldRows *rows,
                            const ExplorerShown *shown,
                            int i,
                            int j);

G_END_DECLS
