#include "pisd-modes.h"

#include <string.h>

#include "pisd-basis.h"
#include "pisd-error.h"

#define BLOCK_MARGIN 6 /* the official block is 38 of 44 */
#define WIDE 4
#define NARROW 2

/* Rows of the shape: along an axis, mode i reaches up to width (i) on the other one. */
typedef struct
{
  guint block, wide_end, end;
} Cross;

/* Below, no strip is left or some mode of u has no source; above, strips of four run out of modes.
 */
static const struct
{
  guint least, most;
} limits[PISD_N_MODE_SETS] = {
  [PISD_MODES_SQUARE] = { PISD_MODES_LEAST, PISD_MODES_MOST },
  [PISD_MODES_HYPERBOLIC] = { PISD_MODES_LEAST_HYPERBOLIC, PISD_MODES_MOST_HYPERBOLIC },
};

/* width (i) = block, 4, 2 and then 0: how far mode i of one axis reaches on the other. */
static guint
cross_width (const Cross *cross, guint i)
{
  if (i < cross->block)
    return cross->block;
  if (i < cross->wide_end)
    return WIDE;
  return i < cross->end ? NARROW : 0;
}

static gboolean
cross_contains (const Cross *cross, guint i, guint j)
{
  return j < cross_width (cross, i) || i < cross_width (cross, j);
}

/* Strips of width 4 over `a` modes and of width 2 over `b`, on both axes, fill what the block
 * leaves of K * K: 2 (4 a + 2 b) = K^2 - block^2.  The strips end at the last mode where that
 * leaves a >= 0, else earlier. */
static void
cross_init (Cross *cross, guint k, guint n_modes)
{
  guint block = k - BLOCK_MARGIN;
  guint rest = (k * k - block * block) / 4; /* 2 a + b */
  guint length = MIN (n_modes - block, rest);

  cross->block = block;
  cross->wide_end = block + (rest - length);
  cross->end = block + length;
}

static gboolean
contains (PisdModeSet set, guint k, const Cross *cross, guint i, guint j)
{
  return set == PISD_MODES_SQUARE ? i < k && j < k : cross_contains (cross, i, j);
}

PisdModes *
pisd_modes_new (PisdModeSet set, guint k, PisdBasis basis, gboolean skip_mean, GError **error)
{
  PisdModes *self;
  Cross cross;
  guint capacity, most, box;

  most = MIN (limits[set].most, pisd_basis_get_n_modes (basis));
  if (k < limits[set].least || k > most)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "modes: got %u, expected %u to %u for this mode set", k, limits[set].least,
                   most);
      return NULL;
    }

  self = g_new0 (PisdModes, 1);
  cross_init (&cross, k, pisd_basis_get_n_modes (basis));
  if (set == PISD_MODES_SQUARE)
    self->support = (PisdSupport){ .box = k, .block = k, .width = 0 };
  else
    self->support = (PisdSupport){ .box = cross.end, .block = cross.block, .width = WIDE };
  box = self->support.box;
  capacity = box * box;
  self->ky = g_new (guint16, capacity);
  self->kx = g_new (guint16, capacity);
  for (guint i = 0; i < box; i++)
    for (guint j = 0; j < box; j++)
      {
        if (!contains (set, k, &cross, i, j) || (skip_mean && i == 0 && j == 0))
          continue;
        self->ky[self->n] = i;
        self->kx[self->n] = j;
        self->n++;
      }
  return self;
}

static PisdModes *
modes_new_in_square (guint side)
{
  PisdModes *self = g_new0 (PisdModes, 1);

  self->support = (PisdSupport){ .box = side, .block = side };
  self->ky = g_new (guint16, side * side);
  self->kx = g_new (guint16, side * side);
  return self;
}

static void
append (PisdModes *self, guint ky, guint kx)
{
  self->ky[self->n] = ky;
  self->kx[self->n] = kx;
  self->n++;
}

PisdModes *
pisd_modes_new_completed (const PisdModes *first, guint side)
{
  PisdModes *self = modes_new_in_square (side);
  g_autofree gboolean *taken = g_new0 (gboolean, side * side);

  taken[0] = TRUE;
  for (guint i = 0; i < first->n; i++)
    {
      taken[first->ky[i] * side + first->kx[i]] = TRUE;
      append (self, first->ky[i], first->kx[i]);
    }
  for (guint i = 0; i < side * side; i++)
    if (!taken[i])
      append (self, i / side, i % side);
  return self;
}

PisdModes *
pisd_modes_new_rest (const PisdModes *modes, guint from)
{
  PisdModes *self = modes_new_in_square (modes->support.box);

  for (guint i = from; i < modes->n; i++)
    append (self, modes->ky[i], modes->kx[i]);
  return self;
}

PisdModes *
pisd_modes_new_within (const PisdModes *modes, guint side, guint *at)
{
  PisdModes *self = modes_new_in_square (side);

  for (guint i = 0; i < modes->n; i++)
    if (MAX (modes->ky[i], modes->kx[i]) < side)
      {
        if (at != NULL)
          at[self->n] = i;
        append (self, modes->ky[i], modes->kx[i]);
      }
  return self;
}

PisdModes *
pisd_modes_dup (const PisdModes *self)
{
  PisdModes *copy = g_memdup2 (self, sizeof *self);

  copy->ky = g_memdup2 (self->ky, self->n * sizeof *self->ky);
  copy->kx = g_memdup2 (self->kx, self->n * sizeof *self->kx);
  return copy;
}

gboolean
pisd_modes_equal (const PisdModes *a, const PisdModes *b)
{
  return a->n == b->n && a->support.box == b->support.box
         && memcmp (a->ky, b->ky, a->n * sizeof *a->ky) == 0
         && memcmp (a->kx, b->kx, a->n * sizeof *a->kx) == 0;
}

void
pisd_modes_free (PisdModes *self)
{
  if (self == NULL)
    return;
  g_free (self->ky);
  g_free (self->kx);
  g_free (self);
}

/* box[ky, kx] = scale_i packed_i, and 0 where no mode is kept. */
void
pisd_modes_unpack (const PisdModes *self, const double *packed, const double *scale, double *box)
{
  guint side = self->support.box;

  memset (box, 0, sizeof (double) * side * side);
  for (guint i = 0; i < self->n; i++)
    box[self->ky[i] * side + self->kx[i]] = packed[i] * scale[i];
}

/* packed_i = scale_i box[ky, kx]: the transpose of unpacking with the same scale. */
void
pisd_modes_pack (const PisdModes *self, const double *box, const double *scale, double *packed)
{
  guint side = self->support.box;

  for (guint i = 0; i < self->n; i++)
    packed[i] = box[self->ky[i] * side + self->kx[i]] * scale[i];
}
