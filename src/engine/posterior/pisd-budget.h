/* What the exact posterior of a set of readings takes, before anything of it is allocated.
 *
 * Units:   bytes.
 * Threads: any. */
#pragma once

#include "pisd-factors.h"

G_BEGIN_DECLS

/* Unless somebody allows it, arrays of the whole program take no more where a set of readings is
 * among them, whatever the machine has: the program stays within 2 GB. */
#define PISD_BUDGET_MOST ((gsize) 1900 * 1024 * 1024)

/* Of what a set takes, rows of [H T], tables and scratch space of the threads. */
#define PISD_BUDGET_SCRATCH ((gsize) 48 * 1024 * 1024)

/* Readings at distinct places, kept modes, what is made of them. */
gsize pisd_budget_bytes (guint n, guint n_kept, PisdFactorsUses uses);

/* The memory budget: what all arrays may take in this process where a set of readings is among
 * them, in bytes, as a person sets it; 0: the standard one.  Like the system's own limits it is
 * the process's, and sets that were made before keep what they have. */
void pisd_budget_set_limit (gsize bytes);
gsize pisd_budget_get_limit (void); /* never 0 */
/* Half of the machine's memory, PISD_BUDGET_MOST at most. */
gsize pisd_budget_get_standard (void);

/* FALSE, with PISD_ERROR_LIMIT, where they do not fit into the budget beside the arrays that are in
 * use, or into `available` bytes (0: what this machine has free).  Small sets always fit.  `rows`:
 * bytes beside them of rows of a flow's sites, which are still to be made. */
gboolean pisd_budget_check (guint n,
                            guint n_kept,
                            PisdFactorsUses uses,
                            gsize rows,
                            gsize available,
                            GError **error);

/* Whether steps are made among the kept modes, and not among the readings. */
gboolean pisd_budget_goes_by_modes (guint n, guint n_kept);
/* Whether entries of G are kept for the set that differs by a few sensors. */
gboolean pisd_budget_keeps_entries (guint n);

G_END_DECLS
