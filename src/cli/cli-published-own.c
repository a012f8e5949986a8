#include "cli-published-own.h"

#include "cli-published.h"
#include "pisd-csv.h"
#include "pisd-error.h"
#include "pisd-number.h"

#define NAME "name"
#define SOURCE "source"
#define HOW "how"

/* A table that is being read. */
typedef struct
{
  PisdCsv *csv;
  GPtrArray *columns; /* of names */
  GPtrArray *figures; /* NULL: it is checked */
  char *key;          /* the column that is wanted */
} Reader;

static void
reader_clear (Reader *reader)
{
  pisd_csv_free (reader->csv);
  g_ptr_array_unref (reader->columns);
  g_free (reader->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
is_figure (const char *name)
{
  for (guint p = 0; p < pisd_operator_get_n (); p++)
    for (guint t = 0; t < PISD_N_TASKS; t++)
      {
        g_autofree char *key = cli_published_dup_key (p, t);

        if (g_str_equal (name, key))
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_column (const char *name)
{
  return g_str_equal (name, NAME) || g_str_equal (name, SOURCE) || g_str_equal (name, HOW)
         || is_figure (name);
}

static gboolean
has_column (const Reader *reader, const char *name)
{
  return g_ptr_array_find_with_equal_func (reader->columns, name, g_str_equal, NULL);
}

static gboolean
add_column (Reader *reader, const char *name, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (name);

  if (!is_column (name))
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            "column: got %s, expected name, source, how or PROBLEM-TASK such as "
                            "poisson-forward",
                            quoted);
  if (has_column (reader, name))
    return pisd_error_fail (error, PISD_ERROR_FORMAT, "column: got %s, expected each column once",
                            quoted);
  g_ptr_array_add (reader->columns, g_strdup (name));
  return TRUE;
}

static gboolean
read_header (Reader *reader, GError **error)
{
  for (guint c = 0; c < pisd_csv_count_filled (reader->csv); c++)
    if (!add_column (reader, pisd_csv_get_cell (reader->csv, c), error))
      return FALSE;
  if (has_column (reader, NAME) && has_column (reader, SOURCE))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          "header: got no column %s, expected name and source",
                          has_column (reader, NAME) ? SOURCE : NAME);
}

/* "": the row has no such cell. */
static const char *
get_cell (const Reader *reader, const char *name)
{
  guint c;

  if (!g_ptr_array_find_with_equal_func (reader->columns, name, g_str_equal, &c)
      || c >= pisd_csv_get_n_cells (reader->csv))
    return "";
  return pisd_csv_get_cell (reader->csv, c);
}

static gboolean
check_figure (const char *name, const char *text, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (text);
  double percent = -1;

  if (*text == '\0' || (pisd_number_parse (text, &percent) && percent >= 0))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_RANGE, "%s: got %s, expected an error in percent", name,
                          quoted);
}

static gboolean
check_row (const Reader *reader, GError **error)
{
  if (pisd_csv_count_filled (reader->csv) > reader->columns->len)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, "row: got %u cells, expected %u",
                            pisd_csv_count_filled (reader->csv), reader->columns->len);
  if (*get_cell (reader, NAME) == '\0' || *get_cell (reader, SOURCE) == '\0')
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            "row: got an empty cell, expected a name and a source");
  for (guint c = 0; c < reader->columns->len; c++)
    {
      const char *name = g_ptr_array_index (reader->columns, c);

      if (is_figure (name) && !check_figure (name, get_cell (reader, name), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_row (Reader *reader, GError **error)
{
  const char *how = get_cell (reader, HOW), *source = get_cell (reader, SOURCE);
  double percent;

  if (!check_row (reader, error))
    return FALSE;
  if (reader->figures != NULL && pisd_number_parse (get_cell (reader, reader->key), &percent))
    cli_published_add (reader->figures, get_cell (reader, NAME), percent,
                       *how == '\0' ? g_strdup (source) : g_strconcat (source, "; ", how, NULL));
  return TRUE;
}

static gboolean
read_table (Reader *reader, GError **error)
{
  PisdCsvStatus status = pisd_csv_next (reader->csv, error);

  if (status == PISD_CSV_ROW && !read_header (reader, error))
    return pisd_csv_fail_at (reader->csv, error);
  while (status == PISD_CSV_ROW)
    {
      status = pisd_csv_next (reader->csv, error);
      if (status == PISD_CSV_ROW && !add_row (reader, error))
        return pisd_csv_fail_at (reader->csv, error);
    }
  return status == PISD_CSV_END;
}

gboolean
cli_published_add_own (GPtrArray *figures, PisdProblemId problem, PisdTask task, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "pisd", "published.csv", NULL);
  g_autoptr (PisdInput) input = NULL;
  g_auto (Reader) reader = { NULL, g_ptr_array_new_with_free_func (g_free), figures,
                             cli_published_dup_key (problem, task) };

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  input = pisd_input_open (path, NULL, error);
  if (input == NULL)
    return FALSE;
  reader.csv = pisd_csv_new (input, error);
  return reader.csv != NULL && read_table (&reader, error);
}
