/* The short version of ./dev fuzz: every parser reads its seeds, and seeds that are changed a
 * little, always in the same way, within the memory that a file of that size may take.
 *
 *   test-fuzz --seeds FOLDER     writes the seeds as files, a folder a target
 *   test-fuzz --feed TARGET FILE feeds one file, such as one that ./dev fuzz has found */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fuzz-memory.h"
#include "fuzz.h"
#include "pisd-rng.h"

#define SEED 20261127
#define MOST_CHANGES 3
#define PATIENCE 20 /* seconds for one input, under sanitizers too */

static GPtrArray *
make_seeds (const FuzzTarget *target)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  target->seed (seeds);
  g_assert_cmpuint (seeds->len, >, 0);
  return seeds;
}

/* Numbers below n that follow one another: one stream a target, one lane an input. */
typedef struct
{
  guint32 lane;
  guint64 next;
} Dice;

static gsize
roll (Dice *dice, gsize n)
{
  const double u = pisd_rng_uniform (SEED, PISD_STREAM_TEST, dice->lane, dice->next++);

  return MIN ((gsize) (u * (double) n), n - 1);
}

/* Changes. */

static void
flip_bit (GByteArray *bytes, Dice *dice)
{
  bytes->data[roll (dice, bytes->len)] ^= 1u << roll (dice, 8);
}

static void
set_byte (GByteArray *bytes, Dice *dice)
{
  static const guint8 values[] = { 0, 1, 0x7f, 0x80, 0xff, '"', '\n', ',', '[', '-', '9', '{' };

  bytes->data[roll (dice, bytes->len)] = values[roll (dice, G_N_ELEMENTS (values))];
}

static void
cut_end (GByteArray *bytes, Dice *dice)
{
  g_byte_array_set_size (bytes, (guint) roll (dice, bytes->len));
}

static void
cut_middle (GByteArray *bytes, Dice *dice)
{
  const guint at = (guint) roll (dice, bytes->len);

  g_byte_array_remove_range (bytes, at, (guint) roll (dice, MIN (bytes->len - at, 40)));
}

static void
insert (GByteArray *bytes, guint at, gconstpointer text, guint n)
{
  g_byte_array_set_size (bytes, bytes->len + n);
  memmove (bytes->data + at + n, bytes->data + at, bytes->len - n - at);
  memcpy (bytes->data + at, text, n);
}

static void
repeat (GByteArray *bytes, Dice *dice)
{
  const guint at = (guint) roll (dice, bytes->len);
  const guint n = 1 + (guint) roll (dice, MIN (bytes->len - at, 200));
  g_autofree guint8 *piece = g_memdup2 (bytes->data + at, n);

  insert (bytes, at, piece, n);
}

/* As a text claims it, in the place of a digit where there is one nearby. */
static void
splice_number (GByteArray *bytes, Dice *dice)
{
  static const char *const numbers[] = { "4294967295",
                                         "18446744073709551615",
                                         "99999999999999999999999",
                                         "-1",
                                         "1e308",
                                         "nan",
                                         "2147483648",
                                         "1000000000",
                                         "0" };
  const char *number = numbers[roll (dice, G_N_ELEMENTS (numbers))];
  guint at = (guint) roll (dice, bytes->len);

  for (guint i = 0; i < 40 && at + 1 < bytes->len && !g_ascii_isdigit (bytes->data[at]); i++)
    at++;
  if (g_ascii_isdigit (bytes->data[at]))
    g_byte_array_remove_index (bytes, at);
  insert (bytes, at, number, (guint) strlen (number));
}

/* As a header of bytes claims it. */
static void
write_number (GByteArray *bytes, Dice *dice)
{
  static const guint64 numbers[] = { G_MAXUINT64, G_MAXINT64, G_MAXUINT32, G_MAXINT32,
                                     1 << 30,     1 << 24,    0xffff,      0 };
  const guint64 number = GUINT64_TO_LE (numbers[roll (dice, G_N_ELEMENTS (numbers))]);
  const guint n = 2u << roll (dice, 3);

  if (bytes->len >= n)
    memcpy (bytes->data + roll (dice, bytes->len - n + 1), &number, n);
}

static void (*const changes[]) (GByteArray *bytes, Dice *dice) = {
  flip_bit, set_byte, cut_end, cut_middle, repeat, splice_number, write_number,
};

static GBytes *
change (GBytes *seed, guint32 lane)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (seed, &size);
  GByteArray *bytes = g_byte_array_new ();
  Dice dice = { lane, 0 };
  const gsize n = 1 + roll (&dice, MOST_CHANGES);

  g_byte_array_append (bytes, data, (guint) size);
  for (gsize i = 0; i < n && bytes->len > 0; i++)
    changes[roll (&dice, G_N_ELEMENTS (changes))](bytes, &dice);
  return g_byte_array_free_to_bytes (bytes);
}

/* Feeding. */

/* The first time something is read what is kept for good is made. */
static void
feed (const FuzzTarget *target, GBytes *bytes, guint number)
{
  const gsize size = g_bytes_get_size (bytes);
  gsize most;

  alarm (PATIENCE);
  fuzz_memory_begin ();
  target->feed (bytes);
  most = fuzz_memory_get_most ();
  alarm (0);
  if (most > target->room + target->growth * size)
    g_error ("%s, input %u: %zu bytes, read with %zu of memory, expected at most %zu", target->name,
             number, size, most, target->room + target->growth * size);
}

static void
test_target (gconstpointer data)
{
  const FuzzTarget *target = data;
  g_autoptr (GPtrArray) seeds = make_seeds (target);

  for (guint i = 0; i < seeds->len; i++)
    target->feed (g_ptr_array_index (seeds, i));
  for (guint i = 0; i < seeds->len; i++)
    feed (target, g_ptr_array_index (seeds, i), i);
  for (guint i = 0; i < target->n_mutations; i++)
    {
      g_autoptr (GBytes) bytes = change (g_ptr_array_index (seeds, i % seeds->len), i);

      feed (target, bytes, seeds->len + i);
    }
}

/* By hand. */

static void
write_seeds (const FuzzTarget *target, const char *folder)
{
  g_autoptr (GPtrArray) seeds = make_seeds (target);
  g_autofree char *own = g_build_filename (folder, target->name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (own, 0777), ==, 0);
  for (guint i = 0; i < seeds->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("seed-%u", i);
      g_autofree char *path = g_build_filename (own, name, NULL);
      gsize size;
      const char *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

      g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    }
}

static int
write_all_seeds (const char *folder)
{
  for (const FuzzTarget *const *target = fuzz_get_targets (); *target != NULL; target++)
    {
      write_seeds (*target, folder);
      g_print ("%s\n", (*target)->name);
    }
  return 0;
}

static int
feed_file (const char *name, const char *path)
{
  const FuzzTarget *target = fuzz_find_target (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  g_assert_nonnull (target);
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, size);
  target->feed (bytes);
  feed (target, bytes, 0);
  return 0;
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--seeds"))
    return write_all_seeds (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "--feed"))
    return feed_file (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  for (const FuzzTarget *const *target = fuzz_get_targets (); *target != NULL; target++)
    {
      g_autofree char *path = g_strconcat ("/fuzz/", (*target)->name, NULL);

      g_test_add_data_func (path, *target, test_target);
    }
  return g_test_run ();
}
