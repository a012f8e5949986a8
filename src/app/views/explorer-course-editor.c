/* The editor of a course.
 *
 * Long: drawing, pointer, keys and life of one widget; what is drawn has files of its own. */
#include "explorer-course-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-course-marks.h"
#include "explorer-type.h"

#define LEAST_TOP 2.0     /* factor at the top of the plot, at least */
#define HEADROOM 1.25     /* of it over the largest point */
#define STEP_T 0.01       /* that a key moves a point by */
#define STEP_FACTOR 0.025 /* of the top */

struct _ExplorerCourseEditor
{
  GtkWidget parent_instance;

  ExplorerSession *session;
  ExplorerTimeline *timeline;
  const PisdPalette *palette;
  guint term;
  int selected;      /* point, -1: none */
  gboolean dragging; /* a stroke of the session's is under way */
  double top;        /* while it is: of the plot as it was at the beginning */
};

enum
{
  PROP_TERM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ExplorerCourseEditor, explorer_course_editor, GTK_TYPE_WIDGET)

static const PisdSettings *
get_settings (ExplorerCourseEditor *self)
{
  return &explorer_session_get_scenario (self->session)->settings;
}

static const PisdCourse *
get_course (ExplorerCourseEditor *self)
{
  return &get_settings (self)->parameters.courses[self->term];
}

static double
get_top (ExplorerCourseEditor *self)
{
  const PisdCourse *course = get_course (self);
  double top = LEAST_TOP;

  if (self->dragging)
    return self->top;
  for (guint64 i = 0; i < course->n; i++)
    top = MAX (top, HEADROOM * course->factor[i]);
  return top;
}

static void
get_marks (ExplorerCourseEditor *self, ExplorerCourseMarks *marks)
{
  *marks = (ExplorerCourseMarks){ .palette = self->palette,
                                  .course = get_course (self),
                                  .top = get_top (self),
                                  .type = explorer_type_get_scale (GTK_WIDGET (self)),
                                  .selected = self->selected };
  explorer_timeline_get_plot (self->timeline, &marks->plot);
}

void
explorer_course_editor_get_place (ExplorerCourseEditor *self,
                                  double t,
                                  double factor,
                                  double *x,
                                  double *y)
{
  ExplorerCourseMarks marks;

  get_marks (self, &marks);
  explorer_course_marks_get_place (&marks, t, factor, x, y);
}

/* Of the point selected, or of all. */
static char *
dup_words (ExplorerCourseEditor *self)
{
  return explorer_course_dup_words (_ (pisd_setting_find_course (self->term)->title),
                                    get_course (self), self->selected, get_settings (self)->steps);
}

/* Drawing. */

static void
explorer_course_editor_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerCourseEditor *self = EXPLORER_COURSE_EDITOR (widget);
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  g_autofree char *words = NULL;
  ExplorerCourseMarks marks;
  cairo_t *cr;

  if (self->session == NULL || self->term >= PISD_N_TERMS)
    return;
  words = dup_words (self);
  get_marks (self, &marks);
  marks.words = words;
  if (!gtk_widget_has_focus (widget))
    marks.selected = -1;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_draw_course (cr, &marks);
  cairo_destroy (cr);
}

/* Beside the curves the timeline is clicked on. */
static gboolean
explorer_course_editor_contains (GtkWidget *widget, double x, double y)
{
  ExplorerCourseEditor *self = EXPLORER_COURSE_EDITOR (widget);
  PisdBox plot;

  if (self->timeline == NULL)
    return FALSE;
  explorer_timeline_get_plot (self->timeline, &plot);
  return x >= plot.x - EXPLORER_COURSE_REACH && x <= plot.x + plot.width + EXPLORER_COURSE_REACH
         && y >= plot.y && y <= plot.y + plot.height;
}

/* Editing. */

static void
update (ExplorerCourseEditor *self)
{
  g_autofree char *words = NULL;

  if (self->session == NULL || self->term >= PISD_N_TERMS)
    return;
  self->selected = MIN (self->selected, (int) get_course (self)->n - 1);
  words = dup_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_course (ExplorerCourseEditor *self, const PisdCourse *course)
{
  g_autofree char *text = pisd_course_dup_text (course);

  explorer_session_set_setting (self->session, pisd_setting_find_course (self->term)->key, text);
  update (self);
}

/* A new point lies on the line that there is, or where it is wanted. */
static void
add_point (ExplorerCourseEditor *self, double t, double factor)
{
  PisdCourse course = *get_course (self);
  const int added = pisd_course_add (&course, t, factor);

  if (added < 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->selected = added;
  set_course (self, &course);
}

static void
move_point (ExplorerCourseEditor *self, double t, double factor)
{
  PisdCourse course = *get_course (self);

  if (self->selected < 0)
    return;
  pisd_course_move (&course, (guint) self->selected, t, factor);
  set_course (self, &course);
}

static void
remove_point (ExplorerCourseEditor *self)
{
  PisdCourse course = *get_course (self);

  if (self->selected < 0)
    return;
  pisd_course_remove (&course, (guint) self->selected);
  set_course (self, &course);
}

/* Numbers of two and three digits, as a person would type them. */
static double
tidy (double value, double unit)
{
  return round (value / unit) * unit;
}

static void
on_drag_begin (ExplorerCourseEditor *self, double x, double y, GtkGesture *gesture)
{
  ExplorerCourseMarks marks;
  double t, factor;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->top = get_top (self);
  get_marks (self, &marks);
  explorer_course_marks_get_point (&marks, x, y, &t, &factor);
  explorer_session_begin_edit (self->session);
  self->dragging = TRUE;
  self->selected = explorer_course_marks_find (&marks, x, y);
  if (self->selected < 0)
    add_point (self, tidy (t, 0.01), tidy (factor, 0.01));
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  update (self);
}

static void
on_drag_update (ExplorerCourseEditor *self, double dx, double dy, GtkGestureDrag *gesture)
{
  ExplorerCourseMarks marks;
  double x, y, t, factor;

  if (!self->dragging || (dx == 0.0 && dy == 0.0)
      || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  get_marks (self, &marks);
  explorer_course_marks_get_point (&marks, x + dx, y + dy, &t, &factor);
  move_point (self, tidy (t, 0.01), tidy (factor, 0.01));
}

static void
end_drag (ExplorerCourseEditor *self)
{
  if (!self->dragging)
    return;
  self->dragging = FALSE;
  explorer_session_end_edit (self->session);
  update (self);
}

static void
select_point (ExplorerCourseEditor *self, int point)
{
  self->selected =
      CLAMP (point, MIN (0, (int) get_course (self)->n - 1), (int) get_course (self)->n - 1);
  update (self);
}

/* In the middle of the piece after the point, or of the run. */
static void
insert_point (ExplorerCourseEditor *self)
{
  const PisdCourse *course = get_course (self);
  const guint64 i = (guint64) (self->selected + 1);
  const double from = i > 0 ? course->t[i - 1] : 0.0;
  const double to = i < course->n ? course->t[i] : 1.0;
  const double t = course->n == 0 ? 0.5 : tidy (0.5 * (from + to), 0.001);

  add_point (self, t, pisd_course_get (course, t));
}

static void
nudge (ExplorerCourseEditor *self, double dt, double dfactor)
{
  const PisdCourse *course = get_course (self);
  const double unit = STEP_FACTOR * LEAST_TOP;

  if (self->selected >= 0)
    move_point (self, tidy (course->t[self->selected] + dt, 0.001),
                tidy (course->factor[self->selected] + dfactor * unit, 0.001));
}

static gboolean
on_key (ExplorerCourseEditor *self, guint key, guint code, GdkModifierType state)
{
  const gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  const int side = key == GDK_KEY_Left || key == GDK_KEY_KP_Left ? -1 : 1;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Left:
    case GDK_KEY_KP_Right:
      if (shift)
        nudge (self, side * STEP_T, 0.0);
      else
        select_point (self, self->selected + side);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      nudge (self, 0.0, 1.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      nudge (self, 0.0, -1.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Insert:
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      insert_point (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      remove_point (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Whether the scenario's method and equation have the term. */
static gboolean
has_term (ExplorerCourseEditor *self, guint term)
{
  const PisdSettings *settings = get_settings (self);

  return (pisd_method_get (settings->guidance)->uses & PISD_USES_WEIGHTS) != 0
         && pisd_term_get_name (settings->problem, term) != NULL;
}

static void
set_term (ExplorerCourseEditor *self, guint term)
{
  if (self->session == NULL || term >= PISD_N_TERMS || !has_term (self, term))
    term = PISD_N_TERMS;
  if (term == self->term)
    return;
  end_drag (self);
  self->term = term;
  self->selected = -1;
  gtk_widget_set_visible (GTK_WIDGET (self), term < PISD_N_TERMS);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TERM]);
}

void
explorer_course_editor_choose_next (ExplorerCourseEditor *self)
{
  guint term = self->term >= PISD_N_TERMS ? 0 : self->term + 1;

  while (term < PISD_N_TERMS && !has_term (self, term))
    term++;
  set_term (self, term);
  if (self->term < PISD_N_TERMS)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

gboolean
explorer_course_editor_leave (ExplorerCourseEditor *self)
{
  if (self->dragging)
    {
      self->dragging = FALSE;
      explorer_session_cancel_edit (self->session);
      update (self);
      return TRUE;
    }
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    return FALSE;
  set_term (self, PISD_N_TERMS);
  return TRUE;
}

static void
on_scenario_changed (ExplorerCourseEditor *self)
{
  if (self->term < PISD_N_TERMS && !has_term (self, self->term))
    set_term (self, PISD_N_TERMS);
  update (self);
}

/* Life. */

static void
explorer_course_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TERM)
    g_value_set_uint (value, EXPLORER_COURSE_EDITOR (object)->term);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_course_editor_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  if (id == PROP_TERM)
    set_term (EXPLORER_COURSE_EDITOR (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_course_editor_dispose (GObject *object)
{
  ExplorerCourseEditor *self = EXPLORER_COURSE_EDITOR (object);

  self->timeline = NULL;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_course_editor_parent_class)->dispose (object);
}

static void
explorer_course_editor_class_init (ExplorerCourseEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_course_editor_get_property;
  object_class->set_property = explorer_course_editor_set_property;
  object_class->dispose = explorer_course_editor_dispose;
  widget_class->snapshot = explorer_course_editor_snapshot;
  widget_class->contains = explorer_course_editor_contains;
  properties[PROP_TERM] =
      g_param_spec_uint ("term", NULL, NULL, 0, PISD_N_TERMS, PISD_N_TERMS,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
explorer_course_editor_init (ExplorerCourseEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->palette = pisd_palette_get (FALSE);
  self->term = PISD_N_TERMS;
  self->selected = -1;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (end_drag), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (end_drag), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
explorer_course_editor_set_models (ExplorerCourseEditor *self,
                                   ExplorerSession *session,
                                   ExplorerTimeline *timeline)
{
  g_return_if_fail (EXPLORER_IS_COURSE_EDITOR (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->timeline = timeline;
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
}

void
explorer_course_editor_set_palette (ExplorerCourseEditor *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_COURSE_EDITOR (self));

  self->palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
explorer_course_editor_get_selected (ExplorerCourseEditor *self)
{
  return self->selected;
}
