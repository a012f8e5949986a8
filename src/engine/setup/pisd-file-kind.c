#include "pisd-file-kind.h"

#include "pisd-arrays.h"
#include "pisd-png-text.h"
#include "pisd-safetensors.h"
#include "pisd-scenario-begin.h"
#include "pisd-sensors-arrays.h"
#include "pisd-sensors-csv.h"
#include "pisd-setup-text.h"

static gboolean
recognise_lesson (PisdInput *input)
{
  g_autofree char *group = pisd_scenario_dup_first_group (input);

  return g_strcmp0 (group, "lesson") == 0;
}

static gboolean
recognise_fields (PisdInput *input)
{
  return pisd_arrays_recognise (input) && !pisd_sensors_arrays_recognise (input);
}

static gboolean
recognise_sensors (PisdInput *input)
{
  return pisd_sensors_csv_recognise (input) || pisd_sensors_arrays_recognise (input);
}

typedef struct
{
  gboolean (*recognise) (PisdInput *input);
  const char *patterns[6]; /* of fields before those of sensors: an empty file is one */
} Kind;

/* The first that recognises a file has it: a lesson is a text with groups, as a scenario is, and
 * remarks before a scenario look like a table. */
static const Kind kinds[PISD_N_FILE_KINDS] = {
  [PISD_FILE_KIND_FIELDS] = { recognise_fields, { "*.npz", "*.npy", "*.mat", "*.h5", "*.hdf5" } },
  [PISD_FILE_KIND_LESSON] = { recognise_lesson, { "*.lesson" } },
  [PISD_FILE_KIND_PICTURE] = { pisd_png_recognise, { "*.png" } },
  [PISD_FILE_KIND_SETUP] = { pisd_setup_text_recognise, { NULL } },
  [PISD_FILE_KIND_SCENARIO] = { pisd_scenario_recognise, { "*.pisd", "*.ini" } },
  [PISD_FILE_KIND_SENSORS] = { recognise_sensors, { "*.csv", "*.npy", "*.npz", "*.mat", "*.h5" } },
  [PISD_FILE_KIND_WEIGHTS] = { pisd_safetensors_recognise, { "*.safetensors" } },
};

static gboolean
matches (const char *name, const Kind *kind)
{
  for (guint p = 0; kind->patterns[p] != NULL; p++)
    if (g_pattern_match_simple (kind->patterns[p], name))
      return TRUE;
  return FALSE;
}

gboolean
pisd_file_kind_recognise (PisdInput *input, PisdFileKind *kind)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (input != NULL && kind != NULL, FALSE);

  lower = g_ascii_strdown (pisd_input_get_path (input), -1);
  for (*kind = 0; *kind < PISD_N_FILE_KINDS; (*kind)++)
    if (kinds[*kind].recognise (input))
      return TRUE;
  for (*kind = 0; *kind < PISD_N_FILE_KINDS; (*kind)++)
    if (matches (lower, &kinds[*kind]))
      return TRUE;
  return FALSE;
}

const char *const *
pisd_file_kind_get_patterns (PisdFileKind kind)
{
  g_return_val_if_fail (kind < PISD_N_FILE_KINDS, NULL);

  return kinds[kind].patterns;
}
