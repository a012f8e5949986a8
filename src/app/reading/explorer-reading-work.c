#include "explorer-reading-work.h"

ExplorerReadingWork *
explorer_reading_work_new (PisdFileQuestion *question,
                           const PisdReadingWish *wish,
                           PisdCancel *cancel)
{
  ExplorerReadingWork *work = g_new0 (ExplorerReadingWork, 1);

  work->question = pisd_file_question_ref (question);
  work->cancel = pisd_cancel_ref (cancel);
  work->wish = *wish;
  for (guint k = 0; k < EXPLORER_READING_N_FIELDS; k++)
    work->wish.names[k] = g_strdup (wish->names[k]);
  return work;
}

void
explorer_reading_work_free (gpointer data)
{
  ExplorerReadingWork *work = data;

  pisd_file_question_unref (work->question);
  pisd_reading_wish_clear (&work->wish);
  pisd_cancel_unref (work->cancel);
  pisd_reading_free (work->reading);
  for (guint k = 0; k < EXPLORER_READING_N_FIELDS; k++)
    pisd_field_free (work->fields[k]);
  g_free (work);
}

gboolean
explorer_reading_work_run (gpointer data, GError **error)
{
  ExplorerReadingWork *work = data;

  return pisd_file_question_look (work->question, &work->wish, work->cancel, &work->reading,
                                  work->fields, error);
}
