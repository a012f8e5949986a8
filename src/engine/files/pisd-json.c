#include "pisd-json.h"

#include <math.h>
#include <string.h>

#include "pisd-save.h"

void
pisd_json_add_number (JsonBuilder *builder, double value)
{
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
pisd_json_add_number_member (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  pisd_json_add_number (builder, value);
}

void
pisd_json_add_integer_member (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
pisd_json_add_text_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

gboolean
pisd_json_save (JsonBuilder *builder, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  return pisd_save_bytes (path, text, strlen (text), error);
}
