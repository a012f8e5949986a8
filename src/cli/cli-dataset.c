/* Random instances of a problem as one NPZ file, for other tools to learn from. */
#include "cli-common.h"

#include <stdio.h>
#include <string.h>

#include "cli-files.h"
#include "cli-progress.h"
#include "pisd-error.h"
#include "pisd-npz-stream.h"
#include "pisd-parallel.h"
#include "pisd-scatter.h"

#define MAX_COUNT 10000000
#define MAX_THREADS 1024
/* Instances that are made before they are written, for every thread. */
#define AHEAD 4
#define N_SENSOR_COLUMNS 6 /* field, x, y, t, value, sd */

/* The command line, as written. */
typedef struct
{
  char *problem, *family, *count, *seed, *sensors, *threads, *output;
  GStrv sets;
} Words;

static void
words_clear (Words *self)
{
  char *const words[] = { self->problem, self->family,  self->count, self->seed,
                          self->sensors, self->threads, self->output };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_free (words[i]);
  g_strfreev (self->sets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* An array of fields, one after the other: of one field, or of all frames of all fields. */
typedef struct
{
  const char *name;
  guint first, n_fields;
  gsize size; /* numbers an instance */
  guint number;
  float *values; /* [ahead, size] */
} Array;

typedef struct
{
  PisdEquation equation;
  const PisdOperator *row;
  PisdFamily family; /* PISD_FAMILY_ANY: each of the problem's in turn */
  guint64 count, seed, n_sensors, n_threads;
  guint n_arrays;
  Array arrays[PISD_MAX_FIELDS];
  /* The newest instances: from `begin` on. */
  guint64 begin;
  guint n;
  guint families, seeds, sensors; /* numbers of arrays */
  float *rows;                    /* [ahead, n_sensors of all fields, columns] */
  gint has_failed;                /* atomic */
  GError *failure;                /* the first one */
} Dataset;

static void
dataset_clear (Dataset *self)
{
  for (guint k = 0; k < self->n_arrays; k++)
    g_free (self->arrays[k].values);
  g_free (self->rows);
  g_clear_error (&self->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dataset, dataset_clear)

/* The options. */

static gboolean
parse (Words *words, int argc, char **argv, GError **error)
{
  g_autofree char *problems = pisd_setting_dup_choices (pisd_settings_find ("problem"), ", ");
  g_autofree char *families = pisd_setting_dup_choices (pisd_settings_find ("prior-family"), ", ");
  g_autofree char *problem_help = g_strdup_printf ("%s (default poisson)", problems);
  g_autofree char *family_help = g_strdup_printf ("%s (default grf); any: each in turn", families);
  const GOptionEntry entries[] = {
    { "problem", 0, 0, G_OPTION_ARG_STRING, &words->problem, problem_help, "NAME" },
    { "family", 0, 0, G_OPTION_ARG_STRING, &words->family, family_help, "NAME" },
    { "count", 0, 0, G_OPTION_ARG_STRING, &words->count, "how many instances (default 1000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &words->seed,
      "of the first instance, the others have the next ones (default 1)", "S" },
    { "sensors", 0, 0, G_OPTION_ARG_STRING, &words->sensors,
      "on random nodes of each field (default 0)", "N" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &words->threads, "0 (default): one a core", "T" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->sets,
      "set a constant of the equation (repeatable)", "KEY=VALUE" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &words->output, "where to write them", "FILE.npz" },
    { NULL },
  };

  return cli_parse_alone (
      entries,
      "Writes random instances for other tools as NPZ, in little memory however many they are:\n"
      "  a, u      float32 [N, 128, 128], or w [N, 10, 128, 128] where fields are frames of one "
      "flow; rows are y\n"
      "  seed      int64 [N], of `pisd sample --seed`\n"
      "  family    int64 [N]: 0 grf, 1 inclusions, 2 blobs\n"
      "  sensors   float32 [N, sensors, 6] where asked for: field (0 a, 1 u), x, y, t, value, sd",
      argc, argv, error);
}

static gboolean
read_counts (const Words *words, Dataset *self, GError **error)
{
  const struct
  {
    const char *option, *text;
    guint64 minimum, maximum, fallback;
    guint64 *value;
  } counts[] = {
    { "count", words->count, 1, MAX_COUNT, 1000, &self->count },
    { "seed", words->seed, 0, G_MAXINT64 - MAX_COUNT, 1, &self->seed },
    { "sensors", words->sensors, 0, PISD_MAX_SENSORS / PISD_MAX_FIELDS, 0, &self->n_sensors },
    { "threads", words->threads, 0, MAX_THREADS, 0, &self->n_threads },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      *counts[i].value = counts[i].fallback;
      if (!cli_parse_uint (counts[i].option, counts[i].text, counts[i].minimum, counts[i].maximum,
                           counts[i].value, error))
        return FALSE;
    }
  if (self->n_threads == 0)
    self->n_threads = g_get_num_processors ();
  return TRUE;
}

/* One of a prior's, which may be any. */
static gboolean
read_family (const Words *words, Dataset *self, GError **error)
{
  const PisdSettingInfo *info = pisd_settings_find ("prior-family");
  const char *text = words->family != NULL ? words->family : info->get_choice (0).name;
  int family = pisd_setting_find_choice (info, text);
  g_autofree char *choices = pisd_setting_dup_families (info, self->row, PISD_WORDS_NAMES);

  self->family = family;
  if (family >= 0 && pisd_operator_has_family (self->row, self->family))
    return TRUE;
  if (family < 0)
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--family: got `%s`, expected %s", text,
                 choices);
  else
    g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION,
                 "--family: got %s, which %s does not have, expected %s", text, self->row->name,
                 choices);
  return FALSE;
}

/* Problem and constants are settings, and checked as such; instances depend on no others. */
static gboolean
read_settings (const Words *words, Dataset *self, GError **error)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  if (!cli_check_sets (words->sets, error) || !cli_apply_sets (words->sets, &settings, error))
    return FALSE;
  if (!cli_set_option ("problem", words->problem, &settings, error))
    return FALSE;
  self->row = pisd_operator_get (settings.problem);
  if (!cli_check_constants (words->sets, self->row, error))
    return FALSE;
  if (!pisd_settings_check (&settings, error))
    return cli_blame (NULL, error);
  self->equation = pisd_settings_get_equation (&settings);
  return read_family (words, self, error);
}

static gboolean
read_output (const Words *words, GError **error)
{
  const CliFile file = { "--output", words->output, TRUE, NULL };

  if (words->output != NULL)
    return cli_files_check (&file, 1, error);
  g_set_error_literal (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                       "got no file, expected --output FILE.npz");
  return FALSE;
}

/* What is in the file. */

/* How many instances there is room for. */
static gsize
count_ahead (const Dataset *self)
{
  return MIN (AHEAD * self->n_threads, self->count);
}

static guint
count_sensors (const Dataset *self)
{
  return (guint) self->n_sensors * self->row->n_fields;
}

static void
add_fields (Dataset *self, PisdNpzStream *stream, const char *name, guint first, guint n_fields)
{
  Array *array = &self->arrays[self->n_arrays++];
  gsize n_frames = 0;

  for (guint f = first; f < first + n_fields; f++)
    n_frames += self->row->fields[f].n_frames;
  *array = (Array){ name, first, n_fields, n_frames * PISD_GRID * PISD_GRID };
  if (n_frames > 1)
    array->number = pisd_npz_stream_add (
        stream, name, "f4", 4, (const gsize[]){ self->count, n_frames, PISD_GRID, PISD_GRID });
  else
    array->number = pisd_npz_stream_add (stream, name, "f4", 3,
                                         (const gsize[]){ self->count, PISD_GRID, PISD_GRID });
  array->values = g_new (float, count_ahead (self) * array->size);
}

static void
add_arrays (Dataset *self, PisdNpzStream *stream)
{
  const gsize shape[] = { self->count, count_sensors (self), N_SENSOR_COLUMNS };

  if (self->row->whole != NULL)
    add_fields (self, stream, self->row->whole, 0, self->row->n_fields);
  for (guint f = 0; self->row->whole == NULL && f < self->row->n_fields; f++)
    add_fields (self, stream, self->row->fields[f].name, f, 1);
  self->seeds = pisd_npz_stream_add (stream, "seed", "i8", 1, shape);
  self->families = pisd_npz_stream_add (stream, "family", "i8", 1, shape);
  if (self->n_sensors == 0)
    return;
  self->sensors = pisd_npz_stream_add (stream, "sensors", "f4", 3, shape);
  self->rows = g_new (float, count_ahead (self) * shape[1] * N_SENSOR_COLUMNS);
}

/* "pisd 1.0: 100 instances of helmholtz, family any, seeds from 1 on, wavenumber=2" */
static char *
dup_comment (const Dataset *self)
{
  GString *text = g_string_new ("pisd " PISD_VERSION);

  g_string_append_printf (
      text,
      ": %" G_GUINT64_FORMAT " instances of %s, family %s, seeds from %" G_GUINT64_FORMAT " on",
      self->count, self->row->name, pisd_family_get_name (self->family), self->seed);
  for (guint c = 0; c < self->row->n_constants; c++)
    g_string_append_printf (text, ", %s=%.17g", self->row->constants[c].key,
                            self->equation.constants[c]);
  return g_string_free (text, FALSE);
}

/* One instance. */

/* The problem's families in turn, where it may be any. */
static PisdFamily
choose_family (const Dataset *self, guint64 number)
{
  guint turn;
  gint family;

  if (self->family != PISD_FAMILY_ANY)
    return self->family;
  turn = number % __builtin_popcount (self->row->families);
  family = g_bit_nth_lsf (self->row->families, -1);
  for (; turn > 0; turn--)
    family = g_bit_nth_lsf (self->row->families, family);
  return family;
}

static void
take_fields (Dataset *self, const PisdInstance *instance, guint slot)
{
  PisdField *const *fields = pisd_instance_get_fields (instance);

  for (guint k = 0; k < self->n_arrays; k++)
    {
      const Array *array = &self->arrays[k];
      float *to = array->values + slot * array->size;

      for (guint f = array->first; f < array->first + array->n_fields; f++)
        for (gsize p = 0; p < pisd_field_get_n (fields[f]); p++)
          *to++ = (float) fields[f]->data[p];
    }
}

static void
take_sensors (Dataset *self, const PisdInstance *instance, guint64 seed, guint slot)
{
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  float *to = self->rows + (gsize) slot * count_sensors (self) * N_SENSOR_COLUMNS;

  for (guint f = 0; f < self->row->n_fields; f++)
    pisd_sensors_scatter (sensors, instance, self->row->fields[f].id, (guint) self->n_sensors, 0,
                          seed);
  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];
      const float row[N_SENSOR_COLUMNS] = { (float) s->field, (float) s->x,     (float) s->y,
                                            (float) s->t,     (float) s->value, (float) s->sd };

      memcpy (to + i * N_SENSOR_COLUMNS, row, sizeof row);
    }
}

/* A PisdBlock. */
static void
make_instance (guint slot, gpointer data)
{
  Dataset *self = data;
  const guint64 seed = self->seed + self->begin + slot;
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInstance) instance = pisd_instance_new_random (
      &self->equation, choose_family (self, self->begin + slot), seed, &error);

  if (instance == NULL)
    {
      if (g_atomic_int_compare_and_exchange (&self->has_failed, FALSE, TRUE))
        self->failure = g_steal_pointer (&error);
      return;
    }
  take_fields (self, instance, slot);
  if (self->n_sensors > 0)
    take_sensors (self, instance, seed, slot);
}

/* All of them. */

static gboolean
append_instances (Dataset *self, PisdNpzStream *stream, GError **error)
{
  const gsize n_rows = count_sensors (self) * N_SENSOR_COLUMNS;
  g_autofree gint64 *numbers = g_new (gint64, 2 * self->n);

  for (guint k = 0; k < self->n_arrays; k++)
    if (!pisd_npz_stream_append (stream, self->arrays[k].number, self->arrays[k].values,
                                 self->n * self->arrays[k].size * sizeof (float), error))
      return FALSE;
  for (guint i = 0; i < self->n; i++)
    {
      numbers[i] = (gint64) (self->seed + self->begin + i);
      numbers[self->n + i] = choose_family (self, self->begin + i);
    }
  return pisd_npz_stream_append (stream, self->seeds, numbers, self->n * sizeof *numbers, error)
         && pisd_npz_stream_append (stream, self->families, numbers + self->n,
                                    self->n * sizeof *numbers, error)
         && (n_rows == 0
             || pisd_npz_stream_append (stream, self->sensors, self->rows,
                                        self->n * n_rows * sizeof (float), error));
}

static gboolean
write_instances (Dataset *self, PisdNpzStream *stream, CliProgress *progress, GError **error)
{
  for (self->begin = 0; self->begin < self->count; self->begin += self->n)
    {
      self->n = (guint) MIN (count_ahead (self), self->count - self->begin);
      pisd_parallel (self->n, (guint) self->n_threads, NULL, make_instance, self);
      if (self->failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&self->failure));
          return FALSE;
        }
      if (!append_instances (self, stream, error))
        return FALSE;
      cli_progress_step (self->begin + self->n, self->count, progress);
    }
  return TRUE;
}

/* The file is begun, and goes should the program be ended: between the two no signal is heard. */
static PisdNpzStream *
begin (const Words *words, CliSignals *signals, GError **error)
{
  PisdNpzStream *stream = NULL;

  cli_signals_begin_save (signals);
  if (read_output (words, error))
    stream = pisd_npz_stream_new (words->output, error);
  if (stream != NULL)
    cli_signals_set_leftover (signals, pisd_npz_stream_get_temporary (stream));
  cli_signals_end_save (signals);
  return stream;
}

/* Takes over the stream; finished only where all is well so far. */
static gboolean
end (const Dataset *self,
     PisdNpzStream *stream,
     gboolean is_whole,
     CliSignals *signals,
     GError **error)
{
  g_autofree char *comment = dup_comment (self);
  gboolean good;

  cli_signals_begin_save (signals);
  good = is_whole && pisd_npz_stream_finish (stream, comment, error);
  pisd_npz_stream_free (stream);
  cli_signals_set_leftover (signals, NULL);
  cli_signals_end_save (signals);
  return good;
}

static gboolean
write_dataset (Dataset *self, const Words *words, GError **error)
{
  g_autoptr (CliSignals) signals = cli_signals_new ();
  PisdNpzStream *stream = begin (words, signals, error);
  CliProgress progress;
  gboolean good;

  if (stream == NULL)
    return FALSE;
  add_arrays (self, stream);
  /* Nothing is kept of a part: every signal ends the program at once. */
  cli_progress_begin (&progress, NULL, "making instances", 1);
  good = write_instances (self, stream, &progress, error);
  cli_progress_end (&progress);
  return end (self, stream, good, signals, error);
}

gboolean
cli_dataset (int argc, char **argv, GError **error)
{
  g_auto (Words) words = { 0 };
  g_auto (Dataset) dataset = { 0 };

  return parse (&words, argc, argv, error) && read_settings (&words, &dataset, error)
         && read_counts (&words, &dataset, error) && write_dataset (&dataset, &words, error);
}
