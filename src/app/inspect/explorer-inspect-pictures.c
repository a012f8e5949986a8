#include "explorer-inspect-pictures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-color-bar.h"
#include "explorer-type.h"
#include "pisd-color-range.h"
#include "pisd-draw-panel.h"
#include "pisd-draw-text.h"
#include "pisd-mode-map.h"

/* Up to so many vectors have both their pictures side by side. */
#define MOST_WIDE 3
#define SPACING 10
#define SMALLEST_HEIGHT 110 /* pixels: below them is no width for the titles above */

/* Of a vector: in space, and as modes. */
enum
{
  IN_SPACE,
  OF_MODES,
  N_KINDS
};

typedef struct
{
  GtkWidget *title, *caption;
  GtkWidget *pair; /* of what follows */
  GtkWidget *views[N_KINDS], *bars[N_KINDS];
} Column;

struct _ExplorerInspectPictures
{
  GtkWidget parent_instance;

  GtkWidget *table; /* columns of title, caption, pictures */
  Column columns[PISD_INSPECTION_N_VECTORS];
};

G_DEFINE_FINAL_TYPE (ExplorerInspectPictures, explorer_inspect_pictures, GTK_TYPE_WIDGET)

/* What is shown. */

/* Symmetric about zero, of what is shown alone. */
static void
color_field (ExplorerFieldView *view, const PisdField *shown)
{
  double low, high;

  pisd_color_get_symmetric (shown, &low, &high);
  explorer_field_view_set_colors (view, PISD_COLORMAP_DIVERGING, low, high);
}

static void
color_map (ExplorerFieldView *view, const PisdField *shown)
{
  double low, high;

  pisd_mode_map_get_range (shown, &low, &high);
  explorer_field_view_set_colors (view, PISD_COLORMAP_VIRIDIS, low, high);
}

static void
show_view (Column *column, guint kind, const PisdField *all, guint frame, const char *note)
{
  ExplorerFieldView *view = EXPLORER_FIELD_VIEW (column->views[kind]);
  PisdField shown;

  if (all == NULL)
    explorer_field_view_set_field (view, NULL, note);
  else
    {
      shown = pisd_field_get_frame (all, frame);
      explorer_field_view_set_field (view, &shown, NULL);
      (kind == IN_SPACE ? color_field : color_map) (view, &shown);
    }
  explorer_color_bar_update (EXPLORER_COLOR_BAR (column->bars[kind]), -1, -1);
}

/* "norm 0.31, 98 %" as markup */
static char *
dup_caption (const PisdInspectionNumbers *numbers, guint which)
{
  const double norm = which == PISD_INSPECTION_TOTAL    ? numbers->total
                      : which == PISD_INSPECTION_UPDATE ? numbers->update
                                                        : numbers->norms[which];
  g_autofree char *text = pisd_number_dup_markup (norm);

  if (which >= PISD_N_TERMS || isnan (numbers->shares[which]))
    return g_strdup_printf (_ ("norm %s"), text);
  return g_strdup_printf (_ ("norm %s, %.2g\u202f%%"), text, 100.0 * numbers->shares[which]);
}

static void
show_heading (Column *column, const ExplorerInspection *shown, guint which)
{
  g_autofree char *title = explorer_inspection_dup_title (shown->problem, which);
  g_autofree char *formula = explorer_inspection_dup_formula (shown, which);
  g_autofree char *caption = dup_caption (&shown->inspection->numbers, which);

  gtk_label_set_text (GTK_LABEL (column->title), title);
  gtk_label_set_markup (GTK_LABEL (column->caption), caption);
  gtk_widget_set_tooltip_text (column->title, formula);
  gtk_widget_set_tooltip_text (column->caption, formula);
}

static void
show_whole (Column *column, gboolean visible)
{
  gtk_widget_set_visible (column->title, visible);
  gtk_widget_set_visible (column->caption, visible);
  gtk_widget_set_visible (column->pair, visible);
}

/* "w(1) in space" */
static void
show_titles (Column *column, const PisdFieldInfo *info, guint frame)
{
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, frame);
  g_autofree char *field = g_strdup_printf (_ ("%s in space"), symbol);
  g_autofree char *map = g_strdup_printf (_ ("modes of %s, log10"), symbol);

  explorer_field_view_set_title (EXPLORER_FIELD_VIEW (column->views[IN_SPACE]), field, field);
  explorer_field_view_set_title (EXPLORER_FIELD_VIEW (column->views[OF_MODES]), map, map);
}

static void
show_column (Column *column, const ExplorerInspection *shown, guint which, guint field, guint frame)
{
  const gboolean is_there = pisd_inspection_has_vector (shown->inspection, which);

  show_whole (column, is_there);
  if (!is_there)
    return;
  show_heading (column, shown, which);
  show_titles (column, &pisd_operator_get (shown->problem)->fields[field], frame);
  show_view (column, IN_SPACE, shown->fields[which][field], frame, _ ("no latent holds it"));
  show_view (column, OF_MODES, shown->maps[which][field], frame, _ ("no latent holds it"));
}

static void
clear (ExplorerInspectPictures *self)
{
  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    for (guint kind = 0; kind < N_KINDS; kind++)
      show_view (&self->columns[k], kind, NULL, 0, NULL);
}

/* A few have room side by side. */
static void
arrange (ExplorerInspectPictures *self, const ExplorerInspection *shown)
{
  guint n = 0;

  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    n += pisd_inspection_has_vector (shown->inspection, k);
  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    {
      GtkWidget *pair = self->columns[k].pair;

      gtk_orientable_set_orientation (GTK_ORIENTABLE (pair), n <= MOST_WIDE
                                                                 ? GTK_ORIENTATION_HORIZONTAL
                                                                 : GTK_ORIENTATION_VERTICAL);
      gtk_box_set_spacing (GTK_BOX (pair), n <= MOST_WIDE ? SPACING : 0);
    }
}

void
explorer_inspect_pictures_show (ExplorerInspectPictures *self,
                                const ExplorerInspection *inspection,
                                guint field,
                                guint frame)
{
  g_return_if_fail (EXPLORER_IS_INSPECT_PICTURES (self));

  if (inspection == NULL)
    {
      clear (self);
      return;
    }
  arrange (self, inspection);
  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    show_column (&self->columns[k], inspection, k, field, frame);
}

/* The cross-hair of one view is that of its row. */
static void
on_hover (ExplorerInspectPictures *self, int i, int j, ExplorerFieldView *view)
{
  const guint kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (view), "kind"));

  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    {
      const Column *column = &self->columns[k];

      explorer_field_view_set_crosshair (EXPLORER_FIELD_VIEW (column->views[kind]), i, j);
      explorer_color_bar_update (EXPLORER_COLOR_BAR (column->bars[kind]), i, j);
    }
}

/* Life. */

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_view (ExplorerInspectPictures *self, Column *column, guint kind)
{
  GtkWidget *view = explorer_field_view_new (), *bar = explorer_color_bar_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  ExplorerFieldView *shown[] = { EXPLORER_FIELD_VIEW (view) };
  const double type = explorer_type_get_scale (GTK_WIDGET (self));

  explorer_field_view_set_brush (EXPLORER_FIELD_VIEW (view), FALSE, FALSE, 0);
  explorer_color_bar_set_views (EXPLORER_COLOR_BAR (bar), shown, 1, TRUE);
  g_object_set_data (G_OBJECT (view), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect_object (view, "hover", G_CALLBACK (on_hover), self, G_CONNECT_SWAPPED);
  gtk_widget_set_vexpand (view, TRUE);
  gtk_widget_set_hexpand (view, TRUE);
  gtk_widget_set_size_request (view, -1, SMALLEST_HEIGHT);
  gtk_widget_set_size_request (
      bar, -1, (int) ceil ((PISD_COLOR_SCALE_GAP + PISD_COLOR_SCALE_HEIGHT) * type));
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (column->pair), box);
  column->views[kind] = view;
  column->bars[kind] = bar;
}

static void
add_column (ExplorerInspectPictures *self, guint k)
{
  Column *column = &self->columns[k];
  GtkGrid *table = GTK_GRID (self->table);

  column->title = new_label ("heading");
  column->caption = new_label ("caption");
  gtk_widget_add_css_class (column->caption, "numeric");
  column->pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (column->pair), TRUE);
  gtk_grid_attach (table, column->title, (int) k, 0, 1, 1);
  gtk_grid_attach (table, column->caption, (int) k, 1, 1, 1);
  gtk_grid_attach (table, column->pair, (int) k, 2, 1, 1);
  for (guint kind = 0; kind < N_KINDS; kind++)
    add_view (self, column, kind);
  show_whole (column, FALSE);
}

static void
explorer_inspect_pictures_dispose (GObject *object)
{
  ExplorerInspectPictures *self = EXPLORER_INSPECT_PICTURES (object);

  g_clear_pointer (&self->table, gtk_widget_unparent);
  G_OBJECT_CLASS (explorer_inspect_pictures_parent_class)->dispose (object);
}

static void
explorer_inspect_pictures_class_init (ExplorerInspectPicturesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_inspect_pictures_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
explorer_inspect_pictures_init (ExplorerInspectPictures *self)
{
  self->table = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->table), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->table), SPACING);
  gtk_widget_set_parent (self->table, GTK_WIDGET (self));
  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    add_column (self, k);
}

void
explorer_inspect_pictures_set_palette (ExplorerInspectPictures *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_INSPECT_PICTURES (self));
  for (guint k = 0; k < PISD_INSPECTION_N_VECTORS; k++)
    for (guint kind = 0; kind < N_KINDS; kind++)
      {
        const Column *column = &self->columns[k];

        explorer_field_view_set_palette (EXPLORER_FIELD_VIEW (column->views[kind]), palette);
        explorer_color_bar_set_palette (EXPLORER_COLOR_BAR (column->bars[kind]), palette);
      }
}

const char *
explorer_inspect_pictures_get_heading (ExplorerInspectPictures *self, guint which)
{
  const Column *column;

  g_return_val_if_fail (EXPLORER_IS_INSPECT_PICTURES (self) && which < PISD_INSPECTION_N_VECTORS,
                        NULL);
  column = &self->columns[which];
  return gtk_widget_get_visible (column->title) ? gtk_label_get_text (GTK_LABEL (column->title))
                                                : NULL;
}

gboolean
explorer_inspect_pictures_get_panel (ExplorerInspectPictures *self,
                                     guint which,
                                     gboolean of_modes,
                                     PisdPanel *panel)
{
  const Column *column;

  g_return_val_if_fail (EXPLORER_IS_INSPECT_PICTURES (self) && which < PISD_INSPECTION_N_VECTORS,
                        FALSE);
  column = &self->columns[which];
  if (!gtk_widget_get_visible (column->title))
    return FALSE;
  explorer_field_view_get_panel (
      EXPLORER_FIELD_VIEW (column->views[of_modes ? OF_MODES : IN_SPACE]), panel);
  return panel->field != NULL;
}
