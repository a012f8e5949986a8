#include "pisd-draw-colors.h"

#include <math.h>
#include <string.h>

/* Tries at the smallest distance that leaves few enough colours. */
#define N_TRIES 24
/* How far away, in levels of 255, the most used colours may be left out at the first try. */
#define WIDEST 64.0

typedef struct
{
  guint32 color;
  guint index; /* of what was chosen for it */
  guint64 n;   /* pixels */
} Entry;

struct _PisdColors
{
  GArray *entries;     /* of Entry */
  GHashTable *numbers; /* colour + 1 to the entry's number + 1 */
  guint n_chosen;
  guint32 chosen[PISD_COLORS_MOST];
};

PisdColors *
pisd_colors_new (void)
{
  PisdColors *self = g_new0 (PisdColors, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->numbers = g_hash_table_new (NULL, NULL);
  return self;
}

void
pisd_colors_free (PisdColors *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

static const guint32 *
get_row (cairo_surface_t *image, int y)
{
  const guint8 *bytes = cairo_image_surface_get_data (image)
                        + (gsize) y * (gsize) cairo_image_surface_get_stride (image);

  return (const guint32 *) (gconstpointer) bytes;
}

/* NULL: it was never counted. */
static Entry *
find (const PisdColors *self, guint32 color)
{
  gpointer number = g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (color + 1));

  return number == NULL ? NULL
                        : &g_array_index (self->entries, Entry, GPOINTER_TO_UINT (number) - 1);
}

static void
count (PisdColors *self, guint32 color, guint n)
{
  Entry entry = { color, 0, n }, *found = find (self, color);

  if (found != NULL)
    {
      found->n += n;
      return;
    }
  g_array_append_val (self->entries, entry);
  g_hash_table_insert (self->numbers, GUINT_TO_POINTER (color + 1),
                       GUINT_TO_POINTER (self->entries->len));
}

/* Stretches of one colour at once. */
void
pisd_colors_count (PisdColors *self, cairo_surface_t *image)
{
  const int width = cairo_image_surface_get_width (image);

  g_return_if_fail (cairo_image_surface_get_format (image) == CAIRO_FORMAT_RGB24);

  cairo_surface_flush (image);
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    {
      const guint32 *row = get_row (image, y);

      for (int x = 0, end; x < width; x = end)
        {
          guint32 color = row[x] & 0xffffff;

          for (end = x + 1; end < width && (row[end] & 0xffffff) == color;)
            end++;
          count (self, color, (guint) (end - x));
        }
    }
}

/* Often-used ones first, equal ones by their colour. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return (x->color > y->color) - (x->color < y->color);
}

/* The largest difference of a channel. */
static int
get_distance (guint32 a, guint32 b)
{
  int most = 0;

  for (int shift = 0; shift < 24; shift += 8)
    {
      int difference = (int) (a >> shift & 255) - (int) (b >> shift & 255);

      most = MAX (most, ABS (difference));
    }
  return most;
}

static gboolean
is_near (const PisdColors *self, guint32 color, double reach)
{
  for (guint k = 0; k < self->n_chosen; k++)
    if (get_distance (color, self->chosen[k]) <= reach)
      return TRUE;
  return FALSE;
}

/* FALSE: there are too many.  A colour used half as often may be left out sqrt 2 times as far
 * away. */
static gboolean
try_reach (PisdColors *self, double reach)
{
  const Entry *first = &g_array_index (self->entries, Entry, 0);

  self->n_chosen = 0;
  for (guint k = 0; k < self->entries->len; k++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, k);
      double used = (double) entry->n / (double) first->n;

      if (is_near (self, entry->color, reach / sqrt (used)))
        continue;
      if (self->n_chosen == PISD_COLORS_MOST)
        return FALSE;
      self->chosen[self->n_chosen++] = entry->color;
    }
  return TRUE;
}

static void
choose (PisdColors *self)
{
  double low = 0.0, high = WIDEST;

  if (try_reach (self, 0.0))
    return;
  for (guint k = 0; k < N_TRIES; k++)
    {
      double middle = k == 0 ? high : 0.5 * (low + high);

      if (try_reach (self, middle))
        high = middle;
      else
        low = middle;
    }
  try_reach (self, high);
}

static guint
find_nearest (const PisdColors *self, guint32 color)
{
  guint nearest = 0;
  int least = G_MAXINT;

  for (guint k = 0; k < self->n_chosen; k++)
    {
      int square = 0;

      for (int shift = 0; shift < 24; shift += 8)
        {
          int difference = (int) (color >> shift & 255) - (int) (self->chosen[k] >> shift & 255);

          square += difference * difference;
        }
      if (square < least)
        nearest = k;
      least = MIN (least, square);
    }
  return nearest;
}

guint
pisd_colors_choose (PisdColors *self, guint32 *out)
{
  g_array_sort (self->entries, compare);
  for (guint k = 0; k < self->entries->len; k++)
    g_hash_table_insert (self->numbers,
                         GUINT_TO_POINTER (g_array_index (self->entries, Entry, k).color + 1),
                         GUINT_TO_POINTER (k + 1));
  if (self->entries->len > 0)
    choose (self);
  for (guint k = 0; k < self->entries->len; k++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, k);

      entry->index = find_nearest (self, entry->color);
    }
  memset (out, 0, sizeof *out * PISD_COLORS_MOST);
  memcpy (out, self->chosen, sizeof *out * self->n_chosen);
  return self->n_chosen;
}

void
pisd_colors_map (PisdColors *self, cairo_surface_t *image, guint8 *out)
{
  const int width = cairo_image_surface_get_width (image);

  cairo_surface_flush (image);
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    {
      const guint32 *row = get_row (image, y);
      guint8 index = 0;

      for (int x = 0; x < width; x++)
        {
          if (x == 0 || row[x] != row[x - 1])
            {
              const Entry *entry = find (self, row[x] & 0xffffff);

              index =
                  (guint8) (entry != NULL ? entry->index : find_nearest (self, row[x] & 0xffffff));
            }
          *out++ = index;
        }
    }
}
