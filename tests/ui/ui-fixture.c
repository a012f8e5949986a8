#include "ui-fixture.h"

#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "explorer-application.h"
#include "explorer-setting-row.h"

static gboolean
on_timeout (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_iterate (void)
{
  const guint source = g_timeout_add (10, on_timeout, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static gboolean
on_time (gpointer passed)
{
  *(gboolean *) passed = TRUE;
  return G_SOURCE_REMOVE;
}

void
ui_pass (guint milliseconds)
{
  gboolean passed = FALSE;

  g_timeout_add (milliseconds, on_time, &passed);
  ui_wait (passed);
}

/* Of the main loop, after which an event that the server has sent is surely with GTK. */
#define MOST_ROUNDS 50

/* Of the pointer to one place, until nothing lies elsewhere any more when it has come there. */
#define MOST_MOVES 20

/* Of the window on the screen, in pixels from left and top. */
#define PLACE 20

/* With the descriptors left open GLib makes no copy of this process's memory for each call, which
 * under AddressSanitizer is large. */
#define SPAWN_FLAGS (G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN)

static void
run_xdotool (const char *words)
{
  g_autofree char *line = g_strdup_printf ("xdotool %s", words);
  g_autofree char *messages = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_shell_parse_argv (line, NULL, &arguments, &error)
      || !g_spawn_sync (NULL, arguments, NULL, SPAWN_FLAGS, NULL, NULL, NULL, &messages, &status,
                        &error))
    g_error ("%s: %s", line, error->message);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s: %s", line, error->message, messages);
}

void
ui_send (const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  run_xdotool (words);
}

/* Not until nothing is pending: a run that is drawn slower than the display's rate leaves always something. */
static void
iterate (void)
{
  for (guint k = 0; k < MOST_ROUNDS && g_main_context_pending (NULL); k++)
    g_main_context_iteration (NULL, FALSE);
}

static Display *
get_server (GdkDisplay *display)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gdk_x11_display_get_xdisplay (display);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

static Bool
is_answer (Display *server, XEvent *event, XPointer probe)
{
  return event->type == PropertyNotify && event->xproperty.window == *(Window *) probe;
}

/* The window manager hears of every press before the window under the pointer does, and it moves the
 * focus where a window comes or goes.  It takes one thing after the other, so that all that was sent
 * is done once it has said how wide the frame of some window would be. */
static void
wait_for_manager (GdkDisplay *display)
{
  Display *server = get_server (display);
  const Window root = DefaultRootWindow (server);
  XSetWindowAttributes attributes = { .event_mask = PropertyChangeMask };
  Window probe = XCreateWindow (server, root, -1, -1, 1, 1, 0, CopyFromParent, InputOnly,
                                CopyFromParent, CWEventMask, &attributes);
  XEvent question = { .xclient = { .type = ClientMessage, .window = probe, .format = 32 } };
  XEvent answer;

  question.xclient.message_type = XInternAtom (server, "_NET_REQUEST_FRAME_EXTENTS", False);
  XSendEvent (server, root, False, SubstructureNotifyMask | SubstructureRedirectMask, &question);
  XIfEvent (server, &answer, is_answer, (XPointer) &probe);
  XDestroyWindow (server, probe);
}

/* What was sent is with GTK: xdotool has ended, so its events are with the server or the manager. */
static void
receive (GdkDisplay *display)
{
  gdk_display_sync (display);
  wait_for_manager (display);
  gdk_display_sync (display);
  iterate ();
}

static void
draw_frame (GdkFrameClock *clock)
{
  const gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  ui_wait (gdk_frame_clock_get_frame_counter (clock) > frame);
}

/* Two frames after its arrival an event has been handled, and what followed has been drawn; the manager
 * knows which windows have come and gone. */
void
ui_settle_window (GtkWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));

  receive (display);
  draw_frame (clock);
  draw_frame (clock);
  receive (display);
}

void
ui_settle (Ui *ui)
{
  ui_settle_window (GTK_WINDOW (ui->window));
}

void
ui_key (Ui *ui, const char *key)
{
  ui_send ("key %s", key);
  ui_settle (ui);
}

static gulong
get_xid (GtkNative *native)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gdk_x11_surface_get_xid (gtk_native_get_surface (native));
  G_GNUC_END_IGNORE_DEPRECATIONS
}

void
ui_get_origin (GtkNative *native, int *x, int *y)
{
  Display *server = get_server (gtk_widget_get_display (GTK_WIDGET (native)));
  Window child;

  XTranslateCoordinates (server, get_xid (native), DefaultRootWindow (server), 0, 0, x, y, &child);
}

/* A popover has a surface of its own. */
void
ui_click_in_popover (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double surface_x, surface_y, x, y;
  int origin_x, origin_y;

  ui_get_origin (native, &origin_x, &origin_y);
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native),
                                                   0.5 * gtk_widget_get_width (widget),
                                                   0.5 * gtk_widget_get_height (widget), &x, &y));
  ui_send ("mousemove %d %d click 1", origin_x + (int) (surface_x + x),
           origin_y + (int) (surface_y + y));
}

/* What the pointer is sent to: a place of a widget, or, of a view, a node. */
typedef struct
{
  GtkWidget *widget;
  double x, y;
  gboolean is_node;
  int i, j;
} Target;

typedef struct
{
  int x, y;
} Place;

/* The one that it is in. */
static GtkWidget *
get_window (const Target *target)
{
  return GTK_WIDGET (gtk_widget_get_root (target->widget));
}

static void
get_place_in_window (const Target *target, double *x, double *y)
{
  double in_widget_x = target->x, in_widget_y = target->y;

  if (target->is_node)
    explorer_field_view_get_node_position (EXPLORER_FIELD_VIEW (target->widget), target->i,
                                           target->j, &in_widget_x, &in_widget_y);
  g_assert_true (gtk_widget_translate_coordinates (target->widget, get_window (target), in_widget_x,
                                                   in_widget_y, x, y));
}

/* Where it is on the screen. */
static Place
find (const Target *target)
{
  double surface_x, surface_y, x, y;
  int origin_x = 0, origin_y = 0;

  ui_get_origin (GTK_NATIVE (get_window (target)), &origin_x, &origin_y);
  gtk_native_get_surface_transform (GTK_NATIVE (get_window (target)), &surface_x, &surface_y);
  get_place_in_window (target, &x, &y);
  return (Place){ origin_x + (int) lround (surface_x + x),
                  origin_y + (int) lround (surface_y + y) };
}

/* What a test has changed just before is laid out by the frames in which the pointer arrives, and may
 * have moved what it was sent to: then it is sent once more. */
static void
move_to (const Target *target)
{
  Place place, now = find (target);
  guint n_moves = 0;

  do
    {
      g_assert_cmpuint (n_moves++, <, MOST_MOVES);
      place = now;
      ui_send ("mousemove %d %d", place.x, place.y);
      ui_settle_window (GTK_WINDOW (get_window (target)));
      now = find (target);
    }
  while (now.x != place.x || now.y != place.y);
}

void
ui_move_away (void)
{
  ui_send ("mousemove 1690 1090");
}

/* A toast that comes over it takes the click; of what is in the toast, none. */
static gboolean
is_under_toast (const Target *target)
{
  GtkWidget *hit;
  double x, y;

  get_place_in_window (target, &x, &y);
  hit = gtk_widget_pick (get_window (target), x, y, GTK_PICK_DEFAULT);
  while (hit != NULL && g_strcmp0 (gtk_widget_get_css_name (hit), "toast") != 0)
    hit = gtk_widget_get_parent (hit);
  return hit != NULL && !gtk_widget_is_ancestor (target->widget, hit);
}

/* A toast stays for as long as the pointer is over it. */
static void
move_in_sight (const Target *target)
{
  ui_wait (!is_under_toast (target));
  move_to (target);
  while (is_under_toast (target))
    {
      ui_move_away ();
      ui_wait (!is_under_toast (target));
      move_to (target);
    }
}

static void
click (const Target *target, int button)
{
  double x, y;

  move_in_sight (target);
  get_place_in_window (target, &x, &y);
  if (!gtk_widget_contains (get_window (target), x, y))
    g_error ("a click on a %s would miss the window: scroll to it first",
             G_OBJECT_TYPE_NAME (target->widget));
  ui_send ("click %d", button);
  ui_settle_window (GTK_WINDOW (get_window (target)));
}

void
ui_get_position (Ui *ui, GtkWidget *widget, double x, double y, int *screen_x, int *screen_y)
{
  const Target target = { .widget = widget, .x = x, .y = y };
  Place place;

  ui_settle (ui);
  place = find (&target);
  *screen_x = place.x;
  *screen_y = place.y;
}

void
ui_press (Ui *ui, int button)
{
  ui_send ("mousedown %d", button);
  ui_settle (ui);
}

void
ui_release (Ui *ui, int button)
{
  ui_send ("mouseup %d", button);
  ui_settle (ui);
}

void
ui_click (Ui *ui, GtkWidget *widget, double x, double y, int button)
{
  const Target target = { .widget = widget, .x = x, .y = y };

  click (&target, button);
}

void
ui_move_to (Ui *ui, GtkWidget *widget, double x, double y)
{
  const Target target = { .widget = widget, .x = x, .y = y };

  move_to (&target);
}

static Target
get_node (Ui *ui, guint row, ExplorerColumn column, int i, int j)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (ui->grid, row, column);

  return (Target){ .widget = GTK_WIDGET (view), .is_node = TRUE, .i = i, .j = j };
}

void
ui_click_node (Ui *ui, guint row, ExplorerColumn column, int i, int j, int button)
{
  const Target target = get_node (ui, row, column, i, j);

  click (&target, button);
}

void
ui_move_to_node (Ui *ui, guint row, ExplorerColumn column, int i, int j)
{
  const Target target = get_node (ui, row, column, i, j);

  move_to (&target);
}

GtkWidget *
ui_find (GtkWidget *root,
         GType type,
         gboolean (*accept) (GtkWidget *, gconstpointer),
         gconstpointer data)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (accept == NULL || accept (root, data)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, accept, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_action (GtkWidget *widget, gconstpointer action)
{
  return g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

GtkWidget *
ui_find_button (GtkWidget *root, const char *action)
{
  return ui_find (root, GTK_TYPE_BUTTON, has_action, action);
}

/* Asks for a size, or the least that the window takes now, which what comes meanwhile may change;
 * whether it has it. */
static gboolean
takes_size (GtkWindow *window, int width, int height)
{
  GtkWidget *widget = GTK_WIDGET (window);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  int least_width, least_height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL, NULL);
  height = MAX (height, least_height);
  gtk_window_set_default_size (window, width, height);
  return gdk_surface_get_width (surface) == width && gdk_surface_get_height (surface) == height;
}

void
ui_resize_window (GtkWindow *window, int width, int height)
{
  ui_settle_window (window); /* what it gets as it appears has arrived */
  ui_wait (takes_size (window, width, height));
  ui_settle_window (window);
}

void
ui_resize (Ui *ui, int width, int height)
{
  ui_resize_window (GTK_WINDOW (ui->window), width, height);
}

void
ui_set_text_scale (Ui *ui, double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
  ui_settle (ui);
}

static gboolean
has_key (GtkWidget *row, gconstpointer key)
{
  g_autofree char *own = NULL;

  g_object_get (row, "key", &own, NULL);
  return g_strcmp0 (own, key) == 0;
}

gboolean
ui_has_setting (Ui *ui, const char *key)
{
  return ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_SETTING_ROW, has_key, key) != NULL;
}

GtkWidget *
ui_find_setting (Ui *ui, const char *key)
{
  GtkWidget *row = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_SETTING_ROW, has_key, key);
  GtkWidget *entry;

  g_assert_nonnull (row);
  entry = ui_find (row, GTK_TYPE_ENTRY, NULL, NULL);
  return entry != NULL ? entry : ui_find (row, GTK_TYPE_DROP_DOWN, NULL, NULL);
}

static gboolean
has_title (GtkWidget *row, gconstpointer title)
{
  return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) == 0;
}

GtkWidget *
ui_find_in_row (Ui *ui, const char *title, GType type)
{
  GtkWidget *row = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_PREFERENCES_ROW, has_title, title);

  if (row == NULL)
    g_error ("there is no row “%s”", title);
  return ui_find (row, type, NULL, NULL);
}

gpointer
ui_find_window (Ui *ui, GType type)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (ui->application)); link != NULL;
       link = link->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type))
      return link->data;
  return NULL;
}

ExplorerCompare *
ui_find_compare (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_COMPARE);
}

void
ui_set_setting (Ui *ui, const char *key, const char *text)
{
  g_assert_true (explorer_session_set_setting (ui->session, key, text));
}

void
ui_run_to_the_end (Ui *ui)
{
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (!explorer_session_is_running (ui->session));
}

void
ui_run_few (Ui *ui, guint samples)
{
  g_autofree char *text = g_strdup_printf ("%u", samples);

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_set_setting (ui, "modes", "16");
  ui_set_setting (ui, "steps", "4");
  ui_set_setting (ui, "samples", text);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 7);
  ui_run_to_the_end (ui);
}

void
ui_get_panel (Ui *ui, guint row, ExplorerColumn column, PisdPanel *panel)
{
  explorer_field_view_get_panel (explorer_view_grid_get_view (ui->grid, row, column), panel);
}

static void
on_failed (GObject *object, const char *message, gpointer data)
{
  *(gboolean *) data = TRUE;
}

gboolean
ui_open (Ui *ui, const char *path)
{
  const char *const paths[] = { path, NULL };
  ExplorerLoader *loader = explorer_window_get_loader (ui->window);
  gboolean failed = FALSE;
  const gulong handler = g_signal_connect (loader, "failed", G_CALLBACK (on_failed), &failed);

  explorer_window_open (ui->window, paths);
  ui_wait (explorer_loader_get_reading (loader) == NULL);
  g_signal_handler_disconnect (loader, handler);
  return !failed;
}

gboolean
ui_save (Ui *ui, ExplorerExport kind, const char *path)
{
  ExplorerSaver *saver = explorer_window_get_saver (ui->window);
  gboolean failed = FALSE;
  const gulong handler = g_signal_connect (saver, "failed", G_CALLBACK (on_failed), &failed);

  explorer_window_save (ui->window, kind, path);
  ui_wait (explorer_saver_get_writing (saver) == NULL);
  g_signal_handler_disconnect (saver, handler);
  return !failed;
}

PisdScenario *
ui_save_run (Ui *ui, const char *path)
{
  PisdScenario *scenario;

  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  ui_set_setting (ui, "steps", "4");
  ui_run_to_the_end (ui);
  scenario = pisd_scenario_dup (explorer_session_get_scenario (ui->session));
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_PICTURE, path));
  explorer_session_clear_sensors (ui->session);
  return scenario;
}

void
ui_strip_picture (const char *path)
{
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);

  g_assert_cmpint (cairo_surface_write_to_png (image, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (image);
}

char *
ui_path (Ui *ui, const char *name)
{
  return g_build_filename (ui->folder, name, NULL);
}

guint
ui_count (Ui *ui, PisdFieldId field)
{
  return pisd_sensors_count (explorer_session_get_scenario (ui->session)->sensors, field);
}

const char *
ui_get_subtitle (Ui *ui)
{
  GtkWidget *title = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_WINDOW_TITLE, NULL, NULL);

  return adw_window_title_get_subtitle (ADW_WINDOW_TITLE (title));
}

void
ui_init_in_locale (int *argc, char ***argv)
{
  explorer_application_init_locale ();
  g_test_init (argc, argv, NULL);
  adw_init ();
}

static AdwApplication *
get_application (void)
{
  static AdwApplication *application = NULL;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application = ADW_APPLICATION (explorer_application_new ());
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_hold (G_APPLICATION (application));
  return application;
}

static void
make_quiet (Ui *ui)
{
  explorer_session_stop (ui->session);
  ui_wait (!explorer_session_is_running (ui->session));
  explorer_preferences_set (ui->preferences, "follow", FALSE);
  explorer_session_clear_sensors (ui->session);
}

/* Windows of any kind that were shown and not disposed yet: whoever keeps one keeps what it shows. */
static GPtrArray *shown;

static void
on_gone (gpointer data, GObject *window)
{
  g_ptr_array_remove (shown, window);
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GObject *widget = g_value_get_object (values);

  if (GTK_IS_WINDOW (widget) && !g_ptr_array_find (shown, widget, NULL))
    {
      g_ptr_array_add (shown, widget);
      g_object_weak_ref (widget, on_gone, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static void
watch_windows (void)
{
  if (shown != NULL)
    return;
  shown = g_ptr_array_new ();
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET)); /* with its signals */
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}

/* Windows beside the main one live on without it; closed, all of them go. */
static void
close_others (void)
{
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint k = 0; k < shown->len; k++)
    g_ptr_array_add (windows, g_object_ref (shown->pdata[k]));
  for (guint k = 0; k < windows->len; k++)
    gtk_window_destroy (windows->pdata[k]);
  g_ptr_array_set_size (windows, 0);
  ui_wait (shown->len == 0);
}

static void
make_window (Ui *ui)
{
  g_autoptr (GError) error = NULL;

  watch_windows ();
  ui->application = get_application ();
  ui->preferences = explorer_preferences_new ();
  explorer_preferences_set (ui->preferences, "window-width", 1200);
  explorer_preferences_set (ui->preferences, "window-height", 900);
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  explorer_preferences_set (ui->preferences, "live", TRUE);
  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_preferences_set (ui->preferences, explorer_columns_get_key (c),
                              c < EXPLORER_COLUMN_SPREAD);
  explorer_preferences_set (ui->preferences, "side-bar", TRUE);
  explorer_preferences_set (ui->preferences, "advanced-guidance", FALSE);
  explorer_preferences_set (ui->preferences, "advanced-sampler", FALSE);
  explorer_preferences_set (ui->preferences, "maximized", FALSE);
  explorer_preferences_set (ui->preferences, "range-mode", PISD_RANGE_GROW);
  ui->folder = g_dir_make_tmp ("pisd-ui-XXXXXX", &error);
  g_assert_no_error (error);
  ui->window = EXPLORER_WINDOW (explorer_window_new (ui->application, ui->preferences));
  g_object_add_weak_pointer (G_OBJECT (ui->window), (gpointer *) &ui->window);
  ui->session = explorer_window_get_session (ui->window);
  g_object_add_weak_pointer (G_OBJECT (ui->session), (gpointer *) &ui->session);
  ui->grid = explorer_window_get_grid (ui->window);
  ui->timeline = explorer_window_get_timeline (ui->window);
}

static gboolean
is_at (Ui *ui, int x, int y)
{
  int now_x, now_y;

  ui_get_origin (GTK_NATIVE (ui->window), &now_x, &now_y);
  return now_x == x && now_y == y;
}

/* The window manager may put it elsewhere once more, before it hears where it is wanted. */
void
ui_move_window (Ui *ui, int x, int y)
{
  ui_send ("windowmove --sync %lu %d %d", get_xid (GTK_NATIVE (ui->window)), x, y);
  ui_wait (is_at (ui, x, y));
  ui_settle (ui);
}

static void
present (Ui *ui)
{
  gtk_window_present (GTK_WINDOW (ui->window));
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
  ui_move_away ();
  ui_move_window (ui, PLACE, PLACE);
}

void
ui_set_up (Ui *ui, gconstpointer as_opened)
{
  make_window (ui);
  present (ui);
  if (!as_opened)
    make_quiet (ui);
}

void
ui_set_up_first (Ui *ui, gconstpointer hinted)
{
  make_window (ui);
  explorer_preferences_set (ui->preferences, "show-hint", hinted == NULL);
  explorer_window_open_first (ui->window);
  present (ui);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* GTK 4.8 takes the tooltip out of a window only after it has emptied it, and makes an object for that
 * which it never frees; emptied once more, it does. */
static void
destroy (GtkWindow *window)
{
  g_object_ref (window);
  gtk_window_destroy (window);
  g_object_run_dispose (G_OBJECT (window));
  g_object_unref (window);
}

void
ui_tear_down (Ui *ui, gconstpointer as_opened)
{
  g_autoptr (ExplorerExact) exact = NULL;
  g_autoptr (ExplorerSpread) spread = NULL;
  g_autoptr (ExplorerLoader) loader = NULL;

  if (ui->window != NULL)
    {
      exact = g_object_ref (explorer_window_get_exact (ui->window));
      spread = g_object_ref (explorer_window_get_spread (ui->window));
      loader = g_object_ref (explorer_window_get_loader (ui->window));
      destroy (GTK_WINDOW (ui->window));
    }
  ui_wait (ui->window == NULL);
  /* Their threads must be through: OpenBLAS unmaps its buffers when the process exits. */
  ui_wait (exact == NULL || !explorer_exact_is_busy (exact));
  ui_wait (spread == NULL || !explorer_spread_is_busy (spread));
  ui_wait (loader == NULL || !explorer_loader_is_at_work (loader));
  ui_wait (ui->session == NULL); /* nobody keeps what the window worked on */
  close_others ();
  g_clear_object (&ui->preferences);
  remove_folder (ui->folder);
  g_clear_pointer (&ui->folder, g_free);
}
