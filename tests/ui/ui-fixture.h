/* A real window on a real display, driven by real pointer and key events from child processes. */
#pragma once

#include "explorer-compare.h"
#include "explorer-window.h"

/* Seconds after which a condition that does not come true fails the test. */
#define UI_GUARD 60

typedef struct
{
  AdwApplication *application;
  ExplorerPreferences *preferences;
  ExplorerWindow *window;
  ExplorerSession *session;
  ExplorerViewGrid *grid;
  ExplorerTimeline *timeline;
  char *folder; /* for files, removed afterwards */
} Ui;

/* What main() of a test begins with that runs once in English and once in German. */
void ui_init_in_locale (int *argc, char ***argv);

/* Opens a window of 1200 x 900; the run that it starts with is stopped and the sensors are cleared,
 * unless `as_opened`: 500 of them on a, for PISD. */
void ui_set_up (Ui *ui, gconstpointer as_opened);
/* The same as a start without a file; the hint has been shown before where `hinted` is not NULL. */
void ui_set_up_first (Ui *ui, gconstpointer hinted);
void ui_tear_down (Ui *ui, gconstpointer as_opened);

/* Runs the main loop until `condition` is true; fails after UI_GUARD seconds. */
#define ui_wait(condition)                                                             \
  G_STMT_START                                                                         \
  {                                                                                    \
    const gint64 ui_end = g_get_monotonic_time () + UI_GUARD * G_USEC_PER_SEC;         \
    while (!(condition))                                                               \
      {                                                                                \
        if (g_get_monotonic_time () > ui_end)                                          \
          g_error ("%s: waited %d s in vain for: %s", G_STRLOC, UI_GUARD, #condition); \
        ui_iterate ();                                                                 \
      }                                                                                \
  }                                                                                    \
  G_STMT_END

/* One round of the main loop, at most 10 ms. */
void ui_iterate (void);
/* Runs the main loop for so long, until a timeout that begins now is dispatched. */
void ui_pass (guint milliseconds);
/* Lets what was sent arrive: events sent before are handled when this returns. */
void ui_settle (Ui *ui);
/* The same in another window. */
void ui_settle_window (GtkWindow *window);

/* "key space", "mousemove 10 20 click 1": words of xdotool. */
void ui_send (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* A key that has arrived when this returns. */
void ui_key (Ui *ui, const char *key);
/* The pointer to a place of a widget that is laid out, or to a node of a view. */
void ui_move_to (Ui *ui, GtkWidget *widget, double x, double y);
void ui_move_to_node (Ui *ui, guint row, ExplorerColumn column, int i, int j);
/* To where no window is. */
void ui_move_away (void);
/* A button, where the pointer is; pressed or let go when this returns. */
void ui_press (Ui *ui, int button);
void ui_release (Ui *ui, int button);
void ui_click (Ui *ui, GtkWidget *widget, double x, double y, int button);
/* In the middle of something in a popover, which need not be in the window. */
void ui_click_in_popover (GtkWidget *widget);
void ui_click_node (Ui *ui, guint row, ExplorerColumn column, int i, int j, int button);
/* Where a place of a widget is on the screen, once it is laid out. */
void ui_get_position (Ui *ui, GtkWidget *widget, double x, double y, int *screen_x, int *screen_y);
/* Where a window or a menu begins on the screen, as the server has it. */
void ui_get_origin (GtkNative *native, int *x, int *y);
/* The window, to where it begins on the screen. */
void ui_move_window (Ui *ui, int x, int y);
/* To that size, or to the least one where that is larger. */
void ui_resize (Ui *ui, int width, int height);
void ui_resize_window (GtkWindow *window, int width, int height);
/* 1 for text of the usual size. */
void ui_set_text_scale (Ui *ui, double scale);
/* The first widget of that type below `root` for which `accept` (NULL: any) is true. */
GtkWidget *ui_find (GtkWidget *root,
                    GType type,
                    gboolean (*accept) (GtkWidget *, gconstpointer),
                    gconstpointer data);
/* The first one with that action; NULL: with none. */
GtkWidget *ui_find_button (GtkWidget *root, const char *action);
gboolean ui_has_setting (Ui *ui, const char *key);    /* whether it has a row */
GtkWidget *ui_find_setting (Ui *ui, const char *key); /* its entry, or its list of choices */
/* The widget of that type in the row of the side bar with that title, or the row itself. */
GtkWidget *ui_find_in_row (Ui *ui, const char *title, GType type);
/* A window of a type; NULL: none is open. */
gpointer ui_find_window (Ui *ui, GType type);
ExplorerCompare *ui_find_compare (Ui *ui); /* likewise */
void ui_set_setting (Ui *ui, const char *key, const char *text);
void ui_run_to_the_end (Ui *ui);
/* Second order with few sensors on the first field, steps and modes. */
void ui_run_few (Ui *ui, guint samples);
/* What a view shows. */
void ui_get_panel (Ui *ui, guint row, ExplorerColumn column, PisdPanel *panel);
/* Until it is read; FALSE where the window says why it cannot be. */
gboolean ui_open (Ui *ui, const char *path);
/* Until it is written; likewise. */
gboolean ui_save (Ui *ui, ExplorerExport kind, const char *path);
/* A short run with a sensor, saved as a picture, and its sensors taken away again; what it was. */
PisdScenario *ui_save_run (Ui *ui, const char *path);
/* As a program leaves a picture that keeps pixels alone. */
void ui_strip_picture (const char *path);
char *ui_path (Ui *ui, const char *name); /* of a file in the folder */
guint ui_count (Ui *ui, PisdFieldId field);
/* What the drawn subtitle of the title bar says. */
const char *ui_get_subtitle (Ui *ui);
