#include "bench-events.h"

/* The server counts milliseconds of the monotonic clock in 32 bits. */
static gint64
get_time (GtkEventController *controller)
{
  const gint64 now = g_get_monotonic_time ();
  const guint32 waited =
      (guint32) (now / 1000) - gtk_event_controller_get_current_event_time (controller);

  return now - 1000 * (gint64) (waited < 1000 * BENCH_GUARD ? waited : 0);
}

static void
on_motion (BenchEvents *events, double x, double y, GtkEventController *controller)
{
  events->moved = get_time (controller);
  events->n_painted = events->stage->n_painted;
}

static gboolean
on_key (BenchEvents *events,
        guint key,
        guint code,
        GdkModifierType state,
        GtkEventController *controller)
{
  if (key == events->key)
    events->pressed = get_time (controller);
  return GDK_EVENT_PROPAGATE;
}

static void
listen (BenchEvents *events, GtkEventController *controller, const char *signal, GCallback handler)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, signal, handler, events);
  gtk_widget_add_controller (events->window, controller);
}

void
bench_events_init (BenchEvents *events, BenchStage *stage, guint key)
{
  *events = (BenchEvents){ .stage = stage,
                           .window = GTK_WIDGET (stage->window),
                           .key = key,
                           .motion = gtk_event_controller_motion_new (),
                           .keys = gtk_event_controller_key_new () };
  listen (events, events->motion, "motion", G_CALLBACK (on_motion));
  listen (events, events->keys, "key-pressed", G_CALLBACK (on_key));
}

void
bench_events_clear (BenchEvents *events)
{
  gtk_widget_remove_controller (events->window, events->motion);
  gtk_widget_remove_controller (events->window, events->keys);
}
