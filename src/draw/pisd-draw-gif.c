#include "pisd-draw-gif.h"
#include "pisd-draw-colors.h"

#include "pisd-error.h"

#include <gif_lib.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _PisdGif
{
  int width, height;
  PisdColors *colors;
  GByteArray *bytes;
  GifFileType *file; /* NULL before the first picture */
  guint8 *shown;     /* [height, width] indices of the picture before, */
  guint8 *next;      /* and of this one */
};

PisdGif *
pisd_gif_new (int width, int height)
{
  PisdGif *self;

  g_return_val_if_fail (width > 0 && width <= G_MAXUINT16, NULL);
  g_return_val_if_fail (height > 0 && height <= G_MAXUINT16, NULL);

  self = g_new0 (PisdGif, 1);
  self->width = width;
  self->height = height;
  self->colors = pisd_colors_new ();
  self->bytes = g_byte_array_new ();
  self->shown = g_new (guint8, (gsize) width * (gsize) height);
  self->next = g_new (guint8, (gsize) width * (gsize) height);
  return self;
}

void
pisd_gif_free (PisdGif *self)
{
  int code;

  if (self == NULL)
    return;
  if (self->file != NULL)
    EGifCloseFile (self->file, &code);
  pisd_colors_free (self->colors);
  g_byte_array_unref (self->bytes);
  g_free (self->shown);
  g_free (self->next);
  g_free (self);
}

void
pisd_gif_count (PisdGif *self, cairo_surface_t *image)
{
  g_return_if_fail (self->file == NULL);

  pisd_colors_count (self->colors, image);
}

static int
append (GifFileType *file, const GifByteType *bytes, int n)
{
  GByteArray *array = file->UserData;

  g_byte_array_append (array, bytes, (guint) n);
  return n;
}

static gboolean
fail (GError **error, int code)
{
  const char *words = GifErrorString (code);

  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, _ ("GIF: got “%s”, expected success"),
               words != NULL ? words : "?");
  return FALSE;
}

static ColorMapObject *
create_map (PisdGif *self)
{
  guint32 colors[PISD_COLORS_MOST];
  GifColorType items[PISD_COLORS_MOST];

  pisd_colors_choose (self->colors, colors);
  for (guint k = 0; k < PISD_COLORS_MOST; k++)
    items[k] = (GifColorType){ (GifByteType) (colors[k] >> 16), (GifByteType) (colors[k] >> 8),
                               (GifByteType) colors[k] };
  return GifMakeMapObject (PISD_COLORS_MOST, items);
}

/* Begins again at its end, for ever. */
static gboolean
put_loop (GifFileType *file)
{
  const guint8 loop[] = { 1, 0, 0 };

  return EGifPutExtensionLeader (file, APPLICATION_EXT_FUNC_CODE) == GIF_OK
         && EGifPutExtensionBlock (file, 11, "NETSCAPE2.0") == GIF_OK
         && EGifPutExtensionBlock (file, sizeof loop, loop) == GIF_OK
         && EGifPutExtensionTrailer (file) == GIF_OK;
}

static gboolean
begin (PisdGif *self, GError **error)
{
  ColorMapObject *map;
  gboolean ok;
  int code = 0;

  self->file = EGifOpen (self->bytes, append, &code);
  if (self->file == NULL)
    return fail (error, code);
  map = create_map (self);
  EGifSetGifVersion (self->file, true);
  ok = EGifPutScreenDesc (self->file, self->width, self->height, 8, 0, map) == GIF_OK
       && put_loop (self->file);
  GifFreeMapObject (map);
  return ok || fail (error, self->file->Error);
}

/* Rows and columns that differ from what is shown: a single pixel where none does. */
typedef struct
{
  int left, right, top, bottom; /* right and bottom are the first ones beyond */
} Part;

static Part
find_change (const PisdGif *self, gboolean is_first)
{
  Part part = { self->width, 0, self->height, 0 };

  if (is_first)
    return (Part){ 0, self->width, 0, self->height };
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        const gsize at = (gsize) y * (gsize) self->width + (gsize) x;

        if (self->next[at] == self->shown[at])
          continue;
        part = (Part){ MIN (part.left, x), MAX (part.right, x + 1), MIN (part.top, y), y + 1 };
      }
  return part.right > 0 ? part : (Part){ 0, 1, 0, 1 };
}

static gboolean
put_delay (GifFileType *file, guint hundredths)
{
  const GraphicsControlBlock control = { .DisposalMode = DISPOSE_DO_NOT,
                                         .DelayTime = (int) MIN (hundredths, G_MAXUINT16),
                                         .TransparentColor = NO_TRANSPARENT_COLOR };
  GifByteType bytes[4];
  gsize n = EGifGCBToExtension (&control, bytes);

  return EGifPutExtension (file, GRAPHICS_EXT_FUNC_CODE, (int) n, bytes) == GIF_OK;
}

static gboolean
put_part (PisdGif *self, const Part *part)
{
  const int width = part->right - part->left;

  if (EGifPutImageDesc (self->file, part->left, part->top, width, part->bottom - part->top, false,
                        NULL)
      != GIF_OK)
    return FALSE;
  for (int y = part->top; y < part->bottom; y++)
    if (EGifPutLine (self->file, self->next + (gsize) y * (gsize) self->width + part->left, width)
        != GIF_OK)
      return FALSE;
  return TRUE;
}

gboolean
pisd_gif_add (PisdGif *self, cairo_surface_t *image, guint hundredths, GError **error)
{
  const gboolean is_first = self->file == NULL;
  guint8 *shown = self->shown;
  Part part;

  g_return_val_if_fail (cairo_image_surface_get_width (image) == self->width, FALSE);
  g_return_val_if_fail (cairo_image_surface_get_height (image) == self->height, FALSE);

  if (is_first && !begin (self, error))
    return FALSE;
  pisd_colors_map (self->colors, image, self->next);
  part = find_change (self, is_first);
  if (!put_delay (self->file, hundredths) || !put_part (self, &part))
    return fail (error, self->file->Error);
  self->shown = self->next;
  self->next = shown;
  return TRUE;
}

GByteArray *
pisd_gif_finish (PisdGif *self, GError **error)
{
  GifFileType *file = g_steal_pointer (&self->file);
  int code = 0;

  g_return_val_if_fail (file != NULL, NULL);

  if (EGifCloseFile (file, &code) != GIF_OK)
    {
      fail (error, code);
      return NULL;
    }
  return g_byte_array_ref (self->bytes);
}
