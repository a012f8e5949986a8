#include "explorer-view-layout.h"

#define SPACING 4
#define MARGIN 6

struct _ExplorerViewLayout
{
  GtkLayoutManager parent_instance;

  const ExplorerFieldRows *rows;
  const ExplorerShown *shown;
  GtkWidget *line;
};

G_DEFINE_FINAL_TYPE (ExplorerViewLayout, explorer_view_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
measure_views (const ExplorerFieldRows *rows, GtkOrientation orientation)
{
  const gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  const int n = across ? EXPLORER_LEAST_COLUMNS : (int) rows->n;
  int largest = 0;

  for (guint k = 0; k < rows->n; k++)
    for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
      {
        int least;

        gtk_widget_measure (GTK_WIDGET (rows->items[k].views[c]), orientation, -1, &least, NULL,
                            NULL, NULL);
        largest = MAX (largest, least);
      }
  return n * largest + MAX (0, n - 1) * SPACING + (across ? 2 * MARGIN : 0);
}

static void
explorer_view_layout_measure (GtkLayoutManager *manager,
                              GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  const ExplorerViewLayout *self = EXPLORER_VIEW_LAYOUT (manager);
  const int views = measure_views (self->rows, orientation);
  int least, best;

  gtk_widget_measure (self->line, orientation, -1, &least, &best, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = views + least;
      *natural = views + best;
    }
  else
    *minimum = *natural = MAX (views, least);
}

static void
allocate_row (const ExplorerFieldRow *row,
              const gboolean shown[EXPLORER_N_COLUMNS],
              guint n,
              int width,
              int y,
              int height)
{
  const int room = width - 2 * MARGIN + SPACING; /* each column with a gap after it */
  int place = 0;

  for (guint c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      GtkWidget *view = GTK_WIDGET (row->views[c]);
      const int begin = room * place / (int) n, end = room * (place + 1) / (int) n;
      const GtkAllocation box = { MARGIN + begin, y, MAX (1, end - begin - SPACING), height };

      gtk_widget_set_child_visible (view, shown[c]);
      if (!shown[c])
        continue;
      gtk_widget_size_allocate (view, &box, -1);
      place++;
    }
}

static void
explorer_view_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget *widget,
                               int width,
                               int height,
                               int baseline)
{
  const ExplorerViewLayout *self = EXPLORER_VIEW_LAYOUT (manager);
  const ExplorerFieldRows *rows = self->rows;
  GtkAllocation line_box = { 0, 0, width, 0 };
  gboolean shown[EXPLORER_N_COLUMNS];
  int room;
  guint n;

  gtk_widget_measure (self->line, GTK_ORIENTATION_VERTICAL, width, &line_box.height, NULL, NULL,
                      NULL);
  line_box.y = height - line_box.height;
  gtk_widget_size_allocate (self->line, &line_box, -1);
  if (rows->n == 0)
    return;
  n = explorer_columns_choose (self->shown->preferences, width, shown);
  room = line_box.y + SPACING; /* each row with a gap after it */
  for (guint k = 0; k < rows->n; k++)
    {
      const int begin = room * (int) k / (int) rows->n;
      const int end = room * (int) (k + 1) / (int) rows->n;

      allocate_row (&rows->items[k], shown, n, width, begin, MAX (1, end - begin - SPACING));
    }
}

static void
explorer_view_layout_class_init (ExplorerViewLayoutClass *klass)
{
  GTK_LAYOUT_MANAGER_CLASS (klass)->measure = explorer_view_layout_measure;
  GTK_LAYOUT_MANAGER_CLASS (klass)->allocate = explorer_view_layout_allocate;
}

static void
explorer_view_layout_init (ExplorerViewLayout *self)
{
}

GtkLayoutManager *
explorer_view_layout_new (const ExplorerFieldRows *rows,
                          const ExplorerShown *shown,
                          GtkWidget *line)
{
  ExplorerViewLayout *self = g_object_new (EXPLORER_TYPE_VIEW_LAYOUT, NULL);

  self->rows = rows;
  self->shown = shown;
  self->line = line;
  return GTK_LAYOUT_MANAGER (self);
}
