/* A scenario that is put away: a level of undo, in a twentieth of the room.
 *
 * Sensors  one on a node takes 3 bytes where it reads what its truth and the seed of its scenario
 *          give, as after every edit, 4 on a later frame, and at most 50 bytes otherwise
 * Edits    stretches of sensors that the level beside it has too are held once, in pisd-pieces
 * Truths   a random one is kept as its seed and made again, one that was solved from a source, as a
 *          drawn one, as that source, of which levels share the rows that a stroke has left alone;
 *          others are shared, not copied
 * Bits     what was put away comes back bit for bit
 * Threads  main thread only
 */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef struct _PisdLevel PisdLevel;

/* Stretches of sensors that the level `beside` (NULL: none) holds too are shared with it. */
PisdLevel *pisd_level_new (const PisdScenario *scenario, const PisdLevel *beside);
void pisd_level_free (PisdLevel *level); /* NULL is fine */
/* The scenario that was put away; where `present` has its truth, that one is shared. */
PisdScenario *pisd_level_dup_scenario (const PisdLevel *level, const PisdScenario *present);
/* Bytes that the level holds and the set `seen` does not, which has them from then on. */
gsize pisd_level_count_bytes (const PisdLevel *level, GHashTable *seen);

G_END_DECLS
