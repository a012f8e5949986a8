#include "pisd-prior-draw.h"

#include "pisd-basis.h"
#include "pisd-rng.h"

#define S PISD_GRID
/* The address of the numbers. */
#define SEED 2
#define FIRST_LANE 2

void
pisd_prior_draw (const PisdSettings *settings, guint number, PisdField *out)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  const PisdSourcePrior prior = pisd_settings_get_source_prior (settings);
  const PisdBasis basis = row->fields[0].basis;
  const guint n = pisd_basis_get_n_modes (basis);
  g_autoptr (PisdTransform) transform = pisd_transform_new (basis, n, PISD_TRANSFORM_AUTO);
  g_autofree double *c = g_new (double, n *n);

  g_return_if_fail (out->ny == S && out->nx == S);

  pisd_rng_fill_normal (SEED, PISD_STREAM_LAWS, FIRST_LANE + number, 0, n * n, c);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      c[i * n + j] *= row->random->scale (i, j, &prior);
  pisd_transform_synthesize (transform, c, out->data);
}
