#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>

#include "explorer-palette.h"
#include "pisd-draw-save.h"
#include "pisd-draw-text.h"

/* Measures in points. */
#define N_COLUMNS 3
#define N_ROWS ((EXPLORER_DIFFUSION_N_PANES + N_COLUMNS - 1) / N_COLUMNS)
#define CELL_WIDTH 340.0
#define CELL_HEIGHT 320.0
#define CAPTION_HEIGHT 36.0
#define CAPTION_SIZE 15.0
#define MARGIN 12.0

/* A page that is drawn. */
typedef struct
{
  ExplorerDiffusion *self;
  guint page;
  const char *caption;
} Page;

static void
draw_page (cairo_t *cr, gconstpointer data)
{
  const Page *page = data;
  const PisdPalette *palette = explorer_palette_get ();
  const PisdTextStyle style = { .size = CAPTION_SIZE,
                                .bold = TRUE,
                                .ink = &palette->text,
                                .max_width = N_COLUMNS * CELL_WIDTH - 2.0 * MARGIN };

  pisd_ink_set (cr, &palette->background);
  cairo_paint (cr);
  pisd_draw_fitted_text (cr, MARGIN, 0.55 * CAPTION_HEIGHT, &style, 0.7, page->caption);
  for (guint k = 0; k < EXPLORER_DIFFUSION_N_PANES; k++)
    {
      const PisdBox box = { k % N_COLUMNS * CELL_WIDTH,
                            CAPTION_HEIGHT + k / N_COLUMNS * CELL_HEIGHT, CELL_WIDTH - MARGIN,
                            CELL_HEIGHT - MARGIN };

      explorer_diffusion_pane_draw (EXPLORER_DIFFUSION_PANE (page->self->panes[page->page][k]), cr,
                                    &box);
    }
}

static GBytes *
make_page (ExplorerDiffusion *self, const char *path, GError **error)
{
  g_autofree char *caption = explorer_diffusion_dup_caption (self);
  const Page page = { self, explorer_diffusion_get_page (self), caption };

  return pisd_draw_make_bytes (path, NULL, N_COLUMNS * CELL_WIDTH,
                               CAPTION_HEIGHT + N_ROWS * CELL_HEIGHT, caption, draw_page, &page,
                               error);
}

/* The samples as they end. */
static GBytes *
make_csv (ExplorerDiffusion *self)
{
  const PisdLabData *data = pisd_diffuser_job_get_data (self->job);
  const gsize n = self->trajectories->n;
  g_autofree double *x = g_new (double, n * data->dimension);

  pisd_diffuser_training_decode (
      pisd_diffuser_job_get_training (self->job), n,
      pisd_trajectories_get_state (self->trajectories, self->trajectories->n_steps), x);
  return pisd_lab_data_make_csv (data, n, x, self->sample_labels);
}

void
explorer_diffusion_save (ExplorerDiffusion *self, const char *path)
{
  g_autofree char *target = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_table;
  GBytes *bytes;

  g_return_if_fail (EXPLORER_IS_DIFFUSION (self) && path != NULL && self->job != NULL);

  is_table = explorer_file_saving_is_table (path);

  if (is_table && self->trajectories == NULL)
    {
      explorer_toasts_show (self->toasts, _ ("There are no samples yet"));
      return;
    }
  target = pisd_draw_save_dup_path (path);
  bytes = is_table ? make_csv (self) : make_page (self, target, &error);
  if (bytes != NULL)
    explorer_file_saving_start_bytes (self->saving, target, bytes);
  else
    explorer_toasts_show (self->toasts, error->message);
}
