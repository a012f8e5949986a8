#include "explorer-compare-picture.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-color-range.h"

/* Colours reach at most so far beyond the truth. */
#define MOST_HEADROOM 1.3
#define N_COLUMNS (1 + PISD_N_GUIDANCES) /* the truth first */

/* Of a column: what its fields were decoded from. */
typedef struct
{
  const PisdTrack *track;
  guint serial, step;
  gboolean any;
  double peaks[PISD_MAX_FIELDS]; /* largest values of the result; 0 as long as there is none */
} Stamp;

struct _ExplorerComparePicture
{
  ExplorerComparison *model; /* borrowed: the picture lives with the window's model */
  PisdComparison drawn;
  double fraction;
  PisdField *fields[PISD_N_GUIDANCES][PISD_MAX_FIELDS];
  Stamp stamps[PISD_N_GUIDANCES];
  char *details[N_COLUMNS];
};

static const PisdScenario *
get_scenario (ExplorerComparePicture *self)
{
  return explorer_comparison_get_scenario (self->model);
}

static const PisdField *
get_truth (ExplorerComparePicture *self, guint field)
{
  const PisdScenario *scenario = get_scenario (self);

  if (scenario->instance == NULL)
    return NULL;
  return pisd_instance_get_field (scenario->instance, self->drawn.fields[field].id);
}

ExplorerComparePicture *
explorer_compare_picture_new (ExplorerComparison *comparison)
{
  ExplorerComparePicture *self = g_new0 (ExplorerComparePicture, 1);
  const PisdScenario *scenario = explorer_comparison_get_scenario (comparison);
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  self->model = comparison;
  self->fraction = 1.0;
  self->drawn.n_columns = N_COLUMNS;
  self->drawn.n_fields = info->n_fields;
  self->drawn.fields = info->fields;
  self->drawn.sensors = scenario->sensors;
  self->drawn.map = PISD_COLORMAP_DIVERGING;
  self->drawn.fraction = NAN;
  self->drawn.columns[0].title = scenario->instance != NULL ? _ ("Truth") : _ ("Sensors");
  self->drawn.columns[0].ink = -1;
  self->drawn.columns[0].level = NAN;
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    {
      self->drawn.columns[1 + m].title = _ (pisd_method_get (m)->choice.title);
      self->drawn.columns[1 + m].ink = (int) m;
      self->drawn.columns[1 + m].dashed = pisd_method_get (m)->knows_mean;
      for (guint f = 0; f < info->n_fields; f++)
        self->fields[m][f] = pisd_field_new (PISD_GRID, PISD_GRID);
    }
  if (scenario->instance == NULL)
    self->drawn.plot_note =
        _ ("The truth behind these sensors is not known, so there are no errors to plot.");
  return self;
}

void
explorer_compare_picture_free (ExplorerComparePicture *self)
{
  if (self == NULL)
    return;
  for (guint c = 0; c < N_COLUMNS; c++)
    g_free (self->details[c]);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    for (guint f = 0; f < self->drawn.n_fields; f++)
      pisd_field_free (self->fields[m][f]);
  g_free (self);
}

void
explorer_compare_picture_set_fraction (ExplorerComparePicture *self, double fraction)
{
  self->fraction = fraction;
}

void
explorer_compare_picture_set_field (ExplorerComparePicture *self, guint field)
{
  g_return_if_fail (field < self->drawn.n_fields);

  self->drawn.field = field;
}

void
explorer_compare_picture_set_axis (ExplorerComparePicture *self, PisdComparisonAxis axis)
{
  self->drawn.axis = axis;
}

/* "5.6 % · 1.04×", "5.6 %" without the exact mean, nothing without a truth. */
static void
append_error (ExplorerComparePicture *self, GString *text, const PisdTrack *track, guint step)
{
  const double error = pisd_track_get_error (track, step, self->drawn.field);
  const double least = explorer_comparison_get_exact_error (self->model, self->drawn.field);
  const double percent = 100.0 * error;

  if (isnan (error))
    return;
  if (percent >= 1e4)
    g_string_append_printf (text, " · %.0e\u2009%%", percent);
  else
    g_string_append_printf (text, " · %.*f\u2009%%",
                            percent < 1.0    ? 2
                            : percent < 30.0 ? 1
                                             : 0,
                            percent);
  if (least > 0.0 && error / least < 1e4)
    g_string_append_printf (text, " · %.*f\u2009×", error / least < 10.0 ? 2 : 0, error / least);
}

/* It makes no steps that could be counted. */
static const char *
get_state_of_exact (const PisdTrack *track)
{
  if (track->state == PISD_TRACK_DONE)
    return _ ("no steps");
  return track->state == PISD_TRACK_STOPPED ? _ ("stopped") : _ ("solving");
}

static void
append_progress (ExplorerComparePicture *self, GString *text, const PisdTrack *track, guint step)
{
  const guint samples = explorer_comparison_get_samples (self->model);

  if (!pisd_method_get (track->scenario->settings.guidance)->makes_steps)
    g_string_append (text, get_state_of_exact (track));
  else if (track->state == PISD_TRACK_RUNNING && samples > 1)
    g_string_append_printf (text, _ ("sample %u of %u"), MIN (track->n_results + 1, samples),
                            samples);
  else if (step < track->n_steps)
    g_string_append_printf (text, _ ("step %u of %u"), step, track->n_steps);
  else
    g_string_append_printf (text, ngettext ("%u step", "%u steps", track->n_steps), track->n_steps);
}

static char *
dup_detail (ExplorerComparePicture *self, const PisdTrack *track, guint step)
{
  GString *text;

  if (track == NULL || track->state == PISD_TRACK_WAITING)
    return g_strdup (track != NULL && explorer_comparison_is_running (self->model) ? _ ("waiting")
                                                                                   : _ ("not run"));
  if (track->state == PISD_TRACK_FAILED)
    return g_strdup (_ ("failed"));
  text = g_string_new (NULL);
  append_progress (self, text, track, step);
  append_error (self, text, track, step);
  return g_string_free (text, FALSE);
}

static gboolean
decode (ExplorerComparePicture *self, guint method, PisdTrack *track, guint step)
{
  Stamp *stamp = &self->stamps[method];

  if (track == stamp->track && track->serial == stamp->serial && step == stamp->step)
    return stamp->any;
  if (track != stamp->track)
    *stamp = (Stamp){ .track = track };
  stamp->serial = track->serial;
  stamp->step = step;
  stamp->any = TRUE;
  for (guint f = 0; f < self->drawn.n_fields; f++)
    {
      stamp->any = pisd_track_get_field (track, step, f, self->fields[method][f]) && stamp->any;
      if (track->n_results > 0 && step == track->n_steps)
        stamp->peaks[f] = pisd_color_get_largest (self->fields[method][f]);
    }
  return stamp->any;
}

static void
update_column (ExplorerComparePicture *self, guint method)
{
  PisdComparisonColumn *column = &self->drawn.columns[1 + method];
  PisdTrack *track = explorer_comparison_get_track (self->model, method);
  const guint step = track == NULL ? 0 : pisd_track_get_step (track, self->fraction);
  gboolean any = FALSE;

  if (track != NULL && track->state != PISD_TRACK_FAILED)
    any = decode (self, method, track, step);
  g_free (self->details[1 + method]);
  column->detail = self->details[1 + method] = dup_detail (self, track, step);
  column->note = track == NULL ? NULL : track->message;
  for (guint f = 0; f < self->drawn.n_fields; f++)
    column->fields[f] = any ? self->fields[method][f] : NULL;
  column->level = NAN;
  column->errors = NULL;
  column->n_known = 0;
  if (track == NULL)
    return;
  column->n_steps = track->n_steps;
  column->stages = track->stages;
  if (pisd_method_get (method)->knows_mean)
    column->level = explorer_comparison_get_exact_error (self->model, self->drawn.field);
  else
    {
      column->errors = track->errors[self->drawn.field];
      column->n_known = track->n_known;
    }
}

static void
update_truth (ExplorerComparePicture *self)
{
  const PisdScenario *scenario = get_scenario (self);
  const guint n = scenario->sensors->n;

  g_free (self->details[0]);
  self->details[0] = g_strdup_printf (ngettext ("%u sensor", "%u sensors", n), n);
  self->drawn.columns[0].detail = self->details[0];
  for (guint f = 0; f < self->drawn.n_fields; f++)
    self->drawn.columns[0].fields[f] = get_truth (self, f);
}

/* One value, one colour in all columns: by the truth and what the methods came to, as far as that
 * is not lost. */
static double
find_limit (ExplorerComparePicture *self, guint field)
{
  const double truth = pisd_color_get_largest (get_truth (self, field));
  double limit = 0.0;

  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    limit = MAX (limit, self->stamps[m].peaks[field]);
  limit = pisd_color_limit (truth, limit, MOST_HEADROOM);
  for (guint c = 1; c < N_COLUMNS && limit == 0.0; c++)
    limit = pisd_color_get_largest (self->drawn.columns[c].fields[field]);
  return limit;
}

const PisdComparison *
explorer_compare_picture_update (ExplorerComparePicture *self)
{
  update_truth (self);
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    update_column (self, m);
  for (guint f = 0; f < self->drawn.n_fields; f++)
    self->drawn.limits[f] = find_limit (self, f);
  self->drawn.remark = explorer_comparison_get_samples (self->model) > 1
                           ? _ ("Dashed: the exact posterior mean.")
                           : _ ("Dashed: the exact posterior mean. One sample is farther away than "
                                "the mean of many.");
  self->drawn.fraction = self->fraction < 1.0 ? self->fraction : NAN;
  return &self->drawn;
}

char *
explorer_compare_picture_dup_caption (ExplorerComparePicture *self)
{
  const PisdScenario *scenario = get_scenario (self);
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  const guint samples = scenario->settings.samples;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, scenario->settings.seed);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s", _ (info->title), info->equation);
  for (guint f = 0; f < info->n_fields; f++)
    {
      const guint n = pisd_sensors_count (scenario->sensors, info->fields[f].id);

      if (n > 0)
        g_string_append_printf (text, ngettext (" · %u sensor on %s", " · %u sensors on %s", n), n,
                                info->fields[f].name);
    }
  if (samples > 1)
    g_string_append_printf (text, _ (" · mean of %u samples"), samples);
  g_string_append_printf (text, _ (" · seed %s"), seed);
  return g_string_free (text, FALSE);
}

gboolean
explorer_compare_picture_save (ExplorerComparePicture *self,
                               const PisdPalette *palette,
                               const char *path,
                               GError **error)
{
  PisdComparison saved = *explorer_compare_picture_update (self);
  g_autofree char *caption = explorer_compare_picture_dup_caption (self);

  saved.caption = caption;
  return pisd_draw_save_comparison (path, palette, &saved, error);
}
