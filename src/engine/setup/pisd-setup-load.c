#include "pisd-setup-load.h"

#include "pisd-png-text.h"
#include "pisd-scenario-load.h"
#include "pisd-setup-text.h"

/* The text inside is read like one in a file of its own. */
static PisdScenario *
load_picture (PisdInput *input, GError **error)
{
  g_autoptr (GBytes) text =
      pisd_png_text_read (input, PISD_SETUP_KEYWORD, PISD_SETUP_TEXT_MAX, error);
  g_autoptr (PisdInput) inner = text != NULL ? pisd_input_new_inside (input, text) : NULL;

  return inner != NULL ? pisd_setup_text_load_from (inner, error) : NULL;
}

static PisdScenario *(*const loaders[PISD_N_FILE_KINDS]) (PisdInput *input, GError **error) = {
  [PISD_FILE_KIND_SCENARIO] = pisd_scenario_load_from,
  [PISD_FILE_KIND_PICTURE] = load_picture,
  [PISD_FILE_KIND_SETUP] = pisd_setup_text_load_from,
};

gboolean
pisd_setup_is_kind (PisdFileKind kind)
{
  return loaders[kind] != NULL;
}

PisdScenario *
pisd_setup_load_from (PisdInput *input, PisdFileKind kind, GError **error)
{
  g_return_val_if_fail (input != NULL && pisd_setup_is_kind (kind), NULL);

  return loaders[kind](input, error);
}

PisdScenario *
pisd_setup_load (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = NULL;
  PisdFileKind kind;

  g_return_val_if_fail (path != NULL, NULL);

  input = pisd_input_open (path, NULL, error);
  if (input == NULL)
    return NULL;
  if (!pisd_file_kind_recognise (input, &kind) || !pisd_setup_is_kind (kind))
    kind = PISD_FILE_KIND_SCENARIO;
  return pisd_setup_load_from (input, kind, error);
}
