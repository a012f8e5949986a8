#include "pisd-draw-training-look.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-regression-view.h"

/* Colours go that part of the target's range beyond it, so that small errors have colours, too. */
#define MARGIN 0.05

/* Panels. */
enum
{
  LEARNED,
  TARGET,
  ERROR
};

struct _PisdTrainingLook
{
  const PisdRegressionRuns *runs;
  PisdRegressionView *view;
  const char *titles[PISD_N_ACTIVATIONS];
  PisdTrainingCourses courses;
  PisdTrainingFunction function;
  double *values[PISD_GROUP_MAX_RUNS]; /* [n] of each run on a line; NULL: not yet known */
  GBytes *seen[PISD_GROUP_MAX_RUNS];   /* the snapshots that they, or the panels, are of */
  double *flags;
  gboolean is_grid;
  PisdField *fields[PISD_TRAINING_PANELS];
  PisdPanel panels[PISD_TRAINING_PANELS];
};

static void
prepare_panels (PisdTrainingLook *self)
{
  static const char *const titles[] = { N_ ("Function"), N_ ("Target"), N_ ("Error") };
  guint side = pisd_regression_view_get_side (self->view);
  const double *target = pisd_regression_view_get_target (self->view);
  double low, high;

  for (guint k = 0; k < PISD_TRAINING_PANELS; k++)
    {
      self->fields[k] = pisd_field_new (side, side);
      self->panels[k] =
          (PisdPanel){ .title = _ (titles[k]),
                       .field = self->fields[k],
                       .map = k == ERROR ? PISD_COLORMAP_DIVERGING : PISD_COLORMAP_VIRIDIS };
    }
  for (guint i = 0; i < side * side; i++)
    self->fields[TARGET]->data[i] = target[i];
  pisd_field_get_range (self->fields[TARGET], &low, &high);
  self->panels[LEARNED].min = self->panels[TARGET].min = low - MARGIN * (high - low);
  self->panels[LEARNED].max = self->panels[TARGET].max = high + MARGIN * (high - low);
  self->panels[LEARNED].field = NULL;
  self->panels[ERROR].field = NULL;
}

static void
prepare_function (PisdTrainingLook *self)
{
  self->function = (PisdTrainingFunction){
    .n = pisd_regression_view_get_n (self->view),
    .x = pisd_regression_view_get_places (self->view),
    .target = pisd_regression_view_get_target (self->view),
    .x_title = self->runs->plans[0]->widths[0] == 1 ? "x" : _ ("x₁ = x₂ = … (the diagonal)"),
    .n_groups = self->runs->n_groups,
    .titles = self->titles,
    .n_runs = self->runs->n_runs,
    .values = (const double *const *) self->values,
    .groups = self->runs->groups,
  };
}

PisdTrainingLook *
pisd_training_look_new (const PisdRegressionRuns *runs)
{
  PisdTrainingLook *self = g_new0 (PisdTrainingLook, 1);

  self->runs = runs;
  self->view = pisd_regression_view_new (runs->plans[0]);
  self->is_grid = pisd_regression_view_is_grid (self->view);
  for (guint g = 0; g < runs->n_groups; g++)
    self->titles[g] = _ (pisd_activation_get_traits (runs->activations[g])->title);
  self->courses = (PisdTrainingCourses){
    .n_groups = runs->n_groups,
    .titles = self->titles,
    .groups = runs->groups,
    .in_time = runs->plans[0]->method == PISD_DESCENT_FLOW,
  };
  if (self->is_grid)
    prepare_panels (self);
  else
    prepare_function (self);
  return self;
}

void
pisd_training_look_free (PisdTrainingLook *self)
{
  if (self == NULL)
    return;
  pisd_regression_view_free (self->view);
  for (guint k = 0; k < PISD_GROUP_MAX_RUNS; k++)
    {
      g_free (self->values[k]);
      g_clear_pointer (&self->seen[k], g_bytes_unref);
    }
  for (guint k = 0; k < PISD_TRAINING_PANELS; k++)
    pisd_field_free (self->fields[k]);
  g_free (self->flags);
  g_free (self);
}

void
pisd_training_look_watch (PisdTrainingLook *self, guint run)
{
  g_return_if_fail (run < self->runs->n_runs);

  self->courses.watched = run;
  if (self->is_grid)
    g_clear_pointer (&self->seen[run], g_bytes_unref);
}

void
pisd_training_look_set_logarithmic (PisdTrainingLook *self, gboolean logarithmic)
{
  self->courses.logarithmic = logarithmic;
}

void
pisd_training_look_set_flags (PisdTrainingLook *self, guint n, const double *flags)
{
  g_free (self->flags);
  self->flags = g_memdup2 (flags, n * sizeof (double));
  self->courses.n_flags = n;
  self->courses.flags = self->flags;
}

/* NULL: none yet, or nothing new. */
static const double *
get_news (PisdTrainingLook *self, const PisdRegressionLog *log, guint run)
{
  GBytes *last;

  if (log->snapshots->len == 0)
    return NULL;
  last = g_ptr_array_index (log->snapshots, log->snapshots->len - 1);
  if (self->seen[run] == last)
    return NULL;
  g_clear_pointer (&self->seen[run], g_bytes_unref);
  self->seen[run] = g_bytes_ref (last);
  return g_bytes_get_data (last, NULL);
}

static void
update_line (PisdTrainingLook *self, const PisdRegressionLog *log, guint run)
{
  const double *parameters = get_news (self, log, run);

  if (parameters == NULL)
    return;
  if (self->values[run] == NULL)
    self->values[run] = g_new (double, self->function.n);
  pisd_regression_view_evaluate (self->view, self->runs->plans[run]->activation, parameters,
                                 self->values[run]);
}

/* The errors' range is symmetric about 0. */
static void
update_panels (PisdTrainingLook *self, const PisdRegressionLog *log)
{
  guint run = self->courses.watched;
  const double *parameters = get_news (self, log, run);
  double limit;

  if (parameters == NULL)
    return;
  pisd_regression_view_evaluate (self->view, self->runs->plans[run]->activation, parameters,
                                 self->fields[LEARNED]->data);
  for (gsize i = 0; i < pisd_field_get_n (self->fields[ERROR]); i++)
    self->fields[ERROR]->data[i] = self->fields[LEARNED]->data[i] - self->fields[TARGET]->data[i];
  limit = pisd_field_get_largest (self->fields[ERROR]);
  self->panels[ERROR].min = -limit;
  self->panels[ERROR].max = limit;
  self->panels[LEARNED].field = self->fields[LEARNED];
  self->panels[ERROR].field = self->fields[ERROR];
}

void
pisd_training_look_update (PisdTrainingLook *self, const PisdRegressionLog *const *logs)
{
  self->courses.n_runs = self->runs->n_runs;
  self->courses.logs = logs;
  if (self->is_grid)
    update_panels (self, logs[self->courses.watched]);
  for (guint k = 0; k < self->runs->n_runs && !self->is_grid; k++)
    update_line (self, logs[k], k);
}

const PisdTrainingCourses *
pisd_training_look_get_courses (const PisdTrainingLook *self)
{
  return &self->courses;
}

const PisdTrainingFunction *
pisd_training_look_get_function (const PisdTrainingLook *self)
{
  return self->is_grid ? NULL : &self->function;
}

const PisdPanel *
pisd_training_look_get_panels (const PisdTrainingLook *self)
{
  return self->is_grid ? self->panels : NULL;
}
