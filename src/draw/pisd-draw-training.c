#include "pisd-draw-training.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-draw-text.h"
#include "pisd-draw-training-series.h"
#include "pisd-growth.h"

/* More points than that are not seen in a chart. */
#define MOST_POINTS 700

typedef struct
{
  const char *title;
  gboolean log_y;
  guint measure; /* of a row, for those that have one */
} Row;

static const Row rows[PISD_TRAINING_N_CHARTS] = {
  [PISD_TRAINING_LOSS] = { N_ ("Loss"), TRUE, PISD_MEASURE_LOSS },
  [PISD_TRAINING_NORM] = { N_ ("Norm of the parameters |θ|"), FALSE, PISD_MEASURE_NORM },
  [PISD_TRAINING_GRADIENT] = { N_ ("Norm of the gradient"), TRUE, PISD_MEASURE_GRADIENT },
  [PISD_TRAINING_LAYERS] = { N_ ("Norm of each layer"), FALSE },
  [PISD_TRAINING_PATH] = { N_ ("Loss against norm"), TRUE },
  [PISD_TRAINING_GROWTH] = { N_ ("Norm beside ln t and √t"), FALSE },
  [PISD_TRAINING_DIRECTION] = { N_ ("Direction θ/|θ|: 1 − cosine to the newest"), TRUE },
};

const char *
pisd_training_chart_get_title (PisdTrainingChart chart)
{
  g_return_val_if_fail (chart < PISD_TRAINING_N_CHARTS, NULL);

  return _ (rows[chart].title);
}

static double
get_x (const PisdTrainingCourses *courses, const PisdRegressionRow *row)
{
  return courses->in_time ? row->time : row->step;
}

/* Rows of a log that are drawn: every `stride`-th and those with all numbers. */
static guint
get_stride (guint n_rows)
{
  return MAX (n_rows / MOST_POINTS, 1);
}

/* One run's measure over the axis; points without a number are left out. */
static guint
fill_line (const PisdTrainingCourses *courses,
           const PisdRegressionLog *log,
           guint measure,
           double *x,
           double *y)
{
  guint stride = measure == PISD_MEASURE_LOSS || measure == PISD_MEASURE_GRADIENT
                     ? 1
                     : get_stride (log->rows->len);
  guint n = 0;

  for (guint i = 0; i < log->rows->len; i++)
    {
      const PisdRegressionRow *row = pisd_regression_log_get_row (log, i);
      double value = pisd_regression_row_get (row, measure);

      if (isnan (value) || (i % stride != 0 && i + 1 < log->rows->len))
        continue;
      x[n] = get_x (courses, row);
      y[n++] = value;
    }
  return n;
}

static void
add_line (PisdTrainingSeries *self,
          const PisdTrainingCourses *courses,
          guint run,
          guint measure,
          const char *title,
          PisdLine line)
{
  const PisdRegressionLog *log = courses->logs[run];
  double *x = g_new (double, log->rows->len + 1), *y = g_new (double, log->rows->len + 1);
  guint n = fill_line (courses, log, measure, x, y);

  pisd_training_series_take (self, title, n, x, y, line);
}

/* The runs of a group; returns how many. */
static guint
find_members (const PisdTrainingCourses *courses, guint group, guint *members)
{
  guint n = 0;

  for (guint k = 0; k < courses->n_runs; k++)
    if (courses->groups[k] == group)
      members[n++] = k;
  return n;
}

/* Rows of all members at the same steps, as far as the slowest has come. */
static void
add_band (PisdTrainingSeries *self,
          const PisdTrainingCourses *courses,
          const guint *members,
          guint n_members,
          guint measure,
          const char *title,
          PisdLine line)
{
  g_autofree double **curves = g_new (double *, n_members);
  guint n = G_MAXUINT;
  double *x;

  for (guint c = 0; c < n_members; c++)
    n = MIN (n, courses->logs[members[c]]->rows->len);
  x = g_new (double, n + 1);
  for (guint c = 0; c < n_members; c++)
    {
      curves[c] = g_new (double, n + 1);
      for (guint i = 0; i < n; i++)
        curves[c][i] = pisd_regression_row_get (
            pisd_regression_log_get_row (courses->logs[members[c]], i), measure);
    }
  for (guint i = 0; i < n; i++)
    x[i] = get_x (courses, pisd_regression_log_get_row (courses->logs[members[0]], i));
  pisd_training_series_take_band (self, title, n, x, n_members, (const double *const *) curves,
                                  line);
  for (guint c = 0; c < n_members; c++)
    g_free (curves[c]);
}

static void
add_groups (PisdTrainingSeries *self,
            const PisdTrainingCourses *courses,
            const PisdPalette *palette,
            guint measure)
{
  g_autofree guint *members = g_new (guint, courses->n_runs);

  for (guint g = 0; g < courses->n_groups; g++)
    {
      PisdLine line = pisd_training_series_get_line (palette, g);
      guint n = find_members (courses, g, members);

      if (n > 1 && !courses->in_time)
        add_band (self, courses, members, n, measure, courses->titles[g], line);
      for (guint c = 0; c < n && (n == 1 || courses->in_time); c++)
        add_line (self, courses, members[c], measure, c == 0 ? courses->titles[g] : NULL, line);
    }
}

static void
add_paths (PisdTrainingSeries *self, const PisdTrainingCourses *courses, const PisdPalette *palette)
{
  g_autofree gboolean *named = g_new0 (gboolean, courses->n_groups);

  for (guint k = 0; k < courses->n_runs; k++)
    {
      const PisdRegressionLog *log = courses->logs[k];
      double *x = g_new (double, log->rows->len + 1), *y = g_new (double, log->rows->len + 1);
      guint group = courses->groups[k], n = 0;

      for (guint i = 0; i < log->rows->len; i++)
        {
          const PisdRegressionRow *row = pisd_regression_log_get_row (log, i);

          x[n] = row->norm;
          y[n] = row->loss;
          n += !isnan (row->loss);
        }
      pisd_training_series_take (self, named[group] ? NULL : courses->titles[group], n, x, y,
                                 pisd_training_series_get_line (palette, group));
      named[group] = TRUE;
    }
}

static void
add_layers (PisdTrainingSeries *self,
            const PisdTrainingCourses *courses,
            const PisdPalette *palette,
            GPtrArray *titles)
{
  for (guint l = 0; l < courses->logs[courses->watched]->n_layers; l++)
    {
      char *title = g_strdup_printf (_ ("layer %u"), l + 1);

      g_ptr_array_add (titles, title);
      add_line (self, courses, courses->watched, PISD_MEASURE_LAYER + l, title,
                pisd_training_series_get_line (palette, l));
    }
}

/* The laws over the part of the axis that they were fitted to, and before it. */
static void
add_laws (PisdTrainingSeries *self, const PisdTrainingCourses *courses, const PisdPalette *palette)
{
  static double (*const laws[]) (const PisdGrowth *, double) = { pisd_growth_get_log,
                                                                 pisd_growth_get_root };
  static const char *const titles[] = { "a + b ln t", "a + b √t" };
  const PisdRegressionLog *log = courses->logs[courses->watched];
  PisdGrowth growth;

  pisd_growth_init (&growth, log);
  add_line (self, courses, courses->watched, PISD_MEASURE_NORM, "|θ|",
            pisd_training_series_get_line (palette, courses->groups[courses->watched]));
  for (guint k = 0; k < G_N_ELEMENTS (laws) && growth.n_rows > 2; k++)
    {
      PisdLine line = { k == 0 ? palette->text : palette->faint, 1.4, 4.0, 3.0 };
      double *x = g_new (double, log->rows->len), *y = g_new (double, log->rows->len);
      guint n = 0;

      for (guint i = 0; i < log->rows->len; i++)
        {
          const PisdRegressionRow *row = pisd_regression_log_get_row (log, i);

          if (row->time < 0.3 * growth.begin)
            continue;
          x[n] = get_x (courses, row);
          y[n++] = laws[k](&growth, row->time);
        }
      pisd_training_series_take (self, titles[k], n, x, y, line);
    }
}

static void
add_direction (PisdTrainingSeries *self,
               const PisdTrainingCourses *courses,
               const PisdPalette *palette)
{
  const PisdRegressionLog *log = courses->logs[courses->watched];
  guint n = 0;
  double *x = g_new (double, log->snapshots->len + 1), *y = g_new (double, log->snapshots->len + 1);

  for (guint k = 0; k + 1 < log->snapshots->len; k++)
    {
      x[n] =
          get_x (courses, pisd_regression_log_get_row (log, g_array_index (log->places, guint, k)));
      y[n] = pisd_regression_log_get_turn (log, k);
      n += y[n] > 0.0;
    }
  pisd_training_series_take (
      self, NULL, n, x, y,
      pisd_training_series_get_line (palette, courses->groups[courses->watched]));
}

static void
add_series (PisdTrainingSeries *self,
            const PisdTrainingCourses *courses,
            const PisdPalette *palette,
            PisdTrainingChart chart,
            GPtrArray *titles)
{
  switch (chart)
    {
    case PISD_TRAINING_LAYERS:
      add_layers (self, courses, palette, titles);
      return;
    case PISD_TRAINING_PATH:
      add_paths (self, courses, palette);
      return;
    case PISD_TRAINING_GROWTH:
      add_laws (self, courses, palette);
      return;
    case PISD_TRAINING_DIRECTION:
      add_direction (self, courses, palette);
      return;
    default:
      add_groups (self, courses, palette, rows[chart].measure);
    }
}

static char *
dup_step (double step)
{
  return g_strdup_printf (_ ("step %.0f"), step);
}

/* "100k": numbers of steps have to fit below small charts. */
static char *
dup_step_label (double step)
{
  if (step >= 1e6)
    return g_strdup_printf ("%gM", step / 1e6);
  if (step >= 1e4)
    return g_strdup_printf ("%gk", step / 1e3);
  return pisd_label_dup_plain (step);
}

static char *
dup_time (double t)
{
  g_autofree char *number = pisd_number_dup_markup (t);

  return g_strconcat ("t = ", number, NULL);
}

static char *
dup_norm (double norm)
{
  g_autofree char *number = pisd_number_dup_markup (norm);

  return g_strconcat ("|θ| = ", number, NULL);
}

static PisdGraphAxis
get_axis (const PisdTrainingCourses *courses, PisdTrainingChart chart)
{
  if (chart == PISD_TRAINING_PATH)
    return (PisdGraphAxis){ "|θ|", FALSE, .dup_label = pisd_label_dup_plain,
                            .dup_value = dup_norm };
  return (PisdGraphAxis){ courses->in_time ? _ ("time of the flow") : _ ("steps"),
                          courses->logarithmic,
                          .dup_label = courses->in_time ? pisd_label_dup_plain : dup_step_label,
                          .dup_value = courses->in_time ? dup_time : dup_step };
}

/* x: NaN: the chart; else its read-out there. */
static void
draw (cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      const PisdTrainingCourses *courses,
      PisdTrainingChart chart,
      double type,
      double x)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_auto (PisdTrainingSeries) series = { NULL };
  PisdGraph graph = { .mark = NAN, .note = courses->note };

  pisd_training_series_init (&series);
  if (courses->n_runs > 0)
    add_series (&series, courses, palette, chart, titles);
  graph.x = get_axis (courses, chart);
  graph.y = (PisdGraphAxis){ "", rows[chart].log_y, .dup_label = pisd_label_dup_plain,
                             .dup_value = pisd_number_dup_markup };
  graph.n_series = series.series->len;
  graph.series = (const PisdSeries *) (gpointer) series.series->data;
  if (chart != PISD_TRAINING_PATH)
    {
      graph.n_flags = courses->n_flags;
      graph.flags = courses->flags;
      graph.flag_title = courses->n_flags > 0 ? _ ("rate changed") : NULL;
    }
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
pisd_draw_training_chart (cairo_t *cr,
                          const PisdBox *box,
                          const PisdPalette *palette,
                          const PisdTrainingCourses *courses,
                          PisdTrainingChart chart,
                          double type)
{
  g_return_if_fail (chart < PISD_TRAINING_N_CHARTS);
  draw (cr, box, palette, courses, chart, type, NAN);
}

void
pisd_draw_training_chart_readout (cairo_t *cr,
                                  const PisdBox *box,
                                  const PisdPalette *palette,
                                  const PisdTrainingCourses *courses,
                                  PisdTrainingChart chart,
                                  double type,
                                  double x)
{
  g_return_if_fail (chart < PISD_TRAINING_N_CHARTS);
  draw (cr, box, palette, courses, chart, type, x);
}
