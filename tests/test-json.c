/* What a report writes: members in order, and null for what JSON does not know. */
#include <math.h>

#include "pisd-json.h"

static char *
dup_object (double value)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  pisd_json_add_text_member (builder, "name", "a \"b\"");
  pisd_json_add_number_member (builder, "value", value);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static void
test_members (void)
{
  static const struct
  {
    double value;
    const char *text;
  } rows[] = { { 0.5, "{\"name\":\"a \\\"b\\\"\",\"value\":0.5}" },
               { NAN, "{\"name\":\"a \\\"b\\\"\",\"value\":null}" },
               { -INFINITY, "{\"name\":\"a \\\"b\\\"\",\"value\":null}" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = dup_object (rows[i].value);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/json/members", test_members);
  return g_test_run ();
}
