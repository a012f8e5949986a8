#include "pisd-remarks.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-newton.h"

/* "u", or the frame that a sensor of a flow is on: "w(5/9)". */
static char *
dup_symbol (const PisdScenario *scenario, const PisdSensor *sensor)
{
  const PisdFieldInfo *info = pisd_problem_find_field (scenario->settings.problem, sensor->field);

  return pisd_field_info_dup_symbol (info, pisd_field_info_find_frame (info, sensor->t));
}

static void
add_extreme (GPtrArray *remarks, const PisdScenario *scenario, const PisdConsistency *c)
{
  const PisdSensor *s = &scenario->sensors->items[c->first_extreme];
  g_autofree char *symbol = NULL;

  if (c->n_extreme == 0)
    return;
  symbol = dup_symbol (scenario, s);
  g_ptr_array_add (
      remarks,
      g_strdup_printf (_ ("Sensor %u, %s at x = %.4g, y = %.4g, reads %.4g: %.2g standard "
                          "deviations of the prior away. %u such readings in all. A number that "
                          "stands for no data?"),
                       c->first_extreme + 1, symbol, s->x, s->y, s->value, c->deviations,
                       c->n_extreme));
}

static void
add_wrong (GPtrArray *remarks, const PisdScenario *scenario, const PisdConsistency *c)
{
  const PisdSensor *s = &scenario->sensors->items[c->first_wrong];
  g_autofree char *symbol = NULL;

  if (c->n_wrong == 0)
    return;
  symbol = dup_symbol (scenario, s);
  g_ptr_array_add (remarks,
                   g_strdup_printf (_ ("Sensor %u, %s at x = %.4g, y = %.4g, reads %.4g where the "
                                       "equation fixes 0. %u such readings in all."),
                                    c->first_wrong + 1, symbol, s->x, s->y, s->value, c->n_wrong));
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
  if (settings->mean_sd > 0 || !pisd_operator_has_mean (settings->problem))
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

/* Readings are held against the Gaussian prior; a learned one expects more kinds of them, and its
 * spread is its own. */
static PisdReadingsScale
get_scale (const PisdSettings *settings, const PisdConsistency *c)
{
  return pisd_method_get_prior (settings->prior)->is_gaussian ? c->scale : PISD_SCALE_FITS;
}

static char *
dup_scale (const PisdSettings *settings, const PisdConsistency *c)
{
  if (get_scale (settings, c) == PISD_SCALE_TOO_LARGE)
    return dup_contradiction (settings, c);
  return g_strdup_printf (_ ("The readings are smaller or smoother than the prior "
                             "expects (standardised %.2g, about 1 expected): errors "
                             "are likely smaller than the spread says."),
                          c->ratio);
}

/* And where a prior can be fitted, that one can. */
static void
add_scale (GPtrArray *remarks, const PisdSettings *settings, const PisdConsistency *c)
{
  g_autofree char *scale = NULL;

  if (get_scale (settings, c) == PISD_SCALE_FITS)
    return;
  scale = dup_scale (settings, c);
  if (pisd_settings_have_amplitude (settings))
    g_ptr_array_add (remarks, g_strconcat (scale, " ",
                                           _ ("“Does it fit?” in the panel of the prior, or "
                                              "--fit-prior, finds a prior that does."),
                                           NULL));
  else
    g_ptr_array_add (remarks, g_steal_pointer (&scale));
}

/* Frames of a file that differ by more than this do not belong to one flow. */
#define OTHER_FLOW 0.01

static gboolean
has_mismatch (const PisdScenario *scenario)
{
  return scenario->instance != NULL && pisd_instance_get_mismatch (scenario->instance) > OTHER_FLOW;
}

static void
add_mismatch (GPtrArray *remarks, const PisdScenario *scenario)
{
  if (!has_mismatch (scenario))
    return;
  g_ptr_array_add (
      remarks,
      g_strdup_printf (pisd_instance_looks_transposed (scenario->instance)
                           ? _ ("The file’s last frame is %.3g %% away from the flow that its "
                                "first one begins, and not if both are transposed: arrays are "
                                "[y, x] here.")
                           : _ ("The file’s last frame is %.3g %% away from the flow that its "
                                "first one begins. Another viscosity, forcing or time?"),
                       100 * pisd_instance_get_mismatch (scenario->instance)));
}

/* A mean below this part of a field's own size is rounding of whoever wrote it. */
#define LEAST_LOST 1e-3

/* The mean that a truth lost because the equation's fields have none; 0: none to speak of. */
static double
get_lost_mean (const PisdScenario *scenario)
{
  const PisdField *first;
  double mean, size;

  if (scenario->instance == NULL)
    return 0.0;
  first = pisd_instance_get_fields (scenario->instance)[0];
  mean = pisd_instance_get_lost_mean (scenario->instance);
  size = pisd_field_norm (first) / sqrt ((double) pisd_field_get_n (first));
  return fabs (mean) > LEAST_LOST * size ? mean : 0.0;
}

static void
add_lost_mean (GPtrArray *remarks, const PisdScenario *scenario)
{
  double mean = get_lost_mean (scenario);

  if (mean != 0.0)
    g_ptr_array_add (remarks,
                     g_strdup_printf (_ ("The truth’s mean, %.3g, was taken away: the vorticity "
                                         "of a periodic flow has none."),
                                      mean));
}

/* A file that this program did not write: what its arrays were taken for. */
static void
add_reading (GPtrArray *remarks, const PisdScenario *scenario)
{
  const PisdReading *reading =
      scenario->instance != NULL ? pisd_instance_get_reading (scenario->instance) : NULL;
  g_autofree char *text = NULL;

  if (reading == NULL)
    return;
  text = pisd_reading_dup_text (reading, scenario->settings.problem);
  g_ptr_array_add (remarks, isnan (reading->residual)
                                ? g_strdup_printf (_ ("The file was read as %s."), text)
                                : g_strdup_printf (_ ("The file was read as %s: %.2g of the "
                                                      "equation is left."),
                                                   text, reading->residual));
}

static gboolean
is_unmet (const PisdConsistency *c)
{
  return c->is_cut || c->misfit > PISD_NEWTON_MET;
}

/* A climb that was cut says so; readings that it meets for all that are no news. */
static void
add_unmet (GPtrArray *remarks, const PisdConsistency *c)
{
  if (c->is_cut)
    g_ptr_array_add (
        remarks, g_strdup_printf (_ ("The readings ask for a flow too fast to be followed on fine "
                                     "grids: the estimate is that of a coarse one, %.2g standard "
                                     "deviations of its noise away from them.  Another scale?"),
                                  c->misfit));
  else if (is_unmet (c))
    g_ptr_array_add (
        remarks, g_strdup_printf (_ ("No flow was found that meets the readings: the estimate’s is "
                                     "%.2g standard deviations of their noise away from them.  Do "
                                     "they contradict each other?"),
                                  c->misfit));
}

/* What is said of readings that are not met says more. */
static gboolean
is_bent (const PisdConsistency *c)
{
  return c->bend > PISD_CONSISTENCY_BENT && !is_unmet (c);
}

static void
add_bend (GPtrArray *remarks, const PisdConsistency *c)
{
  if (is_bent (c))
    g_ptr_array_add (remarks,
                     g_strdup_printf (_ ("The flow is far from linear where it is not measured "
                                         "(samples moved by %.2g, below %.2g expected): the spread "
                                         "may be some 30 %% too small."),
                                      c->bend, PISD_CONSISTENCY_BENT));
}

/* How many sensors are at times between two frames, and which is the first. */
static guint
count_between (const PisdScenario *scenario, guint *first)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);
  guint n = 0;

  for (guint i = 0; row->whole != NULL && i < scenario->sensors->n; i++)
    {
      const PisdSensor *s = &scenario->sensors->items[i];

      if (!pisd_sensor_is_between_frames (
              s, pisd_problem_find_field (scenario->settings.problem, s->field)))
        continue;
      if (n++ == 0)
        *first = i;
    }
  return n;
}

static void
add_between (GPtrArray *remarks, const PisdScenario *scenario)
{
  guint first = 0, n = count_between (scenario, &first);
  const PisdSensor *s;
  const PisdFieldInfo *info;
  g_autofree char *time = NULL;

  if (n == 0)
    return;
  s = &scenario->sensors->items[first];
  info = pisd_problem_find_field (scenario->settings.problem, s->field);
  time = pisd_field_info_dup_time (info, pisd_field_info_find_frame (info, s->t));
  g_ptr_array_add (remarks,
                   g_strdup_printf (ngettext ("Sensor %u is at t = %.4g, between two frames, and "
                                              "reads the nearest one, t = %s. %u such sensor in "
                                              "all.",
                                              "Sensor %u is at t = %.4g, between two frames, and "
                                              "reads the nearest one, t = %s. %u such sensors in "
                                              "all.",
                                              n),
                                    first + 1, s->t, time, n));
}

char **
pisd_remarks_new (const PisdScenario *scenario, const PisdConsistency *consistency)
{
  GPtrArray *remarks = g_ptr_array_new ();

  add_mismatch (remarks, scenario);
  add_extreme (remarks, scenario, consistency);
  add_wrong (remarks, scenario, consistency);
  add_unmet (remarks, consistency);
  add_scale (remarks, &scenario->settings, consistency);
  add_bend (remarks, consistency);
  add_silent (remarks, consistency);
  add_between (remarks, scenario);
  add_lost_mean (remarks, scenario);
  add_reading (remarks, scenario);
  g_ptr_array_add (remarks, NULL);
  return (char **) g_ptr_array_free (remarks, FALSE);
}

/* The scale takes two bits. */
guint
pisd_remarks_get_kinds (const PisdScenario *scenario, const PisdConsistency *c)
{
  guint first;

  return (c->n_extreme > 0) | (c->n_wrong > 0) << 1 | (c->n_silent > 0) << 2
         | get_scale (&scenario->settings, c) << 3 | has_mismatch (scenario) << 5
         | (count_between (scenario, &first) > 0) << 6 | (get_lost_mean (scenario) != 0.0) << 7
         | is_unmet (c) << 8 | is_bent (c) << 9
         | (scenario->instance != NULL && pisd_instance_get_reading (scenario->instance) != NULL)
               << 10;
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
