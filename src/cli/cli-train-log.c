#include "cli-train-log.h"

#include <string.h>
#include <time.h>

#include "pisd-save.h"

#define STEPS_A_ROW 10

struct _CliTrainLog
{
  char *path;
  GString *header; /* known at the first validation */
  GString *rows;
  gint64 started; /* monotonic, microseconds */
  clock_t cpu_started;
  double seconds_before, cpu_seconds_before; /* of the rows that were there */
  guint n;                                   /* steps that are averaged */
  PisdTrainingReport sum;
};

/* The rows up to that step of a table that was there; unreadable ones are no loss. */
static void
take_rows (CliTrainLog *self, const char *text, guint64 from)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", 4);

      if (g_strv_length (cells) < 4 || g_ascii_strtoull (cells[0], NULL, 10) > from)
        break;
      self->seconds_before = g_ascii_strtod (cells[1], NULL);
      self->cpu_seconds_before = g_ascii_strtod (cells[2], NULL);
      g_string_append_printf (self->rows, "%s\n", lines[i]);
    }
  g_string_assign (self->header, lines[0] != NULL ? lines[0] : "");
}

CliTrainLog *
cli_train_log_new (const char *path, guint64 from)
{
  CliTrainLog *self = g_new0 (CliTrainLog, 1);
  g_autofree char *text = NULL;

  self->path = g_strdup (path);
  self->header = g_string_new (NULL);
  self->rows = g_string_new (NULL);
  self->started = g_get_monotonic_time ();
  self->cpu_started = clock ();
  if (path != NULL && from > 0 && g_file_get_contents (path, &text, NULL, NULL))
    take_rows (self, text, from);
  return self;
}

void
cli_train_log_free (CliTrainLog *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_string_free (self->header, TRUE);
  g_string_free (self->rows, TRUE);
  g_free (self);
}

double
cli_train_log_get_seconds (const CliTrainLog *self)
{
  return self->seconds_before
         + (double) (g_get_monotonic_time () - self->started) / G_TIME_SPAN_SECOND;
}

static void
begin_row (CliTrainLog *self, guint64 step)
{
  double cpu = (double) (clock () - self->cpu_started) / CLOCKS_PER_SEC;

  g_string_append_printf (self->rows, "%" G_GUINT64_FORMAT ",%.1f,%.1f", step,
                          cli_train_log_get_seconds (self), self->cpu_seconds_before + cpu);
}

void
cli_train_log_add_step (CliTrainLog *self, guint64 step, const PisdTrainingReport *report)
{
  self->sum.loss += report->loss;
  self->sum.norm += report->norm;
  if (++self->n < STEPS_A_ROW)
    return;
  begin_row (self, step);
  g_string_append_printf (self->rows, ",%.6g,%.4g,%.4g\n", self->sum.loss / self->n,
                          self->sum.norm / self->n, report->rate);
  self->sum = (PisdTrainingReport){ 0 };
  self->n = 0;
}

static void
fill_header (CliTrainLog *self, const PisdValidationRow *rows, guint n_rows)
{
  g_string_assign (self->header, "step,seconds,cpu_seconds,loss,gradient_norm,rate");
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (self->header, ",%s_%g", pisd_family_get_name (rows[i].family),
                            rows[i].sigma);
}

void
cli_train_log_add_validation (CliTrainLog *self,
                              guint64 step,
                              const PisdValidationRow *rows,
                              guint n_rows)
{
  fill_header (self, rows, n_rows);
  begin_row (self, step);
  g_string_append (self->rows, ",,,");
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (self->rows, ",%.4f", rows[i].network / rows[i].linear);
  g_string_append_c (self->rows, '\n');
}

gboolean
cli_train_log_save (CliTrainLog *self, GError **error)
{
  g_autofree char *text = NULL;

  if (self->path == NULL)
    return TRUE;
  text = g_strdup_printf ("%s\n%s", self->header->str, self->rows->str);
  return pisd_save_bytes (self->path, text, strlen (text), error);
}
