#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "explorer-palette.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"
#include "pisd-number.h"
#include "pisd-save.h"

/* Measures in points. */
#define N_COLUMNS 3
#define CELL_WIDTH 340.0
#define CELL_HEIGHT 320.0
#define CAPTION_HEIGHT 36.0
#define CAPTION_SIZE 15.0
#define MARGIN 12.0

/* What is written, by a thread: the page as it was, recorded, or text. */
typedef struct
{
  cairo_surface_t *page;
  double width, height;
  char *caption;
  char *csv;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->page, cairo_surface_destroy);
  g_free (content->caption);
  g_free (content->csv);
  g_free (content);
}

static gboolean
write_csv (gpointer data, const char *path, GError **error)
{
  const Content *content = data;

  return pisd_save_bytes (path, content->csv, strlen (content->csv), error);
}

static void
paint_page (cairo_t *cr, gconstpointer data)
{
  const Content *content = data;

  cairo_set_source_surface (cr, content->page, 0.0, 0.0);
  cairo_paint (cr);
}

static gboolean
write_page (gpointer data, const char *path, GError **error)
{
  const Content *content = data;

  return pisd_draw_save (path, content->width, content->height, content->caption, paint_page,
                         content, error);
}

static void
draw_caption (cairo_t *cr, const Content *content)
{
  const PisdPalette *palette = explorer_palette_get ();
  const PisdTextStyle style = { .size = CAPTION_SIZE,
                                .bold = TRUE,
                                .ink = &palette->text,
                                .max_width = content->width - 2.0 * MARGIN };

  pisd_ink_set (cr, &palette->background);
  cairo_paint (cr);
  pisd_draw_fitted_text (cr, MARGIN, 0.55 * CAPTION_HEIGHT, &style, 0.7, content->caption);
}

static Content *
record_page (ExplorerDiffusion *self)
{
  Content *content = g_new0 (Content, 1);
  const guint page = explorer_diffusion_get_page (self);
  cairo_rectangle_t extents = { 0.0, 0.0, N_COLUMNS * CELL_WIDTH, 0.0 };
  guint n = 0;
  cairo_t *cr;

  while (n < EXPLORER_DIFFUSION_MOST_PANES && self->panes[page][n] != NULL)
    n++;
  content->caption = explorer_diffusion_dup_caption (self);
  content->width = extents.width;
  content->height = extents.height = CAPTION_HEIGHT + (n + N_COLUMNS - 1) / N_COLUMNS * CELL_HEIGHT;
  content->page = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cr = cairo_create (content->page);
  draw_caption (cr, content);
  for (guint k = 0; k < n; k++)
    {
      const PisdBox box = { k % N_COLUMNS * CELL_WIDTH,
                            CAPTION_HEIGHT + k / N_COLUMNS * CELL_HEIGHT, CELL_WIDTH - MARGIN,
                            CELL_HEIGHT - MARGIN };

      explorer_diffusion_pane_draw (EXPLORER_DIFFUSION_PANE (self->panes[page][k]), cr, &box);
    }
  cairo_destroy (cr);
  return content;
}

/* "label,x0,x1, ...": the samples as they end. */
static char *
dup_csv (ExplorerDiffusion *self)
{
  const PisdLabData *data = pisd_diffuser_job_get_data (self->job);
  const gsize n = self->trajectories->n;
  g_autofree double *x = g_new (double, n * data->dimension);
  GString *text = g_string_new ("label");
  char number[PISD_NUMBER_SIZE];

  pisd_diffuser_training_decode (
      pisd_diffuser_job_get_training (self->job), n,
      pisd_trajectories_get_state (self->trajectories, self->trajectories->n_steps), x);
  for (guint k = 0; k < data->dimension; k++)
    g_string_append_printf (text, ",x%u", k);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (text, "\n%u", self->sample_labels[i]);
      for (guint k = 0; k < data->dimension; k++)
        g_string_append_printf (text, ",%s",
                                pisd_number_format (x[i * data->dimension + k], number));
    }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

void
explorer_diffusion_save (ExplorerDiffusion *self, const char *path)
{
  g_autofree char *target = NULL;
  Content *content;

  g_return_if_fail (EXPLORER_IS_DIFFUSION (self) && path != NULL && self->job != NULL);

  if (!g_str_has_suffix (path, ".csv"))
    {
      target = pisd_draw_save_dup_path (path);
      explorer_file_saving_start (self->saving, target, write_page, record_page (self),
                                  content_free);
      return;
    }
  if (self->trajectories == NULL)
    {
      explorer_toasts_show (self->toasts, _ ("There are no samples yet"));
      return;
    }
  content = g_new0 (Content, 1);
  content->csv = dup_csv (self);
  explorer_file_saving_start (self->saving, path, write_csv, content, content_free);
}
