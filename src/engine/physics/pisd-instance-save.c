#include <string.h>

#include "pisd-instance-private.h"
#include "pisd-npz-writer.h"

#define S PISD_GRID

guint
pisd_instance_fill_shape (guint n_frames, gsize shape[3])
{
  guint n = 0;

  if (n_frames > 1)
    shape[n++] = n_frames;
  shape[n++] = S;
  shape[n++] = S;
  return n;
}

/* Frame after frame of all fields.  Free with g_free(). */
static double *
join_fields (const PisdInstance *self, guint n_frames)
{
  double *all = g_new (double, (gsize) n_frames *S *S), *to = all;

  for (guint f = 0; f < self->n_fields; f++)
    {
      gsize n = pisd_field_get_n (self->fields[f]);

      memcpy (to, self->fields[f]->data, sizeof (double) * n);
      to += n;
    }
  return all;
}

gboolean
pisd_instance_save_npz (const PisdInstance *self, const char *path, GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  guint n_frames = pisd_operator_count_frames (row);
  g_autofree double *whole = row->whole != NULL ? join_fields (self, n_frames) : NULL;
  gsize shape[3];

  if (whole != NULL)
    pisd_npz_writer_add (writer, row->whole, pisd_instance_fill_shape (n_frames, shape), shape,
                         whole);
  for (guint f = 0; f < self->n_fields && whole == NULL; f++)
    {
      pisd_npz_writer_add (writer, row->fields[f].name,
                           pisd_instance_fill_shape (row->fields[f].n_frames, shape), shape,
                           self->fields[f]->data);
      pisd_npz_writer_mark (writer);
    }
  return pisd_npz_writer_save (writer, path, error);
}
