/* A few curves on logarithmic axes, as .png, .svg or .pdf. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  guint n;
  const double *x, *y; /* [n] positive; points with another y are left out */
  gboolean is_dashed;
} CliSeries;

/* As many as there are inks. */
#define CLI_MAX_SERIES 6

/* Writes atomically.
 * Errors: as pisd_draw_save(), and PISD_ERROR_NUMERIC where there is nothing to draw. */
gboolean cli_plot_save (const char *path,
                        const char *title,
                        const char *x_title,
                        const char *y_title,
                        const CliSeries *series,
                        guint n_series,
                        GError **error);

G_END_DECLS
