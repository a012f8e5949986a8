#include "pisd-draw-png.h"

#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "pisd-setup-load.h"

#define METRES_AN_INCH 0.0254

static void
on_error (png_structp png, png_const_charp message)
{
  longjmp (png_jmpbuf (png), 1);
}

/* It comes of what is read alone. */
static void
on_warning (png_structp png, png_const_charp message)
{
}

static void
on_write (png_structp png, png_bytep from, size_t n)
{
  g_byte_array_append (png_get_io_ptr (png), from, (guint) n);
}

static void
on_flush (png_structp png)
{
}

static void
set_paper (png_structp png, png_infop info, const PisdPaper *paper)
{
  const png_uint_32 a_metre = (png_uint_32) lround (paper->dpi / METRES_AN_INCH);
  png_text text = { .compression = PNG_ITXT_COMPRESSION_NONE, /* it is packed already */
                    .key = (char *) PISD_SETUP_KEYWORD,
                    .text = paper->setup,
                    .lang = (char *) "",
                    .lang_key = (char *) "" };

  png_set_pHYs (png, info, a_metre, a_metre, PNG_RESOLUTION_METER);
  if (paper->setup != NULL)
    png_set_text (png, info, &text, 1);
}

/* Cairo has a pixel in a word of 32 bits, of which the highest eight are not used. */
static void
write_pixels (png_structp png, cairo_surface_t *image)
{
  const guint8 *pixels = cairo_image_surface_get_data (image);
  const int stride = cairo_image_surface_get_stride (image);

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  png_set_bgr (png);
  png_set_filler (png, 0, PNG_FILLER_AFTER);
#else
  png_set_filler (png, 0, PNG_FILLER_BEFORE);
#endif
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    png_write_row (png, pixels + (gsize) y * stride);
}

/* FALSE: libpng has given up. */
static gboolean
write_file (png_structp png,
            png_infop info,
            cairo_surface_t *image,
            const PisdPaper *paper,
            GByteArray *bytes)
{
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;
  png_set_write_fn (png, bytes, on_write, on_flush);
  png_set_IHDR (png, info, (png_uint_32) cairo_image_surface_get_width (image),
                (png_uint_32) cairo_image_surface_get_height (image), 8, PNG_COLOR_TYPE_RGB,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (paper != NULL)
    set_paper (png, info, paper);
  png_write_info (png, info);
  write_pixels (png, image);
  png_write_end (png, info);
  return TRUE;
}

cairo_status_t
pisd_draw_append_png (cairo_surface_t *image, const PisdPaper *paper, GByteArray *bytes)
{
  png_structp png;
  png_infop info;
  gboolean good;

  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return cairo_surface_status (image);
  g_return_val_if_fail (cairo_image_surface_get_format (image) == CAIRO_FORMAT_RGB24,
                        CAIRO_STATUS_INVALID_FORMAT);

  cairo_surface_flush (image);
  png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
  info = png_create_info_struct (png);
  good = png != NULL && info != NULL && write_file (png, info, image, paper, bytes);
  png_destroy_write_struct (&png, &info);
  return good ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}
