#include "explorer-gauge.h"

#include <string.h>

struct _ExplorerGauge
{
  GObject parent_instance;

  ExplorerLine line;
  PisdSegment drawn;
  guint n_pins;
  PisdWatchNode pins[EXPLORER_MOST_PINS];
  PisdSensors *marked; /* NULL: none */
};

G_DEFINE_FINAL_TYPE (ExplorerGauge, explorer_gauge, G_TYPE_OBJECT)

static void
emit_changed (ExplorerGauge *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
explorer_gauge_finalize (GObject *object)
{
  pisd_sensors_free (EXPLORER_GAUGE (object)->marked);
  G_OBJECT_CLASS (explorer_gauge_parent_class)->finalize (object);
}

static void
explorer_gauge_class_init (ExplorerGaugeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = explorer_gauge_finalize;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
explorer_gauge_init (ExplorerGauge *self)
{
}

ExplorerGauge *
explorer_gauge_new (void)
{
  return g_object_new (EXPLORER_TYPE_GAUGE, NULL);
}

ExplorerLine
explorer_gauge_get_line (ExplorerGauge *self)
{
  g_return_val_if_fail (EXPLORER_IS_GAUGE (self), EXPLORER_LINE_ROW);
  return self->line;
}

void
explorer_gauge_set_line (ExplorerGauge *self, ExplorerLine line)
{
  g_return_if_fail (EXPLORER_IS_GAUGE (self));
  self->line = line;
  emit_changed (self);
}

void
explorer_gauge_draw_line (ExplorerGauge *self, const PisdSegment *segment)
{
  g_return_if_fail (EXPLORER_IS_GAUGE (self) && segment != NULL);
  self->drawn = *segment;
  explorer_gauge_set_line (self, EXPLORER_LINE_DRAWN);
}

void
explorer_gauge_get_segment (ExplorerGauge *self, double x, double y, PisdSegment *segment)
{
  g_return_if_fail (EXPLORER_IS_GAUGE (self) && segment != NULL);
  if (self->line == EXPLORER_LINE_ROW)
    *segment = (PisdSegment){ 0.0, y, 1.0, y };
  else if (self->line == EXPLORER_LINE_COLUMN)
    *segment = (PisdSegment){ x, 0.0, x, 1.0 };
  else
    *segment = self->drawn;
}

/* Pins. */

static gboolean
take_pin (ExplorerGauge *self, guint i, guint j)
{
  for (guint k = 0; k < self->n_pins; k++)
    if (self->pins[k].i == i && self->pins[k].j == j)
      {
        self->n_pins--;
        memmove (self->pins + k, self->pins + k + 1, (self->n_pins - k) * sizeof self->pins[0]);
        return TRUE;
      }
  return FALSE;
}

gboolean
explorer_gauge_toggle_pin (ExplorerGauge *self, guint i, guint j)
{
  g_return_val_if_fail (EXPLORER_IS_GAUGE (self), FALSE);
  if (!take_pin (self, i, j))
    {
      if (self->n_pins == EXPLORER_MOST_PINS)
        return FALSE;
      self->pins[self->n_pins++] = (PisdWatchNode){ i, j };
    }
  emit_changed (self);
  return TRUE;
}

void
explorer_gauge_unpin_all (ExplorerGauge *self)
{
  g_return_if_fail (EXPLORER_IS_GAUGE (self));
  self->n_pins = 0;
  emit_changed (self);
}

guint
explorer_gauge_get_n_pins (ExplorerGauge *self)
{
  g_return_val_if_fail (EXPLORER_IS_GAUGE (self), 0);
  return self->n_pins;
}

const PisdWatchNode *
explorer_gauge_get_pin (ExplorerGauge *self, guint pin)
{
  g_return_val_if_fail (EXPLORER_IS_GAUGE (self) && pin < self->n_pins, NULL);
  return &self->pins[pin];
}

/* Marked sensors. */

void
explorer_gauge_set_marked (ExplorerGauge *self, const PisdSensors *sensors)
{
  g_return_if_fail (EXPLORER_IS_GAUGE (self));
  pisd_sensors_free (self->marked);
  self->marked = sensors == NULL || sensors->n == 0 ? NULL : pisd_sensors_dup (sensors);
  emit_changed (self);
}

const PisdSensors *
explorer_gauge_get_marked (ExplorerGauge *self)
{
  g_return_val_if_fail (EXPLORER_IS_GAUGE (self), NULL);
  return self->marked;
}
