#include "explorer-compare-picture.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-color-range.h"
#include "pisd-name.h"

/* Colours reach at most so far beyond the truth. */
#define MOST_HEADROOM 1.3

/* What a column of the plan was drawn with. */
typedef struct
{
  PisdField *fields[PISD_MAX_FIELDS]; /* with all their frames */
  PisdField shown[PISD_MAX_FIELDS];   /* ... and those that are shown: they borrow */
  const PisdTrack *track;             /* the fields are of this one, at that step */
  guint serial, step;
  gboolean any;
  double peaks[PISD_MAX_FIELDS]; /* largest values of the result; 0 as long as there is none */
  char *detail, *number;
} Drawn;

struct _ExplorerComparePicture
{
  ExplorerComparison *model; /* borrowed: the picture lives with the window's model */
  PisdComparison drawn;
  PisdField truth[PISD_MAX_FIELDS]; /* at the moment shown: they borrow */
  double fraction;
  char *n_sensors; /* under the truth */
  char *remark;    /* above the plot */
  Drawn columns[EXPLORER_PLAN_N_COLUMNS];
};

static const PisdScenario *
get_scenario (ExplorerComparePicture *self)
{
  return explorer_comparison_get_plan (self->model)->scenario;
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
  const PisdScenario *scenario = explorer_comparison_get_plan (comparison)->scenario;
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  self->model = comparison;
  self->fraction = 1.0;
  self->drawn.n_fields = info->n_fields;
  self->drawn.fields = info->fields;
  self->drawn.sensors = scenario->sensors;
  self->drawn.map = PISD_COLORMAP_DIVERGING;
  self->drawn.fraction = NAN;
  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS; c++)
    for (guint f = 0; f < info->n_fields; f++)
      self->columns[c].fields[f] = pisd_field_info_new_field (&info->fields[f]);
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
  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS; c++)
    {
      for (guint f = 0; f < self->drawn.n_fields; f++)
        pisd_field_free (self->columns[c].fields[f]);
      g_free (self->columns[c].detail);
      g_free (self->columns[c].number);
    }
  g_free (self->n_sensors);
  g_free (self->remark);
  g_free (self);
}

void
explorer_compare_picture_set_time (ExplorerComparePicture *self, double t)
{
  for (guint f = 0; f < self->drawn.n_fields; f++)
    self->drawn.frames[f] = pisd_field_info_find_frame (&self->drawn.fields[f], t);
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

void
explorer_compare_picture_set_mark (ExplorerComparePicture *self, const char *mark)
{
  self->drawn.mark = mark;
}

/* Words. */

/* "5.6 % · 1.04×", "5.6 %" without the exact mean, NULL without a truth. */
static char *
dup_number (ExplorerComparePicture *self, const PisdTrack *track, guint step)
{
  const double error = pisd_track_get_error (track, step, self->drawn.field);
  const double least = explorer_comparison_get_exact_error (self->model, self->drawn.field);
  g_autofree char *percent = NULL;

  if (isnan (error) || track->state == PISD_TRACK_WAITING || track->state == PISD_TRACK_FAILED)
    return NULL;
  percent = pisd_comparison_dup_percent (error);
  if (!(least > 0.0) || error / least >= 1e4)
    return g_steal_pointer (&percent);
  return g_strdup_printf ("%s · %.*f\u2009×", percent, error / least < 10.0 ? 2 : 0, error / least);
}

static gboolean
has_other_prior (ExplorerComparePicture *self)
{
  return explorer_comparison_get_track (self->model, EXPLORER_PLAN_OTHER_PRIOR) != NULL;
}

/* "5.6 % · CRPS 2.1 %" of all samples, where priors are compared. */
static char *
dup_scored_number (ExplorerComparePicture *self, const PisdTrack *track, guint step)
{
  const double crps = track->crps[self->drawn.field];
  g_autofree char *number = dup_number (self, track, step);
  g_autofree char *percent = NULL;

  if (number == NULL || isnan (crps) || step < track->n_steps || !has_other_prior (self))
    return g_steal_pointer (&number);
  percent = pisd_comparison_dup_percent (crps);
  return g_strdup_printf ("%s · CRPS %s", number, percent);
}

static char *
dup_progress (ExplorerComparePicture *self, guint column, const PisdTrack *track, guint step)
{
  const guint n_runs =
      explorer_plan_get_n_runs (explorer_comparison_get_plan (self->model), column);

  if (!pisd_method_get (track->scenario->settings.guidance)->makes_steps)
    return g_strdup (track->state == PISD_TRACK_DONE ? _ ("no steps") : _ ("solving"));
  if (track->state == PISD_TRACK_RUNNING && n_runs > 1)
    return g_strdup_printf (_ ("sample %u of %u"), MIN (track->n_results + 1, n_runs), n_runs);
  if (step < track->n_steps)
    return g_strdup_printf (_ ("step %u of %u"), step, track->n_steps);
  return g_strdup_printf (ngettext ("%u step", "%u steps", track->n_steps), track->n_steps);
}

static char *
dup_state (ExplorerComparePicture *self, guint column, const PisdTrack *track, guint step)
{
  if (track->state == PISD_TRACK_FAILED)
    return g_strdup (_ ("failed"));
  if (track->state == PISD_TRACK_WAITING)
    return g_strdup (_ ("waiting"));
  if (track->state == PISD_TRACK_STOPPED && track->n_known == 0)
    return g_strdup (_ ("stopped"));
  return dup_progress (self, column, track, step);
}

/* The column of the set-up as it is says which method that was; presets are called by theirs. */
static char *
dup_detail (ExplorerComparePicture *self, guint column, const PisdTrack *track, guint step)
{
  if ((column == EXPLORER_PLAN_AS_SET || column == EXPLORER_PLAN_OTHER_PRIOR)
      && track->state == PISD_TRACK_DONE && step == track->n_steps)
    return g_strdup (pisd_name_get_method (track->scenario->settings.guidance));
  return dup_state (self, column, track, step);
}

/* Beside the other prior the set-up as it is says which one is its own. */
static const char *
get_prior_title (ExplorerComparePicture *self, const PisdTrack *track)
{
  const PisdPriorTraits *prior = pisd_method_get_prior (track->scenario->settings.prior);

  if (!has_other_prior (self) || prior->is_elsewhere)
    return _ ("As set");
  return prior->is_gaussian ? _ ("Gaussian prior") : _ ("Learned prior");
}

static const char *
get_title (ExplorerComparePicture *self, guint column, const PisdTrack *track)
{
  if (column == EXPLORER_PLAN_AS_SET || column == EXPLORER_PLAN_OTHER_PRIOR)
    return get_prior_title (self, track);
  return pisd_name_get_method (column - EXPLORER_PLAN_PRESET (0));
}

static int
get_ink (guint column)
{
  if (column == EXPLORER_PLAN_AS_SET)
    return PISD_COMPARISON_OWN_INK;
  if (column == EXPLORER_PLAN_OTHER_PRIOR)
    return PISD_COMPARISON_OTHER_INK;
  return (int) (column - EXPLORER_PLAN_PRESET (0));
}

/* Columns. */

static gboolean
decode (ExplorerComparePicture *self, guint column, PisdTrack *track, guint step)
{
  Drawn *own = &self->columns[column];

  if (track->state == PISD_TRACK_FAILED)
    return FALSE;
  if (track == own->track && track->serial == own->serial && step == own->step)
    return own->any;
  if (track != own->track)
    for (guint f = 0; f < PISD_MAX_FIELDS; f++)
      own->peaks[f] = 0.0;
  own->track = track;
  own->serial = track->serial;
  own->step = step;
  own->any = TRUE;
  for (guint f = 0; f < self->drawn.n_fields; f++)
    {
      own->any = pisd_track_get_field (track, step, f, own->fields[f]) && own->any;
      if (track->n_results > 0 && step == track->n_steps)
        own->peaks[f] = pisd_field_get_largest (own->fields[f]);
    }
  return own->any;
}

/* Such a run shows the steps of its first sample. */
static gboolean
is_mean_of_many (const PisdTrack *track)
{
  return track->scenario->settings.samples > 1
         && pisd_method_get (track->scenario->settings.guidance)->makes_steps;
}

static void
add_curve (ExplorerComparePicture *self, PisdComparisonColumn *column, const PisdTrack *track)
{
  const guint field = self->drawn.field;

  column->n_steps = track->n_steps;
  column->stages = track->stages;
  column->dashed = pisd_method_get (track->scenario->settings.guidance)->knows_mean;
  column->level = NAN;
  if (column->dashed)
    column->level = pisd_track_get_error (track, track->n_steps, field);
  else
    {
      column->errors = track->errors[field];
      column->n_known = track->n_known;
      if (is_mean_of_many (track) && track->n_results > 0)
        column->end = track->ends[field];
    }
}

static void
add_column (ExplorerComparePicture *self, guint index, PisdTrack *track)
{
  PisdComparisonColumn *column = &self->drawn.columns[self->drawn.n_columns++];
  const guint step = pisd_track_get_step (track, self->fraction);
  const gboolean any = decode (self, index, track, step);
  Drawn *own = &self->columns[index];

  g_free (own->detail);
  g_free (own->number);
  own->detail = dup_detail (self, index, track, step);
  own->number = dup_scored_number (self, track, step);
  *column = (PisdComparisonColumn){ .title = get_title (self, index, track),
                                    .detail = own->detail,
                                    .number = own->number,
                                    .note = track->message,
                                    .ink = get_ink (index) };
  for (guint f = 0; f < self->drawn.n_fields; f++)
    {
      own->shown[f] = pisd_field_get_frame (own->fields[f], self->drawn.frames[f]);
      column->fields[f] = any ? &own->shown[f] : NULL;
    }
  add_curve (self, column, track);
}

/* Unless it was not chosen. */
static void
add_planned (ExplorerComparePicture *self, guint index)
{
  PisdTrack *track = explorer_comparison_get_track (self->model, index);

  if (track != NULL)
    add_column (self, index, track);
}

static void
add_truth (ExplorerComparePicture *self)
{
  const PisdScenario *scenario = get_scenario (self);
  PisdComparisonColumn *column = &self->drawn.columns[0];

  g_free (self->n_sensors);
  self->n_sensors = pisd_name_dup_total (scenario->sensors);
  *column =
      (PisdComparisonColumn){ .title = scenario->instance != NULL ? _ ("Truth") : _ ("Sensors"),
                              .detail = self->n_sensors,
                              .ink = PISD_COMPARISON_NO_INK,
                              .level = NAN };
  for (guint f = 0; f < self->drawn.n_fields && scenario->instance != NULL; f++)
    {
      self->truth[f] = pisd_field_get_frame (get_truth (self, f), self->drawn.frames[f]);
      column->fields[f] = &self->truth[f];
    }
  self->drawn.n_columns = 1;
}

/* One value, one colour in all columns: by the truth and what the methods came to, as far as that
 * is not lost. */
static double
find_limit (ExplorerComparePicture *self, guint field)
{
  const double truth = pisd_field_get_largest (get_truth (self, field));
  double limit = 0.0;

  for (guint c = 0; c < EXPLORER_PLAN_N_COLUMNS; c++)
    if (explorer_comparison_get_track (self->model, c) != NULL)
      limit = MAX (limit, self->columns[c].peaks[field]);
  limit = pisd_color_limit (truth, limit, MOST_HEADROOM);
  for (guint c = 1; c < self->drawn.n_columns && limit == 0.0; c++)
    limit = pisd_field_get_largest (self->drawn.columns[c].fields[field]);
  return limit;
}

/* NULL: there is no dashed line, or nothing to say of it. */
static const char *
get_dashed_remark (ExplorerComparePicture *self)
{
  if (isnan (explorer_comparison_get_exact_error (self->model, self->drawn.field)))
    return NULL;
  if (explorer_comparison_get_plan (self->model)->samples > 1)
    return _ ("Dashed: the exact posterior mean.");
  return _ ("Dashed: the exact posterior mean. One sample is farther away than the mean of many.");
}

/* What the plot cannot say by itself; NULL: nothing. */
static char *
dup_remark (ExplorerComparePicture *self)
{
  const PisdTrack *track = explorer_comparison_get_track (self->model, EXPLORER_PLAN_AS_SET);
  const char *dashed = get_dashed_remark (self);
  g_autofree char *mean = NULL;

  if (track == NULL || !is_mean_of_many (track) || !(track->ends[self->drawn.field] > 0.0))
    return g_strdup (dashed);
  mean = g_strdup_printf (
      has_other_prior (self)
          ? _ ("Both priors: one sample, dot: mean of %u. CRPS: how far all samples are away.")
          : _ ("As set: one sample, dot: mean of %u."),
      track->scenario->settings.samples);
  return dashed == NULL ? g_steal_pointer (&mean) : g_strconcat (mean, " ", dashed, NULL);
}

const PisdComparison *
explorer_compare_picture_update (ExplorerComparePicture *self)
{
  add_truth (self);
  add_planned (self, EXPLORER_PLAN_AS_SET);
  add_planned (self, EXPLORER_PLAN_OTHER_PRIOR); /* the two stand side by side */
  for (guint m = 0; m < PISD_N_GUIDANCES; m++)
    add_planned (self, EXPLORER_PLAN_PRESET (m));
  for (guint f = 0; f < self->drawn.n_fields; f++)
    self->drawn.limits[f] = find_limit (self, f);
  g_free (self->remark);
  self->drawn.remark = self->remark = dup_remark (self);
  self->drawn.fraction = self->fraction < 1.0 ? self->fraction : NAN;
  return &self->drawn;
}

/* Where they differ from the set-up as it is. */
static char *
dup_presets (ExplorerComparePicture *self)
{
  const ExplorerPlan *plan = explorer_comparison_get_plan (self->model);
  const PisdSettings *settings = &plan->scenario->settings;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, plan->seed);

  if (plan->seed == settings->seed && plan->samples == settings->samples)
    return g_strdup ("");
  return g_strdup_printf (_ (" · presets: mean of %u, seed %s"), plan->samples, seed);
}

char *
explorer_compare_picture_dup_caption (ExplorerComparePicture *self)
{
  const PisdScenario *scenario = get_scenario (self);
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);
  g_autofree char *sensors = pisd_name_dup_sensors (scenario);
  g_autofree char *run = NULL;
  g_autofree char *presets = dup_presets (self);
  PisdName name;

  pisd_name_init (&name, &scenario->settings);
  name.n_samples = scenario->settings.samples;
  run = pisd_name_dup (&name);
  /* Translators: equation, sensors, name of a run, what is different with the presets */
  return g_strdup_printf (_ ("%s %s · %s · as set: %s%s"), _ (info->title), info->equation, sensors,
                          run, presets);
}

PisdComparison *
explorer_compare_picture_dup (ExplorerComparePicture *self)
{
  PisdComparison drawn = *explorer_compare_picture_update (self);
  g_autofree char *caption = explorer_compare_picture_dup_caption (self);

  drawn.caption = caption;
  return pisd_comparison_dup (&drawn);
}
