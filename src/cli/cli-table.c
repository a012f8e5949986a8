#include "cli-table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pisd-json.h"

typedef struct
{
  const char *section; /* static */
  CliRow row;
} Entry;

struct _CliTable
{
  const char *section;
  guint first;              /* entry of the section */
  GArray *entries;          /* of Entry */
  GPtrArray *grids;         /* of CliGrid */
  GPtrArray *grid_sections; /* of const char, static: where they belong */
};

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->row.what);
  g_free (entry->row.counted);
}

CliRow
cli_row (char *what, double value, const char *unit, char *counted)
{
  return (CliRow){ what, value, NAN, unit, NAN, NAN, counted };
}

CliTable *
cli_table_new (void)
{
  CliTable *self = g_new0 (CliTable, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->grids = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_grid_free);
  self->grid_sections = g_ptr_array_new ();
  return self;
}

void
cli_table_free (CliTable *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_ptr_array_unref (self->grids);
  g_ptr_array_unref (self->grid_sections);
  g_free (self);
}

void
cli_table_begin (CliTable *self, const char *section)
{
  self->section = section;
  self->first = self->entries->len;
}

void
cli_table_add (CliTable *self, CliRow row)
{
  Entry entry = { self->section, row };

  g_array_append_val (self->entries, entry);
}

void
cli_table_take_grid (CliTable *self, CliGrid *grid)
{
  g_ptr_array_add (self->grids, grid);
  g_ptr_array_add (self->grid_sections, (gpointer) self->section);
}

char *
cli_machine_dup_name (void)
{
  g_autofree char *text = NULL;
  g_autofree char *model = g_strdup ("unknown processor");
  const char *line;

  if (g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL)
      && (line = strstr (text, "model name")) != NULL && (line = strchr (line, ':')) != NULL)
    {
      g_free (model);
      model = g_strstrip (g_strndup (line + 1, strcspn (line, "\n") - 1));
    }
  return g_strdup_printf ("%s, %u cores", model, g_get_num_processors ());
}

static char *
dup_value (const CliRow *row)
{
  if (isnan (row->error))
    return g_strdup_printf ("%.4g %s", row->value, row->unit);
  return g_strdup_printf ("%.4g ± %.2g %s", row->value, row->error, row->unit);
}

static char *
dup_target (const CliRow *row)
{
  if (!isnan (row->minimum) && !isnan (row->maximum))
    return g_strdup_printf ("%.4g to %.4g", row->minimum, row->maximum);
  if (!isnan (row->maximum))
    return g_strdup_printf ("≤ %.4g", row->maximum);
  if (!isnan (row->minimum))
    return g_strdup_printf ("≥ %.4g", row->minimum);
  return g_strdup ("");
}

/* Comparisons with NaN are false: an open side is always met. */
static gboolean
is_met (const CliRow *row)
{
  return !(row->value < row->minimum) && !(row->value > row->maximum);
}

static gboolean
has_target (const CliRow *row)
{
  return !isnan (row->minimum) || !isnan (row->maximum);
}

void
cli_table_print (CliTable *self)
{
  for (guint i = 0; i < self->grids->len; i++)
    if (g_ptr_array_index (self->grid_sections, i) == (gpointer) self->section)
      cli_grid_print (g_ptr_array_index (self->grids, i));
  if (self->first == self->entries->len)
    return;
  printf ("\n| %s | measured | target | met | how |\n|---|---|---|---|---|\n", self->section);
  for (guint i = self->first; i < self->entries->len; i++)
    {
      const CliRow *row = &g_array_index (self->entries, Entry, i).row;
      g_autofree char *value = dup_value (row);
      g_autofree char *target = dup_target (row);

      printf ("| %s | %s | %s | %s | %s |\n", row->what, value, target,
              !has_target (row) ? "" : (is_met (row) ? "yes" : "no"), row->counted);
    }
  fflush (stdout);
}

static void
add_entry (JsonBuilder *builder, const Entry *entry)
{
  json_builder_begin_object (builder);
  pisd_json_add_text_member (builder, "benchmark", entry->section);
  pisd_json_add_text_member (builder, "what", entry->row.what);
  pisd_json_add_number_member (builder, "value", entry->row.value);
  pisd_json_add_number_member (builder, "standard_error", entry->row.error);
  pisd_json_add_text_member (builder, "unit", entry->row.unit);
  pisd_json_add_number_member (builder, "target_minimum", entry->row.minimum);
  pisd_json_add_number_member (builder, "target_maximum", entry->row.maximum);
  if (has_target (&entry->row))
    {
      json_builder_set_member_name (builder, "met");
      json_builder_add_boolean_value (builder, is_met (&entry->row));
    }
  pisd_json_add_text_member (builder, "how", entry->row.counted);
  json_builder_end_object (builder);
}

gboolean
cli_table_save_json (CliTable *self, const char *path, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *machine = cli_machine_dup_name ();

  json_builder_begin_object (builder);
  pisd_json_add_text_member (builder, "version", PISD_VERSION);
  pisd_json_add_text_member (builder, "machine", machine);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->entries->len; i++)
    add_entry (builder, &g_array_index (self->entries, Entry, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->grids->len; i++)
    {
      json_builder_set_member_name (builder, g_ptr_array_index (self->grid_sections, i));
      cli_grid_build_json (g_ptr_array_index (self->grids, i), builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return pisd_json_save (builder, path, error);
}
