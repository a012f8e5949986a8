/* Settings as text, one a line, KEY=VALUE: those of runs, of both labs, and quantities. */
#include <string.h>

#include "fuzz.h"
#include "pisd-lab-setup.h"
#include "pisd-quantity.h"
#include "pisd-settings.h"

static void
seed_settings (GPtrArray *seeds)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PisdSettings settings;
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  pisd_settings_init_default (&settings);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = pisd_settings_dup_text (&settings, &infos[i]);

      g_string_append_printf (text, "%s=%s\n", infos[i].key, value);
      if (i % 8 == 7)
        {
          fuzz_add_text (seeds, text->str);
          g_string_truncate (text, 0);
        }
    }
  fuzz_add_text (seeds, "course-pde=0:1 0.5:0.25,1:1e3\nseed=18446744073709551615\nsteps=050\n");
  fuzz_add_text (seeds, "hidden=64,64\nactivation=silu\nfunction=x^2 + 2 x\ndata=moons\n");
  fuzz_add_text (seeds, "quantity=estimate\nquantity=estimate u modes\nquantity=truth\n");
}

static void
set_lab (PisdLab lab, const char *key, const char *value)
{
  g_autoptr (PisdLabSetup) setup = pisd_lab_setup_new (lab);
  g_autoptr (GError) error = NULL;
  gboolean worked;

  if (!pisd_lab_setup_has_key (lab, key))
    return;
  worked = pisd_lab_setup_set (setup, key, value, &error);
  fuzz_check (worked, &error);
  worked = worked && pisd_lab_setup_check (setup, &error);
  g_clear_error (&error);
  pisd_lab_setup_get (setup, key);
}

static void
read_quantity (PisdProblemId problem, const char *text)
{
  g_autoptr (GError) error = NULL;
  PisdPick pick;
  gboolean worked = pisd_pick_parse (text, pisd_operator_get (problem), &pick, &error);

  fuzz_check (worked, &error);
}

static void
feed_line (PisdSettings *settings, char *line)
{
  char *value = strchr (line, '=');
  g_autoptr (GError) error = NULL;

  if (value == NULL || !g_utf8_validate (line, -1, NULL))
    return;
  *value++ = '\0';
  for (guint lab = 0; lab < PISD_N_LABS; lab++)
    set_lab (lab, line, value);
  read_quantity (settings->problem, value);
  fuzz_check (pisd_settings_set (settings, line, value, &error), &error);
}

/* Every value that was taken is written as what gives the same. */
static void
write_again (const PisdSettings *settings)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      PisdSettings again = *settings;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = pisd_settings_dup_text (settings, &infos[i]);
      g_autofree char *same = NULL;

      pisd_settings_set (&again, infos[i].key, text, &error);
      g_assert_no_error (error);
      same = pisd_settings_dup_text (&again, &infos[i]);
      g_assert_cmpstr (text, ==, same);
    }
}

static void
feed_settings (GBytes *bytes)
{
  g_autofree char *text = fuzz_dup_text (bytes);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 60);
  g_autoptr (GError) error = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  for (char **line = lines; *line != NULL; line++)
    feed_line (&settings, *line);
  write_again (&settings);
  fuzz_check (pisd_settings_check (&settings, &error), &error);
}

const FuzzTarget fuzz_settings = { "settings", seed_settings, feed_settings, 1000, 1 << 20, 64 };
