#include "explorer-runs-picture.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-color-range.h"
#include "pisd-name.h"

/* Colours reach at most so far beyond the truth. */
#define MOST_HEADROOM 1.3

/* The fields of a run at a step, kept as long as both are shown. */
typedef struct
{
  guint id; /* of the run; 0: nothing is kept */
  guint step;
  gboolean is_end;                    /* what the run came to, and not its estimate at the step */
  PisdField *fields[PISD_MAX_FIELDS]; /* with all their frames; NULL: not there */
} Decoded;

/* What one column is drawn with. */
typedef struct
{
  Decoded decoded;
  PisdField shown[PISD_MAX_FIELDS]; /* the frames that are shown: they borrow */
  char *title, *detail, *number;
  double *errors; /* [steps] */
} Column;

struct _ExplorerRunsPicture
{
  ExplorerSession *session; /* borrowed */
  PisdComparison drawn;
  PisdField truth[PISD_MAX_FIELDS]; /* at the moment shown: they borrow */
  char *n_sensors;
  Column columns[EXPLORER_RUNS_MOST];
};

static void
decoded_clear (Decoded *decoded)
{
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    g_clear_pointer (&decoded->fields[f], pisd_field_free);
  decoded->id = 0;
}

/* All but the fields. */
static void
column_clear (Column *column)
{
  g_clear_pointer (&column->title, g_free);
  g_clear_pointer (&column->detail, g_free);
  g_clear_pointer (&column->number, g_free);
  g_clear_pointer (&column->errors, g_free);
}

ExplorerRunsPicture *
explorer_runs_picture_new (ExplorerSession *session)
{
  ExplorerRunsPicture *self = g_new0 (ExplorerRunsPicture, 1);

  self->session = session;
  self->drawn.map = PISD_COLORMAP_DIVERGING;
  self->drawn.axis = PISD_COMPARISON_FRACTION;
  return self;
}

void
explorer_runs_picture_free (ExplorerRunsPicture *self)
{
  if (self == NULL)
    return;
  for (guint c = 0; c < EXPLORER_RUNS_MOST; c++)
    {
      column_clear (&self->columns[c]);
      decoded_clear (&self->columns[c].decoded);
    }
  g_free (self->n_sensors);
  g_free (self);
}

static void
begin (ExplorerRunsPicture *self, double fraction, double t)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const PisdOperator *info = pisd_operator_get (scenario->settings.problem);

  self->drawn.n_fields = info->n_fields;
  self->drawn.fields = info->fields;
  self->drawn.sensors = scenario->sensors;
  self->drawn.fraction = fraction;
  self->drawn.field =
      pisd_scenario_get_task (scenario) == PISD_TASK_FORWARD ? info->n_fields - 1 : 0;
  self->drawn.plot_note =
      scenario->instance != NULL
          ? NULL
          : _ ("The truth behind these sensors is not known, so there are no errors to plot.");
  for (guint f = 0; f < info->n_fields; f++)
    self->drawn.frames[f] = pisd_field_info_find_frame (&info->fields[f], t);
}

static void
add_truth (ExplorerRunsPicture *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
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
      self->truth[f] = pisd_field_get_frame (
          pisd_instance_get_field (scenario->instance, self->drawn.fields[f].id),
          self->drawn.frames[f]);
      column->fields[f] = &self->truth[f];
    }
  self->drawn.n_columns = 1;
}

static double *
collect_errors (const ExplorerRun *run, guint field, guint n)
{
  double *errors = g_new (double, n + 1);

  for (guint k = 0; k < n; k++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (explorer_job_get_channel (run->job), k);

      errors[k] = frame == NULL ? NAN : frame->errors[field];
    }
  return errors;
}

/* NULL: it is not there yet. */
static PisdField *
decode (const ExplorerRun *run, guint step, guint field, const PisdFieldInfo *info)
{
  g_autoptr (PisdField) out = pisd_field_info_new_field (info);

  return explorer_run_decode (run, step, field, out) ? g_steal_pointer (&out) : NULL;
}

/* Once for every run and step: another moment, edit or frame of another run changes nothing. */
static void
decode_all (const ExplorerRunsPicture *self, Decoded *decoded, const ExplorerRun *run, guint step)
{
  const gboolean is_end = explorer_run_get_end (run, step) != NULL;

  if (decoded->id == run->id && decoded->step == step && decoded->is_end == is_end)
    return;
  decoded_clear (decoded);
  for (guint f = 0; f < self->drawn.n_fields; f++)
    decoded->fields[f] = decode (run, step, f, &self->drawn.fields[f]);
  decoded->id = decoded->fields[0] != NULL ? run->id : 0;
  decoded->step = step;
  decoded->is_end = is_end;
}

static void
fill_fields (ExplorerRunsPicture *self,
             Column *own,
             const ExplorerRun *run,
             guint step,
             PisdComparisonColumn *column)
{
  decode_all (self, &own->decoded, run, step);
  for (guint f = 0; f < self->drawn.n_fields; f++)
    if (own->decoded.fields[f] != NULL)
      {
        own->shown[f] = pisd_field_get_frame (own->decoded.fields[f], self->drawn.frames[f]);
        column->fields[f] = &own->shown[f];
      }
}

static void
add_run (ExplorerRunsPicture *self, const ExplorerRun *run)
{
  const guint index = self->drawn.n_columns - 1;
  const PisdSettings *settings = &explorer_run_get_scenario (run)->settings;
  const guint n = explorer_run_count_steps (run);
  const guint step = explorer_run_find_step (run, self->drawn.fraction);
  Column *own = &self->columns[index];
  PisdComparisonColumn *column = &self->drawn.columns[index + 1];
  double error;

  own->errors = collect_errors (run, self->drawn.field, n);
  error = n == 0 || explorer_run_get_end (run, step) != NULL
              ? explorer_run_get_error (run, self->drawn.field)
              : own->errors[step];
  own->title =
      g_strdup_printf (_ ("Run %u: %s"), run->id, pisd_name_get_method (settings->guidance));
  own->detail = n == 0 ? NULL : g_strdup_printf (_ ("step %u / %u"), step, settings->steps);
  own->number = isnan (error) ? NULL : pisd_comparison_dup_percent (error);
  *column = (PisdComparisonColumn){ .title = own->title,
                                    .detail = own->detail,
                                    .number = own->number,
                                    .note = _ ("Nothing yet"),
                                    .ink = (int) index,
                                    .n_steps = settings->steps,
                                    .stages = pisd_method_get_sampler (settings->sampler)->n_stages,
                                    .n_known = n,
                                    .errors = own->errors,
                                    .level = n == 0 ? error : NAN,
                                    .dashed = n == 0 };
  fill_fields (self, own, run, step, column);
  self->drawn.n_columns++;
}

/* One value, one colour in all columns. */
static double
find_limit (ExplorerRunsPicture *self, guint field)
{
  const double truth = pisd_field_get_largest (self->drawn.columns[0].fields[field]);
  double largest = 0.0;

  for (guint c = 1; c < self->drawn.n_columns; c++)
    largest = MAX (largest, pisd_field_get_largest (self->drawn.columns[c].fields[field]));
  return truth > 0.0 ? pisd_color_limit (truth, largest, MOST_HEADROOM) : largest;
}

const PisdComparison *
explorer_runs_picture_update (ExplorerRunsPicture *self,
                              const guint *ids,
                              guint n,
                              double fraction,
                              double t)
{
  for (guint c = 0; c < EXPLORER_RUNS_MOST; c++)
    column_clear (&self->columns[c]);
  begin (self, fraction, t);
  add_truth (self);
  for (guint k = 0; k < n && self->drawn.n_columns <= EXPLORER_RUNS_MOST; k++)
    {
      const ExplorerRun *run = explorer_session_find_run (self->session, ids[k]);

      if (run != NULL && explorer_session_shares_equation (self->session, run))
        add_run (self, run);
    }
  for (guint c = self->drawn.n_columns - 1; c < EXPLORER_RUNS_MOST; c++)
    decoded_clear (&self->columns[c].decoded);
  for (guint f = 0; f < self->drawn.n_fields; f++)
    self->drawn.limits[f] = find_limit (self, f);
  return &self->drawn;
}
