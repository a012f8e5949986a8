/* A window to be measured: a real one on a real display, with everything stopped that it starts by
 * itself. */
#pragma once

#include "explorer-window.h"

G_BEGIN_DECLS

#define BENCH_WIDTH 1600
#define BENCH_HEIGHT 1000
#define BENCH_MODES 44

/* Seconds after which a wait in vain ends the program. */
#define BENCH_GUARD 120

typedef struct
{
  ExplorerPreferences *preferences;
  ExplorerWindow *window;
  ExplorerSession *session;
  guint n_frames;  /* of diffusion, that the session has handed to the window */
  guint n_shown;   /* of these, handed over before the last painting */
  guint n_painted; /* frames of the display that something was painted in */
  gboolean painting;
  GSubprocess *hands; /* xdotool, which moves pointer and keys */
} BenchStage;

/* Opens a window of BENCH_WIDTH x BENCH_HEIGHT with the bundled instance, BENCH_MODES square modes
 * and that many steps. */
BenchStage *bench_stage_new (guint n_steps);
/* The window as the program opens it, on the flow that is chosen from its list of equations. */
BenchStage *bench_stage_new_flow (void);
void bench_stage_free (BenchStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchStage, bench_stage_free)

/* A whole run with nothing to wait for, shown as the window shows it. */
void bench_stage_run (BenchStage *stage);
/* Until more than `before` frames of the display have been painted and the X server has all of
 * them; returns when. */
gint64 bench_stage_wait_painted (BenchStage *stage, guint before);
/* Until more frames of diffusion than that have been handed over and the newest is on the X server;
 * returns when. */
gint64 bench_stage_wait_shown (BenchStage *stage, guint n_frames);
/* A line of xdotool's language, "mousedown 1"; does not wait.  One process takes them all: to start one an event would
 * copy the window's page tables, and what is measured next would pay for it. */
void bench_stage_send (BenchStage *stage, const char *line);
/* A key of the keyboard, "ctrl+Return"; likewise. */
void bench_stage_press (BenchStage *stage, const char *key);
/* Moves the pointer to a place of a widget; does not wait. */
void bench_stage_point (BenchStage *stage, GtkWidget *widget, double x, double y);
/* The same to node (i, j) of the estimate in a row of the views. */
void bench_stage_point_at (BenchStage *stage, guint row, int i, int j);
/* Nothing happens for so long. */
void bench_stage_rest (guint milliseconds);
/* "1600 x 1000" */
char *bench_stage_dup_size (BenchStage *stage);

/* Runs the main loop until `condition` is true. */
#define bench_wait(condition)                                 \
  G_STMT_START                                                \
  {                                                           \
    const guint bench_guard = bench_guard_begin (#condition); \
    while (!(condition))                                      \
      g_main_context_iteration (NULL, TRUE);                  \
    g_source_remove (bench_guard);                            \
  }                                                           \
  G_STMT_END

guint bench_guard_begin (const char *what);

G_END_DECLS
