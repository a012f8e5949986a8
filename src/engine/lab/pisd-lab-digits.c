#include "pisd-lab-digits.h"

#include <math.h>

/* In units of a digit's box, with y downwards. */
#define MOST_SLANT 0.22
#define LEAST_WEIGHT 0.045 /* half the width of a line */
#define MOST_WEIGHT 0.085
#define LEAST_SIZE 0.85
#define MOST_SIZE 1.05
#define MOST_SHIFT 0.06

#define N_PIECES 10 /* straight ones that an arc is drawn as */
#define MOST_ARCS 2
#define MOST_LINES 3
#define MOST_PIECES (N_PIECES * MOST_ARCS + MOST_LINES)

/* Of an ellipse, from one angle to another in degrees; 0 is to the right, 90 below. */
typedef struct
{
  double x, y, width, height; /* half axes */
  double from, to;
} Arc;

typedef struct
{
  double x0, y0, x1, y1;
} Line;

typedef struct
{
  guint n_arcs, n_lines;
  Arc arcs[MOST_ARCS];
  Line lines[MOST_LINES];
} Glyph;

static const Glyph glyphs[PISD_DIGITS_N_LABELS] = {
  { 1, 0, { { 0.5, 0.5, 0.26, 0.38, 0, 360 } }, { { 0 } } },
  { 0, 2, { { 0 } }, { { 0.34, 0.29, 0.54, 0.12 }, { 0.54, 0.12, 0.54, 0.88 } } },
  { 1,
    2,
    { { 0.5, 0.34, 0.24, 0.22, 190, 400 } },
    { { 0.684, 0.481, 0.26, 0.88 }, { 0.26, 0.88, 0.76, 0.88 } } },
  { 2,
    0,
    { { 0.47, 0.31, 0.24, 0.19, 205, 450 }, { 0.47, 0.69, 0.27, 0.19, 270, 515 } },
    { { 0 } } },
  { 0,
    3,
    { { 0 } },
    { { 0.62, 0.88, 0.62, 0.12 }, { 0.62, 0.12, 0.22, 0.62 }, { 0.22, 0.62, 0.80, 0.62 } } },
  { 1,
    2,
    { { 0.48, 0.64, 0.26, 0.24, 225, 510 } },
    { { 0.72, 0.12, 0.33, 0.12 }, { 0.33, 0.12, 0.30, 0.47 } } },
  { 2, 0, { { 0.5, 0.66, 0.23, 0.22, 0, 360 }, { 0.66, 0.64, 0.39, 0.54, 180, 255 } }, { { 0 } } },
  { 0, 2, { { 0 } }, { { 0.24, 0.12, 0.76, 0.12 }, { 0.76, 0.12, 0.42, 0.88 } } },
  { 2, 0, { { 0.5, 0.31, 0.21, 0.19, 0, 360 }, { 0.5, 0.69, 0.25, 0.19, 0, 360 } }, { { 0 } } },
  { 2, 0, { { 0.5, 0.34, 0.23, 0.22, 0, 360 }, { 0.34, 0.36, 0.39, 0.54, 0, 75 } }, { { 0 } } },
};

/* How one digit is written. */
typedef struct
{
  double slant, weight, size, shift_x, shift_y;
} Hand;

static double
between (double low, double high, double uniform)
{
  return low + (high - low) * uniform;
}

static void
add_arc (const Arc *arc, Line *pieces)
{
  double x = NAN, y = NAN;

  for (guint k = 0; k <= N_PIECES; k++)
    {
      const double angle = between (arc->from, arc->to, (double) k / N_PIECES) * G_PI / 180.0;
      const double next_x = arc->x + arc->width * cos (angle);
      const double next_y = arc->y + arc->height * sin (angle);

      if (k > 0)
        pieces[k - 1] = (Line){ x, y, next_x, next_y };
      x = next_x;
      y = next_y;
    }
}

static void
write_place (const Hand *hand, double *x, double *y)
{
  *x = 0.5 + hand->shift_x + hand->size * (*x - 0.5 + hand->slant * (0.5 - *y));
  *y = 0.5 + hand->shift_y + hand->size * (*y - 0.5);
}

static guint
fill_pieces (const Glyph *glyph, const Hand *hand, Line pieces[MOST_PIECES])
{
  guint n = 0;

  for (guint k = 0; k < glyph->n_arcs; k++, n += N_PIECES)
    add_arc (&glyph->arcs[k], pieces + n);
  for (guint k = 0; k < glyph->n_lines; k++)
    pieces[n++] = glyph->lines[k];
  for (guint k = 0; k < n; k++)
    {
      write_place (hand, &pieces[k].x0, &pieces[k].y0);
      write_place (hand, &pieces[k].x1, &pieces[k].y1);
    }
  return n;
}

/* The square of a place's distance from a straight piece. */
static double
get_square (const Line *piece, double x, double y)
{
  const double dx = piece->x1 - piece->x0, dy = piece->y1 - piece->y0;
  const double along =
      ((x - piece->x0) * dx + (y - piece->y0) * dy) / MAX (dx * dx + dy * dy, 1e-12);
  const double part = CLAMP (along, 0.0, 1.0);
  const double ex = x - piece->x0 - part * dx, ey = y - piece->y0 - part * dy;

  return ex * ex + ey * ey;
}

/* Ink where the nearest piece is nearer than the weight, with an edge one pixel wide. */
static double
get_ink (const Line *pieces, guint n, double x, double y, double weight, guint side)
{
  double least = INFINITY, cover;

  for (guint k = 0; k < n; k++)
    least = MIN (least, get_square (&pieces[k], x, y));
  cover = 0.5 + (weight - sqrt (least)) * side;
  return 2.0 * CLAMP (cover, 0.0, 1.0) - 1.0;
}

void
pisd_digits_draw (guint digit,
                  const double uniforms[PISD_DIGITS_N_UNIFORMS],
                  guint side,
                  double *pixels)
{
  const Hand hand = { between (-MOST_SLANT, MOST_SLANT, uniforms[0]),
                      between (LEAST_WEIGHT, MOST_WEIGHT, uniforms[1]),
                      between (LEAST_SIZE, MOST_SIZE, uniforms[2]),
                      between (-MOST_SHIFT, MOST_SHIFT, uniforms[3]),
                      between (-MOST_SHIFT, MOST_SHIFT, uniforms[4]) };
  Line pieces[MOST_PIECES];
  guint n;

  g_return_if_fail (digit < PISD_DIGITS_N_LABELS && side > 0 && pixels != NULL);

  n = fill_pieces (&glyphs[digit], &hand, pieces);
  for (guint i = 0; i < side; i++)
    for (guint j = 0; j < side; j++)
      pixels[i * side + j] =
          get_ink (pieces, n, (j + 0.5) / side, (i + 0.5) / side, hand.weight, side);
}
