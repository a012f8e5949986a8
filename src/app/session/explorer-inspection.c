#include "explorer-inspection.h"

#include <glib/gi18n.h>
#include <math.h>

static PisdField *
new_field (PisdInspector *inspector, const double *v, const PisdFieldInfo *info, guint field)
{
  PisdField *out = pisd_field_info_new_field (info);

  if (pisd_inspector_decode (inspector, v, field, out))
    return out;
  pisd_field_free (out);
  return NULL;
}

/* The maps of all frames, one below the other. */
static PisdField *
new_map (PisdInspector *inspector, const double *v, const PisdFieldInfo *info, guint field)
{
  const guint side = pisd_inspector_get_map_side (inspector, field);
  PisdField *map;

  if (side == 0)
    return NULL;
  map = pisd_field_new (side * info->n_frames, side);
  for (guint frame = 0; frame < info->n_frames; frame++)
    pisd_inspector_fill_map (inspector, v, field, frame, map->data + (gsize) frame * side * side);
  for (gsize i = 0; i < pisd_field_get_n (map); i++)
    map->data[i] = map->data[i] > 0.0 ? log10 (map->data[i]) : -INFINITY;
  return map;
}

/* FALSE: cancelled. */
static gboolean
fill_field (ExplorerInspection *self, PisdInspector *inspector, guint field, PisdCancel *cancel)
{
  const PisdFieldInfo *info = &pisd_operator_get (self->problem)->fields[field];

  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    {
      const double *v = pisd_inspection_get_vector (self->inspection, k);

      if (pisd_cancel_look (cancel))
        return FALSE;
      if (!pisd_inspection_has_vector (self->inspection, k))
        continue;
      self->fields[k][field] = new_field (inspector, v, info, field);
      self->maps[k][field] = new_map (inspector, v, info, field);
    }
  return TRUE;
}

ExplorerInspection *
explorer_inspection_new (PisdInspector *inspector,
                         const PisdFrame *frame,
                         const PisdFrame *next,
                         PisdCancel *cancel)
{
  PisdRepresentation *representation = pisd_inspector_get_representation (inspector);
  PisdInspection *inspection = pisd_inspector_look (inspector, frame, next);
  ExplorerInspection *self;
  gboolean goes_on = TRUE;

  if (inspection == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (ExplorerInspection);
  self->run_id = frame->run_id;
  self->step = frame->step;
  self->n_steps = frame->n_steps;
  self->problem = pisd_representation_get_equation (representation)->problem;
  self->inspection = inspection;
  for (guint f = 0; goes_on && f < pisd_operator_get (self->problem)->n_fields; f++)
    goes_on = fill_field (self, inspector, f, cancel);
  if (!goes_on)
    {
      explorer_inspection_unref (self);
      return NULL;
    }
  for (guint f = 0; f < pisd_representation_get_n_parts (representation); f++)
    self->shells[f] = pisd_inspector_get_shells (inspector, inspection, next, f);
  return self;
}

ExplorerInspection *
explorer_inspection_ref (ExplorerInspection *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
inspection_clear (gpointer data)
{
  ExplorerInspection *self = data;

  pisd_inspection_free (self->inspection);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    {
      pisd_inspection_shells_free (self->shells[f]);
      for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
        {
          pisd_field_free (self->fields[k][f]);
          pisd_field_free (self->maps[k][f]);
        }
    }
}

void
explorer_inspection_unref (ExplorerInspection *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, inspection_clear);
}

/* Words. */

const char *
explorer_inspection_get_note (const PisdSettings *run)
{
  if (run == NULL)
    return _ ("There is no run yet");
  if (!pisd_method_get (run->guidance)->makes_steps)
    return _ ("Exact guidance draws from the posterior itself: there are no steps to take apart, "
              "and no gradient");
  if (pisd_inspector_find_kind (run) == PISD_INSPECTION_NOTHING)
    return _ ("Nothing guides this run: its steps follow the prior alone");
  return NULL;
}

char *
explorer_inspection_dup_title (PisdProblemId problem, guint which)
{
  const PisdOperator *row = pisd_operator_get (problem);

  if (which == PISD_INSPECTION_TOTAL)
    return g_strdup (_ ("Total"));
  if (which == PISD_INSPECTION_UPDATE)
    return g_strdup (_ ("Update"));
  if (which == PISD_TERM_PDE)
    return g_strdup (_ ("Equation"));
  return g_strdup_printf (_ ("Readings of %s"), row->fields[which].name);
}

/* What the update is, by where it comes from. */
static char *
dup_update (const ExplorerInspection *self)
{
  switch (self->inspection->source)
    {
    case PISD_UPDATE_GRADIENT:
      return g_strdup (
          _ ("What guidance added to the step: the total with the other sign, exactly"));
    case PISD_UPDATE_FRAMES:
      return g_strdup_printf (
          _ ("What guidance added to the step: the next state less the step without guidance, "
             "whose "
             "noise is known. Steps are kept in single precision: accurate to %.1g of it"),
          self->inspection->numbers.update_error);
    default:
      return g_strdup (_ ("What guidance added to the step; not known here"));
    }
}

static const char *
get_term_words (const ExplorerInspection *self, guint which)
{
  const gboolean is_gradient = self->inspection->kind == PISD_INSPECTION_GRADIENTS;

  if (which == PISD_INSPECTION_TOTAL)
    return is_gradient
               ? _ ("Σ ζ ∂L/∂x, the sum of all terms: what the optimiser is given. The step "
                    "goes against it")
               : _ ("D(x | readings) − D(x): how all readings together move the estimate");
  if (!is_gradient)
    return _ ("How the misfits of these readings move the estimate, with the gain of all readings; "
              "the terms sum up to the total");
  return which == PISD_TERM_PDE
             ? _ ("ζ ∂L/∂x, the weighted gradient of the equation's loss by the state, through D")
             : _ ("ζ ∂L/∂x, the weighted gradient of the loss of these readings by the state, "
                  "through D");
}

char *
explorer_inspection_dup_formula (const ExplorerInspection *self, guint which)
{
  if (which == PISD_INSPECTION_UPDATE)
    return dup_update (self);
  return g_strdup (get_term_words (self, which));
}
