/* Points, lines, arrows and a field in a square of the plane, and small pictures in rows: what the
 * diffusion lab shows.
 *
 * Shapes: points [n, 2] as (x, y), y upwards.
 * Units:  user units of the Cairo context; the plane reaches from -limit to limit. */
#pragma once

#include "pisd-draw.h"
#include "pisd-lab-data.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *note; /* where there is nothing else; NULL: none */
  double limit;
  const PisdField *field; /* over the square, row 0 at the top; NULL: none */
  PisdColormap map;
  double low, high;
  guint n_ghosts; /* faint points beneath */
  const double *ghosts;
  guint n_points;
  const double *points;
  const guint *labels; /* [n_points] a colour each; NULL: one for all */
  guint n_lines;       /* paths: line i goes through states[k, i] for k <= n_stops */
  guint n_stops;
  const double *states; /* [n_stops + 1, n_states, 2] */
  gsize n_states;
  guint n_arrows;       /* along each side, from the middle of equal squares */
  const double *arrows; /* [n_arrows, n_arrows, 2], the first row at the bottom */
} PisdPlane;

/* The square, below the title where there is one. */
PisdBox pisd_plane_get_square (const PisdPlane *plane, const PisdBox *box, double type);
void pisd_draw_plane (cairo_t *cr,
                      const PisdBox *box,
                      const PisdPalette *palette,
                      const PisdPlane *plane,
                      double type);

typedef struct
{
  const char *title;
  const char *note;
  guint side;
  guint n, n_columns;
  const double *pixels; /* [n, side, side] row 0 at the top */
  double low, high;     /* values at the ends of the colours */
  PisdColormap map;
  gboolean is_ink;             /* the other way round: what is high is dark */
  const char *const *captions; /* [n_columns] below the last row; NULL: none */
} PisdPictures;

/* Side and colours of pictures of data: ink is dark on paper, fields have a colour for either
 * sign. */
void pisd_pictures_set_data (PisdPictures *pictures, const PisdLabData *data);
void pisd_draw_pictures (cairo_t *cr,
                         const PisdBox *box,
                         const PisdPalette *palette,
                         const PisdPictures *pictures,
                         double type);

G_END_DECLS
