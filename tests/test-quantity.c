/* What a pane can show: the table, its stable texts, and maps of modes. */

#include "pisd-quantity.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-mode-map.h"

static const PisdOperator *
get_problem (const char *name)
{
  for (guint k = 0; k < pisd_operator_get_n (); k++)
    if (g_str_equal (pisd_operator_get (k)->name, name))
      return pisd_operator_get (k);
  return NULL;
}

/* Texts are kept in settings: what they are called never changes. */
static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    PisdPick pick;
  } rows[] = {
    { "estimate", { PISD_QUANTITY_ESTIMATE, FALSE } },
    { "truth:modes", { PISD_QUANTITY_TRUTH, TRUE } },
    { "exact", { PISD_QUANTITY_EXACT, FALSE } },
    { "error:modes", { PISD_QUANTITY_ERROR, TRUE } },
    { "spread", { PISD_QUANTITY_SPREAD, FALSE } },
    { "standardized", { PISD_QUANTITY_STANDARDIZED, FALSE } },
    { "state", { PISD_QUANTITY_STATE, FALSE } },
    { "residual", { PISD_QUANTITY_RESIDUAL, FALSE } },
    { "gradient-a", { PISD_QUANTITY_READINGS, FALSE } },
    { "gradient-u:modes", { PISD_QUANTITY_READINGS + 1, TRUE } },
    { "gradient-equation", { PISD_QUANTITY_EQUATION, FALSE } },
    { "gradient", { PISD_QUANTITY_TOTAL, FALSE } },
    { "update", { PISD_QUANTITY_UPDATE, FALSE } },
  };
  const PisdOperator *problem = get_problem ("poisson");

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *text = pisd_pick_dup_text (&rows[k].pick, problem);
      g_autoptr (GError) error = NULL;
      PisdPick pick;

      g_assert_cmpstr (text, ==, rows[k].text);
      g_assert_true (pisd_pick_parse (text, problem, &pick, &error));
      g_assert_no_error (error);
      g_assert_true (pisd_pick_equal (&pick, &rows[k].pick));
    }
}

static void
test_unknown (void)
{
  static const char *const texts[] = { "", "gradient-", "Error", "error:", ":modes", "gradient-w" };
  const PisdOperator *problem = get_problem ("poisson");

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    {
      PisdPick pick = { PISD_QUANTITY_SPREAD, TRUE };
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_pick_parse (texts[k], problem, &pick, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN);
      g_assert_nonnull (strstr (error->message, "gradient-u"));
      g_assert_cmpint (pick.quantity, ==, PISD_QUANTITY_SPREAD);
    }
}

/* A lesson's text is not put on the terminal as it is. */
static void
test_escaped (void)
{
  const PisdOperator *problem = get_problem ("poisson");
  g_autoptr (GError) error = NULL;
  PisdPick pick;

  g_assert_false (pisd_pick_parse ("\x1b[31m", problem, &pick, &error));
  g_assert_true (g_str_has_prefix (error->message, "quantity: got `\\u001b[31m`, expected one"));
}

/* Every equation has all rows but those of fields that it lacks, each in words. */
static void
test_words (void)
{
  for (guint k = 0; k < pisd_operator_get_n (); k++)
    for (PisdQuantity q = 0; q < PISD_N_QUANTITIES; q++)
      {
        const PisdOperator *problem = pisd_operator_get (k);
        const PisdPick pick = { q, TRUE };
        g_autofree char *name = NULL, *help = NULL, *title = NULL;

        if (!pisd_quantity_exists (q, problem))
          continue;
        name = pisd_quantity_dup_name (q, problem);
        help = pisd_quantity_dup_help (q, problem);
        title = pisd_pick_dup_title (&pick, problem, "Source a");
        g_assert_true (name[0] != '\0' && help[0] != '\0');
        g_assert_true (g_str_has_prefix (title, "Source a, "));
        g_assert_true (g_str_has_suffix (title, ", modes"));
        g_assert_null (strstr (name, "%"));
        g_assert_null (strstr (help, "%s"));
        g_assert_null (strstr (title, "%"));
        g_assert_cmpint (pisd_quantity_get_lack (q)[0], !=, '\0');
      }
}

static void
test_traits (void)
{
  g_assert_false (pisd_quantity_is_of_run (PISD_QUANTITY_TRUTH));
  g_assert_true (pisd_quantity_is_of_run (PISD_QUANTITY_ERROR));
  g_assert_false (pisd_quantity_is_signed (PISD_QUANTITY_SPREAD));
  g_assert_true (pisd_quantity_is_signed (PISD_QUANTITY_READINGS + 1));
  g_assert_false (pisd_quantity_is_of_guidance (PISD_QUANTITY_RESIDUAL));
  g_assert_cmpuint (pisd_quantity_get_vector (PISD_QUANTITY_READINGS + 1), ==, 1);
  g_assert_cmpuint (pisd_quantity_get_vector (PISD_QUANTITY_EQUATION), ==, PISD_MAX_FIELDS);
  g_assert_cmpuint (pisd_quantity_get_vector (PISD_QUANTITY_TOTAL), ==, PISD_MAX_FIELDS + 1);
  g_assert_cmpuint (pisd_quantity_get_vector (PISD_QUANTITY_UPDATE), ==, PISD_MAX_FIELDS + 2);
}

/* c times one mode has log10 |c| there and next to nothing elsewhere; the mean is not kept. */
static void
test_map (void)
{
  g_autoptr (PisdModes) modes =
      pisd_modes_new (PISD_MODES_SQUARE, 8, PISD_BASIS_COSINE, TRUE, NULL);
  g_autoptr (PisdModeMap) map = pisd_mode_map_new (modes, PISD_BASIS_COSINE);
  g_autoptr (PisdField) grid = pisd_field_new (PISD_GRID, PISD_GRID);
  double out[64];

  for (guint i = 0; i < PISD_GRID; i++)
    for (guint j = 0; j < PISD_GRID; j++)
      grid->data[i * PISD_GRID + j] = -0.01 * (2.0 / PISD_GRID)
                                      * cos (G_PI * 3 * (i + 0.5) / PISD_GRID)
                                      * cos (G_PI * 5 * (j + 0.5) / PISD_GRID);
  g_assert_cmpuint (pisd_mode_map_get_side (map), ==, 8);
  pisd_mode_map_fill (map, grid->data, out);
  g_assert_cmpfloat_with_epsilon (out[3 * 8 + 5], -2.0, 1e-9);
  g_assert_cmpfloat (out[5 * 8 + 3], <, -12.0);
  g_assert_true (isinf (out[0]) && out[0] < 0);
  grid->data[0] = NAN; /* one node without a number does not spoil the others */
  pisd_mode_map_fill (map, grid->data, out);
  g_assert_cmpfloat_with_epsilon (out[3 * 8 + 5], -2.0, 1e-2);
  g_assert_true (pisd_mode_map_is_of (map, modes, PISD_BASIS_COSINE));
  g_assert_false (pisd_mode_map_is_of (map, modes, PISD_BASIS_SINE));
}

/* A map reaches six decades below its largest entry, minus infinity beside it or not. */
static void
test_map_range (void)
{
  g_autoptr (PisdField) map = pisd_field_new (2, 2);
  double low, high;

  for (guint k = 0; k < 4; k++)
    map->data[k] = -INFINITY;
  pisd_mode_map_get_range (map, &low, &high);
  g_assert_cmpfloat (low, ==, -PISD_MODE_MAP_DECADES);
  g_assert_cmpfloat (high, ==, 0.0);
  map->data[1] = -2.0;
  map->data[2] = -9.0;
  pisd_mode_map_get_range (map, &low, &high);
  g_assert_cmpfloat (low, ==, -2.0 - PISD_MODE_MAP_DECADES);
  g_assert_cmpfloat (high, ==, -2.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/quantity/texts", test_texts);
  g_test_add_func ("/model/quantity/unknown", test_unknown);
  g_test_add_func ("/model/quantity/escaped", test_escaped);
  g_test_add_func ("/model/quantity/words", test_words);
  g_test_add_func ("/model/quantity/traits", test_traits);
  g_test_add_func ("/model/quantity/map", test_map);
  g_test_add_func ("/model/quantity/map/range", test_map_range);
  return g_test_run ();
}
