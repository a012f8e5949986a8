#include "pisd-drawing.h"

#include <math.h>

#include "pisd-csv.h"
#include "pisd-error.h"
#include "pisd-number.h"

/* Standard deviation of the brush. */
#define BRUSH 0.04
/* Length that a single point counts as, beside lines. */
#define DOT_LENGTH 0.1
#define MOST_POINTS 100000
/* Of a coordinate, so that lengths are numbers. */
#define FARTHEST 1e6

typedef struct
{
  double x, y;
  guint stroke;
  double end; /* of all that is drawn up to this point, by its length */
} Point;

struct _PisdDrawing
{
  GArray *points;
  guint n_strokes;
  gboolean is_begun; /* the next point begins a stroke */
};

PisdDrawing *
pisd_drawing_new (void)
{
  PisdDrawing *self = g_new0 (PisdDrawing, 1);

  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  self->is_begun = TRUE;
  return self;
}

PisdDrawing *
pisd_drawing_dup (const PisdDrawing *strokes)
{
  PisdDrawing *self;

  g_return_val_if_fail (strokes != NULL, NULL);

  self = pisd_drawing_new ();
  g_array_append_vals (self->points, strokes->points->data, strokes->points->len);
  self->n_strokes = strokes->n_strokes;
  return self;
}

void
pisd_drawing_free (PisdDrawing *strokes)
{
  if (strokes == NULL)
    return;
  g_array_unref (strokes->points);
  g_free (strokes);
}

static const Point *
get (const PisdDrawing *self, guint index)
{
  return &g_array_index (self->points, Point, index);
}

void
pisd_drawing_begin (PisdDrawing *strokes)
{
  g_return_if_fail (strokes != NULL);

  strokes->is_begun = TRUE;
}

/* A stroke's first point counts as a dot, every other one as far as it is from the one before. */
void
pisd_drawing_add (PisdDrawing *strokes, double x, double y)
{
  const guint n = strokes->points->len;
  const double before = n > 0 ? get (strokes, n - 1)->end : 0.0;
  double length = DOT_LENGTH;

  if (n == MOST_POINTS)
    return;
  if (strokes->is_begun)
    strokes->n_strokes++;
  else
    length = hypot (x - get (strokes, n - 1)->x, y - get (strokes, n - 1)->y);
  strokes->is_begun = FALSE;
  g_array_append_vals (strokes->points, &(Point){ x, y, strokes->n_strokes - 1, before + length },
                       1);
}

guint
pisd_drawing_get_n_points (const PisdDrawing *strokes)
{
  g_return_val_if_fail (strokes != NULL, 0);

  return strokes->points->len;
}

guint
pisd_drawing_get_point (const PisdDrawing *strokes, guint index, double *x, double *y)
{
  g_return_val_if_fail (strokes != NULL && index < strokes->points->len, 0);

  *x = get (strokes, index)->x;
  *y = get (strokes, index)->y;
  return get (strokes, index)->stroke;
}

guint
pisd_drawing_get_n_strokes (const PisdDrawing *strokes)
{
  g_return_val_if_fail (strokes != NULL, 0);

  return strokes->n_strokes;
}

guint
pisd_drawing_get_n_labels (const PisdDrawing *strokes)
{
  return CLAMP (pisd_drawing_get_n_strokes (strokes), 1, PISD_DRAWING_MOST_LABELS);
}

/* The first point whose end is not before a length. */
static guint
find (const PisdDrawing *self, double length)
{
  guint low = 0, high = self->points->len - 1;

  while (low < high)
    {
      const guint middle = (low + high) / 2;

      if (get (self, middle)->end < length)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
pisd_drawing_draw (const PisdDrawing *strokes, double uniform, const double normals[2], double x[2])
{
  const Point *to, *from;
  double length, back = 0.0;
  guint index;

  g_return_val_if_fail (strokes != NULL, 0);

  x[0] = normals[0];
  x[1] = normals[1];
  if (strokes->points->len == 0)
    return 0;
  length = uniform * get (strokes, strokes->points->len - 1)->end;
  index = find (strokes, length);
  to = get (strokes, index);
  from = index > 0 && get (strokes, index - 1)->stroke == to->stroke ? to - 1 : to;
  if (from != to && to->end > from->end)
    back = (to->end - length) / (to->end - from->end);
  x[0] = BRUSH * normals[0] + to->x + back * (from->x - to->x);
  x[1] = BRUSH * normals[1] + to->y + back * (from->y - to->y);
  return to->stroke % PISD_DRAWING_MOST_LABELS;
}

char *
pisd_drawing_dup_csv (const PisdDrawing *strokes)
{
  GString *text = g_string_new ("stroke,x,y\n");

  for (guint i = 0; i < strokes->points->len; i++)
    {
      const Point *point = get (strokes, i);

      g_string_append_printf (text, "%u", point->stroke);
      pisd_number_append_cell (text, point->x);
      pisd_number_append_cell (text, point->y);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* A row's three numbers; a stroke ends where the first of them changes. */
static gboolean
add_row (PisdDrawing *self, const PisdCsv *csv, double *stroke, GError **error)
{
  double cells[3];

  for (guint c = 0; c < 3; c++)
    {
      const char *text = c < pisd_csv_get_n_cells (csv) ? pisd_csv_get_cell (csv, c) : "";
      g_autofree char *got = pisd_error_quote (text);

      if (!pisd_number_parse (text, &cells[c]) || fabs (cells[c]) > FARTHEST)
        return pisd_error_fail (error, PISD_ERROR_FORMAT, "got %s, expected a number from %g to %g",
                                got, -FARTHEST, FARTHEST);
    }
  if (cells[0] != *stroke)
    pisd_drawing_begin (self);
  *stroke = cells[0];
  pisd_drawing_add (self, cells[1], cells[2]);
  return TRUE;
}

/* The head is not looked at. */
static PisdDrawing *
read_rows (PisdCsv *csv, GError **error)
{
  g_autoptr (PisdDrawing) self = pisd_drawing_new ();
  double stroke = NAN;
  PisdCsvStatus status = pisd_csv_next (csv, error);

  if (status == PISD_CSV_ROW)
    status = pisd_csv_next (csv, error);
  while (status == PISD_CSV_ROW)
    {
      if (!add_row (self, csv, &stroke, error))
        {
          pisd_csv_fail_at (csv, error);
          return NULL;
        }
      status = pisd_csv_next (csv, error);
    }
  return status == PISD_CSV_END ? g_steal_pointer (&self) : NULL;
}

PisdDrawing *
pisd_drawing_load (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdCsv) csv = NULL;
  g_autoptr (PisdDrawing) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  input = pisd_input_open (path, NULL, error);
  csv = input != NULL ? pisd_csv_new (input, error) : NULL;
  self = csv != NULL ? read_rows (csv, error) : NULL;
  if (self == NULL || self->points->len > 0)
    return g_steal_pointer (&self);
  pisd_error_fail (error, PISD_ERROR_FORMAT,
                   "%s: got no points, expected rows stroke,x,y below a head",
                   pisd_input_get_name (input));
  return NULL;
}
