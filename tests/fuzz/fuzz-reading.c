/* Other people's fields: what their arrays are, as the equation says it. */
#include "fuzz.h"
#include "pisd-mat.h"
#include "pisd-npy.h"
#include "pisd-reading.h"

#define SIDE 8
/* Nodes along a side, at most: more take time and say nothing new. */
#define MOST_SIDE 64

static void
fill (double *data, gsize n)
{
  for (gsize p = 0; p < n; p++)
    data[p] = (double) (p * p % 7) - 3.0;
}

/* Both fields in one array, and an array each. */
static void
seed_reading (GPtrArray *seeds)
{
  static const gsize shape[] = { 2, SIDE, SIDE };
  double data[2 * SIDE * SIDE];
  PisdArray a = { .name = (char *) "f", .n_dimensions = 2, .shape = { SIDE, SIDE }, .data = data };
  PisdArray u = a;
  g_autoptr (GByteArray) file = pisd_mat_format_header ();
  g_autoptr (GByteArray) npy = NULL;

  fill (data, G_N_ELEMENTS (data));
  npy = pisd_npy_format (3, shape, data, NULL);
  fuzz_add_bytes (seeds, npy->data, npy->len);
  u.name = (char *) "phi";
  u.data = data + SIDE * SIDE;
  pisd_mat_format_array (file, &a, NULL);
  pisd_mat_format_array (file, &u, NULL);
  fuzz_add_bytes (seeds, file->data, file->len);
}

static gboolean
is_small (const PisdArrays *arrays)
{
  const GPtrArray *list = pisd_arrays_get_list (arrays);

  for (guint k = 0; k < list->len; k++)
    {
      const PisdArray *array = g_ptr_array_index (list, k);

      for (guint d = 0; d < array->n_dimensions; d++)
        if (array->shape[d] > MOST_SIDE)
          return FALSE;
    }
  return TRUE;
}

static void
feed_reading (GBytes *bytes)
{
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdArrays) arrays = NULL;
  g_autoptr (GPtrArray) readings = NULL;
  const PisdEquation equation = { PISD_PROBLEM_POISSON, { 0 } };

  if (!pisd_arrays_recognise (input))
    return;
  arrays = pisd_arrays_new (input, &error);
  if (arrays != NULL && !is_small (arrays))
    return;
  if (arrays != NULL)
    readings = pisd_reading_guess (arrays, &equation, NULL, &error);
  fuzz_check (readings != NULL, &error);
}

/* Eight arrays at most are on the program's grid, each with what an equation is of it. */
const FuzzTarget fuzz_reading = { "reading", seed_reading, feed_reading, 200, 16 << 20, 1032 };
