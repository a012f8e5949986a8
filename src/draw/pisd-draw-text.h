/* Words and numbers on a Cairo context, set with Pango.
 *
 * Layer: below everything else that is drawn. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

typedef struct
{
  double size; /* of the type, in user units */
  gboolean bold;
  const PisdInk *ink;
  double align;     /* 0: the text begins at x, 0.5: centred on it, 1: ends there */
  double max_width; /* longer texts end in an ellipsis; 0: no limit */
} PisdTextStyle;

/* Whether letters and digits can be shown at all: FALSE where no font is installed and pictures
 * would hold boxes instead of words. */
gboolean pisd_draw_has_fonts (void);

/* One line whose capitals and digits are vertically centred on y.  The first takes plain text, the
 * second Pango markup (superscripts). */
void pisd_draw_text (cairo_t *cr, double x, double y, const PisdTextStyle *style, const char *text);
void pisd_draw_markup (cairo_t *cr,
                       double x,
                       double y,
                       const PisdTextStyle *style,
                       const char *markup);
/* Plain text that gets smaller where max_width, which is set, is too little for it, down to `least`
 * of its size, before it is cut. */
void pisd_draw_fitted_text (cairo_t *cr,
                            double x,
                            double y,
                            const PisdTextStyle *style,
                            double least,
                            const char *text);
/* Width that pisd_draw_markup() takes up, without the limit. */
double pisd_text_get_width (const PisdTextStyle *style, const char *markup);

/* Plain text wrapped at max_width, in smaller type where a word is longer, with its top at y and
 * its lines aligned as `align` says within [x, x + max_width]; returns the height.  cr may be NULL:
 * measures only. */
double pisd_draw_paragraph (cairo_t *cr,
                            double x,
                            double y,
                            const PisdTextStyle *style,
                            const char *text);

/* A paragraph in the middle of a box, over `share` of its width. */
void pisd_draw_note (cairo_t *cr,
                     const PisdBox *box,
                     double share,
                     const PisdTextStyle *style,
                     const char *note);

/* Markup of an exponent.  Pango 1.50 shrinks <sup> only in some fonts. */
#define PISD_SUPERSCRIPT(text) "<span size='72%%' baseline_shift='superscript'>" text "</span>"

/* A number for people, as markup: 0.34, 1.20×10⁻⁵, NaN. */
char *pisd_number_dup_markup (double value);
/* The same of percents, with their sign behind it. */
char *pisd_percent_dup_markup (double percent);

/* A hyphen is too short for a minus sign; takes `text`. */
char *pisd_number_take_with_minus (char *text);

void pisd_ink_set (cairo_t *cr, const PisdInk *ink);
void pisd_ink_set_faded (cairo_t *cr, const PisdInk *ink, double factor); /* alpha times factor */

G_END_DECLS
