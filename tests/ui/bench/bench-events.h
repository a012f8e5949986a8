/* When a person did something: keys and motion carry milliseconds of the X server's clock, so that
 * what an event waited for before the window heard of it counts too.
 *
 * Units: times in microseconds of g_get_monotonic_time(). */
#pragma once

#include "bench-stage.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 moved;    /* the newest motion of the pointer, 0: none since it was set to that */
  guint n_painted; /* pictures before it was heard of */
  gint64 pressed;  /* the newest key that is waited for, likewise */

  /*< private >*/
  const BenchStage *stage;
  GtkWidget *window;
  guint key;
  GtkEventController *motion, *keys;
} BenchEvents;

/* Listens to the window before anything in it does; `key`: of GDK, which `pressed` is the time of. */
void bench_events_init (BenchEvents *events, BenchStage *stage, guint key);
void bench_events_clear (BenchEvents *events);

G_END_DECLS
