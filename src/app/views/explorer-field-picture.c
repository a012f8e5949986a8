#include "explorer-field-picture.h"

#include <math.h>
#include <string.h>

/* What the heading leaves to the button in it, at a panel's scale of 1. */
#define PICKER_WIDTH 18.0

void
explorer_field_picture_init (ExplorerFieldPicture *picture)
{
  *picture = (ExplorerFieldPicture){ .title = g_strdup (""),
                                     .brief = g_strdup (""),
                                     .map = PISD_COLORMAP_DIVERGING,
                                     .show_sensors = TRUE,
                                     .palette = pisd_palette_get (FALSE),
                                     .divider = 0.5,
                                     .type = 1.0 };
}

static void
free_beside (ExplorerFieldPicture *picture)
{
  if (picture->beside == NULL)
    return;
  explorer_field_picture_clear (picture->beside);
  g_clear_pointer (&picture->beside, g_free);
}

void
explorer_field_picture_clear (ExplorerFieldPicture *picture)
{
  g_free (picture->title);
  g_free (picture->brief);
  g_free (picture->note);
  g_free (picture->mark);
  pisd_field_free (picture->field);
  pisd_sensors_free (picture->sensors);
  g_clear_pointer (&picture->pixels, cairo_surface_destroy);
  pisd_velocity_free (picture->velocity);
  explorer_layer_forget (&picture->lines);
  explorer_layer_forget (&picture->frame);
  free_beside (picture);
}

/* What is shown. */

gboolean
explorer_field_picture_set_title (ExplorerFieldPicture *picture,
                                  const char *title,
                                  const char *brief)
{
  if (g_str_equal (title, picture->title) && g_str_equal (brief, picture->brief))
    return FALSE;
  g_free (picture->title);
  picture->title = g_strdup (title);
  g_free (picture->brief);
  picture->brief = g_strdup (brief);
  explorer_layer_forget (&picture->frame);
  return TRUE;
}

gboolean
explorer_field_picture_set_mark (ExplorerFieldPicture *picture, const char *mark)
{
  if (g_strcmp0 (mark, picture->mark) == 0)
    return FALSE;
  g_free (picture->mark);
  picture->mark = g_strdup (mark);
  return TRUE;
}

static gboolean
shapes_equal (const PisdField *a, const PisdField *b)
{
  return a != NULL && b != NULL && a->ny == b->ny && a->nx == b->nx;
}

static gboolean
fields_equal (const PisdField *a, const PisdField *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return shapes_equal (a, b)
         && memcmp (a->data, b->data, pisd_field_get_n (a) * sizeof *a->data) == 0;
}

static void
replace_field (ExplorerFieldPicture *picture, const PisdField *field)
{
  pisd_field_free (picture->field);
  picture->field = field != NULL ? pisd_field_dup (field) : NULL;
  explorer_layer_forget (&picture->frame);
}

/* The truth comes with every frame and is drawn once. */
gboolean
explorer_field_picture_set_field (ExplorerFieldPicture *picture,
                                  const PisdField *field,
                                  const char *note)
{
  if (fields_equal (picture->field, field) && g_strcmp0 (picture->note, note) == 0)
    return FALSE;
  if (shapes_equal (picture->field, field))
    pisd_field_copy (field, picture->field);
  else
    replace_field (picture, field);
  if (g_strcmp0 (picture->note, note) != 0)
    explorer_layer_forget (&picture->frame);
  g_free (picture->note);
  picture->note = g_strdup (note);
  g_clear_pointer (&picture->pixels, cairo_surface_destroy);
  explorer_layer_forget (&picture->lines);
  return TRUE;
}

gboolean
explorer_field_picture_set_colors (ExplorerFieldPicture *picture,
                                   PisdColormap map,
                                   double min,
                                   double max)
{
  if (map == picture->map && min == picture->min && max == picture->max)
    return FALSE;
  picture->map = map;
  picture->min = min;
  picture->max = max;
  g_clear_pointer (&picture->pixels, cairo_surface_destroy);
  return TRUE;
}

void
explorer_field_picture_set_sensors (ExplorerFieldPicture *picture,
                                    const PisdSensors *sensors,
                                    const PisdFieldInfo *info,
                                    guint frame)
{
  pisd_sensors_free (picture->sensors);
  picture->sensors = sensors != NULL ? pisd_sensors_dup (sensors) : NULL;
  picture->sensor_info = info;
  picture->sensor_frame = frame;
  explorer_layer_forget (&picture->frame);
}

void
explorer_field_picture_set_show_sensors (ExplorerFieldPicture *picture, gboolean show)
{
  picture->show_sensors = show;
  explorer_layer_forget (&picture->frame);
}

void
explorer_field_picture_set_flow (ExplorerFieldPicture *picture, PisdFlow flow)
{
  if (picture->flow == flow)
    return;
  picture->flow = flow;
  explorer_layer_forget (&picture->lines);
}

void
explorer_field_picture_set_palette (ExplorerFieldPicture *picture, const PisdPalette *palette)
{
  picture->palette = palette;
  explorer_layer_forget (&picture->lines);
  explorer_layer_forget (&picture->frame);
  if (picture->beside != NULL)
    explorer_field_picture_set_palette (picture->beside, palette);
}

gboolean
explorer_field_picture_set_type (ExplorerFieldPicture *picture, double type, gboolean is_small)
{
  if (type == picture->type && is_small == picture->is_small)
    return FALSE;
  picture->type = type;
  picture->is_small = is_small;
  explorer_layer_forget (&picture->frame);
  return TRUE;
}

static void
forget_places (ExplorerFieldPicture *picture)
{
  explorer_layer_forget (&picture->lines);
  explorer_layer_forget (&picture->frame);
}

gboolean
explorer_field_picture_set_window (ExplorerFieldPicture *picture, const PisdWindow *window)
{
  if (picture->window.side == window->side && picture->window.x == window->x
      && picture->window.y == window->y)
    return FALSE;
  picture->window = *window;
  forget_places (picture);
  if (picture->beside != NULL)
    explorer_field_picture_set_window (picture->beside, window);
  return TRUE;
}

gboolean
explorer_field_picture_set_modes (ExplorerFieldPicture *picture, gboolean of_modes, PisdBasis basis)
{
  if (picture->of_modes == of_modes && picture->basis == basis)
    return FALSE;
  picture->of_modes = of_modes;
  picture->basis = basis;
  forget_places (picture);
  return TRUE;
}

/* Its own; NULL: those of the picture. */
static gboolean
set_sensors_beside (ExplorerFieldPicture *beside, const PisdPanel *panel)
{
  const gboolean has = panel->sensors != NULL;

  if (has == (beside->sensors != NULL)
      && (!has
          || (panel->sensor_info == beside->sensor_info
              && panel->sensor_frame == beside->sensor_frame
              && pisd_sensors_equal (panel->sensors, beside->sensors))))
    return FALSE;
  explorer_field_picture_set_sensors (beside, panel->sensors, panel->sensor_info,
                                      panel->sensor_frame);
  return TRUE;
}

/* Everything but what the picture itself has. */
static gboolean
fill_beside (ExplorerFieldPicture *beside, const PisdPanel *panel)
{
  gboolean news = explorer_field_picture_set_field (beside, panel->field, panel->note);

  news = explorer_field_picture_set_colors (beside, panel->map, panel->min, panel->max) || news;
  news = explorer_field_picture_set_mark (beside, panel->mark) || news;
  news = set_sensors_beside (beside, panel) || news;
  news = explorer_field_picture_set_modes (beside, panel->of_modes, panel->basis) || news;
  if (beside->flow != panel->flow)
    {
      explorer_field_picture_set_flow (beside, panel->flow);
      news = TRUE;
    }
  return news;
}

gboolean
explorer_field_picture_set_beside (ExplorerFieldPicture *picture, const PisdPanel *panel)
{
  const gboolean is_new = (picture->beside == NULL) != (panel == NULL);

  if (panel == NULL)
    {
      free_beside (picture);
      return is_new;
    }
  if (is_new)
    {
      picture->beside = g_new (ExplorerFieldPicture, 1);
      explorer_field_picture_init (picture->beside);
    }
  picture->beside->palette = picture->palette;
  picture->beside->window = picture->window;
  return fill_beside (picture->beside, panel) || is_new;
}

static const PisdPanel *
get_panel_beside (const ExplorerFieldPicture *picture, PisdPanel *panel)
{
  const ExplorerFieldPicture *measured =
      picture->beside->sensors != NULL ? picture->beside : picture;

  explorer_field_picture_get_panel (picture->beside, NULL, panel);
  panel->sensors = picture->show_sensors ? measured->sensors : NULL;
  panel->sensor_info = measured->sensor_info;
  panel->sensor_frame = measured->sensor_frame;
  return panel;
}

void
explorer_field_picture_get_panel (const ExplorerFieldPicture *picture,
                                  PisdPanel *beside,
                                  PisdPanel *panel)
{
  panel->title = picture->title;
  panel->field = picture->field;
  panel->note = picture->note;
  panel->mark = picture->mark;
  panel->sensors = picture->show_sensors ? picture->sensors : NULL;
  panel->sensor_info = picture->sensor_info;
  panel->sensor_frame = picture->sensor_frame;
  panel->map = picture->map;
  panel->min = picture->min;
  panel->max = picture->max;
  panel->flow = picture->flow;
  panel->window = picture->window;
  panel->of_modes = picture->of_modes;
  panel->basis = picture->basis;
  panel->divider = picture->divider;
  panel->beside =
      picture->beside == NULL || beside == NULL ? NULL : get_panel_beside (picture, beside);
}

const char *
explorer_field_picture_get_title (const ExplorerFieldPicture *picture)
{
  return picture->is_small || picture->is_cut ? picture->brief : picture->title;
}

/* Nodes. */

int
explorer_field_picture_get_ny (const ExplorerFieldPicture *picture)
{
  return picture->field != NULL ? (int) picture->field->ny : PISD_GRID;
}

int
explorer_field_picture_get_nx (const ExplorerFieldPicture *picture)
{
  return picture->field != NULL ? (int) picture->field->nx : PISD_GRID;
}

gboolean
explorer_field_picture_has_node (const ExplorerFieldPicture *picture, int i, int j)
{
  return i >= 0 && j >= 0 && i < explorer_field_picture_get_ny (picture)
         && j < explorer_field_picture_get_nx (picture);
}

/* A node at the edge may be seen in part. */
gboolean
explorer_field_picture_sees_node (const ExplorerFieldPicture *picture, int i, int j)
{
  const PisdWindow *window = &picture->window;
  const double ny = explorer_field_picture_get_ny (picture);
  const double nx = explorer_field_picture_get_nx (picture);

  if (!explorer_field_picture_has_node (picture, i, j))
    return FALSE;
  return window->side <= 0.0
         || ((i + 1) / ny > window->y && i / ny < window->y + window->side
             && (j + 1) / nx > window->x && j / nx < window->x + window->side);
}

gboolean
explorer_field_picture_has_sensor (const ExplorerFieldPicture *picture, int i, int j)
{
  double h;

  if (picture->sensors == NULL || picture->of_modes)
    return FALSE;
  h = pisd_field_info_get_spacing (picture->sensor_info);
  return pisd_sensors_find (picture->sensors, picture->sensor_info, picture->sensor_frame, j * h,
                            i * h, 0.5 * h)
         >= 0;
}

gboolean
explorer_field_picture_is_beside (const ExplorerFieldPicture *picture, int j)
{
  const PisdWindow *window = &picture->window;
  const double part = (j + 0.5) / explorer_field_picture_get_nx (picture);
  const double at = window->side <= 0.0 ? part : (part - window->x) / window->side;

  return picture->beside != NULL && at > picture->divider;
}

double
explorer_field_picture_get_value (const ExplorerFieldPicture *picture, int i, int j)
{
  if (explorer_field_picture_is_beside (picture, j))
    picture = picture->beside;
  if (picture->field == NULL || !explorer_field_picture_has_node (picture, i, j))
    return NAN;
  return picture->field->data[(gsize) i * picture->field->nx + (gsize) j];
}

void
explorer_field_picture_get_layout (const ExplorerFieldPicture *picture,
                                   int width,
                                   int height,
                                   PisdPanelLayout *layout)
{
  const PisdBox box = { 0.0, 0.0, width, height };

  pisd_panel_layout_init_without_bar (layout, &box, (guint) explorer_field_picture_get_ny (picture),
                                      (guint) explorer_field_picture_get_nx (picture),
                                      picture->type);
  if (picture->has_picker && !picture->is_crowded)
    layout->title.width = MAX (layout->title.width - PICKER_WIDTH * picture->type, 1.0);
}

gboolean
explorer_field_picture_make_room (ExplorerFieldPicture *picture, int width, int height)
{
  const gboolean was_crowded = picture->is_crowded;
  PisdPanelLayout layout;

  picture->is_crowded = FALSE;
  explorer_field_picture_get_layout (picture, width, height, &layout);
  picture->is_crowded = picture->has_picker && pisd_panel_cuts_title (&layout, picture->brief);
  return picture->is_crowded != was_crowded;
}

void
explorer_field_picture_find_node (const ExplorerFieldPicture *picture,
                                  const PisdPanelLayout *layout,
                                  double x,
                                  double y,
                                  int *i,
                                  int *j)
{
  const PisdBox whole = pisd_window_get_whole (&picture->window, &layout->heat);

  *i = *j = -1;
  if (layout->heat.width < 1.0 || layout->heat.height < 1.0)
    return;
  *i = (int) floor ((y - whole.y) / whole.height * explorer_field_picture_get_ny (picture));
  *j = (int) floor ((x - whole.x) / whole.width * explorer_field_picture_get_nx (picture));
}

PisdBox
explorer_field_picture_get_node_box (const ExplorerFieldPicture *picture,
                                     const PisdPanelLayout *layout,
                                     int i,
                                     int j)
{
  const PisdBox whole = pisd_window_get_whole (&picture->window, &layout->heat);
  const double height = whole.height / explorer_field_picture_get_ny (picture);
  const double width = whole.width / explorer_field_picture_get_nx (picture);

  return (PisdBox){ whole.x + j * width, whole.y + i * height, width, height };
}
