#include "explorer-lab-board.h"

#include "explorer-type.h"

/* With type of the usual size. */
#define COLUMN_WIDTH 280.0 /* at least */
#define ROW_HEIGHT 205.0   /* likewise */
#define MOST_COLUMNS 3
#define SPACING 6

struct _ExplorerLabBoard
{
  GtkWidget parent_instance;
  gboolean wide;
};

G_DEFINE_FINAL_TYPE (ExplorerLabBoard, explorer_lab_board, GTK_TYPE_WIDGET)

static guint
count_columns (ExplorerLabBoard *self, int width)
{
  const double column = COLUMN_WIDTH * explorer_type_get_scale (GTK_WIDGET (self));

  return width < 0 ? MOST_COLUMNS : CLAMP ((guint) (width / column), 1, MOST_COLUMNS);
}

/* Columns of the first picture. */
static guint
get_span (const ExplorerLabBoard *self, guint n_columns)
{
  return n_columns == MOST_COLUMNS || (n_columns > 1 && self->wide) ? 2 : 1;
}

static guint
count_rows (ExplorerLabBoard *self, guint n_columns)
{
  guint n = get_span (self, n_columns) - 1;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return (n + n_columns - 1) / n_columns;
}

static GtkSizeRequestMode
explorer_lab_board_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
explorer_lab_board_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  ExplorerLabBoard *self = EXPLORER_LAB_BOARD (widget);
  const double type = explorer_type_get_scale (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) (COLUMN_WIDTH * type);
      *natural = (int) (MOST_COLUMNS * COLUMN_WIDTH * type);
      return;
    }
  *minimum = *natural =
      (int) (count_rows (self, count_columns (self, for_size)) * ROW_HEIGHT * type);
}

static void
explorer_lab_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ExplorerLabBoard *self = EXPLORER_LAB_BOARD (widget);
  const guint n_columns = count_columns (self, width), n_rows = count_rows (self, n_columns);
  guint place = 0, span = get_span (self, n_columns);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), place += span, span = 1)
    {
      const guint row = place / n_columns, column = place % n_columns;
      const int left = (int) column * width / (int) n_columns;
      const int right = (int) (column + (place == 0 ? span : 1)) * width / (int) n_columns;
      const int top = (int) row * height / (int) n_rows;
      const GtkAllocation box = { left, top, MAX (right - left - SPACING, 1),
                                  MAX ((int) (row + 1) * height / (int) n_rows - top - SPACING,
                                       1) };
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (child, &box, -1);
    }
}

static void
explorer_lab_board_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (explorer_lab_board_parent_class)->dispose (object);
}

static void
explorer_lab_board_class_init (ExplorerLabBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_lab_board_dispose;
  widget_class->get_request_mode = explorer_lab_board_get_request_mode;
  widget_class->measure = explorer_lab_board_measure;
  widget_class->size_allocate = explorer_lab_board_size_allocate;
}

static void
explorer_lab_board_init (ExplorerLabBoard *self)
{
}

void
explorer_lab_board_append (ExplorerLabBoard *self, GtkWidget *picture)
{
  g_return_if_fail (EXPLORER_IS_LAB_BOARD (self));

  gtk_widget_insert_before (picture, GTK_WIDGET (self), NULL);
}

void
explorer_lab_board_set_wide (ExplorerLabBoard *self, gboolean wide)
{
  g_return_if_fail (EXPLORER_IS_LAB_BOARD (self));

  self->wide = wide;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
