#include "pisd-model-note.h"

#include <glib/gi18n.h>

#include "pisd-model-frame.h"
#include "pisd-socket-hello.h"
#include "pisd-socket-link.h"

/* "a, u" */
static char *
dup_fields (const PisdRepresentation *representation)
{
  const PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const PisdOperator *row = pisd_operator_get (problem);
  GString *fields = g_string_new (NULL);

  for (guint f = 0; f < pisd_representation_get_n_parts (representation); f++)
    g_string_append_printf (fields, "%s%s", f > 0 ? ", " : "", row->fields[f].name);
  return g_string_free (fields, FALSE);
}

static char *
dup_story (const PisdRepresentation *representation, guint most_rows)
{
  const PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const PisdChoice choice = pisd_settings_find ("problem")->get_choice (problem);
  g_autofree char *fields = dup_fields (representation);

  return g_strdup_printf (
      /* Translators: "Poisson: a, u as 3871 modes on 128 × 128 nodes; ..." */
      _ ("%s: %s as %zu modes on %d × %d nodes; version %d of the protocol, at most %u states at "
         "once"),
      pisd_choice_get_word (&choice, PISD_WORDS_TITLES), fields,
      pisd_representation_get_n (representation), PISD_GRID, PISD_GRID, PISD_MODEL_VERSION,
      most_rows);
}

PisdModelNote *
pisd_model_note_new (const char *name,
                     const PisdSettings *settings,
                     PisdCancel *cancel,
                     GError **error)
{
  g_autoptr (PisdRepresentation) representation = pisd_representation_new (settings, error);
  g_autoptr (PisdSocketLink) link = NULL;
  g_autoptr (GBytes) hello = NULL;
  const char *title;
  PisdModelNote *note;

  if (representation == NULL)
    return NULL;
  hello = pisd_socket_hello_new (representation, 0, cancel, error);
  if (hello == NULL)
    return NULL;
  link = pisd_socket_link_new (name, hello, pisd_representation_get_n (representation),
                               settings->model_wait);
  title = pisd_socket_link_get_title (link, cancel, error);
  if (title == NULL)
    return NULL;
  note = g_new (PisdModelNote, 1);
  note->title = g_strdup (title);
  note->story = dup_story (representation, pisd_socket_link_get_most_rows (link));
  return note;
}

void
pisd_model_note_free (PisdModelNote *note)
{
  if (note == NULL)
    return;
  g_free (note->title);
  g_free (note->story);
  g_free (note);
}
