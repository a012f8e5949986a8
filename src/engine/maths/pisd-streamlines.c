#include "pisd-streamlines.h"

#include <math.h>

/* A step, in nodes: bilinear between them, the flow turns little in it. */
#define STEP 0.5
/* A line ends this share of the spacing away from another one. */
#define NEAREST 0.45
/* Where the speed is below this share of the largest one nothing moves. */
#define STAGNANT 1e-4
/* A line is at most so many periods, and at least so many spacings, long. */
#define LONGEST 4.0
#define SHORTEST 2.0
/* Steps after which a line may have come back to its seed. */
#define LEAST_TURN 5
/* A short line is at least that share of the longest one. */
#define LEAST_SHORT 0.1

/* A point of a finished line, in the list of its cell. */
typedef struct
{
  PisdPoint at; /* within the period */
  int next;     /* -1: the last one */
} Mark;

/* Everything is in nodes. */
typedef struct
{
  guint n;
  const PisdComplex *z;
  double spacing;
  PisdPoint fastest;      /* node */
  double largest;         /* speed there */
  guint n_cells;          /* along an axis; none is narrower than the spacing */
  int *heads;             /* [n_cells, n_cells] into marks, -1: empty */
  GArray *marks;          /* of Mark */
  GArray *ahead, *behind; /* of PisdPoint, from the seed on */
  GArray *points, *first;
} Tracer;

static void
find_fastest (Tracer *self)
{
  guint fastest = 0;
  double largest = 0.0;

  for (guint p = 0; p < self->n * self->n; p++)
    {
      double square = self->z[p].re * self->z[p].re + self->z[p].im * self->z[p].im;

      fastest = square > largest ? p : fastest;
      largest = MAX (largest, square);
    }
  self->fastest = (PisdPoint){ fastest % self->n, fastest / self->n };
  self->largest = sqrt (largest);
}

static void
tracer_init (Tracer *self, guint n, const PisdComplex *z, double spacing)
{
  *self = (Tracer){ .n = n, .z = z, .spacing = spacing * n };
  find_fastest (self);
  self->n_cells = MAX (1, (guint) (1.0 / spacing));
  self->heads = g_new (int, self->n_cells * self->n_cells);
  for (guint k = 0; k < self->n_cells * self->n_cells; k++)
    self->heads[k] = -1;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->ahead = g_array_new (FALSE, FALSE, sizeof (PisdPoint));
  self->behind = g_array_new (FALSE, FALSE, sizeof (PisdPoint));
  self->points = g_array_new (FALSE, FALSE, sizeof (PisdPoint));
  self->first = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (self->first, 1);
}

/* The lines, scaled to the period; the rest is freed. */
static PisdStreamlines *
tracer_finish (Tracer *self)
{
  PisdStreamlines *lines = g_new0 (PisdStreamlines, 1);

  for (guint k = 0; k < self->points->len; k++)
    {
      PisdPoint *point = &g_array_index (self->points, PisdPoint, k);

      *point = (PisdPoint){ point->x / self->n, point->y / self->n };
    }
  lines->n_lines = self->first->len - 1;
  lines->first = (guint *) g_array_free (self->first, FALSE);
  lines->points = (PisdPoint *) g_array_free (self->points, FALSE);
  g_free (self->heads);
  g_array_unref (self->marks);
  g_array_unref (self->ahead);
  g_array_unref (self->behind);
  return lines;
}

/* Into [0, n). */
static double
wrap (double x, double n)
{
  double wrapped = x - n * floor (x / n);

  return wrapped < n ? wrapped : 0.0;
}

/* The shortest way from one place to another of the same period. */
static double
get_way (double from, double to, double n)
{
  double way = to - from;

  return way - n * floor (way / n + 0.5);
}

static double
get_distance2 (const Tracer *self, const PisdPoint *a, const PisdPoint *b)
{
  double dx = get_way (a->x, b->x, self->n), dy = get_way (a->y, b->y, self->n);

  return dx * dx + dy * dy;
}

/* Velocity between four nodes, in proportion. */
static PisdComplex
interpolate (const Tracer *self, double x, double y)
{
  guint n = self->n, j, i, right, below;
  double fx = wrap (x, n), fy = wrap (y, n);
  const PisdComplex *upper, *lower;
  double a, b, c, d;

  j = (guint) fx;
  i = (guint) fy;
  right = j + 1 < n ? j + 1 : 0;
  below = i + 1 < n ? i + 1 : 0;
  fx -= j;
  fy -= i;
  upper = self->z + (gsize) i * n;
  lower = self->z + (gsize) below * n;
  a = (1.0 - fy) * (1.0 - fx);
  b = (1.0 - fy) * fx;
  c = fy * (1.0 - fx);
  d = fy * fx;
  return (
      PisdComplex){ a * upper[j].re + b * upper[right].re + c * lower[j].re + d * lower[right].re,
                    a * upper[j].im + b * upper[right].im + c * lower[j].im + d * lower[right].im };
}

/* One step of the midpoint rule along the flow, or against it; FALSE where nothing moves, or where
 * the flow turns back, as behind the place into which it runs. */
static gboolean
go (const Tracer *self, double step, PisdPoint *at)
{
  PisdPoint middle = *at;
  PisdComplex first = { 0.0, 0.0 };

  for (guint k = 0; k < 2; k++)
    {
      PisdComplex z = interpolate (self, middle.x, middle.y);
      double speed = sqrt (z.re * z.re + z.im * z.im);
      double scale = (k == 0 ? 0.5 : 1.0) * step / speed;

      if (!(speed > STAGNANT * self->largest) || first.re * z.re + first.im * z.im < 0.0)
        return FALSE;
      first = z;
      middle = (PisdPoint){ at->x + scale * z.re, at->y + scale * z.im };
    }
  *at = middle;
  return TRUE;
}

/* A coordinate's cell, and where it lies within the period. */
static guint
get_cell (const Tracer *self, double x, double *within)
{
  *within = wrap (x, self->n);
  return MIN ((guint) (*within * self->n_cells / self->n), self->n_cells - 1);
}

/* The cell before or after another one, which may be a period away. */
static guint
get_neighbour (const Tracer *self, guint cell, guint step, double *shift)
{
  guint beside = cell + step; /* counted from the one before */

  *shift = beside == 0 ? -(double) self->n : beside > self->n_cells ? self->n : 0.0;
  return (beside + self->n_cells - 1) % self->n_cells;
}

/* Whether a mark of a cell, so far away, is nearer than the square root of that. */
static gboolean
has_near (const Tracer *self, guint cell, double x, double y, double square)
{
  for (int m = self->heads[cell]; m >= 0;)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, m);
      double dx = mark->at.x - x, dy = mark->at.y - y;

      if (dx * dx + dy * dy < square)
        return TRUE;
      m = mark->next;
    }
  return FALSE;
}

/* Whether no finished line is nearer than that distance, which is at most the spacing. */
static gboolean
is_free (const Tracer *self, const PisdPoint *at, double distance)
{
  double x, y, shift_x, shift_y;
  guint row = get_cell (self, at->y, &y), column = get_cell (self, at->x, &x);

  for (guint i = 0; i < 3; i++)
    {
      guint first = get_neighbour (self, row, i, &shift_y) * self->n_cells;

      for (guint j = 0; j < 3; j++)
        {
          guint cell = first + get_neighbour (self, column, j, &shift_x);

          if (has_near (self, cell, x - shift_x, y - shift_y, distance * distance))
            return FALSE;
        }
    }
  return TRUE;
}

static void
add_mark (Tracer *self, const PisdPoint *at)
{
  Mark mark;
  guint cell = get_cell (self, at->y, &mark.at.y) * self->n_cells;

  cell += get_cell (self, at->x, &mark.at.x);
  mark.next = self->heads[cell];
  self->heads[cell] = (int) self->marks->len;
  g_array_append_val (self->marks, mark);
}

/* From the seed on, which is not among the points.  TRUE: back at the seed, which ends them. */
static gboolean
trace (const Tracer *self, const PisdPoint *seed, double step, GArray *points)
{
  guint n_most = (guint) (LONGEST * self->n / STEP);
  PisdPoint at = *seed;

  g_array_set_size (points, 0);
  for (guint k = 0; k < n_most && go (self, step, &at); k++)
    {
      gboolean is_back = k >= LEAST_TURN && get_distance2 (self, &at, seed) <= STEP * STEP;

      if (is_back)
        at = (PisdPoint){ at.x + get_way (at.x, seed->x, self->n),
                          at.y + get_way (at.y, seed->y, self->n) };
      else if (k % 2 == 1 && !is_free (self, &at, NEAREST * self->spacing))
        return FALSE;
      g_array_append_val (points, at);
      if (is_back)
        return TRUE;
    }
  return FALSE;
}

static void
append_line (Tracer *self, const PisdPoint *seed)
{
  for (guint k = self->behind->len; k > 0; k--)
    g_array_append_val (self->points, g_array_index (self->behind, PisdPoint, k - 1));
  g_array_append_val (self->points, *seed);
  g_array_append_vals (self->points, self->ahead->data, self->ahead->len);
  g_array_append_val (self->first, self->points->len);
}

static PisdPoint
get_point (const Tracer *self, guint k)
{
  return g_array_index (self->points, PisdPoint, k);
}

/* Marks closer than lines are apart: every second point. */
static void
mark_line (Tracer *self, guint first, guint last)
{
  guint stride = MAX (1, (guint) (0.25 * self->spacing / STEP));

  for (guint k = first; k < last; k += stride)
    add_mark (self, &g_array_index (self->points, PisdPoint, k));
  add_mark (self, &g_array_index (self->points, PisdPoint, last - 1));
}

static void
try_seed (Tracer *self, const PisdPoint *seed)
{
  guint first = self->points->len, n_least = (guint) (SHORTEST * self->spacing / STEP);

  g_array_set_size (self->behind, 0);
  if (!trace (self, seed, STEP, self->ahead))
    trace (self, seed, -STEP, self->behind);
  if (self->ahead->len + self->behind->len < n_least)
    return;
  append_line (self, seed);
  mark_line (self, first, self->points->len);
}

/* One spacing beside point k of a line, to one side. */
static PisdPoint
get_beside (const Tracer *self, guint first, guint last, guint k, double side)
{
  PisdPoint at = get_point (self, k);
  PisdPoint from = get_point (self, MAX (k, first + 1) - 1);
  PisdPoint to = get_point (self, MIN (k + 1, last - 1));
  double dx = to.x - from.x, dy = to.y - from.y;
  double scale = side * self->spacing / MAX (sqrt (dx * dx + dy * dy), 1e-12);

  return (PisdPoint){ at.x - scale * dy, at.y + scale * dx };
}

/* Seeds on both sides of a line, every half spacing. */
static void
surround (Tracer *self, guint line)
{
  guint first = g_array_index (self->first, guint, line);
  guint last = g_array_index (self->first, guint, line + 1);
  guint stride = MAX (1, (guint) (0.5 * self->spacing / STEP));

  for (guint k = first; k < last; k += stride)
    for (int side = -1; side <= 1; side += 2)
      {
        PisdPoint seed = get_beside (self, first, last, k, side);

        if (is_free (self, &seed, 0.999 * self->spacing))
          try_seed (self, &seed);
      }
}

static gboolean
check (guint n, double spacing)
{
  g_return_val_if_fail (n >= 4, FALSE);
  g_return_val_if_fail (spacing >= 1.0 / 256 && spacing <= 0.25, FALSE);

  return TRUE;
}

PisdStreamlines *
pisd_streamlines_new (guint n, const PisdComplex *z, double spacing)
{
  Tracer tracer;

  if (!check (n, spacing))
    return NULL;
  tracer_init (&tracer, n, z, spacing);
  if (isfinite (tracer.largest))
    try_seed (&tracer, &tracer.fastest);
  for (guint line = 0; line + 1 < tracer.first->len; line++)
    surround (&tracer, line);
  return tracer_finish (&tracer);
}

/* A line of that length through its middle. */
static void
add_short (Tracer *self, const PisdPoint *middle, double length)
{
  guint n_steps = MAX (1, (guint) ceil (0.5 * length / STEP));
  double step = 0.5 * length / n_steps;
  PisdPoint at = *middle;

  g_array_set_size (self->ahead, 0);
  g_array_set_size (self->behind, 0);
  for (guint k = 0; k < n_steps && go (self, step, &at); k++)
    g_array_append_val (self->ahead, at);
  at = *middle;
  for (guint k = 0; k < n_steps && go (self, -step, &at); k++)
    g_array_append_val (self->behind, at);
  append_line (self, middle);
}

/* Rows are half a place apart from each other. */
static PisdPoint
get_middle (const Tracer *self, guint n_rows, guint n_columns, guint k)
{
  guint row = k / n_columns, column = k % n_columns;

  return (PisdPoint){ (column + 0.25 + 0.5 * (row % 2)) * self->n / n_columns,
                      (row + 0.5) * self->n / n_rows };
}

PisdStreamlines *
pisd_streamlines_new_short (guint n, const PisdComplex *z, double spacing)
{
  Tracer tracer;
  guint n_columns, n_rows;

  if (!check (n, spacing))
    return NULL;
  tracer_init (&tracer, n, z, spacing);
  n_columns = (guint) (1.0 / spacing + 0.5);
  n_rows = 2 * (guint) (1.0 / (sqrt (3.0) * spacing) + 0.5);
  for (guint k = 0; k < n_rows * n_columns; k++)
    {
      PisdPoint middle = get_middle (&tracer, n_rows, n_columns, k);
      PisdComplex v = interpolate (&tracer, middle.x, middle.y);
      double share = sqrt (v.re * v.re + v.im * v.im) / tracer.largest;

      if (share >= LEAST_SHORT && isfinite (share))
        add_short (&tracer, &middle, share * tracer.spacing);
    }
  return tracer_finish (&tracer);
}

void
pisd_streamlines_free (PisdStreamlines *lines)
{
  if (lines == NULL)
    return;
  g_free (lines->first);
  g_free (lines->points);
  g_free (lines);
}
