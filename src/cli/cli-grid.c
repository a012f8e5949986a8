#include "cli-grid.h"

#include <math.h>
#include <stdio.h>

#include "pisd-json.h"
#include "pisd-number.h"
#include "pisd-save.h"

typedef struct
{
  char *text; /* NULL: a number */
  double value;
} Cell;

struct _CliGrid
{
  const CliColumn *columns;
  guint n_columns;
  GArray *cells; /* of Cell, row-major */
};

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

CliGrid *
cli_grid_new (const CliColumn *columns, guint n_columns)
{
  CliGrid *self = g_new0 (CliGrid, 1);

  self->columns = columns;
  self->n_columns = n_columns;
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, clear_cell);
  return self;
}

void
cli_grid_free (CliGrid *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->cells);
  g_free (self);
}

void
cli_grid_add_text (CliGrid *self, const char *text)
{
  Cell cell = { g_strdup (text), NAN };

  g_array_append_val (self->cells, cell);
}

void
cli_grid_add_number (CliGrid *self, double value)
{
  Cell cell = { NULL, value };

  g_array_append_val (self->cells, cell);
}

void
cli_grid_add_estimate (CliGrid *self, CliEstimate estimate)
{
  cli_grid_add_number (self, estimate.mean);
  cli_grid_add_number (self, estimate.error);
}

static const Cell *
get_cell (const CliGrid *self, guint row, guint column)
{
  return &g_array_index (self->cells, Cell, row * self->n_columns + column);
}

guint
cli_grid_get_n_rows (const CliGrid *self)
{
  return self->cells->len / self->n_columns;
}

static void
print_cell (const CliGrid *self, guint row, guint column)
{
  const CliColumn *info = &self->columns[column];
  const Cell *cell = get_cell (self, row, column);

  if (info->title != NULL)
    printf ("%s|", column > 0 ? " " : "");
  if (cell->text != NULL)
    printf (" %s", cell->text);
  else if (isfinite (cell->value))
    printf ("%s%.*g", info->title != NULL ? " " : " ± ", (int) info->digits, cell->value);
}

void
cli_grid_print (const CliGrid *self)
{
  if (cli_grid_get_n_rows (self) == 0)
    return;
  printf ("\n");
  for (guint c = 0; c < self->n_columns; c++)
    if (self->columns[c].title != NULL)
      printf ("| %s ", self->columns[c].title);
  printf ("|\n");
  for (guint c = 0; c < self->n_columns; c++)
    if (self->columns[c].title != NULL)
      printf ("|---");
  printf ("|\n");
  for (guint row = 0; row < cli_grid_get_n_rows (self); row++)
    {
      for (guint c = 0; c < self->n_columns; c++)
        print_cell (self, row, c);
      printf (" |\n");
    }
  fflush (stdout);
}

static void
build_cell (const CliColumn *column, const Cell *cell, JsonBuilder *builder)
{
  if (cell->text != NULL)
    pisd_json_add_text_member (builder, column->key, cell->text);
  else
    pisd_json_add_number_member (builder, column->key, cell->value);
}

void
cli_grid_build_json (const CliGrid *self, JsonBuilder *builder)
{
  json_builder_begin_array (builder);
  for (guint row = 0; row < cli_grid_get_n_rows (self); row++)
    {
      json_builder_begin_object (builder);
      for (guint c = 0; c < self->n_columns; c++)
        build_cell (&self->columns[c], get_cell (self, row, c), builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
append_csv_cell (GString *text, const Cell *cell)
{
  char buffer[PISD_NUMBER_SIZE];

  if (cell->text != NULL)
    g_string_append (text, cell->text);
  else if (isfinite (cell->value))
    g_string_append (text, pisd_number_format (cell->value, buffer));
}

gboolean
cli_grid_save_csv (const CliGrid *self, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint c = 0; c < self->n_columns; c++)
    g_string_append_printf (text, "%s%s", c > 0 ? "," : "", self->columns[c].key);
  g_string_append_c (text, '\n');
  for (guint row = 0; row < cli_grid_get_n_rows (self); row++)
    for (guint c = 0; c < self->n_columns; c++)
      {
        append_csv_cell (text, get_cell (self, row, c));
        g_string_append_c (text, c + 1 < self->n_columns ? ',' : '\n');
      }
  return pisd_save_bytes (path, text->str, text->len, error);
}
