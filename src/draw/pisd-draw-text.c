#include "pisd-draw-text.h"

#include <math.h>
#include <pango/pangocairo.h>

/* GNOME's own face where it is installed, so that plots match the window around them. */
static const char families[] = "Cantarell, Inter, sans-serif";

/* Distance of lines, and no text is more than so many times as wide or high as usual. */
#define USUAL_LINE 1.4
#define MOST_UNUSUAL 4.0

/* Sizes of type come in steps of so many units: Pango and Cairo keep the letters of every size that
 * was ever drawn, and pictures have as many sizes as a window has widths. */
static const double size_step = 0.25;

/* Type of a paragraph with a long word has at least this part of its size. */
static const double least_word = 0.5;

/* Half the height of capitals and digits in units of the type size; alike in all usual sans faces.
 */
static const double half_capital = 0.36;

void
pisd_ink_set (cairo_t *cr, const PisdInk *ink)
{
  cairo_set_source_rgba (cr, ink->r, ink->g, ink->b, ink->a);
}

void
pisd_ink_set_faded (cairo_t *cr, const PisdInk *ink, double factor)
{
  cairo_set_source_rgba (cr, ink->r, ink->g, ink->b, ink->a * factor);
}

/* Unhinted metrics: a label keeps its place at every scale, on screen and on paper. */
static PangoContext *
create_context (cairo_t *cr)
{
  PangoContext *context;
  cairo_font_options_t *options;

  if (cr != NULL)
    context = pango_cairo_create_context (cr);
  else
    context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  options = cairo_font_options_create ();
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

/* The step at or below `size`: what was fitted into its room stays within it. */
static double
get_step (double size)
{
  return fmax (floor (size / size_step), 1.0) * size_step;
}

static void
set_size (PangoFontDescription *font, double size)
{
  pango_font_description_set_absolute_size (font, get_step (size) * PANGO_SCALE);
}

static PangoLayout *
create_layout (cairo_t *cr, const PisdTextStyle *style)
{
  PangoContext *context = create_context (cr);
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, families);
  set_size (font, style->size);
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  g_object_unref (context);
  return layout;
}

static double
get_font_size (const PangoFontDescription *font)
{
  return (double) pango_font_description_get_size (font) / PANGO_SCALE;
}

/* Type size of a layout, in the units that it is measured in. */
static double
get_size (PangoLayout *layout)
{
  return get_font_size (pango_layout_get_font_description (layout));
}

/* What was measured, or `usual` where no font is installed: measures of none are left to chance. */
static double
settle (double measured, double usual)
{
  return measured >= 0.0 && measured <= MOST_UNUSUAL * usual ? measured : usual;
}

static double
get_layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return settle ((double) width / PANGO_SCALE,
                 get_size (layout) * pango_layout_get_character_count (layout));
}

static double
get_layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return settle ((double) height / PANGO_SCALE,
                 USUAL_LINE * get_size (layout) * pango_layout_get_line_count (layout));
}

static void
limit_width (PangoLayout *layout, double max_width)
{
  if (max_width <= 0.0 || get_layout_width (layout) <= max_width)
    return;
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
}

static void
show_line (cairo_t *cr, double x, double y, const PisdTextStyle *style, PangoLayout *layout)
{
  double baseline;

  limit_width (layout, style->max_width);
  baseline = settle ((double) pango_layout_get_baseline (layout) / PANGO_SCALE, get_size (layout));
  cairo_save (cr);
  pisd_ink_set (cr, style->ink);
  cairo_move_to (cr, x - style->align * get_layout_width (layout),
                 y + half_capital * get_size (layout) - baseline);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

gboolean
pisd_draw_has_fonts (void)
{
  const PisdTextStyle style = { .size = 12.0 };
  g_autoptr (PangoLayout) layout = create_layout (NULL, &style);

  pango_layout_set_text (layout, "Aa0", -1);
  return pango_layout_get_unknown_glyphs_count (layout) == 0;
}

void
pisd_draw_text (cairo_t *cr, double x, double y, const PisdTextStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_if_fail (cr != NULL && style != NULL && text != NULL);

  layout = create_layout (cr, style);
  pango_layout_set_text (layout, text, -1);
  show_line (cr, x, y, style, layout);
}

void
pisd_draw_markup (cairo_t *cr, double x, double y, const PisdTextStyle *style, const char *markup)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_if_fail (cr != NULL && style != NULL && markup != NULL);

  layout = create_layout (cr, style);
  pango_layout_set_markup (layout, markup, -1);
  show_line (cr, x, y, style, layout);
}

double
pisd_text_get_width (const PisdTextStyle *style, const char *markup)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_val_if_fail (style != NULL && markup != NULL, 0.0);

  layout = create_layout (NULL, style);
  pango_layout_set_markup (layout, markup, -1);
  return get_layout_width (layout);
}

void
pisd_draw_fitted_text (cairo_t *cr,
                       double x,
                       double y,
                       const PisdTextStyle *style,
                       double least,
                       const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  PisdTextStyle fitted = *style;

  fitted.size =
      get_step (style->size)
      * CLAMP (style->max_width / MAX (pisd_text_get_width (style, escaped), 1.0), least, 1.0);
  pisd_draw_text (cr, x, y, &fitted, text);
}

static PangoAlignment
get_alignment (double align)
{
  if (align == 0.0)
    return PANGO_ALIGN_LEFT;
  return align == 1.0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_CENTER;
}

/* Wraps between words, in smaller type where one is wider than a line: size * width / its width,
 * and a little less, as widths are rounded. */
static void
wrap (PangoLayout *layout, double width)
{
  PangoFontDescription *font =
      pango_font_description_copy (pango_layout_get_font_description (layout));
  double widest;

  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  widest = get_layout_width (layout);
  if (widest > width)
    set_size (font, get_font_size (font) * fmax (0.97 * width / widest, least_word));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_font_description_free (font);
}

double
pisd_draw_paragraph (cairo_t *cr, double x, double y, const PisdTextStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;

  g_return_val_if_fail (style != NULL && text != NULL, 0.0);

  layout = create_layout (cr, style);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_alignment (layout, get_alignment (style->align));
  wrap (layout, style->max_width);
  if (cr != NULL)
    {
      cairo_save (cr);
      pisd_ink_set (cr, style->ink);
      cairo_move_to (cr, x, y);
      pango_cairo_show_layout (cr, layout);
      cairo_restore (cr);
    }
  return get_layout_height (layout);
}

void
pisd_draw_note (cairo_t *cr,
                const PisdBox *box,
                double share,
                const PisdTextStyle *style,
                const char *note)
{
  PisdTextStyle wrapped;
  double height;

  g_return_if_fail (cr != NULL && box != NULL && style != NULL && note != NULL);

  wrapped = *style;
  wrapped.max_width = share * box->width;
  if (wrapped.max_width < 1.0)
    return;
  height = pisd_draw_paragraph (NULL, 0.0, 0.0, &wrapped, note);
  pisd_draw_paragraph (cr, box->x + 0.5 * (box->width - wrapped.max_width),
                       box->y + 0.5 * (box->height - height), &wrapped, note);
}

char *
pisd_number_take_with_minus (char *text)
{
  g_autofree char *owned = text;
  g_auto (GStrv) parts = g_strsplit (owned, "-", -1);

  return g_strjoinv ("\u2212", parts);
}

char *
pisd_number_dup_markup (double value)
{
  g_autofree char *mantissa = NULL;
  g_autofree char *power = NULL;
  int exponent;

  if (isnan (value))
    return g_strdup ("NaN");
  if (isinf (value))
    return g_strdup (value > 0.0 ? "\u221e" : "\u2212\u221e");
  if (value == 0.0)
    return g_strdup ("0");
  if (fabs (value) >= 9.995e-4 && fabs (value) < 9.995e3)
    {
      /* three significant digits, never in %g's exponent form */
      int decimals = CLAMP (2 - (int) floor (log10 (fabs (value) * 1.0005)), 0, 5);

      return pisd_number_take_with_minus (g_strdup_printf ("%.*f", decimals, value));
    }
  exponent = (int) floor (log10 (fabs (value) * 1.0005));
  mantissa = pisd_number_take_with_minus (g_strdup_printf ("%.2f", value / pow (10.0, exponent)));
  power = pisd_number_take_with_minus (g_strdup_printf ("%d", exponent));
  return g_strdup_printf ("%s\u00d710" PISD_SUPERSCRIPT ("%s"), mantissa, power);
}

char *
pisd_percent_dup_markup (double percent)
{
  g_autofree char *number = pisd_number_dup_markup (percent);

  return g_strconcat (number, "\u2009%", NULL);
}
