/* Arrays of a network, whoever trained it. */
#include "fuzz.h"
#include "pisd-safetensors-writer.h"
#include "pisd-safetensors.h"

static void
add_small (GPtrArray *seeds, PisdTensorFormat format)
{
  static const gsize shape[] = { 2, 3 };
  static const float data[6] = { 0.0f, 1.0f, -2.0f, 0.5f, 4.0f, 5.0f };
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
  g_autoptr (GBytes) bytes = NULL;

  pisd_safetensors_writer_describe (writer, "format", "none \"in\" particular \xc3\xa9");
  pisd_safetensors_writer_add (writer, "first.weight", format, 2, shape, data);
  pisd_safetensors_writer_add (writer, "scalar", format, 0, NULL, data);
  bytes = pisd_safetensors_writer_format (writer, NULL);
  fuzz_add_bytes (seeds, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
seed_safetensors (GPtrArray *seeds)
{
  static const char text[] =
      "\x5a\0\0\0\0\0\0\0{\"__metadata__\":{\"a\":\"\\u00e9\\ud83d\\ude00\\n\"}"
      ",\"t\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}}\0\0";

  add_small (seeds, PISD_TENSOR_F32);
  add_small (seeds, PISD_TENSOR_F16);
  fuzz_add_bytes (seeds, text, sizeof text - 1);
}

static void
load_tensor (const PisdSafetensors *file, const PisdTensor *tensor)
{
  g_autoptr (GError) error = NULL;
  g_autofree float *out = NULL;
  gboolean worked =
      pisd_safetensors_check (file, tensor->name, tensor->n_dimensions, tensor->shape, &error);

  if (worked)
    {
      out = g_new (float, tensor->n);
      worked = pisd_safetensors_load (file, tensor->name, tensor->n_dimensions, tensor->shape, out,
                                      &error);
    }
  fuzz_check (worked, &error);
}

static void
feed_safetensors (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdSafetensors) file = pisd_safetensors_read_from (input, &error);

  pisd_safetensors_recognise (input);
  for (guint i = 0; file != NULL && i < MIN (pisd_safetensors_get_n_tensors (file), 20); i++)
    load_tensor (file, pisd_safetensors_get_tensor (file, i));
  fuzz_check (file != NULL, &error);
}

const FuzzTarget fuzz_safetensors = { "safetensors", seed_safetensors, feed_safetensors,
                                      3000,          1 << 17,          128 };
