/* A set-up with one or two of its settings varied: a scenario for each of their values.
 *
 * An axis is any setting, the number of sensors ("sensors") or where they stand ("layout").  What
 * was at its preset follows the values, what was set by hand stays; a truth that is drawn anew is
 * read by the same sensors.
 *
 * Threads: whatever is not changed may be read from several. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

#define PISD_SWEEP_MAX_AXES 2
/* Most values of one axis. */
#define PISD_SWEEP_MAX_VALUES 16

typedef struct
{
  char *key;    /* as in files */
  GStrv values; /* as text, in the order in which they were given */
  guint n;
} PisdSweepAxis;

void pisd_sweep_axis_clear (PisdSweepAxis *axis);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdSweepAxis, pisd_sweep_axis_clear)

typedef struct
{
  PisdScenario *base;
  guint n_axes;
  PisdSweepAxis axes[PISD_SWEEP_MAX_AXES]; /* the first one goes down, the second one across */
} PisdSweep;

PisdSweep *pisd_sweep_new (const PisdScenario *base); /* copied */
PisdSweep *pisd_sweep_dup (const PisdSweep *sweep);
void pisd_sweep_free (PisdSweep *sweep); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSweep, pisd_sweep_free)

/* One more axis, from "KEY=VALUE,VALUE,…" or "KEY=LOW..HIGH/N": N values from LOW to HIGH, in equal
 * ratios where HIGH is ten times LOW or more, else in equal steps; whole numbers where the setting
 * wants them, each once.
 * Errors: PISD_ERROR_FORMAT, UNKNOWN (key, choice), RANGE, LIMIT (axes, values); the sweep is then
 *         as it was. */
gboolean pisd_sweep_add_axis (PisdSweep *sweep, const char *text, GError **error);
gboolean pisd_sweep_has_axis (const PisdSweep *sweep, const char *key);
/* The other way round: "KEY=VALUE,VALUE,…"; owned. */
char *pisd_sweep_axis_dup_text (const PisdSweepAxis *axis);
/* Keys that an axis may have, NULL-terminated, owned: those that the set-up uses. */
GStrv pisd_sweep_list_keys (const PisdScenario *base);
/* What people call it, translated. */
const char *pisd_sweep_get_word (const char *key);
/* Values worth a look, as pisd_sweep_add_axis() takes them behind the "="; owned. */
char *pisd_sweep_suggest (const PisdScenario *base, const char *key);

guint pisd_sweep_get_n_rows (const PisdSweep *sweep);
guint pisd_sweep_get_n_columns (const PisdSweep *sweep);
/* Cells in the order of reading: row after row. */
guint pisd_sweep_get_n_cells (const PisdSweep *sweep);
/* Value of an axis in a cell; NULL for an axis that the sweep does not have. */
const char *pisd_sweep_get_value (const PisdSweep *sweep, guint axis, guint cell);
/* "zeta-pde 0.1, steps 300": owned. */
char *pisd_sweep_dup_title (const PisdSweep *sweep, guint cell);

/* What a cell runs.
 * Errors: those of the edits, and of settings that do not go together. */
PisdScenario *pisd_sweep_make_scenario (const PisdSweep *sweep, guint cell, GError **error);

G_END_DECLS
