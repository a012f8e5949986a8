#include "pisd-plane.h"

#include <fftw3.h>
#include <string.h>

#include "pisd-memory.h"
#include "pisd-planner.h"

/* One direction: rows 0 ... reach, rows -reach ... -1, and all columns. */
typedef struct
{
  fftw_plan upper, lower, columns;
} Direction;

struct _PisdPlane
{
  guint size, reach;
  Direction to_nodes, to_modes;
};

/* `n` transforms in place, whose entries are `stride` apart and which begin `distance` apart. */
static fftw_plan
plan_lines (guint size, guint n, guint stride, guint distance, fftw_complex *at, int sign)
{
  const int length = (int) size;

  return fftw_plan_many_dft (1, &length, (int) n, at, NULL, (int) stride, (int) distance, at, NULL,
                             (int) stride, (int) distance, sign, FFTW_ESTIMATE);
}

static void
plan_direction (const PisdPlane *self, fftw_complex *at, int sign, Direction *out)
{
  guint size = self->size, reach = self->reach;

  out->upper = plan_lines (size, reach + 1, 1, size, at, sign);
  out->lower = plan_lines (size, reach, 1, size, at + (gsize) size * (size - reach), sign);
  out->columns = plan_lines (size, size, size, 1, at, sign);
}

PisdPlane *
pisd_plane_new (guint size, guint reach)
{
  PisdPlane *self;
  fftw_complex *at;

  g_return_val_if_fail (size % 2 == 0 && reach >= 1 && 2 * reach < size, NULL);

  self = g_new0 (PisdPlane, 1);
  self->size = size;
  self->reach = reach;
  at = fftw_alloc_complex ((gsize) size * size);
  pisd_planner_lock ();
  plan_direction (self, at, FFTW_BACKWARD, &self->to_nodes);
  plan_direction (self, at, FFTW_FORWARD, &self->to_modes);
  pisd_planner_unlock ();
  fftw_free (at);
  return self;
}

static void
clear_direction (Direction *direction)
{
  fftw_destroy_plan (direction->upper);
  fftw_destroy_plan (direction->lower);
  fftw_destroy_plan (direction->columns);
}

void
pisd_plane_free (PisdPlane *self)
{
  if (self == NULL)
    return;
  pisd_planner_lock ();
  clear_direction (&self->to_nodes);
  clear_direction (&self->to_modes);
  pisd_planner_unlock ();
  g_free (self);
}

PisdComplex *
pisd_plane_new_values (const PisdPlane *self, guint n)
{
  return (PisdComplex *) pisd_memory_new0 ((gsize) 2 * n * self->size * self->size);
}

void
pisd_plane_free_values (PisdComplex *values)
{
  pisd_memory_free ((double *) values);
}

/* Zeros where no low mode stands: in the columns of a row, and in whole rows. */
static void
clear_beyond (const PisdPlane *self, PisdComplex *values)
{
  guint size = self->size, reach = self->reach, n = size - 2 * reach - 1;

  for (guint i = 0; i <= reach; i++)
    memset (values + i * size + reach + 1, 0, sizeof *values * n);
  memset (values + (reach + 1) * size, 0, sizeof *values * n * size);
  for (guint i = size - reach; i < size; i++)
    memset (values + i * size + reach + 1, 0, sizeof *values * n);
}

/* Rows ky = 0 ... reach and -reach ... -1 along x; the size - 2 reach - 1 others hold no low
 * mode. */
static void
transform_rows (const PisdPlane *self, const Direction *direction, fftw_complex *at)
{
  fftw_complex *lower = at + (gsize) self->size * (self->size - self->reach);

  fftw_execute_dft (direction->upper, at, at);
  fftw_execute_dft (direction->lower, lower, lower);
}

/* f = sum F (k) exp (2 pi i (ky y + kx x)): rows first, while most of them are still zero. */
void
pisd_plane_to_nodes (const PisdPlane *self, PisdComplex *values)
{
  fftw_complex *at = (fftw_complex *) values;

  clear_beyond (self, values);
  transform_rows (self, &self->to_nodes, at);
  fftw_execute_dft (self->to_nodes.columns, at, at);
}

/* size^2 F (k) = sum over the nodes of f exp (-2 pi i (ky y + kx x)): columns first, so that
 * rows of high modes can be left as they are. */
void
pisd_plane_to_modes (const PisdPlane *self, PisdComplex *values)
{
  fftw_complex *at = (fftw_complex *) values;

  fftw_execute_dft (self->to_modes.columns, at, at);
  transform_rows (self, &self->to_modes, at);
}
