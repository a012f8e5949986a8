/* No label of a window is cut: at three text scales, with every method and each equation, at the
 * default size and at 900 x 640.  Run once in English and once in German. */

#include <locale.h>
#include <string.h>

#include "explorer-application.h"
#include "explorer-log-slider.h"
#include "ui-fixture.h"

/* What may be cut: the subtitle of a title bar, and the line under the views, which is as long as
 * what the pointer is on.  By the type or the name of the widget that holds the label. */
static const char *const may_be_cut[] = { "AdwWindowTitle", "ExplorerViewGrid" };

static gboolean
is_exempt (GtkWidget *label)
{
  for (GtkWidget *parent = label; parent != NULL; parent = gtk_widget_get_parent (parent))
    for (guint k = 0; k < G_N_ELEMENTS (may_be_cut); k++)
      if (g_str_equal (G_OBJECT_TYPE_NAME (parent), may_be_cut[k]))
        return TRUE;
  return FALSE;
}

/* A line ends at a blank, a hyphen or a line break, not within a word. */
static gboolean
breaks_a_word (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);

  for (int k = 1; k < pango_layout_get_line_count (layout); k++)
    {
      const int start = pango_layout_get_line_readonly (layout, k)->start_index;

      if (start > 0 && strchr (" \n-", text[start - 1]) == NULL)
        return TRUE;
    }
  return FALSE;
}

static const char *
find_label_fault (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int least;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (pango_layout_is_ellipsized (layout))
    return "is ellipsized";
  if (gtk_widget_get_width (label) < least)
    return "is narrower than its text";
  if (breaks_a_word (layout))
    return "breaks a word";
  return NULL;
}

/* Of one line, as all that must not be cut are. */
static const char *
find_inscription_fault (GtkWidget *inscription)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (
      inscription, gtk_inscription_get_text (GTK_INSCRIPTION (inscription)));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (inscription) ? "is narrower than its text" : NULL;
}

/* To the left and right of what is seen. */
static gboolean
is_beside (GtkWidget *label)
{
  graphene_rect_t bounds;

  for (GtkWidget *parent = gtk_widget_get_parent (label); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (gtk_widget_compute_bounds (label, parent, &bounds)
        && (bounds.origin.x < -1
            || bounds.origin.x + bounds.size.width > gtk_widget_get_width (parent) + 1))
      return TRUE;
  return FALSE;
}

static void
check_label (GtkWidget *label, const char *where, guint *n_faults)
{
  const gboolean is_label = GTK_IS_LABEL (label);
  const char *text = is_label ? gtk_label_get_text (GTK_LABEL (label))
                              : gtk_inscription_get_text (GTK_INSCRIPTION (label));
  const char *fault = NULL;

  if (text == NULL || *text == '\0') /* there is nothing to be cut */
    return;
  fault = is_label ? find_label_fault (label) : find_inscription_fault (label);
  if (fault == NULL && is_beside (label))
    fault = "is beside what is seen";
  if (fault == NULL)
    return;
  g_test_message ("%s: “%s” in %s %s", where, text,
                  G_OBJECT_TYPE_NAME (gtk_widget_get_parent (label)), fault);
  ++*n_faults;
}

static void
check_all (GtkWidget *widget, const char *where, guint *n_faults)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if ((GTK_IS_LABEL (widget) || GTK_IS_INSCRIPTION (widget)) && !is_exempt (widget))
    check_label (widget, where, n_faults);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_all (child, where, n_faults);
}

static void
expand_all (GtkWidget *widget)
{
  if (ADW_IS_EXPANDER_ROW (widget)
      && !adw_expander_row_get_show_enable_switch (ADW_EXPANDER_ROW (widget)))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expand_all (child);
}

/* As in mid-run. */
static void
show_shares (GtkWidget *widget)
{
  if (EXPLORER_IS_LOG_SLIDER (widget))
    explorer_log_slider_set_share (EXPLORER_LOG_SLIDER (widget), 0.0888);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_shares (child);
}

static void
set_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
}

static void
resize (Ui *ui, int width, int height)
{
  ui_send ("getactivewindow windowsize --sync %d %d", width, height);
  ui_settle (ui);
  ui_settle (ui);
}

static const struct
{
  int width, height;
} sizes[] = { { 1200, 900 }, { 900, 640 } };
static const double scales[] = { 1.0, 1.25, 1.5 };

/* Every method has rows of its own. */
static void
check_methods (Ui *ui, const char *where, guint *n_faults)
{
  for (PisdGuidanceId guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    {
      g_autofree char *place =
          g_strdup_printf ("%s, %s", where, pisd_method_get (guidance)->choice.name);

      explorer_session_apply_preset (ui->session, guidance);
      show_shares (GTK_WIDGET (ui->window));
      ui_settle (ui);
      check_all (GTK_WIDGET (ui->window), place, n_faults);
    }
}

static void
test_window (Ui *ui, gconstpointer data)
{
  guint n_faults = 0;

  expand_all (GTK_WIDGET (ui->window));
  for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        g_autofree char *where =
            g_strdup_printf ("text × %g, %d × %d", scales[s], sizes[k].width, sizes[k].height);

        set_scale (scales[s]);
        resize (ui, sizes[k].width, sizes[k].height);
        check_methods (ui, where, &n_faults);
      }
  set_scale (1.0);
  g_assert_cmpuint (n_faults, ==, 0);
}

/* All of it at 900 x 640, the side bar beside the views. */
static void
test_small (Ui *ui, gconstpointer data)
{
  GtkWidget *flap = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_FLAP, NULL, NULL);
  int width, height;

  for (PisdGuidanceId guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    {
      explorer_session_apply_preset (ui->session, guidance);
      resize (ui, 900, 640);
      gtk_widget_measure (GTK_WIDGET (ui->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL,
                          NULL, NULL);
      gtk_widget_measure (GTK_WIDGET (ui->window), GTK_ORIENTATION_VERTICAL, width, &height, NULL,
                          NULL, NULL);
      g_assert_cmpint (width, <=, 900);
      g_assert_cmpint (height, <=, 640);
      g_assert_false (adw_flap_get_folded (ADW_FLAP (flap)));
    }
}

static void
test_numbers (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "mean-sd");
  const char *const point = localeconv ()->decimal_point;
  g_autofree char *shown = g_strdup_printf ("0%s25", point);

  g_assert_true (explorer_session_set_setting (ui->session, "mean-sd", "0.25"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, shown);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0,75");
  ui_key (ui, "Return");
  g_assert_cmpfloat (explorer_session_get_scenario (ui->session)->settings.mean_sd, ==, 0.75);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0.5");
  ui_key (ui, "Return");
  g_assert_cmpfloat (explorer_session_get_scenario (ui->session)->settings.mean_sd, ==, 0.5);
}

#define ADD(path, function) \
  g_test_add ("/ui/labels/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  explorer_application_init_locale ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("window", test_window);
  ADD ("small", test_small);
  ADD ("numbers", test_numbers);
  return g_test_run ();
}
