#include "pisd-operator.h"

#include <glib/gi18n-lib.h>

static const PisdFieldInfo poisson_fields[] = {
  { PISD_FIELD_A, "a", N_ ("Source a"), PISD_BASIS_COSINE, FALSE },
  { PISD_FIELD_U, "u", N_ ("Solution u"), PISD_BASIS_SINE, TRUE },
};

static const PisdFieldInfo helmholtz_fields[] = {
  { PISD_FIELD_A, "a", N_ ("Source a"), PISD_BASIS_COSINE, TRUE },
  { PISD_FIELD_U, "u", N_ ("Solution u"), PISD_BASIS_SINE, TRUE },
};

static const PisdOperator problems[PISD_N_PROBLEMS] = {
  [PISD_PROBLEM_POISSON] = {
      .id = PISD_PROBLEM_POISSON,
      .name = "poisson",
      .title = N_ ("Poisson"),
      .equation = "∆u = a",
      .n_fields = G_N_ELEMENTS (poisson_fields),
      .fields = poisson_fields,
      .has_wavenumber = FALSE,
  },
  [PISD_PROBLEM_HELMHOLTZ] = {
      .id = PISD_PROBLEM_HELMHOLTZ,
      .name = "helmholtz",
      .title = N_ ("Helmholtz"),
      .equation = "∆u + k²u = a",
      .n_fields = G_N_ELEMENTS (helmholtz_fields),
      .fields = helmholtz_fields,
      .has_wavenumber = TRUE,
  },
};

/* Names as in files, by PisdFieldId. */
static const char *const field_names[] = {
  [PISD_FIELD_A] = "a",
  [PISD_FIELD_U] = "u",
  [PISD_FIELD_W] = "w",
};

const PisdOperator *
pisd_operator_get (PisdProblemId problem)
{
  g_return_val_if_fail ((guint) problem < PISD_N_PROBLEMS, NULL);

  return &problems[problem];
}

gboolean
pisd_problem_from_name (const char *name, PisdProblemId *problem)
{
  g_return_val_if_fail (name != NULL && problem != NULL, FALSE);

  for (guint i = 0; i < PISD_N_PROBLEMS; i++)
    if (g_str_equal (problems[i].name, name))
      {
        *problem = i;
        return TRUE;
      }
  return FALSE;
}

const PisdFieldInfo *
pisd_problem_find_field (PisdProblemId problem, PisdFieldId field)
{
  const PisdOperator *info = pisd_operator_get (problem);

  for (guint i = 0; info != NULL && i < info->n_fields; i++)
    if (info->fields[i].id == field)
      return &info->fields[i];
  return NULL;
}

gboolean
pisd_field_id_from_name (const char *name, PisdFieldId *field)
{
  g_return_val_if_fail (name != NULL && field != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (field_names); i++)
    if (g_str_equal (field_names[i], name))
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

const char *
pisd_field_id_get_name (PisdFieldId field)
{
  g_return_val_if_fail ((guint) field < G_N_ELEMENTS (field_names), NULL);

  return field_names[field];
}
