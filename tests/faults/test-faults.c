/* Every kind of save, with one of its calls going wrong, call by call, until it goes through: what
 * was there before is there, or what is saved, whole; a failure leaves nothing else and says why.
 *
 * faults.c has to be loaded before this program (LD_PRELOAD). */
#include <dlfcn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pisd-draw-animation.h"
#include "pisd-draw-handout.h"
#include "pisd-json.h"
#include "pisd-npz-stream.h"
#include "pisd-npz-writer.h"
#include "pisd-save.h"
#include "pisd-sensors-csv.h"
#include "pisd-setup-text.h"
#include "pisd-test-scenario.h"
#include "pisd-truth.h"
#include "pisd-weights.h"

#define MOST_CALLS 200

/* What the two versions of a file are made from. */
typedef struct
{
  guint version; /* 0 or 1 */
  PisdScenario *scenario;
} Content;

/* Saves. */

static gboolean
save_scenario (const Content *content, const char *path, GError **error)
{
  return pisd_scenario_save (content->scenario, path, error);
}

static gboolean
save_session (const Content *content, const char *path, GError **error)
{
  g_autofree char *text = pisd_setup_text_new (content->scenario, error);

  return text != NULL && pisd_save_bytes (path, text, strlen (text), error);
}

static gboolean
save_csv (const Content *content, const char *path, GError **error)
{
  return pisd_sensors_save_csv (content->scenario->sensors, path, error);
}

static gboolean
save_npz (const Content *content, const char *path, GError **error)
{
  return pisd_instance_save_npz (content->scenario->instance, path, error);
}

/* One array, in the format that the name asks for. */
static gboolean
save_array (const Content *content, const char *path, GError **error)
{
  const gsize shape[] = { 2, 3 };
  const double data[6] = { content->version, 1.0, 2.0, 3.0, 4.0, 5.0 };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  pisd_npz_writer_add (writer, "u_mean", 2, shape, data);
  return pisd_npz_writer_save (writer, path, error);
}

static gboolean
save_stream (const Content *content, const char *path, GError **error)
{
  const gsize shape[] = { 1 };
  const gint64 data[] = { content->version };
  g_autoptr (PisdNpzStream) stream = pisd_npz_stream_new (path, error);

  if (stream == NULL)
    return FALSE;
  pisd_npz_stream_add (stream, "seeds", "i8", 1, shape);
  return pisd_npz_stream_append (stream, 0, data, sizeof data, error)
         && pisd_npz_stream_finish (stream, "", error);
}

static gboolean
save_json (const Content *content, const char *path, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  pisd_json_add_integer_member (builder, "version", content->version);
  json_builder_end_object (builder);
  return pisd_json_save (builder, path, error);
}

static gboolean
save_weights (const Content *content, const char *path, GError **error)
{
  const PisdNetworkShape shape = {
    .side = 4, .n_in = 1, .n_out = 1, .width = 16, .n_blocks = 1, .n_levels = 1, .n_labels = 1
  };
  const char *const families[] = { "grf", NULL };
  g_autoptr (PisdWeights) weights = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  weights = pisd_weights_new (&shape, &settings, families);
  pisd_network_initialise (&shape, content->version, weights->parameters);
  return pisd_weights_save (weights, path, error);
}

/* Stripes of one colour, then another. */
static void
draw_stripes (cairo_t *cr, gconstpointer data)
{
  const Content *content = data;

  cairo_set_source_rgb (cr, content->version, 0.2, 0.5);
  for (guint i = 0; i < 10; i++)
    cairo_rectangle (cr, 10.0 * i, 0.0, 5.0, 40.0 + i);
  cairo_fill (cr);
}

static gboolean
save_picture (const Content *content, const char *path, GError **error)
{
  PisdPaper paper = { 0 };
  gboolean worked;

  worked = pisd_draw_save_carry (path, content->scenario, &paper, error)
           && pisd_draw_save (path, &paper, 100.0, 50.0, "Stripes", draw_stripes, content, error);
  g_free (paper.setup);
  return worked;
}

static gboolean
draw_moving (cairo_t *cr, guint picture, gpointer data, GError **error)
{
  cairo_translate (cr, 3.0 * picture, 0.0);
  draw_stripes (cr, data);
  return TRUE;
}

static gboolean
save_animation (const Content *content, const char *path, GError **error)
{
  const PisdAnimation animation = {
    100.0, 50.0, 3, 0.1, 0.5, draw_moving, (gpointer) content,
  };

  return pisd_draw_save_animation (path, &animation, NULL, error);
}

static gboolean
save_handout (const Content *content, const char *path, GError **error)
{
  const PisdHandoutPart part = { content->version == 0 ? "Old" : "New", "Text.", NULL, FALSE };
  const PisdHandout handout = { "Title", &part, 1 };

  return pisd_draw_save_handout (path, &handout, error);
}

typedef struct
{
  const char *name; /* of the file */
  gboolean (*save) (const Content *content, const char *path, GError **error);
  gboolean is_several; /* files that are whole each for itself */
} Kind;

static const Kind kinds[] = {
  { "demo.pisd", save_scenario, FALSE },    { "session.setup", save_session, FALSE },
  { "sensors.csv", save_csv, FALSE },       { "truth.npz", save_npz, FALSE },
  { "mean.npy", save_array, FALSE },        { "result.mat", save_array, FALSE },
  { "set.npz", save_stream, FALSE },        { "report.json", save_json, FALSE },
  { "w.safetensors", save_weights, FALSE }, { "picture.png", save_picture, FALSE },
  { "picture.svg", save_picture, FALSE },   { "picture.pdf", save_picture, FALSE },
  { "moving.gif", save_animation, FALSE },  { "moving.png", save_animation, TRUE },
  { "handout.pdf", save_handout, FALSE },
};

/* Folders: names and bytes of what is in them. */

static GHashTable *
read_folder (const char *folder)
{
  GHashTable *files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gsize size;
      char *bytes = test_read (path, &size);

      g_hash_table_insert (files, g_strdup (name), g_bytes_new_take (bytes, size));
    }
  g_dir_close (dir);
  return files;
}

static void
fill_folder (const char *folder, GHashTable *files)
{
  GHashTableIter iter;
  gpointer name, bytes;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      test_write (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
    }
}

static gboolean
same_file (GHashTable *a, GHashTable *b, gconstpointer name)
{
  const GBytes *one = g_hash_table_lookup (a, name), *other = g_hash_table_lookup (b, name);

  return one != NULL && other != NULL && g_bytes_equal (one, other);
}

/* All files of `part` are in `whole`, too. */
static gboolean
contains (GHashTable *whole, GHashTable *part)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, part);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!same_file (whole, part, name))
      return FALSE;
  return TRUE;
}

/* What a program that is killed may leave. */
static gboolean
is_left (const char *name)
{
  return g_str_has_prefix (name, ".pisd-");
}

/* Every file is one of the old or of the new ones; `killed`: or was left behind. */
static gboolean
is_mixture (GHashTable *files, GHashTable *old, GHashTable *new, gboolean killed)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!same_file (files, old, name) && !same_file (files, new, name)
        && !(killed && is_left (name)))
      return FALSE;
  return TRUE;
}

/* What may be found behind a fault: all old or all new files, of several each for itself, nothing
 * else; where the program was killed there may be more, which nobody names. */
static gboolean
is_whole (GHashTable *files, GHashTable *old, GHashTable *new, gboolean several, gboolean killed)
{
  if (!is_mixture (files, old, new, killed))
    return FALSE;
  if (killed)
    return several || contains (files, old) || contains (files, new);
  if (several)
    return g_hash_table_size (files) <= g_hash_table_size (new);
  return (contains (files, old) && contains (old, files))
         || (contains (files, new) && contains (new, files));
}

/* Faults. */

static int (*arm) (const char *name, int at);

typedef struct
{
  const char *fault;
  int status;        /* of a program that does not fail with a message */
  gboolean at_files; /* it concerns files, whether or not there were old ones */
} Fault;

static const Fault faults[] = {
  { "ENOSPC", 0, TRUE },
  { "KILL", SIGKILL, TRUE },
  { "MEMORY", SIGTRAP, FALSE }, /* GLib ends a program that gets no memory, with a message */
};

#define SAVED 0 /* although a call has failed: the old file's folder could not be synced */
#define FAILED 1
#define WITHOUT_A_WORD 2
#define UNHARMED 3 /* there was no such call */

/* What is wrong with a file is said with its name. */
static gboolean
is_message (const char *text, const char *folder, const char *fault)
{
  return strstr (text, folder) != NULL || (g_str_equal (fault, "MEMORY") && text[0] != '\0');
}

/* What a process of its own comes to: exit status, or minus a signal. */
static int
save_in_child (const Kind *kind,
               const Content *content,
               const char *folder,
               const char *fault,
               int at)
{
  g_autofree char *path = g_build_filename (folder, kind->name, NULL);
  g_autoptr (GError) error = NULL;
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      gboolean worked;

      setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
      g_assert_nonnull (freopen ("/dev/null", "w", stderr));
      g_assert_nonnull (freopen ("/dev/null", "w", stdout));
      arm (fault, at);
      worked = kind->save (content, path, &error);
      if (arm (fault, 0) < at || at == 0)
        _exit (worked ? UNHARMED : WITHOUT_A_WORD);
      _exit (worked ? SAVED : is_message (error->message, folder, fault) ? FAILED : WITHOUT_A_WORD);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFSIGNALED (status) ? -WTERMSIG (status) : WEXITSTATUS (status);
}

/* Both versions of a kind, as they are without a fault. */
typedef struct
{
  Content contents[2];
  GHashTable *none, *files[2]; /* new ones are what replaces the old ones */
} Versions;

/* What is made once in a program, such as its list of fonts, is made by this one. */
static void
warm_up (const Kind *kind, const Content *content, const char *folder, GHashTable *none)
{
  g_autofree char *path = g_build_filename (folder, kind->name, NULL);
  g_autoptr (GError) error = NULL;

  fill_folder (folder, none);
  kind->save (content, path, &error);
  g_assert_no_error (error);
  test_directory_remove (folder);
}

static void
make_versions (Versions *versions, const Kind *kind, const char *folder)
{
  g_autoptr (PisdScenario) first = test_scenario_new ();

  versions->none = g_hash_table_new (g_str_hash, g_str_equal);
  warm_up (kind, &(Content){ 0, first }, folder, versions->none);
  fill_folder (folder, versions->none);
  for (guint v = 0; v < 2; v++)
    {
      PisdScenario *scenario = test_scenario_new ();

      scenario->settings.seed = v;
      scenario->settings.constants[0] += v;
      test_draw_truth (scenario);
      pisd_sensors_edit (scenario->sensors)[0].value = v;
      versions->contents[v] = (Content){ v, scenario };
      g_assert_cmpint (save_in_child (kind, &versions->contents[v], folder, "EIO", 0), ==,
                       UNHARMED);
      versions->files[v] = read_folder (folder);
    }
  test_directory_remove (folder);
  g_assert_false (contains (versions->files[0], versions->files[1]));
}

static void
versions_clear (Versions *versions)
{
  for (guint v = 0; v < 2; v++)
    {
      pisd_scenario_free (versions->contents[v].scenario);
      g_hash_table_unref (versions->files[v]);
    }
  g_hash_table_unref (versions->none);
}

/* Faults at call after call; returns how many there are. */
static int
run_faults (const Kind *kind,
            const Content *content,
            GHashTable *old,
            GHashTable *new,
            const Fault *fault,
            const char *folder)
{
  int status = FAILED, at;

  for (at = 1; status != UNHARMED && at < MOST_CALLS; at++)
    {
      g_autoptr (GHashTable) files = NULL;

      fill_folder (folder, old);
      status = save_in_child (kind, content, folder, fault->fault, at);
      files = read_folder (folder);
      test_directory_remove (folder);
      if (status == WITHOUT_A_WORD || (status < 0 && status != -fault->status))
        g_error ("%s, %s at call %d: got status %d", kind->name, fault->fault, at, status);
      /* A library that gets no memory may go another way, such as with fonts of another kind. */
      if (status == SAVED && !fault->at_files)
        g_assert_cmpuint (g_hash_table_size (files), ==, g_hash_table_size (new));
      else if (!is_whole (files, status == SAVED || status == UNHARMED ? new : old, new,
                          kind->is_several, status < 0))
        g_error ("%s, %s at call %d: got %u files that are neither old nor new, status %d",
                 kind->name, fault->fault, at, g_hash_table_size (files), status);
    }
  g_assert_cmpint (at, <, MOST_CALLS);
  return at - 2;
}

static void
test_kind (TestFile *fixture, gconstpointer data)
{
  const Kind *kind = data;
  g_autofree char *folder = g_build_filename (fixture->directory, "folder", NULL);
  Versions versions;

  if (arm == NULL)
    {
      g_test_skip ("no library that makes faults");
      return;
    }
  make_versions (&versions, kind, folder);
  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    {
      const int n_again = run_faults (kind, &versions.contents[1], versions.files[0],
                                      versions.files[1], &faults[f], folder);

      g_test_message ("%s: %d calls", faults[f].fault, n_again);
      if (!faults[f].at_files)
        continue;
      /* One is made, changed like the old one, written, synced, closed and renamed, and its folder
       * synced; where there is no old one nothing is changed. */
      g_assert_cmpint (n_again, >=, 7);
      g_assert_cmpint (run_faults (kind, &versions.contents[0], versions.none, versions.files[0],
                                   &faults[f], folder),
                       >=, 6);
    }
  versions_clear (&versions);
}

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "unused");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  arm = (int (*) (const char *, int)) dlsym (RTLD_DEFAULT, "faults_arm");
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *path = g_strconcat ("/faults/", kinds[k].name, NULL);

      g_test_add (path, TestFile, &kinds[k], set_up, test_kind, test_file_tear_down);
    }
  return g_test_run ();
}
