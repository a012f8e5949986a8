#include "cli-inspect-npz.h"

#include <string.h>

#include "pisd-npz-writer.h"

/* What is written, and of what. */
typedef struct
{
  PisdInspector *inspector;
  PisdProblemId problem;
  const GPtrArray *inspections;
  gsize n; /* of a latent */
  PisdNpzWriter *writer;
} Writing;

static const PisdInspection *
get (const Writing *w, guint i)
{
  return g_ptr_array_index (w->inspections, i);
}

/* Of all steps. */
static gboolean
has_vector (const Writing *w, guint which)
{
  for (guint i = 0; i < w->inspections->len; i++)
    if (!pisd_inspection_has_vector (get (w, i), which))
      return FALSE;
  return TRUE;
}

static char *
dup_name (const Writing *w, guint which)
{
  const char *kind = get (w, 0)->kind == PISD_INSPECTION_GRADIENTS ? "gradient" : "pull";

  if (which == PISD_INSPECTION_UPDATE)
    return g_strdup ("update");
  if (which == PISD_INSPECTION_TOTAL)
    return g_strdup (kind);
  return g_strdup_printf ("%s_%s", kind, pisd_term_get_name (w->problem, which));
}

static void
add_modes (const Writing *w, const char *name, guint which)
{
  const gsize shape[2] = { w->inspections->len, w->n };
  g_autofree double *all = g_new (double, shape[0] * w->n);

  for (guint i = 0; i < w->inspections->len; i++)
    memcpy (all + i * w->n, pisd_inspection_get_vector (get (w, i), which), sizeof (double) * w->n);
  pisd_npz_writer_add (w->writer, name, 2, shape, all);
}

/* Nothing where no latent holds the field. */
static void
add_field (const Writing *w, const char *name, guint which, guint field)
{
  const PisdFieldInfo *info = &pisd_operator_get (w->problem)->fields[field];
  g_autoptr (PisdField) out = pisd_field_info_new_field (info);
  const gsize n = pisd_field_get_n (out);
  g_autofree double *all = g_new (double, w->inspections->len *n);
  g_autofree char *key = g_strdup_printf ("%s_in_%s", name, info->name);
  gsize shape[4] = { w->inspections->len };
  guint n_dimensions = 1;

  for (guint i = 0; i < w->inspections->len; i++)
    {
      if (!pisd_inspector_decode (w->inspector, pisd_inspection_get_vector (get (w, i), which),
                                  field, out))
        return;
      memcpy (all + i * n, out->data, sizeof (double) * n);
    }
  if (info->n_frames > 1)
    shape[n_dimensions++] = info->n_frames;
  shape[n_dimensions++] = PISD_GRID;
  shape[n_dimensions++] = PISD_GRID;
  pisd_npz_writer_add (w->writer, key, n_dimensions, shape, all);
}

static void
add_steps (const Writing *w)
{
  const gsize n = w->inspections->len;
  g_autofree double *steps = g_new (double, n);
  g_autofree double *sigma = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      steps[i] = get (w, i)->numbers.step;
      sigma[i] = get (w, i)->numbers.sigma;
    }
  pisd_npz_writer_add (w->writer, "steps", 1, &n, steps);
  pisd_npz_writer_add (w->writer, "sigma", 1, &n, sigma);
}

gboolean
cli_inspect_save_npz (PisdInspector *inspector,
                      const GPtrArray *inspections,
                      const char *path,
                      GError **error)
{
  PisdRepresentation *representation = pisd_inspector_get_representation (inspector);
  const PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  const Writing w = { inspector, problem, inspections, pisd_representation_get_n (representation),
                      writer };

  add_steps (&w);
  for (guint which = 0; which < PISD_INSPECTION_N_VECTORS; which++)
    {
      g_autofree char *name = dup_name (&w, which);

      if (!has_vector (&w, which))
        continue;
      add_modes (&w, name, which);
      for (guint f = 0; f < pisd_operator_get (problem)->n_fields; f++)
        add_field (&w, name, which, f);
    }
  return pisd_npz_writer_save (writer, path, error);
}
