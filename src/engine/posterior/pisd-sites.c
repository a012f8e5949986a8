#include "pisd-sites.h"

#include "pisd-field.h"

#define S PISD_GRID
#define SOURCE 0

/* A reading with more noise than this says nothing, and squares of more might be no numbers. */
#define MOST_SD 1e50

/* Two places nearer than this are one. */
#define SAME_PLACE 1e-9

/* A boundary where the field is fixed says nothing: what is read there is known beforehand. */
static gboolean
is_informative (PisdProblemId problem, const PisdSensor *s)
{
  if (s->sd > MOST_SD)
    return FALSE;
  return !pisd_grid_is_boundary (s->y, s->x)
         || !pisd_problem_find_field (problem, s->field)->zero_boundary;
}

static int
compare_numbers (double p, double q)
{
  return p < q ? -1 : p > q;
}

static int
compare_frames (const PisdSite *p, const PisdSite *q)
{
  int order = compare_numbers (p->field, q->field);

  return order != 0 ? order : compare_numbers (p->frame, q->frame);
}

/* The order is by field, frame, y and x, not by node: places that are to be merged come side by
 * side. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const PisdSite *p = a, *q = b;
  int order = compare_frames (p, q);

  if (order == 0)
    order = compare_numbers (p->y, q->y);
  return order != 0 ? order : compare_numbers (p->x, q->x);
}

int
pisd_site_compare (const PisdSite *p, const PisdSite *q)
{
  if (compare_frames (p, q) == 0 && (p->node < 0) != (q->node < 0))
    return p->node < 0 ? 1 : -1;
  return compare_places (p, q);
}

static int
compare_sites (gconstpointer a, gconstpointer b)
{
  return pisd_site_compare (a, b);
}

/* Sites of the source on a node are put right on it. */
static void
find_node (PisdSite *site, const PisdFieldInfo *source)
{
  guint i, j;

  if (site->field != source->id || !pisd_field_info_find_node (source, site->y, &i)
      || !pisd_field_info_find_node (source, site->x, &j))
    return;
  site->node = (int) (i * S + j);
  site->y = pisd_field_info_get_node (source, i);
  site->x = pisd_field_info_get_node (source, j);
}

static gboolean
same_place (const PisdSite *p, const PisdSite *q)
{
  return compare_frames (p, q) == 0 && ABS (p->x - q->x) < SAME_PLACE
         && ABS (p->y - q->y) < SAME_PLACE;
}

/* y = (y_p R_q + y_q R_p) / (R_p + R_q), R = R_p R_q / (R_p + R_q).
 * Two readings of one quantity: the mean, weighted by precision; exact ones outweigh noisy ones,
 * and two exact ones that contradict each other meet in the middle.  `count`: exact readings merged
 * into p so far. */
static void
merge_site (PisdSite *p, const PisdSite *q, guint *count)
{
  double total;

  if (p->variance == 0.0 && q->variance == 0.0)
    {
      p->value += (q->value - p->value) / ++*count;
      return;
    }
  total = p->variance + q->variance;
  p->value = (p->value * q->variance + q->value * p->variance) / total;
  p->variance = p->variance * q->variance / total;
}

PisdSite *
pisd_sites_new (PisdProblemId problem, const PisdSensors *sensors, guint *n_sites)
{
  return pisd_sites_new_noisy (problem, sensors, 0.0, n_sites);
}

PisdSite *
pisd_sites_new_noisy (PisdProblemId problem,
                      const PisdSensors *sensors,
                      double noise_sd,
                      guint *n_sites)
{
  PisdSite *sites = g_new (PisdSite, MAX (1, sensors->n));
  const PisdFieldInfo *source = &pisd_operator_get (problem)->fields[SOURCE];
  guint n = 0, kept = 0, count = 1;

  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];

      if (!is_informative (problem, s))
        continue;
      sites[n] = (PisdSite){ .field = s->field,
                             .frame = pisd_field_info_find_frame (
                                 pisd_problem_find_field (problem, s->field), s->t),
                             .x = s->x,
                             .y = s->y,
                             .value = s->value,
                             .variance = s->sd * s->sd + noise_sd * noise_sd,
                             .node = -1 };
      find_node (&sites[n++], source);
    }
  qsort (sites, n, sizeof *sites, compare_places);
  for (guint i = 0; i < n; i++)
    {
      if (kept > 0 && same_place (&sites[kept - 1], &sites[i]))
        {
          merge_site (&sites[kept - 1], &sites[i], &count);
          continue;
        }
      sites[kept++] = sites[i];
      count = 1;
    }
  qsort (sites, kept, sizeof *sites, compare_sites);
  *n_sites = kept;
  return sites;
}
