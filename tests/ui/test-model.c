/* A model in another process, chosen and named by keys: its run, what the window says when it is
 * gone, and that the run goes on when it is back. */

#include "../pisd-test-model.h"
#include "explorer-inspect.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

static GtkWidget *
find_entry (Ui *ui)
{
  return ui_find_in_row (ui, "Model", GTK_TYPE_ENTRY);
}

/* A run of PISD with few modes and a few sensors. */
static void
prepare (Ui *ui, TestModel *model)
{
  ui_set_setting (ui, "guidance", "pisd");
  ui_set_setting (ui, "modes", "10");
  ui_set_setting (ui, "steps", "40");
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1);
  test_model_init (model, get_settings (ui));
}

/* The socket's name, letter by letter, and Enter. */
static void
name_model (Ui *ui, const TestModel *model)
{
  g_assert_true (explorer_session_set_setting (ui->session, "prior", "socket"));
  ui_settle (ui);
  g_assert_true (gtk_widget_get_visible (find_entry (ui)));
  g_assert_true (gtk_widget_grab_focus (find_entry (ui)));
  ui_key (ui, "ctrl+a");
  ui_send ("type %s", model->path);
  ui_key (ui, "Return");
  ui_wait (g_strcmp0 (explorer_session_get_scenario (ui->session)->socket_name, model->path) == 0);
  g_assert_cmpint (get_settings (ui)->prior, ==, PISD_PRIOR_SOCKET);
}

/* One that does not answer a question of that type as it should. */
static void
name_bad_model (Ui *ui, TestModel *model, PisdModelFrameType type, guint at, TestFault fault)
{
  model->type = type;
  model->at = at;
  model->fault = fault;
  test_model_start (model);
  name_model (ui, model);
}

static void
on_failed (ExplorerSession *session, const char *message, GString *said)
{
  g_string_append (said, message);
}

static gboolean
knows_all (ExplorerInspect *window)
{
  const PisdInspectionCurves *curves =
      explorer_inspect_curves_get (explorer_inspect_get_curves (window));

  for (guint i = 0; i < curves->n; i++)
    if (!curves->is_known[i])
      return FALSE;
  return curves->n == 40;
}

/* Every step is asked for once more, by a connection of the inspector's own. */
static void
inspect (Ui *ui)
{
  ui_key (ui, "ctrl+i");
  ui_wait (ui_find_window (ui, EXPLORER_TYPE_INSPECT) != NULL);
  ui_wait (knows_all (ui_find_window (ui, EXPLORER_TYPE_INSPECT)));
  gtk_window_close (ui_find_window (ui, EXPLORER_TYPE_INSPECT));
  ui_wait (ui_find_window (ui, EXPLORER_TYPE_INSPECT) == NULL);
}

/* A branch that changes nothing ends as the run did. */
static void
go_on_from (Ui *ui, guint step, const PisdFrame *expected)
{
  g_autoptr (PisdFrame) got = NULL;

  g_assert_true (explorer_session_branch (ui->session, step, PISD_PACE_FREE));
  ui_wait (!explorer_session_is_running (ui->session));
  got = explorer_session_dup_frame (ui->session, 40);
  g_assert_cmpmem (got->denoised, sizeof (float) * got->n, expected->denoised,
                   sizeof (float) * expected->n);
}

/* The model's run is that of the built-in denoiser, also beside the inspector and as a branch. */
static void
test_run (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdFrame) expected = NULL, got = NULL;
  TestModel model;

  prepare (ui, &model);
  ui_run_to_the_end (ui);
  expected = explorer_session_dup_frame (ui->session, 40);
  test_model_start (&model);
  name_model (ui, &model);
  ui_run_to_the_end (ui);
  got = explorer_session_dup_frame (ui->session, 40);
  g_assert_cmpmem (got->denoised, sizeof (float) * got->n, expected->denoised,
                   sizeof (float) * expected->n);
  inspect (ui);
  go_on_from (ui, 20, expected);
  ui_key (ui, "ctrl+z");
  ui_wait (explorer_session_get_scenario (ui->session)->socket_name == NULL);
  test_model_clear (&model);
}

/* A model that dies leaves a paused run and a message; Space goes on, and where it is back, to the
 * end. */
static void
test_gone (Ui *ui, gconstpointer data)
{
  g_autoptr (GString) said = g_string_new (NULL);
  TestModel model;

  g_signal_connect (ui->session, "failed", G_CALLBACK (on_failed), said);
  prepare (ui, &model);
  model.dies = TRUE;
  name_bad_model (ui, &model, PISD_MODEL_DENOISE, 12, TEST_FAULT_CUT);
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (explorer_session_is_paused (ui->session));
  g_assert_nonnull (strstr (said->str, "the other side has closed: got 796 bytes"));
  g_assert_nonnull (strstr (said->str, "The run is paused"));
  test_model_join (&model);

  g_string_truncate (said, 0);
  gtk_widget_grab_focus (GTK_WIDGET (ui->grid));
  ui_key (ui, "space");
  ui_wait (strstr (said->str, "connection: ") != NULL);
  ui_wait (explorer_session_is_paused (ui->session));
  model.dies = FALSE;
  test_model_start (&model);
  ui_key (ui, "space");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 41);
  g_signal_handlers_disconnect_by_func (ui->session, on_failed, said);
  test_model_clear (&model);
}

/* One that is slow leaves a message and a run that goes on. */
static void
test_slow (Ui *ui, gconstpointer data)
{
  g_autoptr (GString) said = g_string_new (NULL);
  TestModel model;

  g_signal_connect (ui->session, "failed", G_CALLBACK (on_failed), said);
  prepare (ui, &model);
  ui_set_setting (ui, "model-wait", "12");
  name_bad_model (ui, &model, PISD_MODEL_DENOISE, 5, TEST_FAULT_LATE);
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (strstr (said->str, "no answer in 1 s. It is waited for") != NULL);
  g_assert_false (explorer_session_is_paused (ui->session));
  atomic_store (&model.may_answer, TRUE);
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 41);
  g_signal_handlers_disconnect_by_func (ui->session, on_failed, said);
  test_model_clear (&model);
}

/* A column of a comparison whose model dies ends with its message, and others end, too. */
static void
test_column (Ui *ui, gconstpointer data)
{
  ExplorerComparison *comparison;
  const PisdTrack *track;
  const PisdComparison *drawn;
  TestModel model;

  prepare (ui, &model);
  ui_set_setting (ui, "model-wait", "0.2");
  model.dies = TRUE;
  name_bad_model (ui, &model, PISD_MODEL_DENOISE, 12, TEST_FAULT_CUT);
  gtk_widget_grab_focus (GTK_WIDGET (ui->grid));
  ui_key (ui, "ctrl+k");
  ui_wait (ui_find_compare (ui) != NULL);
  comparison = explorer_compare_get_comparison (ui_find_compare (ui));
  ui_wait (!explorer_comparison_is_running (comparison));
  track = explorer_comparison_get_track (comparison, EXPLORER_PLAN_AS_SET);
  drawn = explorer_compare_get_drawn (ui_find_compare (ui));
  g_assert_cmpint (track->state, ==, PISD_TRACK_FAILED);
  g_assert_nonnull (strstr (track->message, ": connection: "));
  g_assert_cmpstr (drawn->columns[1 + EXPLORER_PLAN_AS_SET].note, ==, track->message);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui_find_compare (ui))));
  ui_send ("key ctrl+w");
  ui_wait (ui_find_compare (ui) == NULL);
  test_model_clear (&model);
}

/* A run that waits is stopped by Esc like any. */
static void
test_stopped (Ui *ui, gconstpointer data)
{
  TestModel model;

  prepare (ui, &model);
  name_bad_model (ui, &model, PISD_MODEL_VJP, 5, TEST_FAULT_SILENT);
  explorer_session_run (ui->session, PISD_PACE_FREE);
  ui_wait (atomic_load (&model.n_answered) >= 11);
  gtk_widget_grab_focus (GTK_WIDGET (ui->grid));
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_n_frames (ui->session), ==, 6);
  test_model_clear (&model);
}

#define ADD(path, function) \
  g_test_add ("/ui/model/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("run", test_run);
  ADD ("gone", test_gone);
  ADD ("slow", test_slow);
  ADD ("column", test_column);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
