#include "explorer-view-layout.h"

#include <string.h>

#include "explorer-readout.h"
#include "explorer-type.h"
#include "pisd-draw-panel.h"

#define MARGIN 8
#define GAP 10
#define BAR_BELOW 6 /* what half a number of an upright bar takes there, at the usual type */
#define LEAST_COLUMNS 3

/* Where pictures get smaller than that their words do, too, and titles are brief; both at the usual
 * type. */
#define SMALL_SIDE 190.0
#define SMALL_TYPE 0.88

/* Larger words need higher panes, up to this type. */
#define MOST_TYPE 1.25

static const double larger_types[] = { 1.2, 1.15, 1.1, 1.05 };

struct _ExplorerViewLayout
{
  GtkLayoutManager parent_instance;

  ExplorerFieldRows *rows;
  const ExplorerShown *shown;
  GtkWidget *text; /* the read-out */
  guint most;
  int only_row; /* -1: all panes */
  ExplorerColumn only_column;
};

G_DEFINE_FINAL_TYPE (ExplorerViewLayout, explorer_view_layout, GTK_TYPE_LAYOUT_MANAGER)

/* What there is to place: the columns shown, from left to right. */
typedef struct
{
  ExplorerPackingRoom room;
  ExplorerColumn columns[EXPLORER_N_COLUMNS];
  double type;
  gboolean is_small;
} Task;

static double
get_height_scale (const ExplorerFieldRows *rows)
{
  return CLAMP (explorer_type_get_scale (GTK_WIDGET (rows->items[0].views[0])), 1.0, MOST_TYPE);
}

static int
measure_views (const ExplorerFieldRows *rows, GtkOrientation orientation)
{
  const gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  const int n = across ? LEAST_COLUMNS : (int) rows->n;
  int least = 0;

  if (rows->n > 0)
    gtk_widget_measure (GTK_WIDGET (rows->items[0].views[0]), orientation, -1, &least, NULL, NULL,
                        NULL);
  if (rows->n > 0 && !across)
    least = (int) (least * get_height_scale (rows));
  return n * (least + GAP) + 2 * MARGIN;
}

static int
get_text_height (ExplorerViewLayout *self)
{
  int least = 0;

  if (gtk_widget_get_visible (self->text))
    gtk_widget_measure (self->text, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  return least;
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
  ExplorerViewLayout *self = EXPLORER_VIEW_LAYOUT (manager);

  *minimum = measure_views (self->rows, orientation);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum += get_text_height (self);
  *natural = *minimum;
}

static void
set_type (Task *task, double type)
{
  task->type = type;
  task->room.title = PISD_PANEL_TITLE * type;
  task->room.bar_width = (PISD_COLOR_SCALE_GAP + PISD_COLOR_SCALE_WIDTH) * type;
  task->room.bar_height = (PISD_COLOR_SCALE_GAP + PISD_COLOR_SCALE_HEIGHT) * type;
}

static void
init_task (Task *task, const ExplorerViewLayout *self, int width, int height)
{
  gboolean shown[EXPLORER_N_COLUMNS];
  ExplorerPackingRoom *room = &task->room;

  *task = (Task){ .room = { .width = width - 2 * MARGIN,
                            .height = height - MARGIN,
                            .n_blocks = self->rows->n,
                            .gap = GAP } };
  explorer_columns_choose (self->shown->preferences, self->most, shown);
  if (self->only_row >= 0)
    {
      room->n_blocks = 1;
      memset (shown, 0, sizeof shown);
      shown[self->only_column] = TRUE;
    }
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      if (!shown[c])
        continue;
      task->columns[room->n_panes] = c;
      room->shares[room->n_panes] =
          room->n_panes > 0
          && explorer_field_rows_share (self->rows, self->shown, task->columns[room->n_panes - 1],
                                        c);
      room->n_panes++;
    }
}

/* The words of small pictures are smaller, which makes the pictures larger; where pictures leave
 * room the words are larger, as long as that takes nothing from the pictures. */
static ExplorerPacking
choose (Task *task, double type)
{
  ExplorerPacking packing, larger;

  set_type (task, type);
  packing = explorer_packing_choose (&task->room);
  task->is_small = packing.side < SMALL_SIDE * type;
  if (task->is_small)
    {
      set_type (task, SMALL_TYPE * type);
      return explorer_packing_choose (&task->room);
    }
  for (guint k = 0; k < G_N_ELEMENTS (larger_types); k++)
    {
      set_type (task, larger_types[k] * type);
      larger = explorer_packing_choose (&task->room);
      if (larger.side >= packing.side)
        return larger;
    }
  set_type (task, type);
  return packing;
}

/* The views reach beyond their pictures, for a focus ring. */
static void
allocate_view (ExplorerFieldView *view, const Task *task, const ExplorerPackingBox *pane)
{
  const int margin = (int) PISD_PANEL_MARGIN;
  const GtkAllocation box = { MARGIN + (int) pane->x - margin, (int) pane->y,
                              MAX (1, (int) pane->width + 2 * margin),
                              MAX (1, (int) (pane->height + margin)) };

  explorer_field_view_set_type (view, task->type, task->is_small);
  gtk_widget_size_allocate (GTK_WIDGET (view), &box, -1);
}

/* An upright bar reaches up beside the title, where the power of ten stands, and a little down. */
static void
allocate_bar (ExplorerColorBar *bar,
              const Task *task,
              const ExplorerPackingBox *box,
              gboolean below)
{
  const int up = below ? 0 : (int) task->room.title;
  const int down = below ? 0 : (int) (BAR_BELOW * task->type);
  const GtkAllocation place = { MARGIN + (int) box->x, (int) box->y - up, MAX (1, (int) box->width),
                                MAX (1, (int) box->height + up + down) };

  explorer_color_bar_set_type (bar, task->type);
  gtk_widget_size_allocate (GTK_WIDGET (bar), &place, -1);
}

/* A view that stays shown must not go in between: strokes end with it. */
static void
show_children (ExplorerFieldRow *row, const Task *task, const ExplorerPackingPlace *places)
{
  gboolean has_view[EXPLORER_N_COLUMNS] = { FALSE }, has_bar[EXPLORER_N_COLUMNS] = { FALSE };

  for (guint k = 0; k < task->room.n_panes; k++)
    {
      has_view[task->columns[k]] = TRUE;
      has_bar[task->columns[k]] = places[k].has_bar;
    }
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    {
      gtk_widget_set_child_visible (GTK_WIDGET (row->views[c]), has_view[c]);
      gtk_widget_set_child_visible (GTK_WIDGET (row->bars[c]), has_bar[c]);
    }
}

static void
allocate_row (ExplorerFieldRow *row,
              const Task *task,
              const ExplorerPackingPlace *places,
              gboolean below)
{
  show_children (row, task, places);
  for (guint k = 0; k < task->room.n_panes; k++)
    {
      ExplorerColorBar *bar = row->bars[task->columns[k]];
      ExplorerFieldView *views[EXPLORER_N_COLUMNS];
      guint n = 0;

      allocate_view (row->views[task->columns[k]], task, &places[k].pane);
      if (!places[k].has_bar)
        continue;
      for (guint from = places[k].first; from <= k; from++)
        views[n++] = row->views[task->columns[from]];
      explorer_color_bar_set_views (bar, views, n, below);
      allocate_bar (bar, task, &places[k].bar, below);
    }
}

/* One pane alone has all the room. */
static void
allocate_only (ExplorerViewLayout *self,
               const Task *task,
               const ExplorerPackingPlace *places,
               gboolean below)
{
  const Task nothing = { 0 };

  for (guint k = 0; k < self->rows->n; k++)
    if (k == (guint) self->only_row)
      allocate_row (&self->rows->items[k], task, places, below);
    else
      show_children (&self->rows->items[k], &nothing, places);
}

static void
explorer_view_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget *widget,
                               int width,
                               int height,
                               int baseline)
{
  ExplorerViewLayout *self = EXPLORER_VIEW_LAYOUT (manager);
  const int text_height = get_text_height (self);
  const GtkAllocation text_box = { 0, height - text_height, width, text_height };
  ExplorerPackingPlace places[PISD_MAX_FIELDS * EXPLORER_N_COLUMNS];
  ExplorerPacking packing;
  Task task;

  if (text_height > 0)
    gtk_widget_size_allocate (self->text, &text_box, -1);
  if (self->rows->n == 0)
    return;
  explorer_readout_show (GTK_INSCRIPTION (self->text), self->rows, self->shown);
  init_task (&task, self, width, height - text_height);
  packing = choose (&task, explorer_type_get_scale (widget));
  explorer_packing_place (&task.room, &packing, places);
  if (self->only_row >= 0)
    allocate_only (self, &task, places, packing.below);
  else
    for (guint k = 0; k < self->rows->n; k++)
      allocate_row (&self->rows->items[k], &task, &places[k * task.room.n_panes], packing.below);
  explorer_field_rows_update_bars (self->rows);
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
  self->most = EXPLORER_N_COLUMNS;
  self->only_row = -1;
}

GtkLayoutManager *
explorer_view_layout_new (ExplorerFieldRows *rows, const ExplorerShown *shown, GtkWidget *text)
{
  ExplorerViewLayout *self = g_object_new (EXPLORER_TYPE_VIEW_LAYOUT, NULL);

  self->rows = rows;
  self->shown = shown;
  self->text = text;
  return GTK_LAYOUT_MANAGER (self);
}

void
explorer_view_layout_set_most (ExplorerViewLayout *self, guint most)
{
  g_return_if_fail (EXPLORER_IS_VIEW_LAYOUT (self) && most > 0);

  self->most = most;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

void
explorer_view_layout_set_only (ExplorerViewLayout *self, int row, ExplorerColumn column)
{
  g_return_if_fail (EXPLORER_IS_VIEW_LAYOUT (self) && column < EXPLORER_N_COLUMNS);

  self->only_row = row;
  self->only_column = column;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
