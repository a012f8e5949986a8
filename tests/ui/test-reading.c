/* A file of other people: the window asks what its arrays are, Enter takes the best reading, keys choose another one,
 * Escape leaves everything as it was; our own files are not asked about. */

#include <math.h>

#include "explorer-reading.h"
#include "pisd-npz-writer.h"
#include "ui-fixture.h"

#define S PISD_GRID
#define N_CASES 3

static ExplorerReading *
get_window (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_READING);
}

static const PisdInstance *
get_truth (Ui *ui)
{
  return explorer_session_get_scenario (ui->session)->instance;
}

/* Case 0 of a stack; the others are something else. */
static void
add_stack (PisdNpzWriter *writer, const char *name, const PisdField *field, double factor)
{
  const gsize shape[] = { N_CASES, S, S };
  g_autofree double *data = g_new (double, N_CASES *S *S);

  for (guint p = 0; p < N_CASES * S * S; p++)
    data[p] = p < S * S ? factor * field->data[p] : cos (p);
  pisd_npz_writer_add (writer, name, 3, shape, data);
}

static PisdInstance *
write_theirs (const char *path)
{
  const PisdEquation equation = { 0 };
  PisdInstance *truth = pisd_instance_new_random (&equation, PISD_FAMILY_GRF, 77, NULL);
  PisdField *const *fields = pisd_instance_get_fields (truth);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  add_stack (writer, "phi", fields[1], 1);
  add_stack (writer, "f", fields[0], -2);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  return truth;
}

static void
open_theirs (Ui *ui, const char *path)
{
  const char *const paths[] = { path, NULL };

  explorer_window_open (ui->window, paths);
  ui_wait (get_window (ui) != NULL && explorer_reading_get_shown (get_window (ui)) != NULL);
  ui_settle_window (GTK_WINDOW (get_window (ui)));
}

static gboolean
is_reading (Ui *ui)
{
  return explorer_loader_get_reading (explorer_window_get_loader (ui->window)) != NULL;
}

static gboolean
has_text (GtkWidget *widget, gconstpointer text)
{
  return strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

/* The best reading is there, and Enter takes it; that Poisson is the same in both orders is said. */
static void
test_enter (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "theirs.mat");
  g_autoptr (PisdInstance) truth = write_theirs (path);
  const PisdReading *shown;

  open_theirs (ui, path);
  shown = explorer_reading_get_shown (get_window (ui));
  g_assert_cmpstr (shown->names[0], ==, "f");
  g_assert_cmpstr (shown->names[1], ==, "phi");
  g_assert_cmpfloat (fabs (shown->factor + 0.5), <, 1e-6);
  g_assert_cmpfloat (shown->residual, <, 1e-6);
  g_assert_nonnull (ui_find (GTK_WIDGET (get_window (ui)), GTK_TYPE_LABEL, has_text,
                             "in either order of the axes"));
  ui_send ("key Return");
  ui_wait (get_window (ui) == NULL && !is_reading (ui));
  g_assert_nonnull (pisd_instance_get_reading (get_truth (ui)));
  for (guint f = 0; f < 2; f++)
    g_assert_cmpfloat (pisd_field_relative_error (pisd_instance_get_fields (get_truth (ui))[f],
                                                  pisd_instance_get_fields (truth)[f]),
                       <, 1e-6);
  g_assert_null (explorer_window_get_last_toast (ui->window));
}

static gboolean
shows_order (Ui *ui, gboolean is_xy)
{
  const PisdReading *shown = explorer_reading_get_shown (get_window (ui));

  return shown != NULL && shown->is_xy == is_xy;
}

static gboolean
has_item (GtkWidget *widget, gconstpointer text)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (widget));

  return item != NULL && g_strcmp0 (gtk_string_object_get_string (item), text) == 0;
}

/* The other order, chosen with keys, is the transposed field. */
static void
test_order (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "theirs.mat");
  g_autoptr (PisdInstance) truth = write_theirs (path);
  const PisdField *field = pisd_instance_get_field (truth, PISD_FIELD_U);
  GtkWidget *order;

  open_theirs (ui, path);
  order = ui_find (GTK_WIDGET (get_window (ui)), GTK_TYPE_DROP_DOWN, has_item,
                   "rows are y, columns are x");
  g_assert_nonnull (order);
  gtk_widget_grab_focus (order);
  ui_send ("key space");
  ui_pass (300);
  ui_send ("key Down Return");
  ui_wait (shows_order (ui, TRUE));
  gtk_widget_grab_focus (gtk_window_get_default_widget (GTK_WINDOW (get_window (ui))));
  ui_send ("key Return");
  ui_wait (get_window (ui) == NULL && !is_reading (ui));
  g_assert_true (pisd_instance_get_reading (get_truth (ui))->is_xy);
  field = pisd_instance_get_field (truth, PISD_FIELD_U);
  g_assert_cmpfloat (
      pisd_field_get_value (pisd_instance_get_field (get_truth (ui), PISD_FIELD_U), 0, 20, 90), ==,
      pisd_field_get_value (field, 0, 90, 20));
}

/* What is no factor is said, and nothing can be opened until there is one again. */
static void
test_factor (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "theirs.mat");
  g_autoptr (PisdInstance) truth = write_theirs (path);
  GtkWidget *window, *open;

  open_theirs (ui, path);
  window = GTK_WIDGET (get_window (ui));
  open = gtk_window_get_default_widget (GTK_WINDOW (window));
  gtk_widget_grab_focus (ui_find (window, GTK_TYPE_ENTRY, NULL, NULL));
  ui_send ("key ctrl+a 0");
  ui_wait (ui_find (window, GTK_TYPE_LABEL, has_text, "expected a number that is not 0") != NULL);
  ui_send ("key Return");
  ui_settle_window (GTK_WINDOW (window));
  g_assert_true (GTK_WIDGET (get_window (ui)) == window && !gtk_widget_get_sensitive (open));
  ui_send ("key ctrl+a 2");
  ui_wait (gtk_widget_get_sensitive (open));
  ui_send ("key Return");
  ui_wait (get_window (ui) == NULL && !is_reading (ui));
  g_assert_cmpfloat (pisd_instance_get_reading (get_truth (ui))->factor, ==, 2);
}

/* Nothing has changed, and what is opened next is read. */
static void
test_escape (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "theirs.mat");
  g_autofree char *ours = ui_path (ui, "ours.npz");
  g_autoptr (PisdInstance) truth = write_theirs (path);
  const PisdInstance *before = get_truth (ui);

  open_theirs (ui, path);
  g_assert_true (is_reading (ui));
  ui_send ("key Escape");
  ui_wait (get_window (ui) == NULL && !is_reading (ui));
  g_assert_true (get_truth (ui) == before);
  g_assert_true (pisd_instance_save_npz (truth, ours, NULL));
  g_assert_true (ui_open (ui, ours));
  g_assert_null (get_window (ui));
  g_assert_null (pisd_instance_get_reading (get_truth (ui)));
}

/* Another file takes the place of one that is asked about. */
static void
test_replaced (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "theirs.mat");
  g_autofree char *ours = ui_path (ui, "ours.npz");
  g_autoptr (PisdInstance) truth = write_theirs (path);

  open_theirs (ui, path);
  g_assert_true (pisd_instance_save_npz (truth, ours, NULL));
  g_assert_true (ui_open (ui, ours));
  g_assert_null (get_window (ui));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/reading/enter", Ui, NULL, ui_set_up, test_enter, ui_tear_down);
  g_test_add ("/ui/reading/order", Ui, NULL, ui_set_up, test_order, ui_tear_down);
  g_test_add ("/ui/reading/factor", Ui, NULL, ui_set_up, test_factor, ui_tear_down);
  g_test_add ("/ui/reading/escape", Ui, NULL, ui_set_up, test_escape, ui_tear_down);
  g_test_add ("/ui/reading/replaced", Ui, NULL, ui_set_up, test_replaced, ui_tear_down);
  return g_test_run ();
}
