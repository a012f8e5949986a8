/* The readings of a flow's later frames as those of a linear problem: at the mode. */
#include "pisd-evidence-private.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-half-plane.h"
#include "pisd-representation.h"

#define S PISD_GRID

/* The sites as sensors, so that the flow is that of those that are used. */
static PisdSensors *
make_sensors (const PisdEvidence *self)
{
  PisdSensors *sensors = pisd_sensors_new ();

  for (guint i = 0; i < self->n; i++)
    {
      const PisdSite *site = &self->sites[i];
      const PisdFieldInfo *field = pisd_problem_find_field (self->equation.problem, site->field);
      const PisdSensor sensor = { .field = site->field,
                                  .x = site->x,
                                  .y = site->y,
                                  .t = field->times[site->frame],
                                  .value = site->value,
                                  .sd = sqrt (site->variance) };

      pisd_sensors_add (sensors, &sensor);
    }
  return sensors;
}

/* In the space of the beginning, where there is nothing to be simulated. */
static PisdRepresentation *
make_representation (const PisdSettings *settings, GError **error)
{
  PisdSettings decoupled = *settings;

  decoupled.space = PISD_SPACE_DECOUPLED;
  return pisd_representation_new (&decoupled, error);
}

static PisdNewton *
climb (const PisdEvidence *self,
       const PisdEvidence *from,
       const PisdSettings *settings,
       PisdCancel *cancel,
       GError **error)
{
  g_autoptr (PisdSensors) sensors = make_sensors (self);
  g_autoptr (PisdRepresentation) representation = make_representation (settings, error);

  if (representation == NULL)
    return NULL;
  if (from != NULL && from->newton != NULL && !from->newton->is_cut && from->n == self->n)
    return pisd_newton_new_under (from->newton, representation, sensors, self->n_threads, cancel,
                                  error);
  return pisd_newton_new (NULL, representation, sensors, NULL, 0, PISD_FACTORS_MEAN,
                          self->n_threads, cancel, error);
}

/* y = F (w) + J (w' - w) + e at the mode w: y - F (w) + J w is read of J alone, with the noise that
 * the level adds. */
static gboolean
move_sites (PisdEvidence *self, PisdCancel *cancel, GError **error)
{
  const PisdFactors *f = pisd_newton_get_factors (self->newton);
  const PisdLinearisation *l = f->linearisation;
  const guint count = l->side * l->side;
  PisdSite *later = self->sites + (self->n - l->n);
  g_autoptr (PisdVorticityPath) path = pisd_linearisation_new_path (l);
  g_autofree double *box = g_new (double, S *S);
  g_autofree double *w = g_new (double, count);
  g_autofree double *read = g_new (double, l->n);

  pisd_newton_place (f, self->newton->mode, box);
  pisd_periodic_resize (S, box, l->side, w);
  if (!pisd_linearisation_solve (l, path, w, read, cancel, error))
    return FALSE;
  for (guint i = 0; i < l->n; i++)
    {
      later[i].value += cblas_ddot ((int) count, l->rows + (gsize) i * count, 1, w, 1) - read[i];
      later[i].variance += l->variance[i];
    }
  return TRUE;
}

static gboolean
is_all_later (const PisdEvidence *self)
{
  return self->sites[0].field != pisd_operator_get (self->equation.problem)->fields[0].id;
}

gboolean
pisd_evidence_linearise (PisdEvidence *self,
                         const PisdEvidence *from,
                         const PisdSettings *settings,
                         PisdCancel *cancel,
                         GError **error)
{
  self->newton = climb (self, from, settings, cancel, error);
  if (self->newton == NULL || !move_sites (self, cancel, error))
    return FALSE;
  if (is_all_later (self))
    {
      const guint side = pisd_newton_get_factors (self->newton)->linearisation->side;

      pisd_modes_free (self->modes);
      self->modes = pisd_modes_new (PISD_MODES_SQUARE, side, self->basis, FALSE, NULL);
    }
  return TRUE;
}
