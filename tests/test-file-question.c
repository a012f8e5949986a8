/* A file that has to be asked about: its readings, a look at each, the answer, and a request to stop. */
#include "pisd-file-question.h"

#include <math.h>

#include "pisd-test-files.h"

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "theirs.mat");
}

static const PisdEquation equation = { 0 };

static PisdFileQuestion *
ask (const TestFile *fixture, PisdInstance **truth)
{
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  PisdFileQuestion *question;

  *truth = pisd_instance_new_random (&equation, PISD_FAMILY_GRF, 9, NULL);
  g_assert_true (pisd_instance_save_npz (*truth, fixture->path, NULL));
  input = pisd_input_open (fixture->path, NULL, NULL);
  question = pisd_file_question_new (input, &equation, &error);
  g_assert_no_error (error);
  return question; /* which outlives the input */
}

static void
test_answer (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdInstance) truth = NULL;
  g_autoptr (PisdFileQuestion) question = ask (fixture, &truth);
  g_autoptr (PisdInstance) answer = NULL;

  g_assert_cmpstr (pisd_file_question_get_name (question), ==, fixture->path);
  answer = pisd_file_question_answer (
      question, g_ptr_array_index (pisd_file_question_get_readings (question), 0), NULL, NULL);
  g_assert_true (pisd_instance_equal (answer, truth));
}

/* The source alone, though a solution would fit better. */
static void
test_look (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdInstance) truth = NULL;
  g_autoptr (PisdFileQuestion) question = ask (fixture, &truth);
  g_auto (PisdReadingWish) wish = { 0 };
  g_autoptr (PisdReading) reading = NULL;
  PisdField *fields[2];

  pisd_reading_wish_init (&wish);
  wish.names[0] = g_strdup ("a");
  wish.order = 0;
  g_assert_true (pisd_file_question_look (question, &wish, NULL, &reading, fields, NULL));
  g_assert_null (reading->names[1]);
  g_assert_null (fields[1]);
  g_assert_true (isnan (reading->residual));
  g_assert_cmpmem (fields[0]->data, sizeof (double),
                   pisd_instance_get_field (truth, PISD_FIELD_A)->data, sizeof (double));
  pisd_field_free (fields[0]);
}

static void
test_stop (TestFile *fixture, gconstpointer data)
{
  g_autoptr (PisdInstance) truth = NULL;
  g_autoptr (PisdFileQuestion) question = ask (fixture, &truth);
  PisdCancel *cancel = pisd_cancel_new ();
  g_autoptr (GError) error = NULL;

  pisd_cancel_trigger (cancel);
  g_assert_null (pisd_file_question_answer (
      question, g_ptr_array_index (pisd_file_question_get_readings (question), 0), cancel, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  pisd_cancel_unref (cancel);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/model/file-question/answer", TestFile, NULL, set_up, test_answer,
              test_file_tear_down);
  g_test_add ("/model/file-question/look", TestFile, NULL, set_up, test_look, test_file_tear_down);
  g_test_add ("/model/file-question/stop", TestFile, NULL, set_up, test_stop, test_file_tear_down);
  return g_test_run ();
}
