#include "pisd-draw-save.h"

#include "pisd-error.h"
#include "pisd-save.h"
#include "pisd-setup-text.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  double width, height; /* of what draws */
  PisdPaper paper;      /* with its own size */
  const char *title;
  PisdDrawFunc draw;
  gconstpointer data;
} Picture;

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* `unit`: of the surface, a point. */
static cairo_status_t
draw_on (const Picture *picture, cairo_surface_t *surface, double unit)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, unit * picture->paper.width / picture->width,
               unit * picture->paper.height / picture->height);
  picture->draw (cr, picture->data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static cairo_status_t
write_png (const Picture *picture, GByteArray *bytes)
{
  const PisdPaper *paper = &picture->paper;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, pisd_paper_count_pixels (paper, paper->width),
                                  pisd_paper_count_pixels (paper, paper->height));
  cairo_status_t status = draw_on (picture, surface, paper->dpi / 72.0);

  if (status == CAIRO_STATUS_SUCCESS)
    status = pisd_draw_append_png (surface, paper, bytes);
  cairo_surface_destroy (surface);
  return status;
}

/* Draws and finishes; takes over the surface. */
static cairo_status_t
finish_vector (const Picture *picture, cairo_surface_t *surface)
{
  cairo_status_t status = draw_on (picture, surface, 1.0);

  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
write_svg (const Picture *picture, GByteArray *bytes)
{
  return finish_vector (picture, cairo_svg_surface_create_for_stream (append_bytes, bytes,
                                                                      picture->paper.width,
                                                                      picture->paper.height));
}

static cairo_status_t
write_pdf (const Picture *picture, GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, bytes, picture->paper.width, picture->paper.height);

  if (picture->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, picture->title);
  return finish_vector (picture, surface);
}

static const char *const endings[] = { ".png", ".svg", ".pdf", NULL };

static cairo_status_t (*const writers[]) (const Picture *picture, GByteArray *bytes) = {
  write_png,
  write_svg,
  write_pdf,
};

/* ".png, .svg or .pdf" */
static char *
dup_list (const char *const *of)
{
  GString *list = g_string_new (of[0]);

  for (guint k = 1; of[k] != NULL; k++)
    /* Translators: between the last two of a list */
    g_string_append_printf (list, "%s%s", of[k + 1] == NULL ? _ (" or ") : ", ", of[k]);
  return g_string_free (list, FALSE);
}

int
pisd_draw_find_ending (const char *path, const char *const *of, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *list = NULL;
  const char *dot = strrchr (name, '.');

  for (guint k = 0; of[k] != NULL; k++)
    if (g_str_has_suffix (lower, of[k]))
      return (int) k;
  list = dup_list (of);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, _ ("%s: got the ending “%s”, expected %s"),
               path, dot != NULL ? dot : "", list);
  return -1;
}

char *
pisd_draw_save_dup_path (const char *path)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_path_get_basename (path);
  return g_strconcat (path, strchr (name, '.') == NULL ? endings[0] : NULL, NULL);
}

gboolean
pisd_draw_save_check (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return pisd_draw_find_ending (path, endings, error) >= 0;
}

gboolean
pisd_draw_save_carry (const char *path,
                      const PisdScenario *scenario,
                      PisdPaper *paper,
                      GError **error)
{
  const int format = pisd_draw_find_ending (path, endings, NULL);

  g_clear_pointer (&paper->setup, g_free);
  if (format < 0 || writers[format] != write_png)
    return TRUE;
  paper->setup = pisd_setup_text_new (scenario, error);
  return paper->setup != NULL;
}

/* The sizes that `paper` leaves open are those of the picture, or in its proportions. */
static PisdPaper
fill_paper (const PisdPaper *paper, double width, double height)
{
  PisdPaper filled = paper != NULL ? *paper : (PisdPaper){ 0 };

  if (filled.width <= 0.0)
    filled.width = width;
  if (filled.height <= 0.0)
    filled.height = height * filled.width / width;
  filled.dpi = filled.dpi > 0.0 ? filled.dpi : PISD_PAPER_DPI;
  return filled;
}

GBytes *
pisd_draw_make_bytes (const char *path,
                      const PisdPaper *paper,
                      double width,
                      double height,
                      const char *title,
                      PisdDrawFunc draw,
                      gconstpointer data,
                      GError **error)
{
  const Picture picture = { width, height, fill_paper (paper, width, height), title, draw, data };
  g_autoptr (GByteArray) bytes = NULL;
  cairo_status_t status;
  int format;

  g_return_val_if_fail (path != NULL && draw != NULL && width > 0.0 && height > 0.0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  format = pisd_draw_find_ending (path, endings, error);
  if (format < 0
      || (writers[format] == write_png && !pisd_paper_check (&picture.paper, path, error)))
    return NULL;
  bytes = g_byte_array_new ();
  status = writers[format](&picture, bytes);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO,
               _ ("%s: drawing a %.0f x %.0f figure, got “%s”, expected success"), path,
               picture.paper.width, picture.paper.height, cairo_status_to_string (status));
  return NULL;
}

gboolean
pisd_draw_save (const char *path,
                const PisdPaper *paper,
                double width,
                double height,
                const char *title,
                PisdDrawFunc draw,
                gconstpointer data,
                GError **error)
{
  g_autoptr (GBytes) bytes =
      pisd_draw_make_bytes (path, paper, width, height, title, draw, data, error);

  return bytes != NULL
         && pisd_save_bytes (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}
