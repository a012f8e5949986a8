#include "pisd-draw-animation.h"
#include "pisd-draw-gif.h"

#include "pisd-error.h"
#include "pisd-save.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Pixels a point. */
static const double gif_scale = 1.0;
static const double png_scale = 2.0;

/* Of the first file of a sequence. */
static const char first_number[] = "-000";

static gboolean
check (const PisdAnimation *animation, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_IO,
                          _ ("drawing a %.0f x %.0f picture, got “%s”, expected success"),
                          animation->width, animation->height, cairo_status_to_string (status));
}

/* NULL with an error, as for want of memory. */
static cairo_surface_t *
create_image (const PisdAnimation *animation, double scale, GError **error)
{
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (animation->width * scale),
                                  (int) ceil (animation->height * scale));

  if (check (animation, cairo_surface_status (image), error))
    return image;
  cairo_surface_destroy (image);
  return NULL;
}

/* The image is drawn over, again and again. */
static gboolean
draw_on (const PisdAnimation *animation,
         guint picture,
         cairo_surface_t *image,
         double scale,
         GError **error)
{
  cairo_t *cr = cairo_create (image);
  cairo_status_t status;
  gboolean drawn;

  cairo_scale (cr, scale, scale);
  drawn = animation->draw (cr, picture, animation->data, error);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return drawn && check (animation, status, error);
}

/* As GIF. */

static gboolean
add_pictures (const PisdAnimation *animation,
              PisdGif *gif,
              cairo_surface_t *image,
              PisdCancel *cancel,
              GError **error)
{
  const guint n = animation->n_pictures;

  for (guint k = 0; k < 2 * n; k++)
    {
      double seconds = k + 1 < 2 * n ? animation->seconds : animation->last_seconds;

      if (!pisd_cancel_check (cancel, _ ("animation"), error)
          || !draw_on (animation, k % n, image, gif_scale, error))
        return FALSE;
      if (k < n)
        pisd_gif_count (gif, image);
      else if (!pisd_gif_add (gif, image, (guint) lround (100.0 * seconds), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_gif (const char *path, const PisdAnimation *animation, PisdCancel *cancel, GError **error)
{
  cairo_surface_t *image = create_image (animation, gif_scale, error);
  g_autoptr (PisdGif) gif = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  gboolean ok;

  if (image == NULL)
    return FALSE;
  gif =
      pisd_gif_new (cairo_image_surface_get_width (image), cairo_image_surface_get_height (image));
  ok = add_pictures (animation, gif, image, cancel, error);
  cairo_surface_destroy (image);
  if (!ok)
    return FALSE;
  bytes = pisd_gif_finish (gif, error);
  return bytes != NULL && pisd_save_bytes (path, bytes->data, bytes->len, error);
}

/* As a sequence. */

char *
pisd_animation_dup_path (const char *path, guint picture)
{
  g_autofree char *stem = NULL;
  const char *dot;

  g_return_val_if_fail (path != NULL, NULL);

  dot = strrchr (path, '.');
  g_return_val_if_fail (dot != NULL, NULL);
  stem = g_strndup (path, (gsize) (dot - path));
  if (g_str_has_suffix (stem, first_number))
    stem[strlen (stem) - strlen (first_number)] = '\0';
  return g_strdup_printf ("%s-%03u%s", stem, picture, dot);
}

/* Appends the bytes of one file. */
static gboolean
add_png (const PisdAnimation *animation,
         guint picture,
         cairo_surface_t *image,
         GPtrArray *files,
         GError **error)
{
  GByteArray *bytes = g_byte_array_new ();

  g_ptr_array_add (files, bytes);
  return draw_on (animation, picture, image, png_scale, error)
         && check (animation, pisd_draw_append_png (image, NULL, bytes), error);
}

/* NULL with an error. */
static GPtrArray *
create_sequence (const PisdAnimation *animation, PisdCancel *cancel, GError **error)
{
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  cairo_surface_t *image = create_image (animation, png_scale, error);
  gboolean good = image != NULL;

  for (guint k = 0; k < animation->n_pictures && good; k++)
    good = pisd_cancel_check (cancel, _ ("animation"), error)
           && add_png (animation, k, image, files, error);
  cairo_surface_destroy (image); /* NULL is fine */
  return good ? g_steal_pointer (&files) : NULL;
}

static gboolean
save_sequence (const char *path, const PisdAnimation *animation, PisdCancel *cancel, GError **error)
{
  g_autoptr (GPtrArray) files = create_sequence (animation, cancel, error);

  if (files == NULL)
    return FALSE;
  for (guint k = 0; k < files->len; k++)
    {
      const GByteArray *bytes = g_ptr_array_index (files, k);
      g_autofree char *name = pisd_animation_dup_path (path, k);

      if (!pisd_save_bytes (name, bytes->data, bytes->len, error))
        return FALSE;
    }
  return TRUE;
}

static const char *const endings[] = { ".gif", ".png", NULL };

static gboolean (*const savers[]) (const char *path,
                                   const PisdAnimation *animation,
                                   PisdCancel *cancel,
                                   GError **error) = {
  save_gif,
  save_sequence,
};

char *
pisd_animation_dup_first (const char *path)
{
  const int format = pisd_draw_find_ending (path, endings, NULL);

  return format >= 0 && savers[format] == save_sequence ? pisd_animation_dup_path (path, 0)
                                                        : g_strdup (path);
}

gboolean
pisd_animation_check (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return pisd_draw_find_ending (path, endings, error) >= 0;
}

gboolean
pisd_draw_save_animation (const char *path,
                          const PisdAnimation *animation,
                          PisdCancel *cancel,
                          GError **error)
{
  int format;

  g_return_val_if_fail (path != NULL && animation != NULL && animation->n_pictures > 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  format = pisd_draw_find_ending (path, endings, error);
  return format >= 0 && savers[format](path, animation, cancel, error);
}
