#include "explorer-preferences.h"

#include "explorer-pace.h"
#include "pisd-color-range.h"
#include "pisd-draw.h"
#include "pisd-installation.h"

#define SCHEMA_ID "io.github.pisd.Explorer"

typedef enum
{
  KIND_ENUM,
  KIND_BOOLEAN,
  KIND_INT,
  KIND_TEXT
} Kind;

/* One row a preference; property n + 1 is row n.  Defaults and ranges repeat the schema's, for when
 * there is none. */
static const struct
{
  const char *name;
  Kind kind;
  int minimum, maximum, fallback;
} rows[] = {
  { "color-map", KIND_ENUM, 0, PISD_N_COLORMAPS - 1, PISD_COLORMAP_DIVERGING },
  { "range-mode", KIND_ENUM, 0, PISD_N_RANGES - 1, PISD_RANGE_GROW },
  { "pace", KIND_ENUM, 0, EXPLORER_N_PACES - 1, EXPLORER_PACE_LOCKSTEP },
  { "color-scheme", KIND_ENUM, 0, 2, 0 },
  { "show-sensors", KIND_BOOLEAN, 0, 1, TRUE },
  { "flow-charts", KIND_BOOLEAN, 0, 1, FALSE },
  { "probe-chart", KIND_BOOLEAN, 0, 1, FALSE },
  { "measure", KIND_ENUM, 0, EXPLORER_N_MEASURES - 1, EXPLORER_MEASURE_NONE },
  { "flow-lines", KIND_ENUM, 0, PISD_N_FLOWS - 1, PISD_FLOW_NONE },
  { "follow", KIND_BOOLEAN, 0, 1, TRUE },
  { "live", KIND_BOOLEAN, 0, 1, TRUE },
  { "sample-mean", KIND_BOOLEAN, 0, 1, TRUE },
  { "column-estimate", KIND_BOOLEAN, 0, 1, TRUE },
  { "column-truth", KIND_BOOLEAN, 0, 1, TRUE },
  { "column-error", KIND_BOOLEAN, 0, 1, TRUE },
  { "column-exact", KIND_BOOLEAN, 0, 1, TRUE },
  { "column-spread", KIND_BOOLEAN, 0, 1, FALSE },
  { "column-standardized", KIND_BOOLEAN, 0, 1, FALSE },
  { "column-state", KIND_BOOLEAN, 0, 1, FALSE },
  { "advanced-guidance", KIND_BOOLEAN, 0, 1, FALSE },
  { "advanced-sampler", KIND_BOOLEAN, 0, 1, FALSE },
  { "show-hint", KIND_BOOLEAN, 0, 1, TRUE },
  { "side-bar", KIND_BOOLEAN, 0, 1, TRUE },
  { "maximized", KIND_BOOLEAN, 0, 1, FALSE },
  { "flow-loop", KIND_BOOLEAN, 0, 1, TRUE },
  { "flow-speed", KIND_INT, 1, 60, 4 },
  { "picture-width", KIND_INT, 0, 2000, 0 },
  { "picture-dpi", KIND_INT, 20, 2400, 144 },
  { "memory-budget", KIND_INT, 0, 1024 * 1024, 0 },
  { "compare-methods", KIND_INT, 0, 0xffff, 0xffff },
  { "window-width", KIND_INT, 360, 16384, 1280 },
  { "window-height", KIND_INT, 300, 16384, 800 },
  { .name = "panes", .kind = KIND_TEXT },
  { .name = "finished-lessons", .kind = KIND_TEXT },
};

#define N_ROWS G_N_ELEMENTS (rows)

struct _ExplorerPreferences
{
  GObject parent_instance;
  GSettings *settings; /* NULL where the schema is missing */
  int values[N_ROWS];
  char *texts[N_ROWS]; /* NULL of what is no text */
};

G_DEFINE_FINAL_TYPE (ExplorerPreferences, explorer_preferences, G_TYPE_OBJECT)

/* NULL where there is none, or only an older version's. */
static GSettingsSchema *
find_schema (GSettingsSchemaSource *source)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source == NULL)
    return NULL;
  schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  for (guint i = 0; schema != NULL && i < N_ROWS; i++)
    if (!g_settings_schema_has_key (schema, rows[i].name))
      return NULL;
  return g_steal_pointer (&schema);
}

/* The desktop's goes first, because administrators change its defaults; a prefix that the desktop
 * does not know has the one beside the program. */
static GSettings *
open_settings (void)
{
  g_autofree char *folder = pisd_installation_dup_own_folder ();
  g_autoptr (GSettingsSchema) schema = find_schema (g_settings_schema_source_get_default ());

  if (schema == NULL)
    {
      g_autoptr (GSettingsSchemaSource) own =
          g_settings_schema_source_new_from_directory (folder, NULL, FALSE, NULL);

      schema = find_schema (own);
    }
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static char *
load_text (GSettings *settings, guint row)
{
  if (rows[row].kind != KIND_TEXT)
    return NULL;
  return settings == NULL ? g_strdup ("") : g_settings_get_string (settings, rows[row].name);
}

static int
load (GSettings *settings, guint row)
{
  if (settings == NULL || rows[row].kind == KIND_TEXT)
    return rows[row].fallback;
  switch (rows[row].kind)
    {
    case KIND_ENUM:
      return g_settings_get_enum (settings, rows[row].name);
    case KIND_BOOLEAN:
      return g_settings_get_boolean (settings, rows[row].name);
    default:
      return g_settings_get_int (settings, rows[row].name);
    }
}

static void
store (GSettings *settings, guint row, int value)
{
  if (settings == NULL)
    return;
  switch (rows[row].kind)
    {
    case KIND_ENUM:
      g_settings_set_enum (settings, rows[row].name, value);
      break;
    case KIND_BOOLEAN:
      g_settings_set_boolean (settings, rows[row].name, value);
      break;
    default:
      g_settings_set_int (settings, rows[row].name, value);
    }
}

static void
explorer_preferences_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerPreferences *self = EXPLORER_PREFERENCES (object);
  const int number = self->values[id - 1];

  switch (rows[id - 1].kind)
    {
    case KIND_ENUM:
      g_value_set_uint (value, (guint) number);
      break;
    case KIND_BOOLEAN:
      g_value_set_boolean (value, number);
      break;
    case KIND_TEXT:
      g_value_set_string (value, self->texts[id - 1]);
      break;
    default:
      g_value_set_int (value, number);
    }
}

static void
set_text (ExplorerPreferences *self, guint row, const char *text)
{
  g_free (self->texts[row]);
  self->texts[row] = g_strdup (text);
  if (self->settings != NULL)
    g_settings_set_string (self->settings, rows[row].name, text);
}

static int
get_number (const GValue *value, Kind kind)
{
  switch (kind)
    {
    case KIND_ENUM:
      return (int) g_value_get_uint (value);
    case KIND_BOOLEAN:
      return g_value_get_boolean (value);
    default:
      return g_value_get_int (value);
    }
}

static void
explorer_preferences_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  ExplorerPreferences *self = EXPLORER_PREFERENCES (object);

  if (rows[id - 1].kind == KIND_TEXT)
    {
      if (g_strcmp0 (g_value_get_string (value), self->texts[id - 1]) == 0)
        return;
      set_text (self, id - 1, g_value_get_string (value));
    }
  else
    {
      const int number = get_number (value, rows[id - 1].kind);

      if (number == self->values[id - 1])
        return;
      self->values[id - 1] = number;
      store (self->settings, id - 1, number);
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
explorer_preferences_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_PREFERENCES (object)->settings);
  G_OBJECT_CLASS (explorer_preferences_parent_class)->dispose (object);
}

static void
explorer_preferences_finalize (GObject *object)
{
  for (guint i = 0; i < N_ROWS; i++)
    g_free (EXPLORER_PREFERENCES (object)->texts[i]);
  G_OBJECT_CLASS (explorer_preferences_parent_class)->finalize (object);
}

static GParamSpec *
new_pspec (guint row)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const char *name = rows[row].name;

  switch (rows[row].kind)
    {
    case KIND_ENUM:
      return g_param_spec_uint (name, NULL, NULL, (guint) rows[row].minimum,
                                (guint) rows[row].maximum, (guint) rows[row].fallback, flags);
    case KIND_BOOLEAN:
      return g_param_spec_boolean (name, NULL, NULL, rows[row].fallback, flags);
    case KIND_TEXT:
      return g_param_spec_string (name, NULL, NULL, "", flags);
    default:
      return g_param_spec_int (name, NULL, NULL, rows[row].minimum, rows[row].maximum,
                               rows[row].fallback, flags);
    }
}

static void
explorer_preferences_class_init (ExplorerPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_preferences_get_property;
  object_class->set_property = explorer_preferences_set_property;
  object_class->dispose = explorer_preferences_dispose;
  object_class->finalize = explorer_preferences_finalize;
  for (guint i = 0; i < N_ROWS; i++)
    g_object_class_install_property (object_class, i + 1, new_pspec (i));
}

static void
explorer_preferences_init (ExplorerPreferences *self)
{
  self->settings = open_settings ();
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->values[i] = CLAMP (load (self->settings, i), rows[i].minimum, rows[i].maximum);
      self->texts[i] = load_text (self->settings, i);
    }
}

ExplorerPreferences *
explorer_preferences_new (void)
{
  return g_object_new (EXPLORER_TYPE_PREFERENCES, NULL);
}

static int
find_row (const char *name)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (g_str_equal (rows[i].name, name))
      return (int) i;
  return -1;
}

int
explorer_preferences_get (ExplorerPreferences *self, const char *name)
{
  const int row = find_row (name);

  g_return_val_if_fail (EXPLORER_IS_PREFERENCES (self) && row >= 0, 0);
  return self->values[row];
}

void
explorer_preferences_set (ExplorerPreferences *self, const char *name, int value)
{
  const int row = find_row (name);

  g_return_if_fail (EXPLORER_IS_PREFERENCES (self) && row >= 0);
  if (rows[row].kind == KIND_ENUM)
    g_object_set (self, name, (guint) value, NULL);
  else
    g_object_set (self, name, value, NULL);
}

char *
explorer_preferences_dup_text (ExplorerPreferences *self, const char *name)
{
  const int row = find_row (name);

  g_return_val_if_fail (EXPLORER_IS_PREFERENCES (self) && row >= 0 && rows[row].kind == KIND_TEXT,
                        NULL);
  return g_strdup (self->texts[row]);
}

void
explorer_preferences_set_text (ExplorerPreferences *self, const char *name, const char *text)
{
  g_return_if_fail (EXPLORER_IS_PREFERENCES (self) && text != NULL);
  g_object_set (self, name, text, NULL);
}
