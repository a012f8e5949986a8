/* The title above a picture of a lab.
 *
 * Units: user units of the Cairo context; type: what the reader's type is larger than usual by. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

/* Of a picture with its title, with type of the usual size. */
#define EXPLORER_LAB_TITLE_LEAST_WIDTH 250.0

/* What is left of a box below the title. */
PisdBox explorer_lab_title_get_rest (const PisdBox *box, double type);
void explorer_lab_title_draw (cairo_t *cr,
                              const PisdBox *box,
                              const PisdPalette *palette,
                              double type,
                              const char *title);

G_END_DECLS
