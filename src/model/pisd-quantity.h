/* What a picture can show of a field: the table that the window's panes and the command line's
 * figure share.
 *
 * A pick is one of these quantities, in space or as a map of its kept modes.  As text, which
 * settings keep, it is the quantity's key with ":modes" behind it or not: "error",
 * "gradient-a:modes".
 *
 * Errors: PISD_ERROR_UNKNOWN. */
#pragma once

#include "pisd-operator.h"

G_BEGIN_DECLS

/* Those of guidance follow each other as the vectors of an inspection do. */
typedef enum
{
  PISD_QUANTITY_ESTIMATE,
  PISD_QUANTITY_TRUTH,
  PISD_QUANTITY_EXACT,
  PISD_QUANTITY_ERROR,
  PISD_QUANTITY_SPREAD,
  PISD_QUANTITY_STANDARDIZED,
  PISD_QUANTITY_STATE,
  PISD_QUANTITY_RESIDUAL,
  PISD_QUANTITY_READINGS, /* of field 0; the other fields' follow */
  PISD_QUANTITY_EQUATION = PISD_QUANTITY_READINGS + PISD_MAX_FIELDS,
  PISD_QUANTITY_TOTAL,
  PISD_QUANTITY_UPDATE,
  PISD_N_QUANTITIES
} PisdQuantity;

/* Whether an equation has it: readings of a field need the field. */
gboolean pisd_quantity_exists (PisdQuantity quantity, const PisdOperator *problem);
/* Whether it is of one step's guidance, and which of the vectors of an inspection it is. */
gboolean pisd_quantity_is_of_guidance (PisdQuantity quantity);
guint pisd_quantity_get_vector (PisdQuantity quantity);
/* Whether it follows from a run, so that it may be of another set-up than the present one. */
gboolean pisd_quantity_is_of_run (PisdQuantity quantity);
/* Whether it has both signs, so that its colours part at zero; else they begin at zero. */
gboolean pisd_quantity_is_signed (PisdQuantity quantity);
/* Whether it has the units of the field itself, and its range: estimate, truth, exact. */
gboolean pisd_quantity_is_field (PisdQuantity quantity);

/* Words, translated: "Readings of a"; what it is, with its formula; what to do where there is
 * none. */
char *pisd_quantity_dup_name (PisdQuantity quantity, const PisdOperator *problem);
char *pisd_quantity_dup_help (PisdQuantity quantity, const PisdOperator *problem);
const char *pisd_quantity_get_lack (PisdQuantity quantity);

typedef struct
{
  PisdQuantity quantity;
  gboolean of_modes;
} PisdPick;

gboolean pisd_pick_equal (const PisdPick *a, const PisdPick *b);
/* The stable text of a pick, and back; `pick` stays as it is where there is no such quantity. */
char *pisd_pick_dup_text (const PisdPick *pick, const PisdOperator *problem);
gboolean pisd_pick_parse (const char *text,
                          const PisdOperator *problem,
                          PisdPick *pick,
                          GError **error);
/* "Source a, error", translated; of modes: "Source a, error, modes"; name: the field's title or
 * its symbol. */
char *pisd_pick_dup_title (const PisdPick *pick, const PisdOperator *problem, const char *name);

G_END_DECLS
