/* What a report writes: members in order, and null for what JSON does not know. */
#include <math.h>

#include "pisd-json.h"
#include "pisd-test-files.h"

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

static void
test_saved (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "a.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_begin_object (builder);
  pisd_json_add_integer_member (builder, "seed", G_MAXINT64);
  json_builder_end_object (builder);
  g_assert_true (pisd_json_save (builder, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{\n  \"seed\" : 9223372036854775807\n}");
  test_directory_remove (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/json/members", test_members);
  g_test_add_func ("/files/json/saved", test_saved);
  return g_test_run ();
}
