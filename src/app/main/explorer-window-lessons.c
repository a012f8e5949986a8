#include "explorer-window-private.h"

#include "explorer-hint.h"
#include "explorer-lesson-list.h"
#include "pisd-lesson-bundle.h"

static void
show_page (ExplorerWindow *self)
{
  explorer_lesson_place_show (&self->lesson.place, EXPLORER_LESSON_PAGE (self->lesson_page), TRUE);
}

/* A lecture has no use for the list. */
static void
update_pane (ExplorerWindow *self)
{
  const gboolean is_open = self->lesson.place.lesson != NULL;
  const gboolean shown = self->lesson.is_shown && (self->chrome || is_open);

  gtk_stack_set_visible_child (GTK_STACK (self->lessons),
                               is_open ? self->lesson_page : self->lesson_list);
  gtk_widget_set_visible (self->lessons, shown);
  explorer_window_set_enabled (self, "lesson-next", shown && is_open);
  explorer_window_set_enabled (self, "lesson-back", shown && is_open);
}

static void
finish (ExplorerWindow *self)
{
  explorer_lesson_place_mark (&self->lesson.place, self->preferences);
}

static void
watch (ExplorerWindow *self, guint deeds)
{
  const ExplorerWindowLesson *state = &self->lesson;

  explorer_lesson_watch_begin (state->watch, explorer_lesson_place_get_condition (&state->place));
  explorer_lesson_watch_note (state->watch, deeds);
  if (explorer_window_is_stage_ready (self))
    explorer_lesson_watch_arm (state->watch);
}

/* In the middle of a stroke there is nothing complete to go back to. */
static void
open_page (ExplorerWindow *self, guint page)
{
  ExplorerLessonPlace *place = &self->lesson.place;

  if (explorer_session_is_editing (self->session) || !explorer_lesson_place_go (place, page))
    return;
  explorer_lesson_watch_begin (self->lesson.watch, NULL);
  explorer_window_open_stage (self, explorer_lesson_place_get_step (place),
                              !explorer_lesson_place_is_task (place));
  watch (self, 0);
  finish (self);
  show_page (self);
}

static void
close_lesson (ExplorerWindow *self)
{
  explorer_window_leave_stage (self);
  explorer_lesson_watch_begin (self->lesson.watch, NULL);
  explorer_lesson_place_clear (&self->lesson.place);
}

void
explorer_window_close_lesson (ExplorerWindow *self)
{
  if (self->lesson.place.lesson == NULL)
    return;
  close_lesson (self);
  explorer_window_restore_look (self);
  update_pane (self);
}

void
explorer_window_clear_lesson (ExplorerWindow *self)
{
  explorer_window_leave_stage (self);
  g_clear_object (&self->lesson.watch);
  explorer_lesson_place_clear (&self->lesson.place);
  explorer_lesson_look_clear (&self->stage.look);
}

void
explorer_window_stage_ready (ExplorerWindow *self)
{
  explorer_lesson_watch_arm (self->lesson.watch);
}

void
explorer_window_note_deed (ExplorerWindow *self, PisdDeed deed)
{
  explorer_lesson_watch_note (self->lesson.watch, 1u << deed);
}

/* A step that is only passed, because a run goes on, is not looked at. */
void
explorer_window_update_lesson (ExplorerWindow *self)
{
  const gboolean passes = self->follows && explorer_session_is_running (self->session);

  explorer_lesson_watch_show_step (self->lesson.watch,
                                   passes ? EXPLORER_LESSON_NO_STEP : (int) self->shown_step);
}

static void
on_fulfilled (ExplorerWindow *self)
{
  self->lesson.place.fulfilled = TRUE;
  finish (self);
  show_page (self);
}

static void
update_action (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "lessons");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (self->lesson.is_shown));
}

static void
show_pane (ExplorerWindow *self, gboolean shown)
{
  self->lesson.is_shown = shown;
  update_action (self);
  update_pane (self);
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

void
explorer_window_leave_lessons (ExplorerWindow *self)
{
  if (has_focus (self->lessons))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* What takes the place of a button that had the keyboard takes that, too. */
static void
open_lesson (ExplorerWindow *self, const ExplorerLessonPlace *place)
{
  const gboolean had_focus = has_focus (self->lessons);

  close_lesson (self);
  self->lesson.place = *place;
  show_pane (self, TRUE);
  open_page (self, 0);
  if (had_focus)
    explorer_lesson_page_grab_focus (EXPLORER_LESSON_PAGE (self->lesson_page));
}

static void
on_lesson (ExplorerWindow *self)
{
  ExplorerLessonPlace place = { 0 };

  place.lesson = explorer_loader_take_lesson (self->loader, &place.number);
  explorer_hint_hide (EXPLORER_HINT (self->hint));
  if (place.lesson->stage == PISD_STAGE_FIELDS)
    open_lesson (self, &place);
  else
    explorer_window_open_lab_lesson (self, &place);
}

/* The keyboard goes where the lessons are, and leaves with them. */
static void
move_focus (ExplorerWindow *self)
{
  GtkWidget *first = explorer_lesson_list_get_button (EXPLORER_LESSON_LIST (self->lesson_list), 0);

  if (!self->lesson.is_shown)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  else if (self->lesson.place.lesson == NULL && first != NULL && gtk_widget_get_mapped (first))
    gtk_widget_grab_focus (first);
}

static void
change_lessons (GSimpleAction *action, GVariant *state, gpointer data)
{
  show_pane (data, g_variant_get_boolean (state));
  move_focus (data);
}

static void
action_lesson (GSimpleAction *action, GVariant *number, gpointer data)
{
  const guint k = g_variant_get_uint32 (number);

  if (k < pisd_lesson_bundle_get_n ())
    explorer_loader_open_lesson (EXPLORER_WINDOW (data)->loader, k);
}

static void
action_first (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_loader_open_lesson (EXPLORER_WINDOW (data)->loader, 0);
}

static void
action_following (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const ExplorerLessonPlace *place = &self->lesson.place;

  if (place->lesson != NULL && explorer_lesson_place_has_following (place))
    explorer_loader_open_lesson (self->loader, (guint) place->number + 1);
}

static void
action_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_page (data, EXPLORER_WINDOW (data)->lesson.place.page + 1);
}

static void
action_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  if (self->lesson.place.page > 0)
    open_page (self, self->lesson.place.page - 1);
}

/* What fulfils the task is done for the person; then it is recognised as their own would be. */
static void
action_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const ExplorerLessonPlace *place = &self->lesson.place;

  if (place->lesson == NULL || explorer_lesson_place_get_answer (place) == NULL
      || explorer_session_is_editing (self->session))
    return;
  explorer_lesson_watch_begin (self->lesson.watch, NULL);
  explorer_window_open_stage (self, explorer_lesson_place_get_answer (place), TRUE);
  watch (self, place->lesson->task.deeds);
}

static void
action_close (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const gboolean had_focus = has_focus (self->lessons);

  explorer_window_close_lesson (self);
  if (had_focus)
    move_focus (self);
}

void
explorer_window_add_lesson_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "lessons", .state = "false", .change_state = change_lessons },
    { "lesson", action_lesson, "u" },
    { "first-lesson", action_first },
    { "lesson-next", action_next },
    { "lesson-back", action_back },
    { "lesson-answer", action_answer },
    { "lesson-following", action_following },
    { "lesson-close", action_close },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
explorer_window_connect_lessons (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->loader, "lesson", G_CALLBACK (on_lesson) },
    { self->lesson.watch, "fulfilled", G_CALLBACK (on_fulfilled) },
    { self, "notify::chrome", G_CALLBACK (update_pane) },
  };

  explorer_lesson_list_set_preferences (EXPLORER_LESSON_LIST (self->lesson_list),
                                        self->preferences);
  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
  explorer_window_connect_stage (self);
  update_pane (self);
}
