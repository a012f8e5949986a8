#include "pisd-remarks.h"

#include <glib/gi18n.h>

static void
add_extreme (GPtrArray *remarks, const PisdSensors *sensors, const PisdConsistency *c)
{
  const PisdSensor *s = &sensors->items[c->first_extreme];

  if (c->n_extreme == 0)
    return;
  g_ptr_array_add (
      remarks,
      g_strdup_printf (_ ("Sensor %u, %s at x = %.4g, y = %.4g, reads %.4g: %.2g standard "
                          "deviations of the prior away. %u such readings in all. A number that "
                          "stands for no data?"),
                       c->first_extreme + 1, pisd_field_id_get_name (s->field), s->x, s->y,
                       s->value, c->deviations, c->n_extreme));
}

static void
add_wrong (GPtrArray *remarks, const PisdSensors *sensors, const PisdConsistency *c)
{
  const PisdSensor *s = &sensors->items[c->first_wrong];

  if (c->n_wrong == 0)
    return;
  g_ptr_array_add (remarks,
                   g_strdup_printf (_ ("Sensor %u, %s at x = %.4g, y = %.4g, reads %.4g where the "
                                       "equation fixes 0. %u such readings in all."),
                                    c->first_wrong + 1, pisd_field_id_get_name (s->field), s->x,
                                    s->y, s->value, c->n_wrong));
}

static void
add_silent (GPtrArray *remarks, const PisdConsistency *c)
{
  if (c->n_silent > 0)
    g_ptr_array_add (
        remarks, g_strdup_printf (ngettext ("%u reading says nothing: it lies on the boundary, "
                                            "where the equation fixes the value.",
                                            "%u readings say nothing: they lie on the boundary, "
                                            "where the equation fixes the value.",
                                            c->n_silent),
                                  c->n_silent));
}

static char *
dup_contradiction (const PisdSettings *settings, const PisdConsistency *c)
{
  if (settings->mean_sd > 0)
    return g_strdup_printf (_ ("The readings contradict the prior (standardised %.2g, about 1 "
                               "expected): errors are larger than the spread says. Another "
                               "scale, or noise that the sensors do not state?"),
                            c->ratio);
  return g_strdup_printf (_ ("The readings contradict the prior (standardised %.2g, about 1 "
                             "expected): errors are larger than the spread says. Another "
                             "scale, noise that the sensors do not state, or a source with a "
                             "mean (“%s”)?"),
                          c->ratio, _ (pisd_settings_find ("mean-sd")->title));
}

static void
add_scale (GPtrArray *remarks, const PisdSettings *settings, const PisdConsistency *c)
{
  if (c->scale == PISD_SCALE_TOO_SMALL)
    g_ptr_array_add (remarks,
                     g_strdup_printf (_ ("The readings are smaller or smoother than the prior "
                                         "expects (standardised %.2g, about 1 expected): errors "
                                         "are likely smaller than the spread says."),
                                      c->ratio));
  else if (c->scale == PISD_SCALE_TOO_LARGE)
    g_ptr_array_add (remarks, dup_contradiction (settings, c));
}

char **
pisd_remarks_new (const PisdScenario *scenario, const PisdConsistency *consistency)
{
  GPtrArray *remarks = g_ptr_array_new ();

  add_extreme (remarks, scenario->sensors, consistency);
  add_wrong (remarks, scenario->sensors, consistency);
  add_scale (remarks, &scenario->settings, consistency);
  add_silent (remarks, consistency);
  g_ptr_array_add (remarks, NULL);
  return (char **) g_ptr_array_free (remarks, FALSE);
}

guint
pisd_remarks_get_kinds (const PisdConsistency *c)
{
  return (c->n_extreme > 0) | (c->n_wrong > 0) << 1 | (c->n_silent > 0) << 2 | c->scale << 3;
}

char *
pisd_remarks_dup_beyond (double deviation)
{
  if (!(deviation > PISD_CONSISTENCY_BEYOND))
    return NULL;
  return g_strdup_printf (_ ("The estimate is beyond what the prior can be: its coefficients are "
                             "%.2g times as large as the prior’s. Smaller weights or steps, or "
                             "other readings."),
                          deviation);
}
