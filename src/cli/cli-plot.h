/* A few curves on logarithmic axes, as PNG. */
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

/* At most as many series as there are inks.  Atomically.  Errors: PISD_ERROR_IO, and
 * PISD_ERROR_NUMERIC where there is nothing to draw. */
#define CLI_MAX_SERIES 6
gboolean cli_plot_save (const char *path,
                        const char *title,
                        const char *x_title,
                        const char *y_title,
                        const CliSeries *series,
                        guint n_series,
                        GError **error);

G_END_DECLS
