#include "pisd-reading.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-resample.h"

PisdReading *
pisd_reading_dup (const PisdReading *self)
{
  PisdReading *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  for (guint k = 0; k < 2; k++)
    copy->names[k] = g_strdup (self->names[k]);
  return copy;
}

void
pisd_reading_free (PisdReading *self)
{
  if (self == NULL)
    return;
  for (guint k = 0; k < 2; k++)
    g_free (self->names[k]);
  g_free (self);
}

/* "w(0)", or "a" */
static char *
dup_symbol (const PisdOperator *row, guint field)
{
  const PisdFieldInfo *info = &row->fields[field];

  return pisd_field_info_dup_symbol (info, field == 0 ? 0 : info->n_frames - 1);
}

char *
pisd_reading_dup_text (const PisdReading *self, PisdProblemId problem)
{
  const PisdOperator *row = pisd_operator_get (problem);
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < 2 && self->names[k] != NULL; k++)
    {
      g_autofree char *symbol = dup_symbol (row, k);
      g_autofree char *quoted = pisd_error_quote (self->names[k]);

      g_string_append_printf (text, "%s%s = %s", k > 0 ? ", " : "", symbol, quoted);
    }
  g_string_append (text, self->is_xy ? ", [x, y]" : ", [y, x]");
  if (self->is_open)
    g_string_append (text, _ (" (or the other way round: the equation is the same)"));
  if (self->factor != 1)
    g_string_append_printf (text, _ (", factor %.6g"), self->factor);
  if (self->n_cases > 0)
    g_string_append_printf (text, _ (", case %zu of 0 to %zu"), self->index, self->n_cases - 1);
  if (self->side != PISD_GRID)
    g_string_append_printf (text, _ (", resampled from %ux%u"), self->side, self->side);
  return g_string_free (text, FALSE);
}

void
pisd_reading_wish_init (PisdReadingWish *wish)
{
  *wish = (PisdReadingWish){ .order = -1, .factor = NAN, .index = -1 };
}

void
pisd_reading_wish_clear (PisdReadingWish *wish)
{
  for (guint k = 0; k < 2; k++)
    g_clear_pointer (&wish->names[k], g_free);
}

gboolean
pisd_reading_wish_is_any (const PisdReadingWish *wish)
{
  return wish != NULL
         && (wish->names[0] != NULL || wish->names[1] != NULL || wish->order >= 0
             || !isnan (wish->factor) || wish->index >= 0);
}

static gboolean
parse_order (PisdReadingWish *wish, const char *text)
{
  if (!g_str_equal (text, "yx") && !g_str_equal (text, "xy"))
    return FALSE;
  wish->order = g_str_equal (text, "xy");
  return TRUE;
}

static gboolean
parse_factor (PisdReadingWish *wish, const char *text)
{
  double factor;

  if (!pisd_number_parse (text, &factor) || !isfinite (factor) || factor == 0)
    return FALSE;
  wish->factor = factor;
  return TRUE;
}

static gboolean
parse_index (PisdReadingWish *wish, const char *text)
{
  guint64 index;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &index, NULL))
    return FALSE;
  wish->index = (gint64) index;
  return TRUE;
}

static const struct
{
  const char *key, *form;
  gboolean (*parse) (PisdReadingWish *wish, const char *text);
} parts[] = {
  { "order", N_ ("yx or xy"), parse_order },
  { "factor", N_ ("a number that is not 0"), parse_factor },
  { "index", N_ ("a whole number from 0 on"), parse_index },
};

gboolean
pisd_reading_wish_parse (PisdReadingWish *wish, const char *key, const char *text)
{
  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    if (g_str_equal (parts[k].key, key))
      return parts[k].parse (wish, text);
  g_return_val_if_reached (FALSE);
}

const char *
pisd_reading_wish_get_form (const char *key)
{
  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    if (g_str_equal (parts[k].key, key))
      return _ (parts[k].form);
  g_return_val_if_reached (NULL);
}

void
pisd_reading_wish_set (PisdReadingWish *wish, const PisdReading *reading)
{
  pisd_reading_wish_clear (wish);
  for (guint k = 0; k < 2; k++)
    wish->names[k] = g_strdup (reading->names[k]);
  wish->order = reading->is_xy;
  wish->factor = reading->factor;
  wish->index = reading->n_cases > 0 ? (gint64) reading->index : -1;
}

/* Room is made for the side that the reading was found with. */
static gboolean
check_side (const PisdReading *self, PisdArrays *arrays, guint field, GError **error)
{
  const GPtrArray *list = pisd_arrays_get_list (arrays);
  const guint number = self->numbers[field];
  const guint *axes = self->slices[field].axes;
  const PisdArray *array = number < list->len ? g_ptr_array_index (list, number) : NULL;
  g_autofree char *quoted = pisd_error_quote (self->names[field]);
  g_autofree char *shape = array != NULL ? pisd_array_dup_shape (array) : g_strdup (_ ("no array"));

  if (array != NULL
      && (array->unreadable != NULL
          || (MAX (axes[0], axes[1]) < array->n_dimensions && array->shape[axes[0]] == self->side
              && array->shape[axes[1]] == self->side)))
    return TRUE;
  return pisd_error_fail (
      error, PISD_ERROR_SHAPE, _ ("%s: array %s: got %s, expected a slice of %ux%u"),
      pisd_input_get_name (pisd_arrays_get_input (arrays)), quoted, shape, self->side, self->side);
}

PisdField *
pisd_reading_load (const PisdReading *self,
                   PisdArrays *arrays,
                   const PisdOperator *row,
                   guint field,
                   GError **error)
{
  g_autoptr (PisdField) out = NULL;
  g_autofree double *slice = NULL;

  g_return_val_if_fail (field < 2, NULL);

  if (self->names[field] == NULL)
    return NULL;
  if (!check_side (self, arrays, field, error))
    return NULL;
  out = pisd_field_new (PISD_GRID, PISD_GRID);
  if (self->side == PISD_GRID)
    return pisd_arrays_read_slice (arrays, self->numbers[field], &self->slices[field], out->data,
                                   error)
               ? g_steal_pointer (&out)
               : NULL;
  slice = g_new (double, (gsize) self->side * self->side);
  if (!pisd_arrays_read_slice (arrays, self->numbers[field], &self->slices[field], slice, error))
    return NULL;
  pisd_resample (row->fields[field].basis, self->side, slice, out);
  return g_steal_pointer (&out);
}
