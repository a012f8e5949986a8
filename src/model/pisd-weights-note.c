#include "pisd-weights-note.h"

#include <glib/gi18n.h>

#include "pisd-bundle.h"
#include "pisd-error.h"
#include "pisd-safetensors.h"

/* Seconds from which on minutes, and hours, are the better unit. */
#define MINUTE 60
#define HOUR 3600
#define MANY 3

/* A pipe is left to whoever needs the weights: it would be waited for, and is empty then. */
static PisdInput *
open_file (const char *path, GError **error)
{
  g_autofree char *name = pisd_error_escape_base (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return pisd_input_open (path, NULL, error);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               _ ("%s: this is no file, and may be read once only"), name);
  return NULL;
}

static PisdInput *
open_input (const char *path, PisdProblemId problem, GError **error)
{
  const PisdBundle *bundle = pisd_bundle_find (problem);
  const PisdChoice choice = pisd_settings_find ("problem")->get_choice (problem);

  if (path != NULL)
    return open_file (path, error);
  if (bundle != NULL)
    return pisd_bundle_open (bundle);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, _ ("no weights come with the program for %s"),
               pisd_choice_get_word (&choice, PISD_WORDS_TITLES));
  return NULL;
}

/* 0: the file does not say. */
static guint64
get_number (const PisdSafetensors *file, const char *key)
{
  const char *text = pisd_safetensors_get_metadata (file, key);
  guint64 number = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &number, NULL);
  return number;
}

/* The setting's own word for what the file names; whoever wrote it may have written anything. */
static char *
dup_problem (const PisdSafetensors *file)
{
  const PisdSettingInfo *info = pisd_settings_find ("problem");
  const char *name = pisd_safetensors_get_metadata (file, info->key);
  const int value = name == NULL ? -1 : pisd_setting_find_choice (info, name);
  PisdChoice choice;

  if (value < 0)
    return name == NULL ? g_strdup (_ ("no known problem")) : pisd_error_escape (name);
  choice = info->get_choice ((guint) value);
  return g_strdup (pisd_choice_get_word (&choice, PISD_WORDS_TITLES));
}

/* Rounded to whole units; what a file says may be as large as it likes. */
static unsigned long long
count_units (guint64 seconds, guint64 unit)
{
  return seconds / unit + (seconds % unit >= unit / 2);
}

static char *
dup_duration (guint64 seconds)
{
  if (seconds >= MANY * HOUR)
    return g_strdup_printf (_ ("%llu h"), count_units (seconds, HOUR));
  if (seconds >= MANY * MINUTE)
    return g_strdup_printf (_ ("%llu min"), count_units (seconds, MINUTE));
  return g_strdup_printf (_ ("%llu s"), (unsigned long long) seconds);
}

static void
append_training (GString *story, const PisdSafetensors *file)
{
  const guint64 steps = get_number (file, "steps"), seconds = get_number (file, "seconds");
  g_autofree char *duration = dup_duration (seconds);

  if (steps == 0)
    return;
  g_string_append_printf (
      story, ngettext (", %llu step of training", ", %llu steps of training", (gulong) steps),
      (unsigned long long) steps);
  if (seconds > 0) /* Translators: how long the training took, "76 min" */
    g_string_append_printf (story, _ (" in %s"), duration);
}

static char *
dup_story (const PisdSafetensors *file)
{
  g_autofree char *problem = dup_problem (file);
  const guint modes = (guint) get_number (file, "modes");
  GString *story = g_string_new (problem);

  if (modes > 0)
    g_string_append_printf (story, _ (", %u × %u modes"), modes, modes);
  append_training (story, file);
  return g_string_free (story, FALSE);
}

static char *
dup_details (const PisdSafetensors *file)
{
  static const struct
  {
    const char *key, *title;
  } lines[] = {
    { "families", N_ ("Families") },
    { "validation", N_ ("Validation") },
    { "command", N_ ("Command") },
    { "version", N_ ("Version") },
    { PISD_SAFETENSORS_HASH, N_ ("SHA-256 of the data") },
  };
  GString *details = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (lines); k++)
    {
      const char *text = pisd_safetensors_get_metadata (file, lines[k].key);
      g_autofree char *escaped = text == NULL ? NULL : pisd_error_escape (text);

      if (text != NULL)
        g_string_append_printf (details, "%s%s: %s", details->len > 0 ? "\n" : "",
                                _ (lines[k].title), escaped);
    }
  return g_string_free (details, FALSE);
}

PisdWeightsNote *
pisd_weights_note_new (const char *path, PisdProblemId problem, GError **error)
{
  g_autoptr (PisdInput) input = open_input (path, problem, error);
  g_autoptr (PisdSafetensors) file =
      input == NULL ? NULL : pisd_safetensors_read_from (input, error);
  PisdWeightsNote *note;

  if (file == NULL)
    return NULL;
  note = g_new (PisdWeightsNote, 1);
  note->title =
      path == NULL ? g_strdup (_ ("Those of the program")) : pisd_error_escape_base (path);
  note->story = dup_story (file);
  note->details = dup_details (file);
  note->modes = (guint) get_number (file, "modes");
  return note;
}

void
pisd_weights_note_free (PisdWeightsNote *note)
{
  if (note == NULL)
    return;
  g_free (note->title);
  g_free (note->story);
  g_free (note->details);
  g_free (note);
}
