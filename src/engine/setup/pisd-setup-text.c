#include "pisd-setup-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-base64.h"
#include "pisd-deflate.h"
#include "pisd-error.h"
#include "pisd-scenario-load.h"
#include "pisd-scenario-save.h"
#include "pisd-truth.h"

#define NAME "PISD"
#define VERSION 1
#define CHECKSUM_SIZE 8
#define HEAD_SIZE (CHECKSUM_SIZE + 4)
#define MAX_INFLATED (8 * 1024 * 1024)
#define N_HEAD 16 /* that the longest name and version take, blanks before them included */

/* The truth. */

/* Byte b of value i stands at b n + i. */
static void
append_values (GByteArray *bytes, const double *values, gsize n)
{
  const guint start = bytes->len;

  g_byte_array_set_size (bytes, start + (guint) (n * sizeof *values));
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, &values[i], sizeof bits);
      for (guint b = 0; b < sizeof bits; b++)
        bytes->data[start + b * n + i] = (guint8) (bits >> (8 * b));
    }
}

/* Free with g_free(). */
static double *
read_values (const guint8 *bytes, gsize n)
{
  double *values = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    {
      guint64 bits = 0;

      for (guint b = 0; b < sizeof bits; b++)
        bits |= (guint64) bytes[b * n + i] << (8 * b);
      memcpy (&values[i], &bits, sizeof bits);
    }
  return values;
}

/* Whether solving again gives the other fields bit for bit. */
static gboolean
follows_from_source (const PisdScenario *scenario)
{
  const PisdInstance *truth = scenario->instance;
  g_autoptr (PisdInstance) solved = pisd_instance_new_from_source (
      pisd_instance_get_equation (truth), pisd_instance_get_fields (truth)[0], NULL, NULL);

  return solved != NULL && pisd_instance_equal (solved, truth);
}

static void
append_truth (GByteArray *bytes, const PisdScenario *scenario)
{
  const PisdTruth kind = pisd_truth_get_kind (scenario);
  PisdField *const *fields;
  g_autoptr (GArray) values = NULL;
  guint n;

  if (kind == PISD_TRUTH_NONE || kind == PISD_TRUTH_RANDOM)
    return;
  fields = pisd_instance_get_fields (scenario->instance);
  values = g_array_new (FALSE, FALSE, sizeof (double));
  n = follows_from_source (scenario) ? 1 : pisd_operator_get (scenario->settings.problem)->n_fields;
  for (guint f = 0; f < n; f++)
    g_array_append_vals (values, fields[f]->data, (guint) pisd_field_get_n (fields[f]));
  append_values (bytes, &g_array_index (values, double, 0), values->len);
}

static gboolean
set_source (PisdScenario *scenario, double *values, const PisdInput *input, GError **error)
{
  const PisdEquation equation = pisd_settings_get_equation (&scenario->settings);
  const PisdField source = { PISD_GRID, PISD_GRID, values };
  g_autoptr (PisdInstance) truth =
      pisd_instance_new_from_source (&equation, &source, pisd_input_get_cancel (input), error);

  if (truth != NULL)
    pisd_truth_set_instance (scenario, truth, NULL);
  return truth != NULL;
}

static gboolean
set_fields (PisdScenario *scenario, const double *values, GError **error)
{
  const PisdEquation equation = pisd_settings_get_equation (&scenario->settings);
  g_autoptr (PisdInstance) truth = pisd_instance_new_from_values (&equation, values, error);

  if (truth != NULL)
    pisd_truth_set_instance (scenario, truth, NULL);
  return truth != NULL;
}

/* Of a scenario that says that none is known. */
static gboolean
read_truth (PisdScenario *scenario,
            const guint8 *bytes,
            gsize size,
            const PisdInput *input,
            GError **error)
{
  const PisdOperator *row = pisd_operator_get (scenario->settings.problem);
  const gsize n_source = (gsize) PISD_GRID * PISD_GRID;
  const gsize n_all = pisd_operator_count_frames (row) * n_source;
  const gsize n = size / sizeof (double);
  g_autofree double *values = NULL;

  if (size == 0)
    return TRUE;
  if (scenario->instance != NULL || size % sizeof (double) != 0 || (n != n_source && n != n_all))
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("%s: truth: got %zu bytes, expected %zu, %zu or none for %s"),
                            pisd_input_get_name (input), size, n_source * sizeof (double),
                            n_all * sizeof (double), row->name);
  values = read_values (bytes, n);
  if (n == n_source ? set_source (scenario, values, input, error)
                    : set_fields (scenario, values, error))
    return TRUE;
  g_prefix_error (error, "%s: [truth] ", pisd_input_get_name (input));
  return FALSE;
}

/* Packing. */

static void
fill_checksum (const guint8 *bytes, gsize size, guint8 sum[CHECKSUM_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 whole[32];
  gsize n = sizeof whole;

  g_checksum_update (checksum, bytes, (gssize) size);
  g_checksum_get_digest (checksum, whole, &n);
  memcpy (sum, whole, CHECKSUM_SIZE);
}

/* Checksum, size and what is deflated. */
static GByteArray *
pack (const GByteArray *inflated)
{
  g_autoptr (GBytes) deflated = pisd_deflate (inflated->data, inflated->len);
  const guint32 size = GUINT32_TO_LE (inflated->len);
  guint8 sum[CHECKSUM_SIZE] = { 0 };
  GByteArray *packed = g_byte_array_new ();

  g_byte_array_append (packed, sum, sizeof sum);
  g_byte_array_append (packed, (const guint8 *) &size, sizeof size);
  g_byte_array_append (packed, g_bytes_get_data (deflated, NULL),
                       (guint) g_bytes_get_size (deflated));
  fill_checksum (packed->data + CHECKSUM_SIZE, packed->len - CHECKSUM_SIZE, packed->data);
  return packed;
}

char *
pisd_setup_text_new (const PisdScenario *scenario, GError **error)
{
  g_autoptr (GByteArray) inflated = NULL;
  g_autoptr (GByteArray) packed = NULL;
  g_autofree char *words = NULL;
  GString *text;
  gsize size;

  g_return_val_if_fail (scenario != NULL, NULL);

  words = pisd_scenario_dup_text (scenario, &size, error);
  if (words == NULL)
    return NULL;
  inflated = g_byte_array_new ();
  g_byte_array_append (inflated, (const guint8 *) words, (guint) size + 1);
  append_truth (inflated, scenario);
  packed = pack (inflated);
  text = g_string_new (NULL);
  g_string_append_printf (text, NAME "%d:", VERSION);
  pisd_base64_append (text, packed->data, packed->len);
  return g_string_free (text, FALSE);
}

/* Reading. */

static gsize
skip_blanks (const char *text, gsize size)
{
  gsize n = 0;

  while (n < size && g_ascii_isspace (text[n]))
    n++;
  return n;
}

/* What stands before the letters: its end, and the version; FALSE: it is no such text. */
static gboolean
find_head (const char *text, gsize size, gsize *end, guint *version)
{
  gsize at = skip_blanks (text, size);

  if (size - at < strlen (NAME) || memcmp (text + at, NAME, strlen (NAME)) != 0)
    return FALSE;
  at += strlen (NAME);
  for (*version = 0; at < size && g_ascii_isdigit (text[at]) && *version < 1000; at++)
    *version = 10 * *version + (guint) (text[at] - '0');
  *end = at + 1;
  return at < size && text[at] == ':' && *version > 0;
}

static gboolean
check_head (const PisdInput *input, const char *text, gsize size, gsize *end, GError **error)
{
  const char *name = pisd_input_get_name (input);
  guint version;

  if (!find_head (text, size, end, &version))
    {
      g_autofree char *begin = g_strndup (size > 0 ? text : "", MIN (size, N_HEAD));
      g_autofree char *quoted = pisd_error_quote (begin);

      return pisd_error_fail (error, PISD_ERROR_FORMAT,
                              _ ("%s: got %s, expected a set-up, which begins with %s"), name,
                              quoted, NAME "1:");
    }
  return version <= VERSION
         || pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                             _ ("%s: set-up: got version %u, expected %d: a newer program made it"),
                             name, version, VERSION);
}

/* Whether it came unchanged, and is not too large; n (out): bytes when it is unpacked. */
static gboolean
check_packed (const char *name, const guint8 *packed, gsize size, guint32 *n, GError **error)
{
  guint8 sum[CHECKSUM_SIZE];

  if (size <= HEAD_SIZE)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("%s: set-up: got %zu bytes, expected more than %d"), name, size,
                            HEAD_SIZE);
  fill_checksum (packed + CHECKSUM_SIZE, size - CHECKSUM_SIZE, sum);
  if (memcmp (sum, packed, CHECKSUM_SIZE) != 0)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("%s: set-up: got another checksum than it says, expected a whole "
                               "text: it was cut or changed on its way"),
                            name);
  memcpy (n, packed + CHECKSUM_SIZE, sizeof *n);
  *n = GUINT32_FROM_LE (*n);
  return *n <= MAX_INFLATED
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("%s: set-up: got %u bytes when unpacked, expected at most %d"),
                             name, *n, MAX_INFLATED);
}

/* What the letters stand for. */
static GBytes *
unpack (const PisdInput *input, GBytes *letters, GError **error)
{
  const char *name = pisd_input_get_name (input);
  gsize size;
  const guint8 *packed = g_bytes_get_data (letters, &size);
  guint32 n = 0;

  return check_packed (name, packed, size, &n, error)
             ? pisd_inflate (packed + HEAD_SIZE, size - HEAD_SIZE, n, name, error)
             : NULL;
}

/* Another computer has the file of weights elsewhere. */
static void
find_weights (PisdScenario *scenario, const PisdInput *input)
{
  g_autofree char *directory = NULL;
  g_autofree char *name = NULL;
  g_autofree char *beside = NULL;

  if (scenario->weights_path == NULL || g_file_test (scenario->weights_path, G_FILE_TEST_EXISTS))
    return;
  directory = g_path_get_dirname (pisd_input_get_path (input));
  name = g_path_get_basename (scenario->weights_path);
  beside = g_build_filename (directory, name, NULL);
  if (!g_file_test (beside, G_FILE_TEST_EXISTS))
    return;
  g_free (scenario->weights_path);
  scenario->weights_path = g_steal_pointer (&beside);
}

/* The text of the scenario, a zero, and the truth. */
static PisdScenario *
read_inflated (PisdInput *input, GBytes *inflated, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (inflated, &size);
  const guint8 *zero = memchr (bytes, '\0', size);
  const gsize n = zero != NULL ? (gsize) (zero - bytes) : size;
  g_autoptr (GBytes) words = g_bytes_new_from_bytes (inflated, 0, n);
  g_autoptr (PisdInput) inner = pisd_input_new_inside (input, words);
  g_autoptr (PisdScenario) scenario = pisd_scenario_load_sent (inner, error);

  if (scenario == NULL
      || (zero != NULL && !read_truth (scenario, zero + 1, size - n - 1, input, error)))
    return NULL;
  find_weights (scenario, input);
  return g_steal_pointer (&scenario);
}

PisdScenario *
pisd_setup_text_load_from (PisdInput *input, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) inflated = NULL;
  const char *text;
  gsize size, end;

  g_return_val_if_fail (input != NULL, NULL);

  bytes = pisd_input_read_all (input, PISD_SETUP_TEXT_MAX, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (!check_head (input, text, size, &end, error))
    return NULL;
  packed = pisd_base64_read (text + end, size - end, end, pisd_input_get_name (input), error);
  if (packed == NULL)
    return NULL;
  inflated = unpack (input, packed, error);
  return inflated != NULL ? read_inflated (input, inflated, error) : NULL;
}

gboolean
pisd_setup_text_recognise (PisdInput *input)
{
  g_autoptr (GBytes) head = NULL;
  gsize end;
  guint version;

  g_return_val_if_fail (input != NULL, FALSE);

  head = pisd_input_read (input, 4 * N_HEAD, NULL, NULL);
  return head != NULL
         && find_head (g_bytes_get_data (head, NULL), g_bytes_get_size (head), &end, &version);
}
