/* The text under the views: what all columns say at the node under the cross-hair. */
#pragma once

#include "explorer-field-rows.h"

G_BEGIN_DECLS

/* Shows "a  estimate 0.1  truth 0.12 …", a line a field, with as many digits as there is room for;
 * without a cross-hair it says how to read something there.  A label would not do: its new text
 * measures the window again, also in mid-layout, when a view goes away under the pointer. */
void explorer_readout_show (GtkInscription *text,
                            const ExplorerFieldRows *rows,
                            const ExplorerShown *shown);
/* Room for that many fields. */
void explorer_readout_set_lines (GtkInscription *text, guint n);

G_END_DECLS
