#include "pisd-draw-handout.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-draw-save.h"
#include "pisd-draw-text.h"
#include "pisd-error.h"
#include "pisd-save.h"

/* Points. */
static const double margin = 56.0;
static const double title_size = 20.0;
static const double heading_size = 12.0;
static const double text_size = 11.0;
static const double caption_size = 8.0;
static const double foot_size = 8.0;
static const double gap = 6.0;       /* between what belongs together */
static const double part_gap = 16.0; /* between parts */
static const double widest_panel = 142.0;
/* More bytes than a page of text has: measuring looks no further. */
static const gsize most_bytes = 16384;
static const double panel_aspect = 292.0 / 330.0;

typedef enum
{
  BLOCK_TITLE,
  BLOCK_HEADING,
  BLOCK_TEXT,
  BLOCK_FIGURE,
  BLOCK_PICTURE,
  BLOCK_CAPTION
} BlockKind;

/* What is never broken. */
typedef struct
{
  BlockKind kind;
  guint part;
  char *text;               /* NULL: a figure or a picture */
  const PisdFigure *figure; /* borrowed, as is the next */
  const PisdHandoutPicture *picture;
  double gap; /* above it, but at the top of a page */
  double height;
  gboolean begins; /* a page */
  guint page;
  double y;
} Block;

struct _PisdHandoutLayout
{
  const PisdHandout *handout;
  GArray *blocks; /* of Block */
  guint n_pages;
};

static double
get_width (void)
{
  return PISD_HANDOUT_WIDTH - 2.0 * margin;
}

static double
get_page_height (void)
{
  return PISD_HANDOUT_HEIGHT - 2.0 * margin;
}

static PisdTextStyle
get_style (BlockKind kind)
{
  static const double *const sizes[] = {
    [BLOCK_TITLE] = &title_size, [BLOCK_HEADING] = &heading_size, [BLOCK_TEXT] = &text_size,
    [BLOCK_FIGURE] = &text_size, [BLOCK_PICTURE] = &text_size,    [BLOCK_CAPTION] = &caption_size
  };
  const PisdPalette *palette = pisd_palette_get (FALSE);

  return (PisdTextStyle){ .size = *sizes[kind],
                          .bold = kind == BLOCK_TITLE || kind == BLOCK_HEADING,
                          .ink = kind == BLOCK_CAPTION ? &palette->faint : &palette->text,
                          .max_width = get_width () };
}

static double
measure_text (BlockKind kind, const char *text)
{
  const PisdTextStyle style = get_style (kind);

  return ceil (pisd_draw_paragraph (NULL, 0.0, 0.0, &style, text));
}

static double
get_panel_width (const PisdFigure *figure)
{
  return fmin (widest_panel, get_width () / figure->n_columns);
}

static double
get_picture_room (void)
{
  return get_page_height () - 4.0 * text_size;
}

/* As wide as fits, and low enough for a page. */
static double
get_scaled_width (const PisdFigure *figure)
{
  return fmin (get_panel_width (figure), get_picture_room () / (figure->n_rows * panel_aspect));
}

static double
measure_figure (const PisdFigure *figure)
{
  return ceil (figure->n_rows * get_scaled_width (figure) * panel_aspect);
}

/* Likewise. */
static double
get_picture_scale (const PisdHandoutPicture *picture)
{
  return fmin (get_width () / picture->width, get_picture_room () / picture->height);
}

/* What there is to place. */

static void
block_clear (gpointer data)
{
  g_free (((Block *) data)->text);
}

static void
add_text (PisdHandoutLayout *self, BlockKind kind, guint part, double above, char *text)
{
  const Block block = {
    .kind = kind, .part = part, .text = text, .gap = above, .height = measure_text (kind, text)
  };

  g_array_append_val (self->blocks, block);
}

/* The longest beginning of a text, up to a space, that a page holds, in bytes. */
static gsize
find_fitting (const char *text)
{
  gsize fits = 0, end = strnlen (text, most_bytes);

  while (fits < end)
    {
      const gsize middle = (fits + end + 1) / 2;
      const char *at = g_utf8_find_prev_char (text, text + middle + 1);
      g_autofree char *start = g_strndup (text, at - text);

      if (measure_text (BLOCK_TEXT, start) <= get_page_height ())
        fits = MAX (middle, (gsize) (at - text));
      else
        end = middle - 1;
    }
  while (fits > 1 && text[fits] != ' ')
    fits--;
  return fits;
}

/* Paragraphs of a page at most. */
static void
add_paragraphs (PisdHandoutLayout *self, guint part, double above, const char *text)
{
  while (strnlen (text, most_bytes) == most_bytes
         || measure_text (BLOCK_TEXT, text) > get_page_height ())
    {
      const gsize n = find_fitting (text);

      if (n <= 1)
        break; /* a word that no page holds */
      add_text (self, BLOCK_TEXT, part, above, g_strndup (text, n));
      text += n + 1;
      above = gap;
    }
  add_text (self, BLOCK_TEXT, part, above, g_strdup (text));
}

/* What is drawn, and its caption. */
static void
add_drawn (PisdHandoutLayout *self, guint part, Block block, const char *caption)
{
  block.part = part;
  block.gap = gap;
  g_array_append_val (self->blocks, block);
  if (caption != NULL)
    add_text (self, BLOCK_CAPTION, part, 0.0, g_strdup (caption));
}

static void
add_pictures (PisdHandoutLayout *self, guint k)
{
  const PisdFigure *figure = self->handout->parts[k].figure;
  const PisdHandoutPicture *picture = self->handout->parts[k].picture;
  Block block = { .kind = BLOCK_FIGURE, .figure = figure };

  if (figure != NULL)
    {
      block.height = measure_figure (figure);
      add_drawn (self, k, block, figure->caption);
    }
  if (picture != NULL)
    {
      block = (Block){ .kind = BLOCK_PICTURE, .picture = picture };
      block.height = ceil (picture->height * get_picture_scale (picture));
      add_drawn (self, k, block, picture->caption);
    }
}

static void
add_part (PisdHandoutLayout *self, guint k)
{
  const PisdHandoutPart *part = &self->handout->parts[k];
  const guint first = self->blocks->len;

  if (part->heading != NULL)
    add_text (self, BLOCK_HEADING, k, part_gap, g_strdup (part->heading));
  add_paragraphs (self, k, part->heading != NULL ? gap : part_gap, part->text);
  add_pictures (self, k);
  g_array_index (self->blocks, Block, first).begins = part->on_new_page;
}

/* Where it stands. */

/* What stays together from block k on: the rest of its part, if a page holds it, else the block. */
static double
measure_group (const PisdHandoutLayout *self, guint k)
{
  const Block *first = &g_array_index (self->blocks, Block, k);
  double height = first->height;

  for (guint i = k + 1; i < self->blocks->len; i++)
    {
      const Block *block = &g_array_index (self->blocks, Block, i);

      if (block->part != first->part)
        break;
      height += block->gap + block->height;
    }
  return height <= get_page_height () ? height : first->height;
}

static void
place (PisdHandoutLayout *self)
{
  const double bottom = margin + get_page_height ();
  double y = margin;

  self->n_pages = 1;
  for (guint k = 0; k < self->blocks->len; k++)
    {
      Block *block = &g_array_index (self->blocks, Block, k);
      const double above = y > margin ? block->gap : 0.0;

      if (y > margin && (block->begins || y + above + measure_group (self, k) > bottom + 0.5))
        {
          self->n_pages++;
          y = margin;
        }
      else
        y += above;
      block->page = self->n_pages - 1;
      block->y = y;
      y += block->height;
    }
}

PisdHandoutLayout *
pisd_handout_layout_new (const PisdHandout *handout)
{
  PisdHandoutLayout *self;

  g_return_val_if_fail (handout != NULL && handout->title != NULL, NULL);

  self = g_new0 (PisdHandoutLayout, 1);
  self->handout = handout;
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, block_clear);
  add_text (self, BLOCK_TITLE, 0, 0.0, g_strdup (handout->title));
  for (guint k = 0; k < handout->n_parts; k++)
    add_part (self, k);
  place (self);
  return self;
}

void
pisd_handout_layout_free (PisdHandoutLayout *layout)
{
  if (layout == NULL)
    return;
  g_array_unref (layout->blocks);
  g_free (layout);
}

guint
pisd_handout_layout_get_n_pages (const PisdHandoutLayout *layout)
{
  g_return_val_if_fail (layout != NULL, 0);

  return layout->n_pages;
}

guint
pisd_handout_layout_find_page (const PisdHandoutLayout *layout, guint part)
{
  g_return_val_if_fail (layout != NULL, 0);

  for (guint k = 1; k < layout->blocks->len; k++)
    if (g_array_index (layout->blocks, Block, k).part == part)
      return g_array_index (layout->blocks, Block, k).page;
  return layout->n_pages - 1;
}

/* Drawing. */

static void
draw_figure (cairo_t *cr, const Block *block)
{
  const PisdFigure *figure = block->figure;
  const double width = get_scaled_width (figure);

  for (guint k = 0; k < figure->n_rows * figure->n_columns; k++)
    {
      const PisdBox box = { margin + (k % figure->n_columns) * width,
                            block->y + (k / figure->n_columns) * width * panel_aspect, width,
                            width * panel_aspect };

      pisd_draw_panel (cr, &box, pisd_palette_get (FALSE), &figure->panels[k]);
    }
}

static void
draw_picture (cairo_t *cr, const Block *block)
{
  const PisdHandoutPicture *picture = block->picture;
  const PisdBox box = { 0.0, 0.0, picture->width, picture->height };
  const double scale = get_picture_scale (picture);

  cairo_save (cr);
  cairo_translate (cr, margin, block->y);
  cairo_scale (cr, scale, scale);
  picture->draw (cr, &box, picture->data);
  cairo_restore (cr);
}

/* "Sensors pull" on the left, "2 / 3" on the right. */
static void
draw_foot (cairo_t *cr, const PisdHandoutLayout *layout, guint page)
{
  const double y = PISD_HANDOUT_HEIGHT - 0.5 * margin;
  g_autofree char *number = g_strdup_printf ("%u / %u", page + 1, layout->n_pages);
  PisdTextStyle style = { .size = foot_size,
                          .ink = &pisd_palette_get (FALSE)->faint,
                          .max_width = 0.8 * get_width () };

  pisd_draw_text (cr, margin, y, &style, layout->handout->title);
  style.align = 1.0;
  pisd_draw_text (cr, PISD_HANDOUT_WIDTH - margin, y, &style, number);
}

void
pisd_draw_handout_page (cairo_t *cr, const PisdHandoutLayout *layout, guint page)
{
  g_return_if_fail (cr != NULL && layout != NULL && page < layout->n_pages);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  for (guint k = 0; k < layout->blocks->len; k++)
    {
      const Block *block = &g_array_index (layout->blocks, Block, k);
      const PisdTextStyle style = get_style (block->kind);

      if (block->page != page)
        continue;
      if (block->figure != NULL)
        draw_figure (cr, block);
      else if (block->picture != NULL)
        draw_picture (cr, block);
      else
        pisd_draw_paragraph (cr, margin, block->y, &style, block->text);
    }
  draw_foot (cr, layout, page);
}

/* The file. */

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
write_pdf (const PisdHandoutLayout *layout, GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, bytes, PISD_HANDOUT_WIDTH, PISD_HANDOUT_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  /* the oldest version, whose pages any program can count */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, layout->handout->title);
  for (guint page = 0; page < layout->n_pages; page++)
    {
      pisd_draw_handout_page (cr, layout, page);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
pisd_draw_save_handout (const char *path, const PisdHandout *handout, GError **error)
{
  g_autoptr (PisdHandoutLayout) layout = pisd_handout_layout_new (handout);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status;

  g_return_val_if_fail (path != NULL && layout != NULL, FALSE);

  status = write_pdf (layout, bytes);
  if (status == CAIRO_STATUS_SUCCESS)
    return pisd_save_bytes (path, bytes->data, bytes->len, error);
  return pisd_error_fail (error, PISD_ERROR_IO,
                          _ ("%s: drawing %u pages, got “%s”, expected success"), path,
                          layout->n_pages, cairo_status_to_string (status));
}
