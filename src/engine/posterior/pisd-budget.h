/* What the exact posterior of a set of readings takes, before anything of it is allocated.
 *
 * Units: bytes, and floating-point operations (rough: half and double happen).
 * Threads: any. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* No set of readings takes more, whatever the machine has, unless somebody allows it. */
#define PISD_BUDGET_MOST ((gsize) 3 * 1024 * 1024 * 1024)

/* Of them, rows of [H T], tables and scratch space of the threads. */
#define PISD_BUDGET_SCRATCH ((gsize) 48 * 1024 * 1024)

/* Readings at distinct places, kept modes, what is made of them. */
gsize pisd_budget_bytes (guint n, guint n_kept, PisdFactorsUses uses);
double pisd_budget_work (guint n, guint n_kept, PisdFactorsUses uses);

/* The memory budget: what one set of readings may take in this process, in bytes, as a person sets
 * it; 0: the standard one.  Like the system's own limits it is the process's, and sets that were
 * made before keep what they have. */
void pisd_budget_set_limit (gsize bytes);
gsize pisd_budget_get_limit (void); /* never 0 */
/* Half of the machine's memory, PISD_BUDGET_MOST at most. */
gsize pisd_budget_get_standard (void);

/* FALSE, with PISD_ERROR_LIMIT, where they do not fit into the budget, or into `available` bytes
 * (0: what this machine has free).  Small sets always fit. */
gboolean pisd_budget_check (guint n,
                            guint n_kept,
                            PisdFactorsUses uses,
                            gsize available,
                            GError **error);

/* Whether steps are made among the kept modes, and not among the readings. */
gboolean pisd_budget_goes_by_modes (guint n, guint n_kept);
/* Whether entries of G are kept for the set that differs by a few sensors. */
gboolean pisd_budget_keeps_entries (guint n);

G_END_DECLS
