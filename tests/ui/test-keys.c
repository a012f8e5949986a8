/* What keys do, wherever the focus is.  Every test sends real key and pointer events. */

#include "explorer-setting-row.h"
#include "ui-fixture.h"

/* What a key may have done. */
typedef enum
{
  RAN = 1 << 0,
  STEPPED = 1 << 1,
  STOPPED = 1 << 2,
  NOISY = 1 << 3,
  TOOL = 1 << 4,
  CHROME = 1 << 5,
  LIVE = 1 << 6,
  PRESSED = 1 << 7,
  SCRUBBED = 1 << 8,
  POINTED = 1 << 9
} Effect;

static const struct
{
  const char *key;
  guint effects;
} keys[] = {
  { "space", RAN }, { "Escape", STOPPED }, { "period", STEPPED }, { "ctrl+Return", RAN },
  { "h", CHROME },  { "d", NOISY },        { "e", TOOL },         { "l", LIVE },
  { "Left", 0 },    { "bracketright", 0 },
};

typedef struct
{
  Ui *ui;
  guint n_started;
  GtkWidget *pressed; /* something with "active" that Space may press, or NULL */
} Watch;

typedef struct
{
  guint n_started, tool, step;
  gboolean running, paused, noisy, chrome, live, active;
  char *readout;
} State;

static void
on_run_started (Watch *watch)
{
  watch->n_started++;
}

static void
get_state (Watch *watch, State *state)
{
  Ui *ui = watch->ui;

  *state = (State){ .n_started = watch->n_started,
                    .tool = explorer_brush_get_tool (explorer_window_get_brush (ui->window)),
                    .step = explorer_window_get_shown_step (ui->window),
                    .running = explorer_session_is_running (ui->session),
                    .paused = explorer_session_is_paused (ui->session),
                    .live = explorer_preferences_get (ui->preferences, "live"),
                    .readout = g_strdup (explorer_view_grid_get_readout (ui->grid)) };
  g_object_get (ui->grid, "show-noisy", &state->noisy, NULL);
  g_object_get (ui->window, "chrome", &state->chrome, NULL);
  if (watch->pressed != NULL)
    g_object_get (watch->pressed, "active", &state->active, NULL);
}

static guint
get_effects (const State *before, const State *after)
{
  const gboolean started = after->n_started > before->n_started;
  guint effects = 0;

  effects |= started && !after->paused ? RAN : 0;
  effects |= started && after->paused ? STEPPED : 0;
  effects |= before->running && !after->running ? STOPPED : 0;
  effects |= before->noisy != after->noisy ? NOISY : 0;
  effects |= before->tool != after->tool ? TOOL : 0;
  effects |= before->chrome != after->chrome ? CHROME : 0;
  effects |= before->live != after->live ? LIVE : 0;
  effects |= before->active != after->active ? PRESSED : 0;
  effects |= !started && before->step != after->step ? SCRUBBED : 0;
  effects |= g_strcmp0 (before->readout, after->readout) != 0 ? POINTED : 0;
  return effects;
}

/* To the last step, which is shown. */
static void
run_through (Ui *ui)
{
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (!explorer_session_is_running (ui->session));
  ui_wait (explorer_window_get_shown_step (ui->window) == 30);
  ui_settle (ui);
}

/* A run that is long enough to scrub in. */
static void
make_ready (Ui *ui)
{
  explorer_preferences_set (ui->preferences, "live", FALSE);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  g_assert_true (explorer_session_set_setting (ui->session, "steps", "30"));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1);
  run_through (ui);
}

static void
stop (Ui *ui)
{
  explorer_session_stop (ui->session);
  ui_wait (!explorer_session_is_running (ui->session));
}

/* Back to where every key starts from: nothing runs, every switch as it was. */
static void
reset (Ui *ui)
{
  gboolean chrome;

  stop (ui);
  explorer_preferences_set (ui->preferences, "live", FALSE);
  explorer_brush_set_tool (explorer_window_get_brush (ui->window), EXPLORER_TOOL_BRUSH);
  g_object_set (ui->grid, "show-noisy", FALSE, NULL);
  g_object_get (ui->window, "chrome", &chrome, NULL);
  if (!chrome)
    {
      gtk_window_set_focus (GTK_WINDOW (ui->window), NULL);
      ui_key (ui, "h");
    }
  ui_settle (ui);
}

/* Brings the focus to where the case wants it; returns what Space may press. */
typedef GtkWidget *(*Bring) (Ui *ui);

static gboolean
is_active (GtkWidget *widget)
{
  gboolean active;

  g_object_get (widget, "active", &active, NULL);
  return active;
}

static guint
press_key (Watch *watch, Bring bring, const char *key)
{
  Ui *ui = watch->ui;
  State before, after;
  guint effects;

  reset (ui);
  if (g_str_equal (key, "Escape"))
    {
      explorer_session_step (ui->session);
      ui_wait (explorer_session_get_n_frames (ui->session) > 0);
    }
  if (g_str_equal (key, "Left")) /* other keys have begun runs, which were stopped at once */
    run_through (ui);
  watch->pressed = bring (ui);
  ui_settle (ui);
  get_state (watch, &before);
  ui_key (ui, key);
  if (g_str_equal (key, "Escape"))
    for (guint k = 0; k < 5; k++)
      ui_settle (ui);
  if (g_str_equal (key, "space") && watch->pressed != NULL)
    ui_wait (is_active (watch->pressed) != before.active); /* a switch slides first */
  get_state (watch, &after);
  effects = get_effects (&before, &after);
  g_free (before.readout);
  g_free (after.readout);
  return effects;
}

/* The focused widget's own business. */
#define ANY G_MAXUINT

/* silent: none of the keys of the table acts but Ctrl+Enter; of_space, of_left: what these do. */
static void
try_keys (Ui *ui, Bring bring, gboolean silent, guint of_space, guint of_left)
{
  Watch watch = { .ui = ui };

  make_ready (ui);
  g_signal_connect_swapped (ui->session, "run-started", G_CALLBACK (on_run_started), &watch);
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      guint expected = silent && keys[k].effects != RAN ? 0 : keys[k].effects;
      guint effects;

      if (g_str_equal (keys[k].key, "space"))
        expected = of_space;
      else if (g_str_equal (keys[k].key, "Left"))
        expected = of_left;
      g_test_message ("%s", keys[k].key);
      effects = press_key (&watch, bring, keys[k].key);
      if ((expected & POINTED) == 0)
        effects &= ~(guint) POINTED; /* the pointer may lie on a field */
      if (expected != ANY)
        g_assert_cmphex (effects, ==, expected);
    }
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
  stop (ui);
}

/* The places. */

static GtkWidget *
bring_to_nothing (Ui *ui)
{
  gtk_window_set_focus (GTK_WINDOW (ui->window), NULL);
  return NULL;
}

static GtkWidget *
bring_to_entry (Ui *ui)
{
  GtkWidget *entry = ui_find_setting (ui, "seed");

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "5"); /* without what other keys have typed */
  return NULL;
}

static GtkWidget *
bring_to_committed_entry (Ui *ui)
{
  GtkWidget *entry = ui_find_setting (ui, "seed");
  static const char *const seeds[] = { "5", "7" };
  const gboolean first = g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), seeds[0]);

  gtk_widget_grab_focus (entry);
  ui_key (ui, seeds[first]);
  ui_key (ui, "Return");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, seeds[first]);
  return NULL;
}

/* Below the fields, where nothing is. */
static GtkWidget *
bring_to_empty_canvas (Ui *ui)
{
  GtkWidget *grid = GTK_WIDGET (ui->grid);

  gtk_widget_grab_focus (ui_find_setting (ui, "seed"));
  ui_click (ui, grid, 3, gtk_widget_get_height (grid) / 2.0, 1);
  return NULL;
}

static GtkWidget *
bring_to_check_box (Ui *ui)
{
  GtkWidget *check = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_CHECK_BUTTON, NULL, NULL);
  GtkWidget *row = gtk_widget_get_ancestor (check, ADW_TYPE_EXPANDER_ROW);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle (ui);
  g_assert_true (gtk_widget_grab_focus (check));
  return check;
}

/* One that changes nothing but a preference. */
static gboolean
is_plain (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_sensitive (widget)
         && gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) == NULL;
}

static GtkWidget *
bring_to_switch (Ui *ui)
{
  GtkWidget *toggle = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_SWITCH, is_plain, NULL);

  g_assert_true (gtk_widget_grab_focus (toggle));
  return toggle;
}

static gboolean
is_live (GtkWidget *widget, gconstpointer data)
{
  return g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.live") == 0;
}

static GtkWidget *
bring_to_button (Ui *ui)
{
  g_assert_true (gtk_widget_grab_focus (
      ui_find (GTK_WIDGET (ui->window), GTK_TYPE_TOGGLE_BUTTON, is_live, NULL)));
  return NULL;
}

static GtkWidget *
bring_to_view (Ui *ui)
{
  gtk_widget_grab_focus (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, 0)));
  return NULL;
}

static GtkWidget *
bring_to_timeline (Ui *ui)
{
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  return NULL;
}

static void
test_nothing (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_nothing, FALSE, RAN, 0);
}

static void
test_entry (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_entry, TRUE, 0, 0);
}

static void
test_committed_entry (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_committed_entry, FALSE, RAN, 0);
}

static void
test_empty_canvas (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_empty_canvas, FALSE, RAN, 0);
}

static void
test_check_box (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_check_box, FALSE, PRESSED, ANY);
}

static void
test_switch (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_switch, FALSE, PRESSED, ANY);
}

static void
test_button (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_button, FALSE, LIVE, 0);
}

static void
test_field_view (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_view, FALSE, RAN, POINTED);
}

static void
test_timeline (Ui *ui, gconstpointer data)
{
  try_keys (ui, bring_to_timeline, FALSE, RAN, SCRUBBED);
}

/* Menus and dialogs have their keys to themselves. */

static gboolean
has_menu (Ui *ui, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (ui->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, type) != NULL;
}

static void
try_letters (Ui *ui)
{
  /* None of them is a mnemonic of the menu. */
  static const char *const letters[] = { "period", "d", "l", "bracketright", "Left" };
  Watch watch = { .ui = ui };
  State before, after;

  g_signal_connect_swapped (ui->session, "run-started", G_CALLBACK (on_run_started), &watch);
  get_state (&watch, &before);
  for (guint k = 0; k < G_N_ELEMENTS (letters); k++)
    ui_key (ui, letters[k]);
  get_state (&watch, &after);
  g_assert_cmphex (get_effects (&before, &after), ==, 0);
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
  g_free (before.readout);
  g_free (after.readout);
}

/* Esc closes it; the run that rests behind it stays, and the next Esc stops that. */
static void
leave_menu (Ui *ui)
{
  ui_key (ui, "Escape");
  ui_wait (!has_menu (ui, GTK_TYPE_POPOVER));
  ui_settle (ui);
  g_assert_true (explorer_session_is_running (ui->session));
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
}

static void
test_drop_down_open (Ui *ui, gconstpointer data)
{
  GtkWidget *problem = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_DROP_DOWN, NULL, NULL);

  make_ready (ui);
  explorer_session_step (ui->session);
  gtk_widget_grab_focus (problem);
  ui_key (ui, "space");
  ui_wait (has_menu (ui, GTK_TYPE_POPOVER));
  try_letters (ui);
  leave_menu (ui);
}

static void
test_menu_open (Ui *ui, gconstpointer data)
{
  make_ready (ui);
  explorer_session_step (ui->session);
  ui_key (ui, "F10");
  ui_wait (has_menu (ui, GTK_TYPE_POPOVER));
  try_letters (ui);
  leave_menu (ui);
}

static void
test_dialog_open (Ui *ui, gconstpointer data)
{
  make_ready (ui);
  ui_key (ui, "ctrl+o");
  ui_wait (!gtk_window_is_active (GTK_WINDOW (ui->window)));
  try_letters (ui);
  ui_wait (!gtk_window_is_active (GTK_WINDOW (ui->window)));
}

/* Entries. */

static void
test_first_key (Ui *ui, gconstpointer data)
{
  g_assert_true (explorer_session_is_running (ui->session));
  ui_key (ui, "space");
  g_assert_true (explorer_session_is_paused (ui->session));
}

static void
test_escape_takes_back (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "steps");

  explorer_session_step (ui->session);
  gtk_widget_grab_focus (entry);
  ui_send ("type 77");
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "77"));
  ui_key (ui, "Escape");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "300");
  g_assert_cmpuint (explorer_session_get_scenario (ui->session)->settings.steps, ==, 300);
  g_assert_true (explorer_session_is_running (ui->session));
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
}

static void
test_refused_does_not_run (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "steps");

  gtk_widget_grab_focus (entry);
  ui_send ("type abc");
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "abc"));
  ui_key (ui, "ctrl+Return");
  g_assert_false (explorer_session_is_running (ui->session));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_nonnull (explorer_window_get_last_toast (ui->window));
  ui_key (ui, "Return"); /* it stays, to be mended */
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (ui->window)));
  ui_key (ui, "ctrl+a");
  ui_send ("type 40");
  ui_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "40"));
  ui_key (ui, "ctrl+Return");
  g_assert_cmpuint (explorer_session_get_run_settings (ui->session)->steps, ==, 40);
}

/* Strokes. */

static void
press_and_draw (Ui *ui, int from, int to)
{
  GtkWidget *view = GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, 0));

  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, from, from);
  ui_press (ui, 1);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, to, to);
  g_assert_true (gtk_widget_has_focus (view));
}

static void
assert_stroke_is_taken_back (Ui *ui)
{
  g_autoptr (PisdScenario) before = pisd_scenario_dup (explorer_session_get_scenario (ui->session));
  const PisdInstance *truth = explorer_session_get_scenario (ui->session)->instance;
  Watch watch = { .ui = ui };
  State first, last;

  g_signal_connect_swapped (ui->session, "run-started", G_CALLBACK (on_run_started), &watch);
  get_state (&watch, &first);
  press_and_draw (ui, 30, 60);
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (ui->session)), !=, 0);
  ui_key (ui, "Escape");
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (ui->session)), ==, 0);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 80, 80);
  ui_release (ui, 1);
  g_assert_cmpuint (pisd_edit_diff (before, explorer_session_get_scenario (ui->session)), ==, 0);
  g_assert_true (explorer_session_get_scenario (ui->session)->instance == truth);
  get_state (&watch, &last);
  g_assert_cmphex (get_effects (&first, &last) & (RAN | STEPPED | STOPPED), ==, 0);
  g_assert_true (first.running == last.running);
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
  g_free (first.readout);
  g_free (last.readout);
}

static void
test_stroke_at_rest (Ui *ui, gconstpointer data)
{
  make_ready (ui);
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  assert_stroke_is_taken_back (ui);
}

static void
test_stroke_in_a_run (Ui *ui, gconstpointer data)
{
  make_ready (ui);
  explorer_session_step (ui->session);
  ui_wait (explorer_session_get_n_frames (ui->session) > 0);
  assert_stroke_is_taken_back (ui);
  g_assert_true (explorer_session_is_paused (ui->session));
}

static void
test_stroke_of_source (Ui *ui, gconstpointer data)
{
  make_ready (ui);
  explorer_brush_set_tool (explorer_window_get_brush (ui->window), EXPLORER_TOOL_SOURCE);
  assert_stroke_is_taken_back (ui);
}

/* A timeout of the same clock as the one that a run waits for, added after it and longer, is
 * dispatched after it. */
static void
outlast_rest (void)
{
  ui_pass (2 * EXPLORER_LIVE_REST);
}

/* Live, a run follows what has changed; nothing has. */
static void
test_stroke_live (Ui *ui, gconstpointer data)
{
  Watch watch = { .ui = ui };

  make_ready (ui);
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  explorer_preferences_set (ui->preferences, "live", TRUE);
  assert_stroke_is_taken_back (ui);
  g_assert_false (explorer_live_is_active (explorer_window_get_live (ui->window)));
  g_signal_connect_swapped (ui->session, "run-started", G_CALLBACK (on_run_started), &watch);
  outlast_rest ();
  g_assert_cmpuint (watch.n_started, ==, 0);
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
}

/* A stroke that rests may still be taken back: the run comes after its end. */
static void
test_stroke_held_live (Ui *ui, gconstpointer data)
{
  Watch watch = { .ui = ui };

  make_ready (ui);
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  explorer_preferences_set (ui->preferences, "live", TRUE);
  g_signal_connect_swapped (ui->session, "run-started", G_CALLBACK (on_run_started), &watch);
  press_and_draw (ui, 30, 60);
  outlast_rest ();
  g_assert_cmpuint (watch.n_started, ==, 0);
  ui_release (ui, 1);
  ui_wait (watch.n_started == 1);
  g_signal_handlers_disconnect_by_data (ui->session, &watch);
}

#define ADD(path, function) \
  g_test_add ("/ui/keys/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("nothing", test_nothing);
  ADD ("entry", test_entry);
  ADD ("committed-entry", test_committed_entry);
  ADD ("empty-canvas", test_empty_canvas);
  ADD ("check-box", test_check_box);
  ADD ("switch", test_switch);
  ADD ("button", test_button);
  ADD ("field-view", test_field_view);
  ADD ("timeline", test_timeline);
  ADD ("drop-down-open", test_drop_down_open);
  ADD ("menu-open", test_menu_open);
  ADD ("dialog-open", test_dialog_open);
  g_test_add ("/ui/keys/first-key", Ui, "as opened", ui_set_up, test_first_key, ui_tear_down);
  ADD ("escape-takes-back", test_escape_takes_back);
  ADD ("refused-does-not-run", test_refused_does_not_run);
  ADD ("stroke-at-rest", test_stroke_at_rest);
  ADD ("stroke-in-a-run", test_stroke_in_a_run);
  ADD ("stroke-of-source", test_stroke_of_source);
  ADD ("stroke-live", test_stroke_live);
  ADD ("stroke-held-live", test_stroke_held_live);
  return g_test_run ();
}
