#include "pisd-target.h"

static const PisdTarget table[] = {
  { "p1", "x¹⁰ − 2x⁸ + 2x⁵ + 3x³ − 2x² + 5", "x^10 - 2x^8 + 2x^5 + 3x^3 - 2x^2 + 5",
    "1-10-20-10-1" },
  { "p2", "y⁵ − x³y² − 4x²y + 3x³ − y² + x + 2", "y^5 - x^3 y^2 - 4x^2 y + 3x^3 - y^2 + x + 2",
    "2-20-40-20-1" },
  { "p4", "x₁⁶x₄⁵ + x₂⁶ − x₁³x₂²x₃ + x₄² − 4x₃⁴x₂⁴ + 3x₄³x₂³ − x₃²x₁ + x₃ + 3",
    "x1^6 x4^5 + x2^6 - x1^3 x2^2 x3 + x4^2 - 4x3^4 x2^4 + 3x4^3 x2^3 - x3^2 x1 + x3 + 3",
    "4-20-40-20-1" },
  { "heat", "|x|² + 2d,  d = 10",
    "x1^2 + x2^2 + x3^2 + x4^2 + x5^2 + x6^2 + x7^2 + x8^2 + x9^2 + x10^2 + 20", "10-50-50-50-1" },
};

guint
pisd_target_count (void)
{
  return G_N_ELEMENTS (table);
}

const PisdTarget *
pisd_target_get (guint target)
{
  g_return_val_if_fail (target < G_N_ELEMENTS (table), NULL);

  return &table[target];
}

const PisdTarget *
pisd_target_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (name, table[i].name))
      return &table[i];
  return NULL;
}

PisdPolynomial *
pisd_target_make (const char *name, GError **error)
{
  const PisdTarget *target = pisd_target_find (name);

  return pisd_polynomial_parse (target != NULL ? target->text : name, error);
}

char *
pisd_target_dup_widths (guint dimension)
{
  return dimension == 1 ? g_strdup (table[0].widths) : g_strdup_printf ("%u-20-40-20-1", dimension);
}
