#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "pisd-error.h"

#define FUZZ_TARGET(id) extern const FuzzTarget fuzz_##id;
#include "fuzz-targets.h"
#undef FUZZ_TARGET

const FuzzTarget *const *
fuzz_get_targets (void)
{
#define FUZZ_TARGET(id) &fuzz_##id,
  static const FuzzTarget *const targets[] = {
#include "fuzz-targets.h"
    NULL
  };

  return targets;
}

const FuzzTarget *
fuzz_find_target (const char *name)
{
  const FuzzTarget *const *target = fuzz_get_targets ();

  while (*target != NULL && !g_str_equal ((*target)->name, name))
    target++;
  return *target;
}

void
fuzz_add_bytes (GPtrArray *seeds, gconstpointer bytes, gsize size)
{
  g_ptr_array_add (seeds, g_bytes_new (bytes, size));
}

void
fuzz_add_text (GPtrArray *seeds, const char *text)
{
  fuzz_add_bytes (seeds, text, strlen (text));
}

static void
add_file (GPtrArray *seeds, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  fuzz_add_bytes (seeds, bytes, size);
}

void
fuzz_add_data (GPtrArray *seeds, const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), file, NULL);

  add_file (seeds, path);
}

void
fuzz_add_saved (GPtrArray *seeds, gboolean (*save) (const char *path, GError **error))
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("pisd-fuzz-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  save (path, &error);
  g_assert_no_error (error);
  add_file (seeds, path);
  g_unlink (path);
}

PisdInput *
fuzz_open (GBytes *bytes)
{
  return pisd_input_new_for_bytes ("/nowhere/file", bytes);
}

/* Nodes along a side of a slice, at most: more take time and say nothing new. */
#define MOST_SIDE 64

static void
read_slice (PisdInput *input,
            const PisdArray *array,
            guint number,
            gboolean is_turned,
            FuzzReadSlice read)
{
  const guint n = array->n_dimensions;
  PisdSlice slice = { .axes = { is_turned ? n - 1 : n - 2, is_turned ? n - 2 : n - 1 } };
  g_autoptr (GError) error = NULL;
  g_autofree double *out = NULL;

  if (array->shape[n - 1] > MOST_SIDE || array->shape[n - 2] > MOST_SIDE)
    return;
  for (guint d = 0; d + 2 < n; d++)
    slice.start[d] = MAX (array->shape[d], 1) - 1;
  out = g_new (double, MAX (array->shape[n - 1] * array->shape[n - 2], 1));
  fuzz_check (read (input, array, number, &slice, out, &error), &error);
}

void
fuzz_read_slices (PisdInput *input, const GPtrArray *list, FuzzReadSlice read)
{
  for (guint k = 0; list != NULL && k < list->len; k++)
    {
      const PisdArray *array = g_ptr_array_index (list, k);

      if (array->unreadable != NULL || array->n_dimensions < 2)
        continue;
      read_slice (input, array, k, FALSE, read);
      read_slice (input, array, k, TRUE, read);
    }
}

char *
fuzz_dup_text (GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  return text != NULL ? g_strndup (text, size) : g_strdup ("");
}

static gboolean
is_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isprint (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

void
fuzz_check (gboolean worked, GError **error)
{
  if (worked)
    {
      g_assert_no_error (*error);
      return;
    }
  g_assert_true (*error != NULL && (*error)->domain == PISD_ERROR);
  if (!is_line ((*error)->message) || strlen ((*error)->message) < 8)
    g_error ("got the message \"%s\", expected a line of letters", (*error)->message);
  g_clear_error (error);
}
