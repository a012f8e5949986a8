#include "pisd-draw-text.h"

#include "pisd-error.h"
#include "pisd-save.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

/* Measures in points. */
static const double panel_width = 330.0;
static const double panel_height = 292.0;
static const double margin = 16.0;
static const double caption_size = 13.0;
static const double caption_gap = 8.0;
static const double png_scale = 2.0; /* pixels a point: crisp on paper and on dense screens */

typedef struct
{
  const PisdPalette *palette;
  const char *caption;
  const PisdPanel *panels;
  guint n_rows, n_columns;
  double width, height;  /* of the whole figure */
  double caption_height; /* with the gap below it; 0 without a caption */
} Figure;

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static PisdTextStyle
get_caption_style (const Figure *figure)
{
  return (PisdTextStyle){ .size = caption_size,
                          .ink = &figure->palette->text,
                          .max_width = figure->width - 2.0 * margin };
}

static void
figure_arrange (Figure *figure)
{
  PisdTextStyle style;

  figure->width = 2.0 * margin + figure->n_columns * panel_width;
  figure->caption_height = 0.0;
  style = get_caption_style (figure);
  if (figure->caption != NULL && figure->caption[0] != '\0')
    figure->caption_height =
        ceil (pisd_draw_paragraph (NULL, 0.0, 0.0, &style, figure->caption) + caption_gap);
  figure->height = 2.0 * margin + figure->caption_height + figure->n_rows * panel_height;
}

static void
figure_draw (const Figure *figure, cairo_t *cr)
{
  PisdTextStyle style = get_caption_style (figure);

  pisd_ink_set (cr, &figure->palette->background);
  cairo_paint (cr);
  if (figure->caption_height > 0.0)
    pisd_draw_paragraph (cr, margin, margin, &style, figure->caption);
  for (guint k = 0; k < figure->n_rows * figure->n_columns; k++)
    {
      PisdBox box = { margin + (k % figure->n_columns) * panel_width,
                      margin + figure->caption_height + (k / figure->n_columns) * panel_height,
                      panel_width, panel_height };

      pisd_draw_panel (cr, &box, figure->palette, &figure->panels[k]);
    }
}

/* Draws and finishes; takes over the surface. */
static cairo_status_t
figure_draw_on (const Figure *figure, cairo_surface_t *surface, double scale)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  figure_draw (figure, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static cairo_status_t
write_png (const Figure *figure, GByteArray *bytes)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)ceil (figure->width * png_scale),
                                  (int)ceil (figure->height * png_scale));
  cairo_status_t status = figure_draw_on (figure, surface, png_scale);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
finish_vector (const Figure *figure, cairo_surface_t *surface)
{
  cairo_status_t status = figure_draw_on (figure, surface, 1.0);

  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
write_svg (const Figure *figure, GByteArray *bytes)
{
  return finish_vector (figure, cairo_svg_surface_create_for_stream (
                                    append_bytes, bytes, figure->width, figure->height));
}

static cairo_status_t
write_pdf (const Figure *figure, GByteArray *bytes)
{
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes, figure->width, figure->height);

  if (figure->caption != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, figure->caption);
  return finish_vector (figure, surface);
}

static const struct
{
  const char *ending;
  cairo_status_t (*write) (const Figure *figure, GByteArray *bytes);
} formats[] = {
  { ".png", write_png },
  { ".svg", write_svg },
  { ".pdf", write_pdf },
};

/* Index into `formats`, or -1 with the error set. */
static int
find_format (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *dot = strrchr (name, '.');

  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    if (g_str_has_suffix (lower, formats[k].ending))
      return (int)k;
  if (dot == NULL)
    g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                 "%s: figure format, got a name without ending, expected .png, .svg or .pdf", path);
  else
    g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                 "%s: figure format, got \u201c%s\u201d, expected .png, .svg or .pdf", path, dot);
  return -1;
}

gboolean
pisd_draw_save_figure (const char *path,
                       const PisdPalette *palette,
                       const char *caption,
                       const PisdPanel *panels,
                       guint n_rows,
                       guint n_columns,
                       GError **error)
{
  Figure figure = { palette, caption, panels, n_rows, n_columns, 0.0, 0.0, 0.0 };
  g_autoptr (GByteArray) bytes = NULL;
  cairo_status_t status;
  int format;

  g_return_val_if_fail (path != NULL && palette != NULL && panels != NULL, FALSE);
  g_return_val_if_fail (n_rows > 0 && n_columns > 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  format = find_format (path, error);
  if (format < 0)
    return FALSE;
  bytes = g_byte_array_new ();
  figure_arrange (&figure);
  status = formats[format].write (&figure, bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_IO,
                   "%s: drawing a %.0f x %.0f figure, got \u201c%s\u201d, expected success", path,
                   figure.width, figure.height, cairo_status_to_string (status));
      return FALSE;
    }
  return pisd_save_bytes (path, bytes->data, bytes->len, error);
}
