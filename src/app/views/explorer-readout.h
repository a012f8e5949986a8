/* The line under the views: what all columns say at the node under the pointer. */
#pragma once

#include "explorer-field-rows.h"

G_BEGIN_DECLS

/* Shows "x 0.756  y 0.252   │   a  estimate 0.1  truth 0.12 …" of node (row i, column j) ; with
 * (-1, -1) it says how to read something there.  A label would not do: its new text measures the
 * window again, also in mid-layout, when a view goes away under the pointer. */
void explorer_readout_show (GtkInscription *line,
                            const ExplorerFieldRows *rows,
                            const ExplorerShown *shown,
                            int i,
                            int j);

G_END_DECLS
