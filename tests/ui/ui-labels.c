#include "ui-labels.h"

#include <adwaita.h>
#include <string.h>

#include "explorer-field-view.h"
#include "explorer-view-grid.h"
#include "ui-fixture.h"

const double ui_text_scales[UI_N_TEXT_SCALES] = { 1.0, 1.25, 1.5 };

/* What may be cut: the caption in a title bar, and the line under the views, which is as long as
 * what the pointer is on. */
static gboolean
is_exempt (GtkWidget *label)
{
  return gtk_widget_get_ancestor (label, EXPLORER_TYPE_VIEW_GRID) != NULL
         || (gtk_widget_has_css_class (label, "subtitle")
             && gtk_widget_get_ancestor (label, ADW_TYPE_HEADER_BAR) != NULL);
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
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (pango_layout_is_ellipsized (layout))
    return "is ellipsized";
  if (width > gtk_widget_get_width (label))
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

  for (GtkWidget *parent = gtk_widget_get_parent (label); !GTK_IS_NATIVE (parent);
       parent = gtk_widget_get_parent (parent))
    if (gtk_widget_compute_bounds (label, parent, &bounds)
        && (bounds.origin.x < -1
            || bounds.origin.x + bounds.size.width > gtk_widget_get_width (parent) + 1))
      return TRUE;
  return FALSE;
}

static guint
report (GtkWidget *widget, const char *where, const char *text, const char *fault)
{
  if (fault == NULL)
    return 0;
  g_test_message ("%s: “%s” in %s %s", where, text,
                  G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), fault);
  return 1;
}

static guint
check_label (GtkWidget *label, const char *where)
{
  const gboolean is_label = GTK_IS_LABEL (label);
  const char *text = is_label ? gtk_label_get_text (GTK_LABEL (label))
                              : gtk_inscription_get_text (GTK_INSCRIPTION (label));
  const char *fault = NULL;

  if (text == NULL || *text == '\0') /* there is nothing to be cut */
    return 0;
  fault = is_label ? find_label_fault (label) : find_inscription_fault (label);
  if (fault == NULL && is_beside (label))
    fault = "is beside what is seen";
  return report (label, where, text, fault);
}

static guint
check_view (GtkWidget *widget, const char *where)
{
  ExplorerFieldView *view = EXPLORER_FIELD_VIEW (widget);

  return report (widget, where, explorer_field_view_get_title (view),
                 explorer_field_view_cuts_title (view) ? "is cut" : NULL);
}

static guint
count_cut (GtkWidget *root, const char *where)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (root))
    return 0;
  if (EXPLORER_IS_FIELD_VIEW (root))
    n += check_view (root, where);
  else if ((GTK_IS_LABEL (root) || GTK_IS_INSCRIPTION (root)) && !is_exempt (root))
    n += check_label (root, where);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_cut (child, where);
  return n;
}

/* What computes beside the window may have changed a text that is not laid out yet: what is cut
 * then counts if it is cut afterwards, too. */
guint
ui_count_cut_labels (GtkWidget *root, const char *where)
{
  const guint n = count_cut (root, where);

  if (n == 0)
    return 0;
  ui_settle_window (GTK_WINDOW (gtk_widget_get_root (root)));
  return count_cut (root, where);
}

void
ui_expand_rows (GtkWidget *root)
{
  if (ADW_IS_EXPANDER_ROW (root)
      && !adw_expander_row_get_show_enable_switch (ADW_EXPANDER_ROW (root)))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_expand_rows (child);
}
