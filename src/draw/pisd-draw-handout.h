/* A hand-out: sentences and pictures on pages of A4, as a PDF file.
 *
 * Parts follow each other; a part's picture stands below its sentences and, where a page can hold
 * both, on the same one.  Text that is longer than a page goes on on the next one. */
#pragma once

#include "pisd-draw-figure.h"

G_BEGIN_DECLS

/* A picture with measures of its own, which is made as wide as the page's text.
 *
 * Units: points, of the box from 0, 0 that it draws into. */
typedef struct
{
  double width, height;
  void (*draw) (cairo_t *cr, const PisdBox *box, gconstpointer data);
  gconstpointer data;
  const char *caption; /* NULL: none */
} PisdHandoutPicture;

/* All borrowed. */
typedef struct
{
  const char *heading;      /* NULL: none */
  const char *text;         /* plain */
  const PisdFigure *figure; /* its panels, and its caption below them; NULL: no picture */
  gboolean on_new_page;
  const PisdHandoutPicture *picture; /* below the figure; NULL: none */
} PisdHandoutPart;

typedef struct
{
  const char *title;
  const PisdHandoutPart *parts; /* [n_parts] */
  guint n_parts;
} PisdHandout;

typedef struct _PisdHandoutLayout PisdHandoutLayout;

/* Units: points; A4. */
#define PISD_HANDOUT_WIDTH 595.0
#define PISD_HANDOUT_HEIGHT 842.0

/* Where everything stands; the hand-out has to stay as long as the layout. */
PisdHandoutLayout *pisd_handout_layout_new (const PisdHandout *handout);
void pisd_handout_layout_free (PisdHandoutLayout *layout); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdHandoutLayout, pisd_handout_layout_free)
/* For tests. */
guint pisd_handout_layout_get_n_pages (const PisdHandoutLayout *layout);
/* The page on which a part begins, from 0. */
guint pisd_handout_layout_find_page (const PisdHandoutLayout *layout, guint part);
/* One page, from 0, on white. */
void pisd_draw_handout_page (cairo_t *cr, const PisdHandoutLayout *layout, guint page);

/* Atomically, whatever the path's ending.
 * Errors: PISD_ERROR_IO. */
gboolean pisd_draw_save_handout (const char *path, const PisdHandout *handout, GError **error);

G_END_DECLS
