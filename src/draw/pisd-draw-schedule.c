#include "pisd-draw-schedule.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Measures at scale 1. */
static const double chosen_width = 2.1;
static const double other_width = 1.2;
static const double dot = 2.4;

/* More dots than these run into each other; all of them hide the area of churn. */
#define MOST_DOTS 30

/* The levels of one schedule, and where churn ends. */
typedef struct
{
  gboolean is_known; /* it has levels between the settings' ends */
  double *step;      /* [n] */
  double *level;     /* [n + 1] the last one is zero and not drawn */
  double *raised;    /* [n] */
} Levels;

static void
levels_clear (Levels *self)
{
  g_free (self->step);
  g_free (self->level);
  g_free (self->raised);
}

static void
levels_init (Levels *self, const PisdSettings *settings, PisdScheduleId id)
{
  const guint n = settings->steps;
  PisdSchedule schedule = pisd_settings_get_schedule (settings);
  double low, high;

  schedule.id = id;
  pisd_schedule_get_range (id, &low, &high);
  *self = (Levels){ low < schedule.sigma_max && schedule.sigma_min < high, g_new (double, n),
                    g_new (double, n + 1), g_new (double, n) };
  pisd_schedule_fill (&schedule, n, self->level);
  for (guint i = 0; i < n; i++)
    {
      self->step[i] = i;
      self->raised[i] = pisd_churn_raise (&settings->churn, n, self->level[i]);
    }
}

/* Every schedule has a pattern of its own, the chosen one colour and weight. */
static PisdLine
get_line (const PisdPalette *palette, PisdScheduleId id, gboolean is_chosen)
{
  static const double dashes[PISD_N_SCHEDULES] = {
    [PISD_SCHEDULE_LINEAR] = 6.0,
    [PISD_SCHEDULE_COSINE] = 2.0,
  };

  return (PisdLine){ is_chosen ? palette->accent : palette->faint,
                     (is_chosen ? chosen_width : other_width) * palette->weight, dashes[id],
                     dashes[id] > 0.0 ? 3.0 : 0.0 };
}

static void
fill_series (PisdSeries *series,
             const Levels *levels,
             const PisdSettings *settings,
             const PisdPalette *palette,
             PisdScheduleId id)
{
  const gboolean is_chosen = settings->schedule == id;
  const gboolean is_churned = is_chosen
                              && pisd_settings_use_sampler (settings, PISD_SAMPLER_USES_CHURN)
                              && settings->churn.amount > 0.0;
  const gboolean has_dots = is_chosen && !is_churned && settings->steps <= MOST_DOTS;

  *series = (PisdSeries){ .title = _ (pisd_method_get_schedule (id)->choice.title),
                          .n = levels->is_known ? settings->steps : 0,
                          .x = levels->step,
                          .y = levels->level,
                          .low = is_churned ? levels->level : NULL,
                          .high = is_churned ? levels->raised : NULL,
                          .line = get_line (palette, id, is_chosen),
                          .marker = has_dots ? dot : 0.0 };
}

void
pisd_draw_schedules (cairo_t *cr,
                     const PisdBox *box,
                     const PisdPalette *palette,
                     const PisdSettings *settings,
                     double type)
{
  Levels levels[PISD_N_SCHEDULES];
  PisdSeries series[PISD_N_SCHEDULES];
  PisdGraph graph = {
    .x = { _ ("step"), FALSE, 0.0, 0.0, 0.0, pisd_label_dup_plain },
    .y = { "σ", TRUE, 0.0, 0.0, 0.0, pisd_label_dup_plain },
    .n_series = PISD_N_SCHEDULES,
    .series = series,
    .mark = NAN,
  };

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && settings != NULL);

  for (guint id = 0; id < PISD_N_SCHEDULES; id++)
    {
      levels_init (&levels[id], settings, id);
      fill_series (&series[id], &levels[id], settings, palette, id);
    }
  graph.x.high = MAX (settings->steps - 1, 1);
  pisd_draw_graph_at (cr, box, palette, &graph, type, NAN);
  for (guint id = 0; id < PISD_N_SCHEDULES; id++)
    levels_clear (&levels[id]);
}
