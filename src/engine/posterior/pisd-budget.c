#include "pisd-budget.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

#include "pisd-axes.h"
#include "pisd-covariance.h"
#include "pisd-error.h"
#include "pisd-memory.h"
#include "pisd-spread.h"

#define MEGA (1024.0 * 1024.0)
/* Of what is free, the rest of the program needs some. */
#define PART_OF_AVAILABLE 0.9
/* Entries of G are kept in at most this: of 6000 readings. */
#define MOST_ENTRIES (160 * MEGA)

/* As it was set; 0: not at all. */
static atomic_size_t set_limit;

void
pisd_budget_set_limit (gsize bytes)
{
  atomic_store (&set_limit, bytes);
}

gsize
pisd_budget_get_limit (void)
{
  gsize limit = atomic_load (&set_limit);

  return limit > 0 ? limit : pisd_budget_get_standard ();
}

gsize
pisd_budget_get_standard (void)
{
  return MIN (PISD_BUDGET_MOST, pisd_memory_get_whole () / 2);
}

gboolean
pisd_budget_goes_by_modes (guint n, guint n_kept)
{
  return n > PISD_COVARIANCE_WHOLE && n > n_kept;
}

gboolean
pisd_budget_keeps_entries (guint n)
{
  return (double) sizeof (double) * pisd_triangle_count (n) <= MOST_ENTRIES;
}

/* A, E, the whole matrices that steps need, and both factors: what is there at most at a time. */
static gsize
count_by_readings (guint n, PisdFactorsUses uses)
{
  gsize triangle = pisd_triangle_count (n), square = (gsize) n * n;
  gsize count = triangle;

  if (n <= PISD_COVARIANCE_WHOLE)
    count += 2 * square;
  else if ((uses & PISD_FACTORS_MEAN) && pisd_budget_keeps_entries (n))
    count += triangle;
  /* W, the eigenvectors and their halves. */
  if (uses & PISD_FACTORS_STEPS)
    count += 3 * square;
  if (uses & PISD_FACTORS_TAIL)
    count += triangle;
  return count;
}

static gsize
count_by_modes (guint n, guint n_kept, PisdFactorsUses uses)
{
  gsize triangle = pisd_triangle_count (n), count = 0;

  if (uses & PISD_FACTORS_MEAN)
    count += triangle * (pisd_budget_keeps_entries (n) ? 2 : 1);
  if (uses & (PISD_FACTORS_STEPS | PISD_FACTORS_TAIL))
    count += triangle;
  if (uses & PISD_FACTORS_STEPS)
    count += pisd_axes_count (n, n_kept);
  return count;
}

gsize
pisd_budget_bytes (guint n, guint n_kept, PisdFactorsUses uses)
{
  gsize count = pisd_budget_goes_by_modes (n, n_kept) ? count_by_modes (n, n_kept, uses)
                                                      : count_by_readings (n, uses);

  if (uses & PISD_FACTORS_SPREAD)
    count += pisd_spread_count (n);
  return count * sizeof (double) + PISD_BUDGET_SCRATCH;
}

gboolean
pisd_budget_check (guint n,
                   guint n_kept,
                   PisdFactorsUses uses,
                   gsize rows,
                   gsize available,
                   GError **error)
{
  gsize bytes = pisd_budget_bytes (n, n_kept, uses) + rows, used = pisd_memory_get_used ();
  gsize limit = pisd_budget_get_limit (), left = limit - MIN (limit, used), most;

  if (n <= PISD_COVARIANCE_WHOLE)
    return TRUE;
  if (available == 0)
    available = pisd_memory_get_available ();
  most = MIN (left, (gsize) (PART_OF_AVAILABLE * (double) available));
  if (bytes <= most)
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
               _ ("exact posterior: got %u sensors at different places, which take %.0f MB of "
                  "memory, expected at most %.0f MB, %s"),
               n, (double) bytes / MEGA, (double) most / MEGA,
               most < left ? _ ("what is free")
               : used > 0  ? _ ("what is left of the memory budget")
                           : _ ("the memory budget"));
  return FALSE;
}
