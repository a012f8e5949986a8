#include "pisd-draw-animation.h"
#include "pisd-draw-colors.h"
#include "pisd-draw-figure.h"
#include "pisd-draw-text.h"

#include "pisd-error.h"
#include "pisd-test.h"

#include <gif_lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define WIDTH 150.0
#define HEIGHT 170.0
#define N_PICTURES 5

typedef struct
{
  char *folder;
} Files;

static void
files_set_up (Files *files, gconstpointer data)
{
  files->folder = g_dir_make_tmp ("pisd-animation-XXXXXX", NULL);
}

static void
files_tear_down (Files *files, gconstpointer data)
{
  GDir *folder = g_dir_open (files->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (files->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (folder);
  g_rmdir (files->folder);
  g_free (files->folder);
}

static guint
count_files (const Files *files)
{
  GDir *folder = g_dir_open (files->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  g_dir_close (folder);
  return n;
}

/* Waves that move, in a map, with words beside them where there are to be any. */
typedef struct
{
  PisdColormap map;
  gboolean words;
} Scene;

static gboolean
draw_scene (cairo_t *cr, guint picture, gpointer data, GError **error)
{
  const Scene *scene = data;
  const PisdPalette *palette = pisd_palette_get (FALSE);
  const PisdTextStyle style = { .size = 13.0, .ink = &palette->text };
  const PisdBox box = { 10.0, 30.0, 128.0, 128.0 };
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autofree char *words = g_strdup_printf ("w(%u/9)", picture);

  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    field->data[p] = sin (0.1 * (p % PISD_GRID) + picture) * cos (0.07 * (p / PISD_GRID));
  pisd_ink_set (cr, &palette->background);
  cairo_paint (cr);
  pisd_draw_heatmap (cr, &box, field, scene->map, -1.0, 1.0);
  if (scene->words)
    pisd_draw_text (cr, 10.0, 15.0, &style, words);
  return TRUE;
}

static PisdAnimation
get_animation (Scene *scene)
{
  return (PisdAnimation){ WIDTH, HEIGHT, N_PICTURES, 0.25, 1.5, draw_scene, scene };
}

/* 0xRRGGBB of all pixels, as Cairo draws them. */
static guint32 *
draw_pixels (const PisdAnimation *animation, guint picture)
{
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) WIDTH, (int) HEIGHT);
  cairo_t *cr = cairo_create (image);
  guint32 *pixels = g_new (guint32, (gsize) (WIDTH * HEIGHT));

  animation->draw (cr, picture, animation->data, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  for (int y = 0; y < (int) HEIGHT; y++)
    for (int x = 0; x < (int) WIDTH; x++)
      {
        const guint8 *row = cairo_image_surface_get_data (image)
                            + (gsize) y * (gsize) cairo_image_surface_get_stride (image);

        pixels[y * (int) WIDTH + x] = ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
      }
  cairo_surface_destroy (image);
  return pixels;
}

static GifFileType *
read_gif (const char *path)
{
  int code = 0;
  GifFileType *file = DGifOpenFileName (path, &code);

  g_assert_nonnull (file);
  g_assert_cmpint (DGifSlurp (file), ==, GIF_OK);
  g_assert_cmpint (file->SWidth, ==, (int) WIDTH);
  g_assert_cmpint (file->SHeight, ==, (int) HEIGHT);
  return file;
}

/* What a viewer shows after one more picture of the file. */
static void
show_next (const GifFileType *file, int k, guint32 *shown)
{
  const SavedImage *image = &file->SavedImages[k];
  const GifImageDesc *part = &image->ImageDesc;

  for (int y = 0; y < part->Height; y++)
    for (int x = 0; x < part->Width; x++)
      {
        GifColorType color = file->SColorMap->Colors[image->RasterBits[y * part->Width + x]];

        shown[(part->Top + y) * (int) WIDTH + part->Left + x] =
            (guint32) color.Red << 16 | (guint32) color.Green << 8 | color.Blue;
      }
}

static int
get_distance (guint32 a, guint32 b)
{
  int most = 0;

  for (int shift = 0; shift < 24; shift += 8)
    most = MAX (most, ABS ((int) (a >> shift & 255) - (int) (b >> shift & 255)));
  return most;
}

/* The largest error of a channel, of the field and of everything. */
static void
measure_gif (const char *path, const PisdAnimation *animation, int *of_field, int *of_all)
{
  GifFileType *file = read_gif (path);
  g_autofree guint32 *shown = g_new0 (guint32, (gsize) (WIDTH * HEIGHT));
  int code;

  *of_field = *of_all = 0;
  g_assert_cmpint (file->ImageCount, ==, N_PICTURES);
  for (int k = 0; k < N_PICTURES; k++)
    {
      g_autofree guint32 *drawn = draw_pixels (animation, (guint) k);

      show_next (file, k, shown);
      for (int p = 0; p < (int) (WIDTH * HEIGHT); p++)
        {
          const int x = p % (int) WIDTH, y = p / (int) WIDTH;
          const int error = get_distance (shown[p], drawn[p]);

          *of_all = MAX (*of_all, error);
          if (x >= 10 && x < 138 && y >= 30 && y < 158)
            *of_field = MAX (*of_field, error);
        }
    }
  DGifCloseFile (file, &code);
}

static char *
save (const Files *files, const char *name, const PisdAnimation *animation)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (files->folder, name, NULL);

  pisd_draw_save_animation (path, animation, NULL, &error);
  g_assert_no_error (error);
  return path;
}

/* A map with 256 colours, and nothing else: every pixel is exact. */
static void
test_exact (Files *files, gconstpointer data)
{
  Scene scene = { PISD_COLORMAP_GREY, FALSE };
  const PisdAnimation animation = get_animation (&scene);
  g_autofree char *path = save (files, "grey.gif", &animation);
  int of_field, of_all;

  measure_gif (path, &animation, &of_field, &of_all);
  g_assert_cmpint (of_all, ==, 0);
}

/* Words have colours of their own: fields stay within two levels of 255, and letters near. */
static void
test_near (Files *files, gconstpointer data)
{
  for (PisdColormap map = 0; map < PISD_N_COLORMAPS; map++)
    {
      Scene scene = { map, TRUE };
      const PisdAnimation animation = get_animation (&scene);
      g_autofree char *name = g_strdup_printf ("%u.gif", map);
      g_autofree char *path = save (files, name, &animation);
      int of_field, of_all;

      measure_gif (path, &animation, &of_field, &of_all);
      g_test_message ("map %u: field %d, all %d", map, of_field, of_all);
      g_assert_cmpint (of_field, <=, 2);
      g_assert_cmpint (of_all, <=, 24);
    }
}

/* Each picture is shown as long as asked for, and the first one follows the last. */
static void
test_times (Files *files, gconstpointer data)
{
  Scene scene = { PISD_COLORMAP_VIRIDIS, TRUE };
  const PisdAnimation animation = get_animation (&scene);
  g_autofree char *path = save (files, "times.gif", &animation);
  GifFileType *file = read_gif (path);
  gboolean loops = FALSE;
  int code;

  for (int k = 0; k < N_PICTURES; k++)
    {
      GraphicsControlBlock control;

      g_assert_cmpint (DGifSavedExtensionToGCB (file, k, &control), ==, GIF_OK);
      g_assert_cmpint (control.DelayTime, ==, k + 1 < N_PICTURES ? 25 : 150);
      for (int e = 0; e < file->SavedImages[k].ExtensionBlockCount; e++)
        {
          const ExtensionBlock *block = &file->SavedImages[k].ExtensionBlocks[e];

          loops =
              loops || (block->ByteCount == 11 && memcmp (block->Bytes, "NETSCAPE2.0", 11) == 0);
        }
    }
  g_assert_true (loops);
  DGifCloseFile (file, &code);
}

/* A sequence has a file a picture, each with two pixels a point. */
static void
test_sequence (Files *files, gconstpointer data)
{
  Scene scene = { PISD_COLORMAP_CIVIDIS, TRUE };
  const PisdAnimation animation = get_animation (&scene);
  g_autofree char *path = save (files, "flow.png", &animation);

  g_assert_cmpuint (count_files (files), ==, N_PICTURES);
  for (guint k = 0; k < N_PICTURES; k++)
    {
      g_autofree char *name = pisd_animation_dup_path (path, k);
      g_autofree char *expected = g_strdup_printf ("flow-%03u.png", k);
      g_autofree char *base = g_path_get_basename (name);
      cairo_surface_t *image = cairo_image_surface_create_from_png (name);

      g_assert_cmpstr (base, ==, expected);
      g_assert_cmpint (cairo_image_surface_get_width (image), ==, 2 * (int) WIDTH);
      g_assert_cmpint (cairo_image_surface_get_height (image), ==, 2 * (int) HEIGHT);
      cairo_surface_destroy (image);
    }
}

/* A request to stop, whenever it comes, leaves what was there. */
static void
test_cancel (Files *files, gconstpointer data)
{
  static const char *const names[] = { "a.gif", "b.png" };
  Scene scene = { PISD_COLORMAP_GREY, FALSE };
  const PisdAnimation animation = get_animation (&scene);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint limit = 0; limit < N_PICTURES; limit++)
      {
        g_autofree char *path = g_build_filename (files->folder, names[k], NULL);
        TestTrip trip = { 0, limit };
        g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
        g_autoptr (GError) error = NULL;

        g_assert_false (pisd_draw_save_animation (path, &animation, cancel, &error));
        g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
        g_assert_cmpuint (trip.looks, ==, limit + 1);
        g_assert_cmpuint (count_files (files), ==, 0);
      }
}

/* Another ending, and a folder that is not there, are said in words with the file's name. */
static void
test_refused (Files *files, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int code;
  } rows[] = { { "a.mp4", PISD_ERROR_UNKNOWN },
               { "a", PISD_ERROR_UNKNOWN },
               { "none/a.gif", PISD_ERROR_IO },
               { "none/a.png", PISD_ERROR_IO } };
  Scene scene = { PISD_COLORMAP_GREY, FALSE };
  const PisdAnimation animation = get_animation (&scene);

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *path = g_build_filename (files->folder, rows[k].name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_draw_save_animation (path, &animation, NULL, &error));
      g_assert_error (error, PISD_ERROR, rows[k].code);
      g_assert_nonnull (strstr (error->message, files->folder));
    }
  g_assert_cmpuint (count_files (files), ==, 0);
}

/* Figures of one panel, of which one cannot be made. */
typedef struct
{
  PisdField *field;
  guint n_made;
  int fails; /* -1: none */
} Film;

static PisdFigure *
make_figure (gpointer data, guint number, GError **error)
{
  Film *film = data;
  g_autofree char *title = g_strdup_printf ("picture %u", number);
  const PisdPanel panel = { .title = title, .field = film->field, .min = -1.0, .max = 1.0 };
  const PisdFigure figure = { .panels = &panel, .n_rows = 1, .n_columns = 1, .step = -1 };

  film->n_made++;
  for (guint p = 0; p < PISD_GRID * PISD_GRID; p++)
    film->field->data[p] = sin (0.1 * p + number);
  if ((int) number != film->fails)
    return pisd_figure_dup (&figure);
  g_set_error (error, PISD_ERROR, PISD_ERROR_NUMERIC, "number %u", number);
  return NULL;
}

/* A film has the pictures of its figures, and where one cannot be made there is no file. */
static void
test_film (Files *files, gconstpointer data)
{
  static const struct
  {
    const char *name;
    guint n_files, n_made;
  } rows[] = { { "film.gif", 1, 6 }, { "film.png", 4, 3 } };
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    for (int fails = 2; fails >= -1; fails -= 3)
      {
        g_autofree char *path = g_build_filename (files->folder, rows[k].name, NULL);
        Film what = { field, 0, fails };
        const PisdFilm film = { 3, 0.5, 1.0, pisd_palette_get (FALSE), make_figure, &what };
        g_autoptr (GError) error = NULL;

        g_assert_true (pisd_draw_save_film (path, &film, NULL, &error) == (fails < 0));
        g_assert_cmpuint (count_files (files), ==, fails < 0 ? rows[k].n_files : k);
        if (fails < 0)
          g_assert_cmpuint (what.n_made, ==, rows[k].n_made);
        else
          g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
      }
}

/* More colours than there is room for: often-used ones are exact. */
static void
test_colors (void)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 256, 300);
  g_autoptr (PisdColors) colors = pisd_colors_new ();
  g_autofree guint8 *indices = g_new (guint8, 256 * 300);
  guint32 chosen[PISD_COLORS_MOST];

  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 256; x++)
      {
        guint8 *row = cairo_image_surface_get_data (image)
                      + (gsize) y * (gsize) cairo_image_surface_get_stride (image);

        /* 200 rows of 200 reds; below each pixel has a colour of its own */
        ((guint32 *) (gpointer) row)[x] =
            (guint32) (y < 200 ? MIN (x, 199) << 16 : (y - 200) << 8 | x);
      }
  cairo_surface_mark_dirty (image);
  pisd_colors_count (colors, image);
  g_assert_cmpuint (pisd_colors_choose (colors, chosen), <=, PISD_COLORS_MOST);
  pisd_colors_map (colors, image, indices);
  for (guint x = 0; x < 200; x++)
    g_assert_cmpint (get_distance (chosen[indices[x]], x << 16), <=, 1);
  for (guint p = 200 * 256; p < 300 * 256; p++)
    g_assert_cmpint (get_distance (chosen[indices[p]], (p / 256 - 200) << 8 | p % 256), <=, 40);
  cairo_surface_destroy (image);
}

#define ADD(path, test) g_test_add (path, Files, NULL, files_set_up, test, files_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/draw/animation/exact", test_exact);
  ADD ("/draw/animation/near", test_near);
  ADD ("/draw/animation/times", test_times);
  ADD ("/draw/animation/sequence", test_sequence);
  ADD ("/draw/animation/cancel", test_cancel);
  ADD ("/draw/animation/refused", test_refused);
  ADD ("/draw/animation/film", test_film);
  g_test_add_func ("/draw/animation/colors", test_colors);
  return g_test_run ();
}
