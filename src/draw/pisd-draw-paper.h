/* What a picture is saved on: its size, how many pixels an inch has, and what travels with it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two pixels a point: crisp on paper and on dense screens. */
#define PISD_PAPER_DPI 144.0

/* Units   width and height in points, of which an inch has 72 */
typedef struct
{
  double width, height; /* 0: as large as the picture is by itself, or in its proportions */
  double dpi;           /* of a PNG */
  char *setup;          /* owned; text that a PNG carries, NULL: none */
} PisdPaper;

void pisd_paper_clear (PisdPaper *paper);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdPaper, pisd_paper_clear)

/* "1200x800" in pixels of that many an inch, or "180x120mm"; NULL: as large as the picture is.
 * Errors: PISD_ERROR_FORMAT, RANGE (dpi from 20 to 2400), LIMIT (sides of 16 to 32767 pixels, 100
 *         million of them in all); of what is said, `what` is its name. */
gboolean pisd_paper_parse (const char *size,
                           double dpi,
                           const char *what,
                           PisdPaper *paper,
                           GError **error);
/* The same limits for a paper with both sides. */
gboolean pisd_paper_check (const PisdPaper *paper, const char *what, GError **error);
/* Pixels of so many points. */
int pisd_paper_count_pixels (const PisdPaper *paper, double points);

G_END_DECLS
