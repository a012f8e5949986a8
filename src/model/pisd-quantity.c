#include "pisd-quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"

static const char modes_suffix[] = ":modes";

/* Names, titles and helps of readings hold the field's name. */
static const struct
{
  const char *key;
  const char *name, *title, *help, *lack;
  gboolean is_of_run, is_signed;
} rows[] = {
  [PISD_QUANTITY_ESTIMATE] = { "estimate", N_ ("Estimate"), N_ ("%s, estimate"),
                               N_ ("D(x, σ), what the run makes of the readings; of several "
                                   "samples their mean"),
                               N_ ("Press Run"), TRUE, TRUE },
  [PISD_QUANTITY_TRUTH] = { "truth", N_ ("Truth"), N_ ("%s, truth"),
                            N_ ("The field that is measured"), N_ ("The truth is not known"), FALSE,
                            TRUE },
  [PISD_QUANTITY_EXACT] = { "exact", N_ ("Exact"), N_ ("%s, exact"),
                            N_ ("E [field | readings], the posterior mean under the Gaussian "
                                "prior"),
                            N_ ("Being computed"), FALSE, TRUE },
  [PISD_QUANTITY_ERROR] = { "error", N_ ("Error"), N_ ("%s, error"), N_ ("Estimate − truth"),
                            N_ ("Press Run"), TRUE, TRUE },
  [PISD_QUANTITY_SPREAD] = { "spread", N_ ("Spread"), N_ ("%s, spread"),
                             N_ ("Standard deviation of the samples"),
                             N_ ("Needs two samples or more"), TRUE, FALSE },
  [PISD_QUANTITY_STANDARDIZED] = { "standardized", N_ ("Standardised error"),
                                   N_ ("%s, error / spread"), N_ ("(truth − mean) / spread"),
                                   N_ ("Needs two samples or more"), TRUE, TRUE },
  [PISD_QUANTITY_STATE] = { "state", N_ ("State x"), N_ ("%s, state x"),
                            N_ ("x, which diffusion moves, with its noise of level σ"),
                            N_ ("Press Run"), TRUE, TRUE },
  [PISD_QUANTITY_RESIDUAL] = { "residual", N_ ("Residual"), N_ ("%s, residual"),
                               N_ ("What is left of the equation %s, of the estimate, with the "
                                   "exact derivatives of its modes"),
                               N_ ("Press Run"), TRUE, TRUE },
  [PISD_QUANTITY_READINGS] = { "gradient-", N_ ("Readings of %s"),
                               N_ ("%s, guidance by readings of %s"),
                               N_ ("ζ ∂L/∂x, the weighted gradient of the loss of the readings of "
                                   "%s; with second order how these readings move the estimate"),
                               N_ ("Nothing guides this step"), TRUE, TRUE },
  [PISD_QUANTITY_EQUATION] = { "gradient-equation", N_ ("Equation"),
                               N_ ("%s, guidance by the equation"),
                               N_ ("ζ ∂L/∂x, the weighted gradient of the equation’s loss by the "
                                   "state, through D"),
                               N_ ("Nothing guides this step"), TRUE, TRUE },
  [PISD_QUANTITY_TOTAL] = { "gradient", N_ ("Total"), N_ ("%s, guidance"),
                            N_ ("Σ ζ ∂L/∂x, the sum of all terms; with second order "
                                "D(x | readings) − D(x)"),
                            N_ ("Nothing guides this step"), TRUE, TRUE },
  [PISD_QUANTITY_UPDATE] = { "update", N_ ("Update"), N_ ("%s, update"),
                             N_ ("What guidance added to the step, through the optimiser: the next "
                                 "state less the step without guidance"),
                             N_ ("Nothing guides this step"), TRUE, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == PISD_N_QUANTITIES);

static gboolean
is_readings (PisdQuantity quantity)
{
  return quantity >= PISD_QUANTITY_READINGS && quantity < PISD_QUANTITY_EQUATION;
}

/* The row that a quantity is described by: all readings have one. */
static guint
get_row (PisdQuantity quantity)
{
  return is_readings (quantity) ? PISD_QUANTITY_READINGS : quantity;
}

gboolean
pisd_quantity_exists (PisdQuantity quantity, const PisdOperator *problem)
{
  return quantity < PISD_N_QUANTITIES
         && (!is_readings (quantity) || quantity - PISD_QUANTITY_READINGS < problem->n_fields);
}

gboolean
pisd_quantity_is_of_guidance (PisdQuantity quantity)
{
  return quantity >= PISD_QUANTITY_READINGS && quantity < PISD_N_QUANTITIES;
}

guint
pisd_quantity_get_vector (PisdQuantity quantity)
{
  g_return_val_if_fail (pisd_quantity_is_of_guidance (quantity), 0);
  return quantity - PISD_QUANTITY_READINGS;
}

gboolean
pisd_quantity_is_of_run (PisdQuantity quantity)
{
  return rows[get_row (quantity)].is_of_run;
}

gboolean
pisd_quantity_is_signed (PisdQuantity quantity)
{
  return rows[get_row (quantity)].is_signed;
}

gboolean
pisd_quantity_is_field (PisdQuantity quantity)
{
  return quantity == PISD_QUANTITY_ESTIMATE || quantity == PISD_QUANTITY_TRUTH
         || quantity == PISD_QUANTITY_EXACT;
}

/* Words. */

static const char *
get_field_name (PisdQuantity quantity, const PisdOperator *problem)
{
  return problem->fields[quantity - PISD_QUANTITY_READINGS].name;
}

/* A text of the table, with the word that belongs into it; NULL: with none. */
static char *
dup_filled (const char *text, const char *word)
{
  g_auto (GStrv) parts = word == NULL ? NULL : g_strsplit (text, "%s", 2);

  return parts == NULL ? g_strdup (text) : g_strjoinv (word, parts);
}

char *
pisd_quantity_dup_name (PisdQuantity quantity, const PisdOperator *problem)
{
  g_return_val_if_fail (pisd_quantity_exists (quantity, problem), NULL);
  return dup_filled (_ (rows[get_row (quantity)].name),
                     is_readings (quantity) ? get_field_name (quantity, problem) : NULL);
}

char *
pisd_quantity_dup_help (PisdQuantity quantity, const PisdOperator *problem)
{
  const char *word = NULL;

  g_return_val_if_fail (pisd_quantity_exists (quantity, problem), NULL);
  if (is_readings (quantity))
    word = get_field_name (quantity, problem);
  else if (quantity == PISD_QUANTITY_RESIDUAL)
    word = problem->equation;
  return dup_filled (_ (rows[get_row (quantity)].help), word);
}

const char *
pisd_quantity_get_lack (PisdQuantity quantity)
{
  return _ (rows[get_row (quantity)].lack);
}

/* Picks. */

gboolean
pisd_pick_equal (const PisdPick *a, const PisdPick *b)
{
  return a->quantity == b->quantity && a->of_modes == b->of_modes;
}

static char *
dup_key (PisdQuantity quantity, const PisdOperator *problem)
{
  return g_strconcat (rows[get_row (quantity)].key,
                      is_readings (quantity) ? get_field_name (quantity, problem) : NULL, NULL);
}

char *
pisd_pick_dup_text (const PisdPick *pick, const PisdOperator *problem)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (pisd_quantity_exists (pick->quantity, problem), NULL);
  key = dup_key (pick->quantity, problem);
  return g_strconcat (key, pick->of_modes ? modes_suffix : NULL, NULL);
}

/* "estimate, truth, exact, ..." */
static char *
dup_keys (const PisdOperator *problem)
{
  GString *keys = g_string_new (NULL);

  for (PisdQuantity q = 0; q < PISD_N_QUANTITIES; q++)
    if (pisd_quantity_exists (q, problem))
      {
        g_autofree char *key = dup_key (q, problem);

        g_string_append_printf (keys, "%s%s", keys->len > 0 ? ", " : "", key);
      }
  return g_string_free (keys, FALSE);
}

gboolean
pisd_pick_parse (const char *text, const PisdOperator *problem, PisdPick *pick, GError **error)
{
  const gboolean of_modes = g_str_has_suffix (text, modes_suffix);
  g_autofree char *wanted =
      g_strndup (text, strlen (text) - (of_modes ? strlen (modes_suffix) : 0));
  g_autofree char *got = pisd_error_escape (text);
  g_autofree char *keys = NULL;

  for (PisdQuantity q = 0; q < PISD_N_QUANTITIES; q++)
    {
      g_autofree char *key = pisd_quantity_exists (q, problem) ? dup_key (q, problem) : NULL;

      if (g_strcmp0 (wanted, key) != 0)
        continue;
      *pick = (PisdPick){ q, of_modes };
      return TRUE;
    }
  keys = dup_keys (problem);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               "quantity: got `%s`, expected one of %s, with :modes behind it or not", got, keys);
  return FALSE;
}

char *
pisd_pick_dup_title (const PisdPick *pick, const PisdOperator *problem, const char *name)
{
  const char *words = _ (rows[get_row (pick->quantity)].title);
  g_autofree char *named = dup_filled (words, name);
  g_autofree char *title = NULL;

  if (is_readings (pick->quantity))
    title = dup_filled (named, get_field_name (pick->quantity, problem));
  else
    title = g_steal_pointer (&named);
  return pick->of_modes ? g_strdup_printf (_ ("%s, modes"), title) : g_steal_pointer (&title);
}
