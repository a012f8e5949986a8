#include "explorer-export.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "explorer-number.h"
#include "pisd-draw-animation.h"
#include "pisd-draw-figure.h"
#include "pisd-draw-save.h"
#include "pisd-error.h"
#include "pisd-report.h"
#include "pisd-scenario-save.h"
#include "pisd-sensors-csv.h"

/* How long a film shows each of its figures, and the last one. */
#define SECONDS_A_MOMENT 0.5
#define SECONDS_A_STEP 0.1
#define LAST_SECONDS 2.0

/* Figures of a film along the steps. */
#define MOST_STEPS 40

typedef struct
{
  ExplorerSession *session;
  ExplorerViewGrid *grid;
  ExplorerTimeline *timeline;
  const PisdPalette *palette;
} Context;

struct _ExplorerSaving
{
  ExplorerExport kind;
  PisdCancel *cancel; /* of a film, else NULL */
  GPtrArray *figures; /* of a picture, or of a film */
  double seconds;     /* of a film, a figure */
  const PisdPalette *palette;
  ExplorerJob *job;       /* of a result */
  char *name;             /* of the same */
  PisdScenario *scenario; /* of itself, of its sensors, or what a picture carries */
  PisdPaper paper;        /* of a picture */
};

/* The step that the views show, or NULL. */
static const PisdFrame *
get_shown_frame (const Context *context)
{
  return explorer_view_grid_is_frame_shown (context->grid)
             ? explorer_view_grid_get_frame (context->grid)
             : NULL;
}

static void
append_step (GString *caption, const PisdFrame *frame)
{
  g_autofree char *sigma = explorer_number_format_digits (frame->sigma, 3);

  g_string_append_printf (caption, _ (" · step %u of %u, σ %s"), frame->step, frame->n_steps,
                          sigma);
}

static void
append_errors (GString *caption, ExplorerViewGrid *grid, const PisdOperator *problem)
{
  double errors[PISD_MAX_FIELDS];

  explorer_view_grid_get_errors (grid, errors);
  for (guint k = 0; k < problem->n_fields; k++)
    if (!isnan (errors[k]))
      {
        const PisdFieldInfo *info = &problem->fields[k];
        g_autofree char *percent = explorer_number_format_percent (errors[k]);
        g_autofree char *symbol = pisd_field_info_dup_symbol (info, info->n_frames - 1);

        g_string_append_printf (caption, _ (" · error of %s %s"), symbol, percent);
      }
}

/* "PISD, 300 steps, seed 1 · weights: a 5, equation 1", of what is shown. */
static void
append_name (GString *caption, const Context *context)
{
  const char *name = explorer_view_grid_get_name (context->grid);
  const char *mark = explorer_view_grid_get_mark (context->grid);
  g_autofree char *weights = explorer_view_grid_dup_weights (context->grid);

  if (name != NULL)
    g_string_append_printf (caption, " · %s", name);
  if (weights != NULL)
    g_string_append_printf (caption, " · %s", weights);
  if (mark != NULL)
    g_string_append_printf (caption, " (%s)", mark);
}

/* "Poisson ∆u = a · 500 sensors (a 500, u 0) · PISD, 300 steps, seed 1 · weights: a 5, equation 1 ·
 * step 300 of 300, σ 0 · error of a 2.1 %" */
static char *
dup_caption (const Context *context)
{
  const PisdScenario *scenario = explorer_session_get_scenario (context->session);
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  const PisdFrame *frame = get_shown_frame (context);
  g_autofree char *sensors = pisd_name_dup_sensors (scenario);
  GString *caption = g_string_new (NULL);

  g_string_append_printf (caption, "%s %s · %s", _ (problem->title), problem->equation, sensors);
  append_name (caption, context);
  if (frame != NULL)
    append_step (caption, frame);
  append_errors (caption, context->grid, problem);
  return g_string_free (caption, FALSE);
}

/* What is shown now; `curves`: with those of the run. */
static void
add_figure (const Context *context, gboolean curves, ExplorerSaving *saving)
{
  g_autofree char *caption = NULL;
  const PisdFrame *frame = get_shown_frame (context);
  PisdPanel panels[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  PisdFigure figure = { .panels = panels,
                        .curves = curves ? explorer_timeline_get_curves (context->timeline) : NULL,
                        .step = frame != NULL ? (int) frame->step : -1 };

  explorer_view_grid_get_panels (context->grid, panels, &figure.n_rows, &figure.n_columns);
  figure.caption = caption = dup_caption (context); /* with the mark that the panels have */
  g_ptr_array_add (saving->figures, pisd_figure_dup (&figure));
}

static gboolean
take_picture (const Context *context, ExplorerSaving *saving, GError **error)
{
  add_figure (context, TRUE, saving);
  saving->scenario = explorer_view_grid_dup_setup (context->grid);
  return TRUE;
}

static gboolean
write_picture (const ExplorerSaving *saving, const char *path, GError **error)
{
  g_auto (PisdPaper) paper = saving->paper;

  return pisd_draw_save_carry (path, saving->scenario, &paper, error)
         && pisd_draw_save_figure (path, &paper, saving->palette,
                                   g_ptr_array_index (saving->figures, 0), error);
}

/* The views go through all moments, before anything of it is drawn, and back to where they were. */
static gboolean
take_flow (const Context *context, ExplorerSaving *saving, GError **error)
{
  ExplorerFlow *flow = explorer_view_grid_get_flow (context->grid);
  const guint n = explorer_flow_get_info (flow)->n_frames, shown = explorer_flow_get_frame (flow);
  const gboolean playing = explorer_flow_is_playing (flow);

  for (guint k = 0; k < n; k++)
    {
      explorer_flow_select (flow, k);
      add_figure (context, FALSE, saving);
    }
  explorer_flow_select (flow, shown);
  explorer_flow_set_playing (flow, playing);
  saving->seconds = SECONDS_A_MOMENT;
  return TRUE;
}

/* Of a run of another equation the views show nothing. */
static guint
count_frames (const Context *context)
{
  return explorer_session_has_run (context->session)
             ? explorer_session_get_n_frames (context->session)
             : 0;
}

/* The views go through steps, of which a long run has too many for a film. */
static void
add_steps (const Context *context, guint n_frames, ExplorerSaving *saving)
{
  const guint n = MIN (n_frames, MOST_STEPS);

  for (guint k = 0; k < n; k++)
    {
      guint step = (guint) ((guint64) k * (n_frames - 1) / (n - 1));
      g_autoptr (PisdFrame) frame = explorer_session_dup_frame (context->session, step);

      explorer_view_grid_show_frame (context->grid, frame);
      add_figure (context, TRUE, saving);
    }
}

/* The live mean, which stands for all steps, stays away meanwhile. */
static gboolean
take_steps (const Context *context, ExplorerSaving *saving, GError **error)
{
  const PisdFrame *shown = explorer_view_grid_get_frame (context->grid);
  g_autoptr (PisdFrame) before = shown == NULL ? NULL : pisd_frame_ref ((PisdFrame *) shown);
  const gboolean live = explorer_view_grid_is_live (context->grid);
  const guint n_frames = count_frames (context);

  if (n_frames < 2)
    {
      g_set_error_literal (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                           _ ("There are no steps yet: let a run begin"));
      return FALSE;
    }
  explorer_view_grid_set_live (context->grid, FALSE);
  add_steps (context, n_frames, saving);
  explorer_view_grid_show_frame (context->grid, before);
  explorer_view_grid_set_live (context->grid, live);
  saving->seconds = SECONDS_A_STEP;
  return TRUE;
}

static PisdFigure *
make_figure (gpointer data, guint number, GError **error)
{
  return pisd_figure_dup (g_ptr_array_index ((GPtrArray *) data, number));
}

static gboolean
write_film (const ExplorerSaving *saving, const char *path, GError **error)
{
  const PisdFilm film = { .n_figures = saving->figures->len,
                          .seconds = saving->seconds,
                          .last_seconds = LAST_SECONDS,
                          .palette = saving->palette,
                          .make = make_figure,
                          .data = saving->figures };

  return pisd_draw_save_film (path, &film, saving->cancel, error);
}

static char *
dup_result_name (ExplorerSession *session)
{
  PisdName name, run;

  pisd_name_init_result (&name, explorer_session_get_result (session));
  if (explorer_session_get_run_name (session, &run))
    name.retuned = run.retuned;
  return pisd_name_dup (&name);
}

static gboolean
take_result (const Context *context, ExplorerSaving *saving, GError **error)
{
  saving->job = explorer_session_ref_job (context->session);
  if (saving->job != NULL)
    {
      saving->name = dup_result_name (context->session);
      return TRUE;
    }
  g_set_error_literal (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                       _ ("There is no result yet: let a run finish, or stop it"));
  return FALSE;
}

static gboolean
write_result (const ExplorerSaving *saving, const char *path, GError **error)
{
  return pisd_result_save_npz (explorer_job_get_result (saving->job),
                               explorer_job_get_scenario (saving->job)->sensors, saving->name, path,
                               error);
}

static gboolean
take_scenario (const Context *context, ExplorerSaving *saving, GError **error)
{
  saving->scenario = pisd_scenario_dup (explorer_session_get_scenario (context->session));
  return TRUE;
}

static gboolean
write_sensors (const ExplorerSaving *saving, const char *path, GError **error)
{
  return pisd_sensors_save_csv (saving->scenario->sensors, path, error);
}

static gboolean
write_scenario (const ExplorerSaving *saving, const char *path, GError **error)
{
  return pisd_scenario_save (saving->scenario, path, error);
}

static const struct
{
  const char *title, *name;
  const char *patterns[4];
  gboolean (*take) (const Context *context, ExplorerSaving *saving, GError **error);
  gboolean (*write) (const ExplorerSaving *saving, const char *path, GError **error);
} rows[EXPLORER_N_EXPORTS] = {
  [EXPLORER_EXPORT_PICTURE] = { N_ ("Save Picture"),
                                N_ ("fields.png"),
                                { "*.png", "*.svg", "*.pdf" },
                                take_picture,
                                write_picture },
  [EXPLORER_EXPORT_FLOW] = { N_ ("Save Animation in Time"),
                             N_ ("flow.gif"),
                             { "*.gif", "*.png" },
                             take_flow,
                             write_film },
  [EXPLORER_EXPORT_STEPS] = { N_ ("Save Animation of the Run"),
                              N_ ("run.gif"),
                              { "*.gif", "*.png" },
                              take_steps,
                              write_film },
  [EXPLORER_EXPORT_RESULT] = { N_ ("Save Result"),
                               N_ ("result.npz"),
                               { "*.npz", "*.mat", "*.npy" },
                               take_result,
                               write_result },
  [EXPLORER_EXPORT_SENSORS] = { N_ ("Save Sensors"),
                                N_ ("sensors.csv"),
                                { "*.csv" },
                                take_scenario,
                                write_sensors },
  [EXPLORER_EXPORT_SCENARIO] = { N_ ("Save Scenario"),
                                 N_ ("scenario.pisd"),
                                 { "*.pisd" },
                                 take_scenario,
                                 write_scenario },
};

char *
explorer_export_dup_caption (ExplorerSession *session, ExplorerViewGrid *grid)
{
  const Context context = { .session = session, .grid = grid };

  return dup_caption (&context);
}

const char *
explorer_export_get_title (ExplorerExport kind)
{
  g_return_val_if_fail (kind < EXPLORER_N_EXPORTS, NULL);
  return _ (rows[kind].title);
}

const char *
explorer_export_get_name (ExplorerExport kind)
{
  g_return_val_if_fail (kind < EXPLORER_N_EXPORTS, NULL);
  return _ (rows[kind].name);
}

const char *const *
explorer_export_get_patterns (ExplorerExport kind)
{
  g_return_val_if_fail (kind < EXPLORER_N_EXPORTS, NULL);
  return rows[kind].patterns;
}

/* The first pattern says which ending a name gets. */
char *
explorer_export_dup_path (ExplorerExport kind, const char *path)
{
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (kind < EXPLORER_N_EXPORTS && path != NULL, NULL);
  name = g_path_get_basename (path);
  if (rows[kind].write == write_sensors || rows[kind].write == write_scenario)
    return g_strdup (path);
  whole = g_strconcat (path, strchr (name, '.') == NULL ? rows[kind].patterns[0] + 1 : NULL, NULL);
  return rows[kind].write == write_film ? pisd_animation_dup_first (whole)
                                        : g_steal_pointer (&whole);
}

PisdCancel *
explorer_saving_get_cancel (const ExplorerSaving *saving)
{
  return saving->cancel;
}

ExplorerSaving *
explorer_saving_new (ExplorerExport kind,
                     ExplorerSession *session,
                     ExplorerViewGrid *grid,
                     ExplorerTimeline *timeline,
                     const PisdPalette *palette,
                     GError **error)
{
  const Context context = { session, grid, timeline, palette };
  g_autoptr (ExplorerSaving) saving = NULL;

  g_return_val_if_fail (kind < EXPLORER_N_EXPORTS, NULL);
  saving = g_new0 (ExplorerSaving, 1);
  saving->kind = kind;
  saving->cancel = rows[kind].write == write_film ? pisd_cancel_new () : NULL;
  saving->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_figure_free);
  saving->palette = palette;
  return rows[kind].take (&context, saving, error) ? g_steal_pointer (&saving) : NULL;
}

void
explorer_saving_set_paper (ExplorerSaving *saving, const PisdPaper *paper)
{
  saving->paper = *paper;
  saving->paper.setup = NULL;
}

void
explorer_saving_free (ExplorerSaving *saving)
{
  if (saving == NULL)
    return;
  pisd_cancel_unref (saving->cancel);
  g_ptr_array_unref (saving->figures);
  explorer_job_unref (saving->job);
  g_free (saving->name);
  pisd_scenario_free (saving->scenario);
  g_free (saving);
}

gboolean
explorer_saving_write (const ExplorerSaving *saving, const char *path, GError **error)
{
  return rows[saving->kind].write (saving, path, error);
}
