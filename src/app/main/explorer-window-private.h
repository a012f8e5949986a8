/* What the files of the window share: its members, and what one topic offers the others.
 *
 * explorer-window.c            class, template, life
 * explorer-window-actions.c    actions, their keys, which of them are possible
 * explorer-window-beside.c    the windows that are opened beside it
 * explorer-window-files.c      opening, saving, the dialogs that ask for a path
 * explorer-window-flow.c       the time of a flow: its actions, and what shows it
 * explorer-window-frames.c     the steps of a run on their way to views, timeline and numbers
 * explorer-window-inspect.c    the window that takes steps apart
 * explorer-window-labs.c       the windows of the labs, and lessons that are taken there
 * explorer-window-lessons.c    the lessons: list, pages, what is asked for
 * explorer-window-live.c       the switch of the estimate that follows the sensors
 * explorer-window-measure.c    the chart that reads and measures
 * explorer-window-panes.c      what each pane shows, and how large
 * explorer-window-parts.c      what it is made of, for others
 * explorer-window-preferences.c  the memory budget, and the window of the preferences
 * explorer-window-runs.c       the window of kept runs, branches
 * explorer-window-share.c      the set-up as text on the clipboard, and that of a lost session
 * explorer-window-scenario.c   what follows from a change of the scenario
 * explorer-window-stage.c      the set-up, the run and the place of a lesson's step
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-brush.h"
#include "explorer-course-editor.h"
#include "explorer-files.h"
#include "explorer-gauge.h"
#include "explorer-keys.h"
#include "explorer-inspector.h"
#include "explorer-lab-lesson.h"
#include "explorer-lesson-look.h"
#include "explorer-lesson-place.h"
#include "explorer-lesson-watch.h"
#include "explorer-pace.h"
#include "explorer-toasts.h"
#include "explorer-window.h"
#include "pisd-lesson.h"

G_BEGIN_DECLS

/* The lesson that is open. */
typedef struct
{
  ExplorerLessonPlace place;
  gboolean is_shown; /* the pane, with it or with the list */
  ExplorerLessonWatch *watch;
} ExplorerWindowLesson;

/* What it shows. */
typedef struct
{
  ExplorerLessonLook look;
  double show;    /* part of the run; NaN: it is played to its end */
  gboolean waits; /* for the end of a run, or for that place */
  gboolean moves; /* a step is selected by the lesson, not by the person */
  gboolean starts;
  guint replay; /* tick callback; 0: none */
  gint64 replayed_at;
  double steps_due;
} ExplorerWindowStage;

struct _ExplorerWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *title;
  GtkWidget *problem;
  GtkStringList *problem_names;
  GtkWidget *run_button;
  GtkWidget *menu_button;
  GtkWidget *overlay; /* of the toasts */
  GtkWidget *flap;
  GtkWidget *paned;
  GtkWidget *numbers;
  GtkWidget *name_line;
  GtkWidget *grid;
  GtkWidget *flow_bar;
  GtkWidget *hint;
  GtkWidget *mean_hint;
  GtkWidget *lost_hint;
  GtkWidget *charts;
  GtkWidget *probe_chart;
  GtkWidget *measure_chart;
  GtkWidget *timeline;
  GtkWidget *course_editor;
  GtkWidget *side_bar;
  GtkWidget *lessons; /* the list, or the page */
  GtkWidget *lesson_list;
  GtkWidget *lesson_page;
  GtkWidget *preferences_window; /* weak; made when it is first asked for */
  GtkWidget *reading;            /* weak; of a file that asks what it is */
  GtkWidget *runs;               /* weak; likewise, and gone when it is closed */
  GtkWidget *sensor_table;       /* weak; likewise, and gone when it is closed */
  GtkWidget *inspect;            /* weak; likewise, and gone when it is closed */
  ExplorerLabLesson *lab_lesson; /* weak; the one that was opened last */

  ExplorerPreferences *preferences;
  ExplorerSession *session;
  ExplorerFlow *flow;
  ExplorerExact *exact;
  ExplorerSpread *spread;
  ExplorerWhere *where;
  ExplorerInspector *inspector;
  ExplorerLive *live;
  ExplorerBrush *brush;
  ExplorerGauge *gauge;
  ExplorerLoader *loader;
  ExplorerSaver *saver;
  ExplorerKeeper *keeper; /* NULL: the session is not kept */
  ExplorerToasts *toasts;
  ExplorerWindowLesson lesson;
  ExplorerWindowStage stage;
  GtkNativeDialog *dialog;
  ExplorerExport dialog_kind;

  guint tick;
  guint exact_tick;
  guint file_delay;         /* until the file that is read or written is named */
  guint menu_delay;         /* idle callback since the menu was closed; 0: it is long gone */
  ExplorerProbe menu_probe; /* as it was opened */
  gboolean exact_left_out;  /* and that has been said */
  gint64 drawn_at;   /* when the newest step shown was taken; 0: the run's first is to come */
  gint64 draw_time;  /* what its picture took, microseconds */
  gboolean drawing;  /* it is not painted yet */
  gint64 granted_at; /* when steps were granted; 0: not since the pace began */
  double steps_due;  /* of the pace, not granted yet */
  guint shown_step;
  gboolean follows;      /* the newest step is shown as it comes */
  gboolean has_run;      /* the run that it begins with was started */
  gboolean has_hinted;   /* at the mean of several samples */
  gboolean has_remarked; /* on the run's estimate */
  guint remarked;        /* kinds of remarks on the readings that were made */
  gboolean chrome;
  gboolean side_bar_before; /* H hid it */
  gboolean updating;
};

/* A signal that the window listens to, with the window swapped in as the handler's first
 * argument. */
typedef struct
{
  gpointer sender;
  const char *signal;
  GCallback handler;
} ExplorerWindowSignal;

void explorer_window_connect (ExplorerWindow *self, const ExplorerWindowSignal *rows, guint n);
/* Hides or shows everything but the views. */
void explorer_window_toggle_chrome (ExplorerWindow *self);

/* Actions. */
void explorer_window_add_actions (ExplorerWindow *self);
void explorer_window_add_beside_actions (ExplorerWindow *self);
void explorer_window_add_lab_actions (ExplorerWindow *self);
void explorer_window_set_enabled (ExplorerWindow *self, const char *name, gboolean enabled);
void explorer_window_add_keys (ExplorerWindow *self);
void explorer_window_add_bindings (GtkWidgetClass *widget_class);

/* Files. The kinds are of PisdFileKind and ExplorerExport. */
void explorer_window_ask_open (ExplorerWindow *self, guint kind);
void explorer_window_ask_save (ExplorerWindow *self, guint kind);
/* The one dialog that may be open; NULL withdraws it. */
void explorer_window_take_dialog (ExplorerWindow *self, GtkNativeDialog *dialog);
void explorer_window_add_drop_target (ExplorerWindow *self);
void explorer_window_connect_files (ExplorerWindow *self);
/* The one that the window begins with, unless files for it are still being read. */
void explorer_window_run_first (ExplorerWindow *self);

/* Set-ups that are sent, and kept. */
void explorer_window_add_share_actions (ExplorerWindow *self);

/* Runs. */
void explorer_window_show_runs (ExplorerWindow *self);
/* Another step is shown. */
void explorer_window_update_runs (ExplorerWindow *self);
/* From the step shown, with the scenario as it is. */
void explorer_window_branch (ExplorerWindow *self);
/* The timeline tells where the shown run begins as a branch. */
void explorer_window_show_fork (ExplorerWindow *self);
/* Runs that can be branched, and a menu at the timeline for it. */
void explorer_window_connect_runs (ExplorerWindow *self);

/* The inspector. */
void explorer_window_show_inspect (ExplorerWindow *self);
/* Another step is shown. */
void explorer_window_update_inspect (ExplorerWindow *self);

/* Lessons. */
void explorer_window_add_lesson_actions (ExplorerWindow *self);
void explorer_window_connect_lessons (ExplorerWindow *self);
/* In a window of the lab's own: takes the lesson; one that is open here or there is closed. */
void explorer_window_open_lab_lesson (ExplorerWindow *self, const ExplorerLessonPlace *place);
/* What was seen before it is seen again; its set-up stays. */
void explorer_window_close_lesson (ExplorerWindow *self);
/* The keyboard is not on buttons that a lecture hides. */
void explorer_window_leave_lessons (ExplorerWindow *self);
void explorer_window_clear_lesson (ExplorerWindow *self); /* as the window goes */
void explorer_window_note_deed (ExplorerWindow *self, PisdDeed deed);
/* Another step is shown. */
void explorer_window_update_lesson (ExplorerWindow *self);

/* The stage of a lesson: what a step shows is opened here and nowhere else.  plays: a run that is
 * there already goes by once more, where the step is played. */
void explorer_window_open_stage (ExplorerWindow *self, const PisdLessonStep *step, gboolean plays);
void explorer_window_connect_stage (ExplorerWindow *self);
/* Whether it stands where the step wants it; explorer_window_stage_ready() is called when it comes
 * to that later. */
gboolean explorer_window_is_stage_ready (ExplorerWindow *self);
void explorer_window_stage_ready (ExplorerWindow *self);
void explorer_window_leave_stage (ExplorerWindow *self);
void explorer_window_restore_look (ExplorerWindow *self);
/* A step was selected, perhaps by the person. */
void explorer_window_stage_scrubbed (ExplorerWindow *self);
/* Reading and measuring. */
void explorer_window_add_measure_actions (ExplorerWindow *self);
void explorer_window_give_measure (ExplorerWindow *self);

/* Panes. */
void explorer_window_add_pane_actions (ExplorerWindow *self);

/* Live solving. */
void explorer_window_add_live_action (ExplorerWindow *self);

/* The flow. */
void explorer_window_add_flow_actions (ExplorerWindow *self);
/* What shows its time gets its models, and the colours of the style. */
void explorer_window_give_flow (ExplorerWindow *self);
void explorer_window_style_flow (ExplorerWindow *self);

/* Frames. */
void explorer_window_connect_frames (ExplorerWindow *self);
/* The pace that the person chose, or free where nothing is drawn. */
PisdPace explorer_window_get_pace (ExplorerWindow *self);
void explorer_window_watch_surface (ExplorerWindow *self);
void explorer_window_select_step (ExplorerWindow *self, guint step);

/* The preferences. */
void explorer_window_connect_preferences (ExplorerWindow *self);
void explorer_window_show_preferences (ExplorerWindow *self);

/* The scenario. */
void explorer_window_connect_scenario (ExplorerWindow *self);
void explorer_window_select_problem (ExplorerWindow *self);
/* The example of a learned prior, in the place of what there is, and its run. */
void explorer_window_show_example (ExplorerWindow *self);
/* Where the person wants a run after each change. */
void explorer_window_run_again (ExplorerWindow *self);
/* These settings have changed with another one. */
void explorer_window_say_adjusted (ExplorerWindow *self, const char *const *keys);

G_END_DECLS
