#include "pisd-socket-hello.h"

#include <string.h>

#include "pisd-frames-prior.h"
#include "pisd-model-frame.h"
#include "pisd-number.h"

#define ALIGNMENT 8
#define MODE_COLUMNS 5

/* What is gathered: members of the text, the list of tables in it, and their numbers. */
typedef struct
{
  const PisdRepresentation *representation;
  GString *text, *list;
  GByteArray *tables;
} Hello;

static void
append_number (GString *text, const char *before, double value)
{
  char number[PISD_NUMBER_SIZE];

  g_string_append_printf (text, "%s%s", before, pisd_number_format (value, number));
}

/* "name": "u", ...: all words are this program's own names, which need no escapes. */
static void
append_field (Hello *hello, guint f)
{
  const PisdRepresentation *r = hello->representation;
  const PisdOperator *row = pisd_operator_get (pisd_representation_get_equation (r)->problem);
  const PisdModes *modes = pisd_representation_get_modes (r, f);
  gsize n, offset = pisd_representation_get_offset (r, f, &n);

  g_string_append_printf (hello->text,
                          "%s{\"name\":\"%s\",\"basis\":\"%s\",\"frames\":%u,\"offset\":%zu,"
                          "\"modes\":%u,\"side\":%u}",
                          f > 0 ? "," : "", row->fields[f].name,
                          pisd_basis_get_name (pisd_representation_get_basis (r, f)),
                          row->fields[f].n_frames, offset, modes->n, modes->support.box);
}

static void
append_equation (Hello *hello)
{
  const PisdEquation *equation = pisd_representation_get_equation (hello->representation);
  const PisdOperator *row = pisd_operator_get (equation->problem);

  g_string_append_printf (hello->text, "{\"problem\":\"%s\",\"constants\":{", row->name);
  for (guint c = 0; c < row->n_constants; c++)
    {
      g_string_append_printf (hello->text, "%s\"%s\"", c > 0 ? "," : "", row->constants[c].key);
      append_number (hello->text, ":", equation->constants[c]);
    }
}

static void
append_prior (Hello *hello)
{
  const PisdSourcePrior *prior = pisd_representation_get_prior (hello->representation);

  g_string_append_printf (hello->text, "\"prior\":{\"family\":\"%s\"",
                          pisd_family_get_name (prior->family));
  append_number (hello->text, ",\"mean_sd\":", prior->mean_sd);
  append_number (hello->text, ",\"amplitude\":", prior->law.amplitude);
  append_number (hello->text, ",\"tau\":", prior->law.tau);
  append_number (hello->text, ",\"alpha\":", prior->law.alpha);
  g_string_append_c (hello->text, '}');
}

static void
append_words (Hello *hello)
{
  const PisdRepresentation *r = hello->representation;

  append_equation (hello);
  g_string_append_printf (hello->text, "},\"space\":\"%s\",\"n\":%zu,\"grid\":%d,\"fields\":[",
                          pisd_method_get_space (pisd_representation_get_space (r))->choice.name,
                          pisd_representation_get_n (r), PISD_GRID);
  for (guint f = 0; f < pisd_representation_get_n_parts (r); f++)
    append_field (hello, f);
  g_string_append (hello->text, "],");
  append_prior (hello);
}

/* columns: 0: the table is a vector. */
static void
add_table (Hello *hello, const char *name, gsize rows, gsize columns, const double *numbers)
{
  const gsize n = rows * MAX (columns, 1), before = hello->tables->len;

  g_string_append_printf (hello->list, "%s[\"%s\",%zu", hello->list->len > 0 ? "," : "", name,
                          rows);
  if (columns > 0)
    g_string_append_printf (hello->list, ",%zu", columns);
  g_string_append_c (hello->list, ']');
  g_byte_array_set_size (hello->tables, before + n * sizeof (double));
  pisd_model_put_numbers (numbers, n, hello->tables->data + before);
}

/* field, frame, ky, kx, scale */
static void
add_modes (Hello *hello)
{
  const PisdRepresentation *r = hello->representation;
  const gsize n = pisd_representation_get_n (r);
  g_autofree double *table = g_new (double, MODE_COLUMNS *n);
  double *row = table;

  for (guint f = 0; f < pisd_representation_get_n_parts (r); f++)
    {
      const PisdModes *modes = pisd_representation_get_modes (r, f);
      const double *scale = pisd_representation_get_scale (r, f);
      gsize n_entries;

      pisd_representation_get_offset (r, f, &n_entries);
      for (gsize i = 0; i < n_entries; i++, row += MODE_COLUMNS)
        {
          row[0] = f;
          row[1] = i / modes->n;
          row[2] = modes->ky[i % modes->n];
          row[3] = modes->kx[i % modes->n];
          row[4] = scale[i];
        }
    }
  add_table (hello, "modes", n, MODE_COLUMNS, table);
}

static void
add_ratio (Hello *hello)
{
  const guint n = pisd_representation_get_modes (hello->representation, 0)->n;
  g_autofree double *ratio = g_new (double, n);

  pisd_representation_fill_ratio (hello->representation, ratio);
  add_table (hello, "ratio", n, 0, ratio);
}

static void
add_solve (Hello *hello)
{
  const PisdRepresentation *r = hello->representation;
  const PisdModes *a = pisd_representation_get_modes (r, 0);
  const PisdModes *u = pisd_representation_get_modes (r, 1);
  g_autofree double *overlap = g_new (double, u->support.box * a->support.box);
  g_autofree double *inverse = g_new (double, u->n);

  pisd_representation_fill_solve_parts (r, overlap, inverse);
  add_table (hello, "overlap", u->support.box, a->support.box, overlap);
  add_table (hello, "inverse", u->n, 0, inverse);
}

static void
add_frames (Hello *hello, const PisdFramesPrior *prior)
{
  const PisdRepresentation *r = hello->representation;
  const gsize n_modes = pisd_representation_get_modes (r, 0)->n;
  const gsize n_classes = pisd_frames_prior_count_classes (prior);
  const gsize n_frames = pisd_frames_prior_count_frames (prior);
  g_autofree double *mode_class = g_new (double, n_modes);
  g_autofree double *covariance = g_new (double, n_classes *n_frames *n_frames);

  pisd_frames_prior_fill_tables (prior, mode_class, covariance);
  add_table (hello, "mean", pisd_representation_get_n (r), 0, pisd_frames_prior_get_mean (prior));
  add_table (hello, "class", n_modes, 0, mode_class);
  add_table (hello, "covariance", n_classes, n_frames * n_frames, covariance);
}

/* Lengths, text and tables. */
static GBytes *
format (Hello *hello)
{
  GByteArray *payload = g_byte_array_new ();
  guint32 lengths[2] = { 0 };

  g_string_append_printf (hello->text, ",\"tables\":[%s]}", hello->list->str);
  while (hello->text->len % ALIGNMENT != 0)
    g_string_append_c (hello->text, ' ');
  lengths[0] = GUINT32_TO_LE ((guint32) hello->text->len);
  g_byte_array_append (payload, (const guint8 *) lengths, sizeof lengths);
  g_byte_array_append (payload, (const guint8 *) hello->text->str, hello->text->len);
  g_byte_array_append (payload, hello->tables->data, hello->tables->len);
  return g_byte_array_free_to_bytes (payload);
}

/* Whether a latent holds fields that the equation makes of each other. */
static gboolean
holds_all (const PisdRepresentation *representation)
{
  const PisdSpace space = pisd_representation_get_space (representation);

  return !pisd_method_get_space (space)->obeys_equation;
}

/* frames: NULL where there are none, or are left out. */
static GBytes *
make (const PisdRepresentation *representation, const PisdFramesPrior *frames)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GByteArray) tables = g_byte_array_new ();
  Hello hello = { representation, text, list, tables };

  append_words (&hello);
  add_modes (&hello);
  add_ratio (&hello);
  if (pisd_representation_is_linear (representation) && holds_all (representation))
    add_solve (&hello);
  if (frames != NULL)
    add_frames (&hello, frames);
  return format (&hello);
}

GBytes *
pisd_socket_hello_new_brief (const PisdRepresentation *representation)
{
  return make (representation, NULL);
}

GBytes *
pisd_socket_hello_new (const PisdRepresentation *representation,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error)
{
  g_autoptr (PisdFramesPrior) frames = NULL;

  if (pisd_representation_is_linear (representation) || !holds_all (representation))
    return make (representation, NULL);
  frames = pisd_frames_prior_new (representation, n_threads, cancel, error);
  return frames != NULL ? make (representation, frames) : NULL;
}
