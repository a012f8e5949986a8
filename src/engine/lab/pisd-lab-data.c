#include "pisd-lab-data.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-lab-digits.h"
#include "pisd-lab-points.h"
#include "pisd-number.h"
#include "pisd-parallel.h"
#include "pisd-sources.h"

/* Uniforms that a sample has at its address. */
#define N_UNIFORMS 8
/* Samples that shift and scale are measured on. */
#define N_MEASURED 4096
/* Between two looks at a request to stop. */
#define CANCEL_BLOCK 64
#define FIELDS_SIDE 16
#define FIELDS_CELL (PISD_GRID / FIELDS_SIDE)
#define N_STOCK 1024
#define N_SYMMETRIES 16
/* Of fresh fields: as many as a uniform number tells apart. */
#define SEEDS 9007199254740992.0

G_STATIC_ASSERT (PISD_DIGITS_N_UNIFORMS < N_UNIFORMS && PISD_POINTS_N_UNIFORMS <= N_UNIFORMS);

/* A sample as it is before it is standardised; returns its label. */
typedef guint (*Draw) (const PisdLabData *data,
                       const double uniforms[N_UNIFORMS],
                       const double normals[2],
                       double *x);

typedef struct
{
  const char *name; /* NULL: as the points' */
  guint side;
  PisdPoints points;
  Draw draw;
  Draw draw_fresh; /* NULL: as any other */
} Row;

static guint draw_points (const PisdLabData *, const double *, const double *, double *);
static guint draw_strokes (const PisdLabData *, const double *, const double *, double *);
static guint draw_digit (const PisdLabData *, const double *, const double *, double *);
static guint draw_stock (const PisdLabData *, const double *, const double *, double *);
static guint draw_field (const PisdLabData *, const double *, const double *, double *);

static const Row rows[PISD_N_LAB_DATA] = {
  [PISD_LAB_MOONS] = { NULL, 0, PISD_POINTS_MOONS, draw_points },
  [PISD_LAB_SPIRAL] = { NULL, 0, PISD_POINTS_SPIRAL, draw_points },
  [PISD_LAB_BOARD] = { NULL, 0, PISD_POINTS_BOARD, draw_points },
  [PISD_LAB_RING] = { NULL, 0, PISD_POINTS_RING, draw_points },
  [PISD_LAB_MIXTURE] = { NULL, 0, PISD_POINTS_MIXTURE, draw_points },
  [PISD_LAB_DRAWN] = { "drawn", 0, PISD_N_POINTS, draw_strokes },
  [PISD_LAB_DIGITS_8] = { "digits-8", 8, PISD_N_POINTS, draw_digit },
  [PISD_LAB_DIGITS_16] = { "digits-16", 16, PISD_N_POINTS, draw_digit },
  [PISD_LAB_FIELDS] = { "fields", FIELDS_SIDE, PISD_N_POINTS, draw_stock, draw_field },
};

const char *
pisd_lab_data_get_name (PisdLabDataId id)
{
  g_return_val_if_fail (id < PISD_N_LAB_DATA, NULL);

  return rows[id].name != NULL ? rows[id].name : pisd_points_get_name (rows[id].points);
}

gboolean
pisd_lab_data_is_picture (PisdLabDataId id)
{
  g_return_val_if_fail (id < PISD_N_LAB_DATA, FALSE);

  return rows[id].side > 0;
}

guint
pisd_lab_data_get_dimension (PisdLabDataId id)
{
  g_return_val_if_fail (id < PISD_N_LAB_DATA, 0);

  return rows[id].side > 0 ? rows[id].side * rows[id].side : 2;
}

static gboolean
find_mixture (PisdLabDataId id, PisdPlaneMixture *mixture)
{
  return rows[id].points < PISD_N_POINTS && pisd_points_get_mixture (rows[id].points, mixture);
}

gboolean
pisd_lab_data_is_mixture (PisdLabDataId id)
{
  PisdPlaneMixture mixture;

  g_return_val_if_fail (id < PISD_N_LAB_DATA, FALSE);

  return find_mixture (id, &mixture);
}

static guint
draw_points (const PisdLabData *data, const double *uniforms, const double *normals, double *x)
{
  return pisd_points_draw (rows[data->id].points, uniforms, normals, x);
}

static guint
draw_strokes (const PisdLabData *data, const double *uniforms, const double *normals, double *x)
{
  return pisd_drawing_draw (data->strokes, uniforms[0], normals, x);
}

static guint
draw_digit (const PisdLabData *data, const double *uniforms, const double *normals, double *x)
{
  const guint digit = (guint) (uniforms[0] * PISD_DIGITS_N_LABELS);

  pisd_digits_draw (digit, uniforms + 1, data->side, x);
  return digit;
}

/* One of the square's eight symmetries, and one of two signs: flips, a transposition, minus.  No
 * family's law changes by them, and a network learns a stock by heart less soon that is 16 times as
 * large. */
static void
turn (guint side, guint symmetry, const double *from, double *x)
{
  const double sign = (symmetry & 8) != 0 ? -1.0 : 1.0;

  for (guint i = 0; i < side; i++)
    for (guint j = 0; j < side; j++)
      {
        const guint p = (symmetry & 1) != 0 ? side - 1 - i : i;
        const guint q = (symmetry & 2) != 0 ? side - 1 - j : j;

        x[i * side + j] = sign * from[(symmetry & 4) != 0 ? q * side + p : p * side + q];
      }
}

/* A random source, whose pixels are the means of squares of nodes. */
static void
fill_field (guint family, guint64 seed, double *x)
{
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);

  pisd_family_sample (family, seed, field);
  memset (x, 0, FIELDS_SIDE * FIELDS_SIDE * sizeof (double));
  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      x[i / FIELDS_CELL * FIELDS_SIDE + j / FIELDS_CELL] +=
          field->data[i * PISD_GRID + j] / (FIELDS_CELL * FIELDS_CELL);
}

/* One that nobody has seen before: seeds below N_STOCK are those of the stock. */
static guint
draw_field (const PisdLabData *data, const double *uniforms, const double *normals, double *x)
{
  const guint family = (guint) (uniforms[0] * PISD_N_FAMILIES);

  fill_field (family, N_STOCK + (guint64) (uniforms[1] * SEEDS), x);
  return family;
}

static guint
draw_stock (const PisdLabData *data, const double *uniforms, const double *normals, double *x)
{
  const guint index = (guint) (uniforms[0] * N_STOCK);

  turn (data->side, (guint) (uniforms[1] * N_SYMMETRIES),
        data->stock + (gsize) index * data->dimension, x);
  return index % PISD_N_FAMILIES;
}

/* Families follow one another in the stock. */
static void
fill_stock (guint index, gpointer stock)
{
  fill_field (index % PISD_N_FAMILIES, index,
              (double *) stock + (gsize) index * FIELDS_SIDE * FIELDS_SIDE);
}

/* The raw sample at an address. */
static guint
draw_raw (const PisdLabData *data, Draw draw, guint64 seed, guint64 number, double *x)
{
  double uniforms[N_UNIFORMS], normals[2];

  for (guint k = 0; k < N_UNIFORMS; k++)
    uniforms[k] =
        pisd_rng_uniform (seed, PISD_STREAM_DIFFUSION, PISD_LANE_UNIFORMS, number * N_UNIFORMS + k);
  pisd_rng_fill_normal (seed, PISD_STREAM_DIFFUSION, PISD_LANE_NORMALS, number * 2, 2, normals);
  return draw (data, uniforms, normals, x);
}

static void
standardise_mixture (PisdLabData *self)
{
  double variance;

  pisd_plane_mixture_get_moments (&self->mixture, self->shift, &variance);
  self->scale = sqrt (variance);
  pisd_plane_mixture_standardise (&self->mixture, self->shift, self->scale);
}

/* Mean and variance of a fixed set of samples; the two coordinates of points have their own mean.
 * FALSE where cancelled. */
static gboolean
standardise_measured (PisdLabData *self, PisdCancel *cancel)
{
  const guint d = self->dimension;
  g_autofree double *x = g_new (double, d);
  double sums[2] = { 0.0, 0.0 }, square = 0.0;

  for (guint i = 0; i < N_MEASURED; i++)
    {
      if (i % CANCEL_BLOCK == 0 && pisd_cancel_look (cancel))
        return FALSE;
      draw_raw (self, rows[self->id].draw, 0, PISD_LAB_FRESH + i, x);
      for (guint k = 0; k < d; k++)
        {
          sums[self->side > 0 ? 0 : k] += x[k];
          square += x[k] * x[k];
        }
    }
  if (self->side > 0)
    sums[0] = sums[1] = sums[0] / d;
  for (guint c = 0; c < 2; c++)
    self->shift[c] = sums[c] / N_MEASURED;
  square = square / ((double) N_MEASURED * d)
           - (self->shift[0] * self->shift[0] + self->shift[1] * self->shift[1]) / 2.0;
  self->scale = sqrt (MAX (square, 1e-12));
  return TRUE;
}

static guint
count_labels (const PisdLabData *self)
{
  if (self->id == PISD_LAB_DRAWN)
    return pisd_drawing_get_n_labels (self->strokes);
  if (self->id == PISD_LAB_FIELDS)
    return PISD_N_FAMILIES;
  return self->side > 0 ? PISD_DIGITS_N_LABELS : pisd_points_get_n_labels (rows[self->id].points);
}

PisdLabData *
pisd_lab_data_new (PisdLabDataId id, const PisdDrawing *strokes, PisdCancel *cancel)
{
  g_autoptr (PisdLabData) self = NULL;

  g_return_val_if_fail (id < PISD_N_LAB_DATA, NULL);

  self = g_new0 (PisdLabData, 1);
  self->id = id;
  self->side = rows[id].side;
  self->dimension = pisd_lab_data_get_dimension (id);
  if (id == PISD_LAB_DRAWN)
    self->strokes = strokes != NULL ? pisd_drawing_dup (strokes) : pisd_drawing_new ();
  if (id == PISD_LAB_FIELDS)
    {
      self->stock = g_new0 (double, (gsize) N_STOCK * self->dimension);
      if (!pisd_parallel (N_STOCK, 0, cancel, fill_stock, self->stock))
        return NULL;
    }
  self->n_labels = count_labels (self);
  self->is_mixture = find_mixture (id, &self->mixture);
  if (self->is_mixture)
    standardise_mixture (self);
  else if (!standardise_measured (self, cancel))
    return NULL;
  return g_steal_pointer (&self);
}

void
pisd_lab_data_free (PisdLabData *data)
{
  if (data == NULL)
    return;
  pisd_drawing_free (data->strokes);
  g_free (data->stock);
  g_free (data);
}

void
pisd_lab_data_draw (const PisdLabData *data,
                    guint64 seed,
                    guint64 first,
                    gsize n,
                    double *x,
                    guint *labels)
{
  const Row *row = &rows[data->id];
  const Draw draw =
      first >= PISD_LAB_FRESH && row->draw_fresh != NULL ? row->draw_fresh : row->draw;
  const guint d = data->dimension;

  for (gsize i = 0; i < n; i++)
    {
      const guint label = draw_raw (data, draw, seed, first + i, x + i * d);

      for (guint k = 0; k < d; k++)
        x[i * d + k] = (x[i * d + k] - data->shift[k % 2]) / data->scale;
      if (labels != NULL)
        labels[i] = label;
    }
}

GBytes *
pisd_lab_data_make_csv (const PisdLabData *data, gsize n, const double *x, const guint *labels)
{
  char number[PISD_NUMBER_SIZE];
  GString *text;

  g_return_val_if_fail (data != NULL, NULL);

  text = g_string_new (labels != NULL ? "label" : NULL);
  for (guint k = 0; k < data->dimension; k++)
    g_string_append_printf (text, "%sx%u", k > 0 || labels != NULL ? "," : "", k);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_c (text, '\n');
      if (labels != NULL)
        g_string_append_printf (text, "%u", labels[i]);
      for (guint k = 0; k < data->dimension; k++)
        g_string_append_printf (text, "%s%s", k > 0 || labels != NULL ? "," : "",
                                pisd_number_format (x[i * data->dimension + k], number));
    }
  g_string_append_c (text, '\n');
  return g_string_free_to_bytes (text);
}
