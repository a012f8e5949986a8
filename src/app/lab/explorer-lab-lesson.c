#include "explorer-lab-lesson.h"

#include <math.h>

struct _ExplorerLabLesson
{
  AdwBin parent_instance;

  ExplorerLessonPage *page;
  ExplorerLessonPlace place;
  ExplorerPreferences *preferences;
  GSimpleActionGroup *actions; /* those of the window while a lesson is open */
  const ExplorerLabStage *stage;
  gpointer lab;
  GtkWidget *controls;
  guint deeds;       /* of the person, since the page was opened */
  gboolean is_moved; /* by the lesson: what changes is not the person's */
  gboolean waits;    /* for the end of the run that the page has begun */
};

G_DEFINE_FINAL_TYPE (ExplorerLabLesson, explorer_lab_lesson, ADW_TYPE_BIN)

enum
{
  SIGNAL_FOLLOWING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show (ExplorerLabLesson *self)
{
  explorer_lesson_place_show (
      &self->place, self->page,
      g_signal_has_handler_pending (self, signals[SIGNAL_FOLLOWING], 0, FALSE));
}

/* A run of another set-up than the one that is there now does not count. */
static gboolean
holds (ExplorerLabLesson *self, const PisdLessonCondition *condition)
{
  g_autoptr (PisdLabSetup) setup = self->stage->dup_setup (self->lab);
  PisdLabResult result;
  const gboolean is_run = self->stage->get_result (self->lab, &result);
  const PisdLessonFacts facts = { .lab = setup,
                                  .lab_result = is_run ? &result : NULL,
                                  .deeds = is_run ? self->deeds : 0 };

  return setup != NULL && pisd_lesson_condition_holds (condition, &facts);
}

static void
look (ExplorerLabLesson *self)
{
  const PisdLessonCondition *condition = explorer_lesson_place_get_condition (&self->place);

  if (self->waits || condition == NULL || self->place.fulfilled || !holds (self, condition))
    return;
  self->place.fulfilled = TRUE;
  explorer_lesson_place_mark (&self->place, self->preferences);
  show (self);
}

/* What the answer changes. */

static gboolean
on_reveal (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (data));
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (data));
  graphene_rect_t bounds;

  if (gtk_widget_get_height (widget) == 0
      || !gtk_widget_compute_bounds (widget, gtk_viewport_get_child (GTK_VIEWPORT (viewport)),
                                     &bounds))
    return G_SOURCE_CONTINUE;
  gtk_adjustment_set_value (place, bounds.origin.y);
  return G_SOURCE_REMOVE;
}

/* The value of a text is in the plan of the regression alone. */
static gboolean
is_changed (const char *key, const PisdLabSetup *before, const PisdLabSetup *after)
{
  const double value = pisd_lab_setup_get (before, key);
  g_autofree char *a = NULL, *b = NULL;

  if (!isnan (value))
    return value != pisd_lab_setup_get (after, key);
  if (g_str_equal (key, "target"))
    return !g_str_equal (before->regression->target_name, after->regression->target_name);
  a = pisd_regression_plan_dup_widths (before->regression);
  b = pisd_regression_plan_dup_widths (after->regression);
  return !g_str_equal (a, b);
}

/* NULL: there is no answer, or it changes nothing that has a row. */
static GtkWidget *
find_row (ExplorerLabLesson *self)
{
  const PisdLesson *lesson = self->place.lesson;
  const PisdLessonStep *last = pisd_lesson_get_step (lesson, lesson->n_steps - 1);
  const PisdLessonStep *answer = pisd_lesson_get_step (lesson, lesson->n_steps);

  for (guint k = 0; answer != NULL && k < self->stage->n_rows; k++)
    {
      const ExplorerLabRow *row = &self->stage->rows[k];
      GtkWidget *widget = G_STRUCT_MEMBER (GtkWidget *, self->lab, row->offset);

      widget = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW);
      if (gtk_widget_get_visible (widget) && is_changed (row->key, last->lab, answer->lab))
        return widget;
    }
  return NULL;
}

/* Once it is laid out. */
static void
reveal (ExplorerLabLesson *self)
{
  GtkWidget *row = find_row (self);

  if (row != NULL)
    gtk_widget_add_tick_callback (row, on_reveal, self->controls, NULL);
}

static void
open_stage (ExplorerLabLesson *self, const PisdLessonStep *step)
{
  self->is_moved = TRUE;
  self->waits = self->stage->open (self->lab, step->lab);
  self->is_moved = FALSE;
  reveal (self);
}

static void
open_page (ExplorerLabLesson *self, guint page)
{
  if (!explorer_lesson_place_go (&self->place, page))
    return;
  self->deeds = 0;
  open_stage (self, explorer_lesson_place_get_step (&self->place));
  explorer_lesson_place_mark (&self->place, self->preferences);
  show (self);
}

/* The pictures and the sentence, in large type, are all that a lecture needs. */
static void
set_lecture (ExplorerLabLesson *self, gboolean is_lecture)
{
  g_object_set (self->page, "chrome", !is_lecture, NULL);
  gtk_widget_set_visible (self->controls, !is_lecture);
}

/* What the window has while a lesson is open. */
static void
set_open (ExplorerLabLesson *self, gboolean is_open)
{
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), "win",
                                  is_open ? G_ACTION_GROUP (self->actions) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), is_open);
  set_lecture (self, FALSE);
}

/* Actions. */

static void
action_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_page (data, EXPLORER_LAB_LESSON (data)->place.page + 1);
}

static void
action_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerLabLesson *self = data;

  if (self->place.page > 0)
    open_page (self, self->place.page - 1);
}

static void
action_lecture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerLabLesson *self = data;

  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
  set_lecture (self, gtk_widget_get_visible (self->controls));
}

/* What fulfils the task is done for the person; then it is recognised as their own would be. */
static void
action_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerLabLesson *self = data;
  const PisdLessonStep *answer = explorer_lesson_place_get_answer (&self->place);

  if (answer == NULL)
    return;
  self->deeds = self->place.lesson->task.deeds;
  open_stage (self, answer);
  look (self);
}

static void
action_following (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerLabLesson *self = data;

  if (explorer_lesson_place_has_following (&self->place))
    g_signal_emit (self, signals[SIGNAL_FOLLOWING], 0, (guint) self->place.number + 1);
}

/* The lab stays as it is. */
static void
action_close (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerLabLesson *self = data;

  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
  set_open (self, FALSE);
  explorer_lesson_place_clear (&self->place);
}

/* The widget's own life. */

static void
explorer_lab_lesson_dispose (GObject *object)
{
  ExplorerLabLesson *self = EXPLORER_LAB_LESSON (object);

  explorer_lesson_place_clear (&self->place);
  g_clear_object (&self->actions);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (explorer_lab_lesson_parent_class)->dispose (object);
}

static void
explorer_lab_lesson_class_init (ExplorerLabLessonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_lab_lesson_dispose;
  signals[SIGNAL_FOLLOWING] =
      g_signal_new ("following", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
explorer_lab_lesson_init (ExplorerLabLesson *self)
{
  static const GActionEntry entries[] = {
    { "lesson-next", action_next },           { "lesson-back", action_back },
    { "lesson-answer", action_answer },       { "lesson-close", action_close },
    { "lesson-following", action_following }, { "lesson-lecture", action_lecture },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  self->page = g_object_new (EXPLORER_TYPE_LESSON_PAGE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
explorer_lab_lesson_set_stage (ExplorerLabLesson *self,
                               const ExplorerLabStage *stage,
                               gpointer lab,
                               GtkWidget *controls)
{
  g_return_if_fail (EXPLORER_IS_LAB_LESSON (self) && stage != NULL);

  self->stage = stage;
  self->lab = lab;
  self->controls = controls;
}

void
explorer_lab_lesson_open (ExplorerLabLesson *self,
                          const ExplorerLessonPlace *place,
                          ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_LAB_LESSON (self) && self->stage != NULL);
  g_return_if_fail (place->lesson != NULL && place->lesson->stage != PISD_STAGE_FIELDS);

  explorer_lesson_place_clear (&self->place);
  self->place = *place;
  g_set_object (&self->preferences, preferences);
  set_open (self, TRUE);
  open_page (self, 0);
}

gboolean
explorer_lab_lesson_is_open (ExplorerLabLesson *self)
{
  g_return_val_if_fail (EXPLORER_IS_LAB_LESSON (self), FALSE);

  return self->place.lesson != NULL;
}

void
explorer_lab_lesson_tell_changed (ExplorerLabLesson *self)
{
  g_return_if_fail (EXPLORER_IS_LAB_LESSON (self));

  if (self->place.lesson != NULL && !self->is_moved)
    look (self);
}

void
explorer_lab_lesson_tell_begun (ExplorerLabLesson *self)
{
  g_return_if_fail (EXPLORER_IS_LAB_LESSON (self));

  if (!self->is_moved)
    self->waits = FALSE;
}

void
explorer_lab_lesson_tell_ended (ExplorerLabLesson *self)
{
  g_return_if_fail (EXPLORER_IS_LAB_LESSON (self));

  if (self->place.lesson == NULL)
    return;
  if (!self->waits)
    self->deeds |= 1u << PISD_DEED_RUN;
  self->waits = FALSE;
  look (self);
}

ExplorerLessonPage *
explorer_lab_lesson_get_page (ExplorerLabLesson *self)
{
  g_return_val_if_fail (EXPLORER_IS_LAB_LESSON (self), NULL);

  return self->page;
}
