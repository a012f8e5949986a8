#include "explorer-pane-popover.h"

#include <glib/gi18n.h>

#include "explorer-passing-popover.h"
#include "explorer-view-grid-private.h"

#define MOST_HEIGHT 380 /* of the list */

typedef struct
{
  ExplorerViewGrid *grid; /* borrowed: the popover is inside it */
  guint row;
  ExplorerColumn column;
  gboolean is_right; /* the side that is being chosen for */
  gboolean updating;
  GtkWidget *popover, *list, *sides, *left, *right, *space, *modes, *split, *step;
} Menu;

static const ExplorerPane *
get_pane (const Menu *menu)
{
  return &menu->grid->rows.panes[menu->row][menu->column];
}

static const PisdPick *
get_pick (const Menu *menu)
{
  return menu->is_right ? &get_pane (menu)->beside : &get_pane (menu)->pick;
}

/* The list. */

static const char *
find_lack (const Menu *menu, PisdQuantity quantity)
{
  ExplorerFieldRows *rows = &menu->grid->rows;

  return explorer_picks_find_lack (&rows->picks, rows->items, rows->n, menu->row,
                                   &menu->grid->shown, quantity);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* The name, and why there is nothing of it now. */
static GtkWidget *
new_row (const Menu *menu, PisdQuantity quantity)
{
  const PisdOperator *problem = menu->grid->rows.problem;
  g_autofree char *name = pisd_quantity_dup_name (quantity, problem);
  g_autofree char *help = pisd_quantity_dup_help (quantity, problem);
  const char *lack = find_lack (menu, quantity);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), new_label (name, NULL));
  if (lack != NULL)
    {
      GtkWidget *words = new_label (lack, "dim-label");

      gtk_widget_add_css_class (words, "caption");
      gtk_label_set_wrap (GTK_LABEL (words), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (words), 30);
      gtk_box_append (GTK_BOX (box), words);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "quantity", GUINT_TO_POINTER (quantity));
  return row;
}

static PisdQuantity
get_quantity (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "quantity"));
}

static void
fill_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  GtkWidget *words;

  if (get_quantity (row) != PISD_QUANTITY_READINGS || gtk_list_box_row_get_header (row) != NULL)
    return;
  words = new_label (_ ("Guidance of this step"), "caption-heading");
  gtk_widget_set_margin_top (words, 6);
  gtk_widget_set_margin_start (words, 6);
  gtk_list_box_row_set_header (row, words);
}

static void
fill_list (Menu *menu)
{
  const PisdOperator *problem = menu->grid->rows.problem;

  for (PisdQuantity q = 0; q < PISD_N_QUANTITIES; q++)
    if (pisd_quantity_exists (q, problem))
      gtk_list_box_append (GTK_LIST_BOX (menu->list), new_row (menu, q));
}

static void
select_row (Menu *menu)
{
  GtkListBoxRow *row;

  for (int k = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (menu->list), k)) != NULL; k++)
    if (get_quantity (row) == get_pick (menu)->quantity)
      {
        gtk_list_box_select_row (GTK_LIST_BOX (menu->list), row);
        gtk_widget_grab_focus (GTK_WIDGET (row));
      }
}

/* What the pane shows. */

static int
get_shown_step (const Menu *menu)
{
  const PisdFrame *frame = menu->grid->shown.frame;

  return frame == NULL ? 0 : (int) frame->step;
}

static void
show_step (Menu *menu)
{
  const ExplorerPane *pane = get_pane (menu);
  const gboolean is_kept = pane->step != EXPLORER_PANE_THIS_STEP;
  g_autofree char *words =
      g_strdup_printf (_ ("Keep step %d"), is_kept ? pane->step : get_shown_step (menu));

  gtk_widget_set_visible (menu->step, pane->is_split && menu->is_right);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (menu->step), words);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (menu->step), is_kept);
}

static void
show (Menu *menu)
{
  const ExplorerPane *pane = get_pane (menu);

  menu->updating = TRUE;
  menu->is_right = menu->is_right && pane->is_split;
  gtk_widget_set_visible (menu->sides, pane->is_split);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (menu->is_right ? menu->right : menu->left),
                                TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (pane->pick.of_modes ? menu->modes : menu->space),
                                TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (menu->split), pane->is_split);
  show_step (menu);
  select_row (menu);
  menu->updating = FALSE;
}

/* What the person does. */

static void
on_row_activated (Menu *menu, GtkListBoxRow *row)
{
  ExplorerPane pane = *get_pane (menu);

  (menu->is_right ? &pane.beside : &pane.pick)->quantity = get_quantity (row);
  explorer_view_grid_set_pane (menu->grid, menu->row, menu->column, &pane);
  gtk_popover_popdown (GTK_POPOVER (menu->popover));
}

static void
on_kind_toggled (Menu *menu)
{
  ExplorerPane pane = *get_pane (menu);

  if (menu->updating)
    return;
  pane.pick.of_modes = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (menu->modes));
  pane.beside.of_modes = pane.pick.of_modes;
  explorer_view_grid_set_pane (menu->grid, menu->row, menu->column, &pane);
}

static void
on_side_toggled (Menu *menu)
{
  if (menu->updating)
    return;
  menu->is_right = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (menu->right));
  show (menu);
}

static void
on_split_toggled (Menu *menu)
{
  ExplorerPane pane = *get_pane (menu);

  if (menu->updating)
    return;
  explorer_pane_split (&pane, gtk_check_button_get_active (GTK_CHECK_BUTTON (menu->split)));
  explorer_view_grid_set_pane (menu->grid, menu->row, menu->column, &pane);
  menu->is_right = pane.is_split;
  show (menu);
}

static void
on_step_toggled (Menu *menu)
{
  ExplorerPane pane = *get_pane (menu);

  if (menu->updating)
    return;
  pane.step = gtk_check_button_get_active (GTK_CHECK_BUTTON (menu->step)) ? get_shown_step (menu)
                                                                          : EXPLORER_PANE_THIS_STEP;
  explorer_view_grid_set_pane (menu->grid, menu->row, menu->column, &pane);
}

static void
on_reset_clicked (Menu *menu)
{
  explorer_view_grid_reset_panes (menu->grid);
  gtk_popover_popdown (GTK_POPOVER (menu->popover));
}

static void
on_maximize_clicked (Menu *menu)
{
  gtk_popover_popdown (GTK_POPOVER (menu->popover));
  explorer_view_grid_maximize (menu->grid, menu->row, menu->column);
}

/* Its parts. */

/* Two buttons of which one is pressed. */
static GtkWidget *
new_pair (Menu *menu,
          const char *first_words,
          const char *second_words,
          GCallback handler,
          GtkWidget **first,
          GtkWidget **second)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  *first = gtk_toggle_button_new_with_label (first_words);
  *second = gtk_toggle_button_new_with_label (second_words);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (*second), GTK_TOGGLE_BUTTON (*first));
  gtk_widget_add_css_class (box, "linked");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), *first);
  gtk_box_append (GTK_BOX (box), *second);
  g_signal_connect_swapped (*second, "toggled", handler, menu);
  return box;
}

static GtkWidget *
new_scroller (Menu *menu)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  menu->list = gtk_list_box_new ();
  gtk_list_box_set_header_func (GTK_LIST_BOX (menu->list), fill_header, NULL, NULL);
  g_signal_connect_swapped (menu->list, "row-activated", G_CALLBACK (on_row_activated), menu);
  gtk_widget_add_css_class (menu->list, "quantities");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), menu->list);
  return scroller;
}

static GtkWidget *
new_check (Menu *menu, const char *words, GCallback handler)
{
  GtkWidget *check = gtk_check_button_new_with_label (words);

  g_signal_connect_swapped (check, "toggled", handler, menu);
  return check;
}

static GtkWidget *
new_button (Menu *menu, const char *words, const char *tooltip, GCallback handler)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "clicked", handler, menu);
  return button;
}

static GtkWidget *
new_content (Menu *menu)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *kinds = new_pair (menu, _ ("In Space"), _ ("Modes"), G_CALLBACK (on_kind_toggled),
                               &menu->space, &menu->modes);

  gtk_widget_set_tooltip_text (menu->modes,
                               _ ("log₁₀ of the absolute values of the coefficients that a latent "
                                  "keeps, by wave number"));
  menu->sides = new_pair (menu, _ ("Left Side"), _ ("Right Side"), G_CALLBACK (on_side_toggled),
                          &menu->left, &menu->right);
  menu->split = new_check (menu, _ ("Swipe Line (V)"), G_CALLBACK (on_split_toggled));
  gtk_widget_set_tooltip_text (menu->split, _ ("Something else right of a line that is dragged, "
                                               "or moved by Alt and the arrow keys"));
  menu->step = new_check (menu, NULL, G_CALLBACK (on_step_toggled));
  gtk_box_append (GTK_BOX (box), menu->sides);
  gtk_box_append (GTK_BOX (box), kinds);
  gtk_box_append (GTK_BOX (box), new_scroller (menu));
  gtk_box_append (GTK_BOX (box), menu->step);
  gtk_box_append (GTK_BOX (box), menu->split);
  gtk_box_append (GTK_BOX (box),
                  new_button (menu, _ ("This Pane Alone (F)"),
                              _ ("As large as the window allows; Esc brings the others back"),
                              G_CALLBACK (on_maximize_clicked)));
  gtk_box_append (GTK_BOX (box), new_button (menu, _ ("Reset All Panes"),
                                             _ ("Every pane shows what its column is named for"),
                                             G_CALLBACK (on_reset_clicked)));
  return box;
}

static void
on_closed (GtkWidget *picker)
{
  gtk_widget_set_has_tooltip (picker, TRUE);
}

GtkWidget *
explorer_pane_popover_open (ExplorerViewGrid *grid, guint row, ExplorerColumn column)
{
  GtkWidget *picker = explorer_field_view_get_picker (grid->rows.items[row].views[column]);
  GtkWidget *popover = gtk_popover_new ();
  Menu *menu = g_new0 (Menu, 1);

  *menu = (Menu){ .grid = grid, .row = row, .column = column, .popover = popover };
  g_object_set_data_full (G_OBJECT (popover), "menu", menu, g_free);
  gtk_popover_set_child (GTK_POPOVER (popover), new_content (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What this pane shows"), -1);
  gtk_widget_set_has_tooltip (picker, FALSE); /* it would cover the menu */
  explorer_passing_popover_attach (popover, picker);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), picker, G_CONNECT_SWAPPED);
  fill_list (menu);
  gtk_popover_popup (GTK_POPOVER (popover));
  show (menu);
  return popover;
}
