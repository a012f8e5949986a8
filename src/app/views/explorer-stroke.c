#include "explorer-stroke.h"

#include <math.h>
#include <stdlib.h>

#include "pisd-edit-sensors.h"

struct _ExplorerStroke
{
  ExplorerSession *session;
  ExplorerTool tool;
  PisdFieldId field;
  guint frame; /* of that field */
  gboolean erase;
  int radius;
  gboolean has_anchor;
  int anchor_i, anchor_j;  /* line: where it starts */
  gboolean carries;        /* a sensor that was pressed on */
  int at_i, at_j;          /* ... and where it is now */
  double amplitude, width; /* source */
  PisdField *base;         /* source: as it was */
  PisdField *bump;         /* source: largest value of the unit bump along the way */
};

ExplorerStroke *
explorer_stroke_new (ExplorerSession *session,
                     ExplorerBrush *brush,
                     PisdFieldId field,
                     guint frame,
                     gboolean erase)
{
  ExplorerStroke *stroke = g_new0 (ExplorerStroke, 1);
  stroke->session = g_object_ref (session);
  stroke->tool = explorer_brush_get_tool (brush);
  stroke->field = field;
  stroke->frame = frame;
  stroke->erase = erase;
  stroke->radius = (int) explorer_brush_get_radius (brush);
  stroke->amplitude = explorer_brush_get_amplitude (brush) * (erase ? -1 : 1);
  stroke->width = explorer_brush_get_width (brush);
  if (stroke->tool == EXPLORER_TOOL_SOURCE)
    {
      stroke->bump = pisd_field_new (PISD_GRID, PISD_GRID);
      stroke->base = explorer_session_dup_source (session);
    }
  explorer_session_begin_edit (session);
  return stroke;
}

/* How many nodes lie between two of them: of a periodic field on the shorter way. */
static int
get_distance (int node, int other, gboolean is_periodic)
{
  const int distance = abs (node - other);

  return is_periodic ? MIN (distance, PISD_GRID - distance) : distance;
}

/* a = base + amplitude max_k exp (-|x - x_k|^2 / (2 width^2)) */
static void
draw_source (ExplorerStroke *stroke, int i, int j)
{
  const PisdProblemId problem = explorer_session_get_scenario (stroke->session)->settings.problem;
  const PisdFieldInfo *info = pisd_operator_get (problem)->fields;
  const gboolean is_periodic = pisd_basis_is_periodic (info->basis);
  const double h = pisd_field_info_get_spacing (info);
  const double scale = 0.5 * h * h / (stroke->width * stroke->width);
  g_autoptr (PisdField) source = pisd_field_dup (stroke->base);

  for (int row = 0; row < PISD_GRID; row++)
    for (int column = 0; column < PISD_GRID; column++)
      {
        const int di = get_distance (row, i, is_periodic),
                  dj = get_distance (column, j, is_periodic);
        const gsize node = (gsize) row * PISD_GRID + (gsize) column;
        double *bump = &stroke->bump->data[node];

        *bump = fmax (*bump, exp (-scale * (di * di + dj * dj)));
        source->data[node] += stroke->amplitude * *bump;
      }
  explorer_session_draw (stroke->session, source);
}

static void
draw_line (ExplorerStroke *stroke, int i, int j)
{
  const int di = i - stroke->anchor_i, dj = j - stroke->anchor_j;
  const int n = MAX (MAX (abs (di), abs (dj)), 1);

  explorer_session_restart_edit (stroke->session);
  for (int k = 0; k <= n; k++)
    explorer_session_paint (stroke->session, stroke->field, stroke->frame,
                            stroke->anchor_i + (int) lround ((double) di * k / n),
                            stroke->anchor_j + (int) lround ((double) dj * k / n), stroke->radius,
                            stroke->erase);
}

/* A press of the one-node brush on a sensor picks it up. */
static gboolean
picks_up (ExplorerStroke *stroke, int i, int j)
{
  return stroke->tool == EXPLORER_TOOL_BRUSH && !stroke->erase && stroke->radius == 0
         && pisd_edit_find (explorer_session_get_scenario (stroke->session), stroke->field,
                            stroke->frame, i, j)
                >= 0;
}

/* It jumps over others: what is in the way keeps it where it was. */
static void
carry (ExplorerStroke *stroke, int i, int j)
{
  const PisdScenario *scenario = explorer_session_get_scenario (stroke->session);

  if (pisd_edit_find (scenario, stroke->field, stroke->frame, i, j) >= 0)
    return;
  explorer_session_move_sensor (stroke->session, stroke->field, stroke->frame, stroke->at_i,
                                stroke->at_j, i, j);
  if (pisd_edit_find (scenario, stroke->field, stroke->frame, i, j) < 0)
    return;
  stroke->at_i = i;
  stroke->at_j = j;
}

void
explorer_stroke_move (ExplorerStroke *stroke, int i, int j)
{
  if (!stroke->has_anchor)
    {
      stroke->has_anchor = TRUE;
      stroke->anchor_i = i;
      stroke->anchor_j = j;
      stroke->at_i = i;
      stroke->at_j = j;
      stroke->carries = picks_up (stroke, i, j);
    }
  if (stroke->carries)
    {
      carry (stroke, i, j);
      return;
    }
  switch (stroke->tool)
    {
    case EXPLORER_TOOL_SOURCE:
      draw_source (stroke, i, j);
      break;
    case EXPLORER_TOOL_LINE:
      draw_line (stroke, i, j);
      break;
    default:
      explorer_session_paint (stroke->session, stroke->field, stroke->frame, i, j, stroke->radius,
                              stroke->erase || stroke->tool == EXPLORER_TOOL_ERASER);
    }
}

static void
stroke_clear (ExplorerStroke *stroke)
{
  g_object_unref (stroke->session);
  pisd_field_free (stroke->base);
  pisd_field_free (stroke->bump);
  g_free (stroke);
}

void
explorer_stroke_free (ExplorerStroke *stroke)
{
  if (stroke == NULL)
    return;
  explorer_session_end_edit (stroke->session);
  stroke_clear (stroke);
}

void
explorer_stroke_cancel (ExplorerStroke *stroke)
{
  explorer_session_cancel_edit (stroke->session);
  stroke_clear (stroke);
}
