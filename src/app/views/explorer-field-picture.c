#include "explorer-field-picture.h"

#include <math.h>
#include <string.h>

#include "pisd-draw-mark.h"
#include "pisd-draw-streamlines.h"
#include "pisd-draw-text.h"

/* At a panel's scale of 1. */
static const double title_size = 12.5;
static const double readout_size = 11.5;
static const double readout_gap = 12.0;
/* How much is seen of sensors that stand back. */
static const double behind_words = 0.3;

void
explorer_field_picture_init (ExplorerFieldPicture *picture)
{
  *picture = (ExplorerFieldPicture){ .title = g_strdup (""),
                                     .brief = g_strdup (""),
                                     .map = PISD_COLORMAP_DIVERGING,
                                     .show_sensors = TRUE,
                                     .palette = pisd_palette_get (FALSE),
                                     .type = 1.0 };
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
  picture->flow = flow;
  explorer_layer_forget (&picture->lines);
}

void
explorer_field_picture_set_palette (ExplorerFieldPicture *picture, const PisdPalette *palette)
{
  picture->palette = palette;
  explorer_layer_forget (&picture->lines);
  explorer_layer_forget (&picture->frame);
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

void
explorer_field_picture_get_panel (const ExplorerFieldPicture *picture, PisdPanel *panel)
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

gboolean
explorer_field_picture_has_sensor (const ExplorerFieldPicture *picture, int i, int j)
{
  double h;

  if (picture->sensors == NULL)
    return FALSE;
  h = pisd_field_info_get_spacing (picture->sensor_info);
  return pisd_sensors_find (picture->sensors, picture->sensor_info, picture->sensor_frame, j * h,
                            i * h, 0.5 * h)
         >= 0;
}

double
explorer_field_picture_get_value (const ExplorerFieldPicture *picture, int i, int j)
{
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
}

void
explorer_field_picture_find_node (const ExplorerFieldPicture *picture,
                                  const PisdPanelLayout *layout,
                                  double x,
                                  double y,
                                  int *i,
                                  int *j)
{
  const PisdBox *heat = &layout->heat;

  *i = *j = -1;
  if (heat->width < 1.0 || heat->height < 1.0)
    return;
  *i = (int) floor ((y - heat->y) / heat->height * explorer_field_picture_get_ny (picture));
  *j = (int) floor ((x - heat->x) / heat->width * explorer_field_picture_get_nx (picture));
}

PisdBox
explorer_field_picture_get_node_box (const ExplorerFieldPicture *picture,
                                     const PisdPanelLayout *layout,
                                     int i,
                                     int j)
{
  const double height = layout->heat.height / explorer_field_picture_get_ny (picture);
  const double width = layout->heat.width / explorer_field_picture_get_nx (picture);

  return (PisdBox){ layout->heat.x + j * width, layout->heat.y + i * height, width, height };
}

/* Drawing. */

static void
update_pixels (ExplorerFieldPicture *picture)
{
  if (picture->pixels != NULL)
    return;
  picture->pixels =
      pisd_heatmap_create_pixels (picture->field, picture->map, picture->min, picture->max);
}

/* The velocity costs a part of a millisecond and its lines two: they stay while nothing but the
 * pointer moves. */
static void
update_lines (ExplorerFieldPicture *picture, const PisdPanelLayout *layout, GtkWidget *widget)
{
  cairo_t *cr = explorer_layer_begin (&picture->lines, widget);
  g_autoptr (PisdStreamlines) lines = NULL;
  const PisdComplex *z;

  if (cr == NULL)
    return;
  if (picture->velocity == NULL)
    picture->velocity = pisd_velocity_new ();
  z = pisd_velocity_compute (picture->velocity, picture->field->data);
  lines = pisd_flow_create_lines (picture->flow, z, &layout->heat);
  if (lines != NULL)
    pisd_draw_streamlines (cr, &layout->heat, picture->palette, picture->flow, lines);
  cairo_destroy (cr);
}

static void
draw_flow (ExplorerFieldPicture *picture,
           cairo_t *cr,
           const PisdPanelLayout *layout,
           GtkWidget *widget)
{
  if (picture->flow == PISD_FLOW_NONE)
    return;
  update_lines (picture, layout, widget);
  explorer_layer_paint (&picture->lines, cr);
}

/* Where there is no field they stand back behind the words that say why. */
static void
draw_sensors (const ExplorerFieldPicture *picture, cairo_t *cr, const PisdBox *heat)
{
  const gboolean is_empty = picture->field == NULL;

  if (is_empty)
    cairo_push_group (cr);
  pisd_draw_sensors (cr, heat, picture->palette, picture->sensors, picture->sensor_info,
                     picture->sensor_frame);
  if (!is_empty)
    return;
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, behind_words);
}

/* Thousands of circles cost milliseconds, and words a part of one; they change far less often than
 * fields. */
static void
update_frame (ExplorerFieldPicture *picture, const PisdPanelLayout *layout, GtkWidget *widget)
{
  cairo_t *cr = explorer_layer_begin (&picture->frame, widget);

  if (cr == NULL)
    return;
  picture->is_cut = pisd_panel_cuts_title (layout, picture->title);
  if (picture->sensors != NULL && picture->show_sensors)
    draw_sensors (picture, cr, &layout->heat);
  pisd_draw_panel_frame (cr, layout, picture->palette, explorer_field_picture_get_title (picture),
                         picture->field == NULL ? picture->note : NULL, NULL);
  cairo_destroy (cr);
}

void
explorer_field_picture_draw (ExplorerFieldPicture *picture,
                             cairo_t *cr,
                             const PisdPanelLayout *layout,
                             GtkWidget *widget)
{
  if (picture->field != NULL)
    {
      update_pixels (picture);
      pisd_draw_heatmap_pixels (cr, &layout->heat, picture->pixels);
      if (picture->mark != NULL)
        pisd_draw_veil (cr, &layout->heat, picture->palette);
      draw_flow (picture, cr, layout, widget);
    }
  update_frame (picture, layout, widget);
  explorer_layer_paint (&picture->frame, cr);
  if (picture->field != NULL && picture->mark != NULL)
    pisd_draw_mark (cr, &layout->heat, layout->scale, picture->palette, picture->mark);
}

/* "(0.25, 0.50)  −0.13 ◉", the dot where a sensor is. */
static char *
dup_readout (const ExplorerFieldPicture *picture, int i, int j, gboolean with_place)
{
  const double value = explorer_field_picture_get_value (picture, i, j);
  g_autofree char *number = pisd_number_dup_markup (value);
  const char *sensor = explorer_field_picture_has_sensor (picture, i, j) ? " ◉" : "";
  double h;

  if (!with_place || picture->sensor_info == NULL)
    return g_strconcat (number, sensor, NULL);
  h = pisd_field_info_get_spacing (picture->sensor_info);
  return g_strdup_printf ("(%.2f, %.2f)  %s%s", j * h, i * h, number, sensor);
}

/* The place is left out where it does not fit, and then the value. */
void
explorer_field_picture_draw_readout (const ExplorerFieldPicture *picture,
                                     cairo_t *cr,
                                     const PisdPanelLayout *layout,
                                     int i,
                                     int j)
{
  const PisdTextStyle title = { .size = title_size * layout->scale, .bold = TRUE };
  const PisdTextStyle style = { .size = readout_size * layout->scale,
                                .ink = &picture->palette->text,
                                .align = 1.0 };
  g_autofree char *escaped = g_markup_escape_text (explorer_field_picture_get_title (picture), -1);
  g_autofree char *text = dup_readout (picture, i, j, TRUE);
  const double room = layout->title.width - pisd_text_get_width (&title, escaped) - readout_gap;

  if (pisd_text_get_width (&style, text) > room)
    {
      g_free (text);
      text = dup_readout (picture, i, j, FALSE);
    }
  if (pisd_text_get_width (&style, text) <= room)
    pisd_draw_markup (cr, layout->title.x + layout->title.width,
                      layout->title.y + 0.46 * layout->title.height, &style, text);
}
