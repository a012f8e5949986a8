#include "explorer-field-paint.h"

#include <math.h>

#include "pisd-draw-mark.h"
#include "pisd-draw-streamlines.h"
#include "pisd-draw-text.h"

/* At a panel's scale of 1. */
static const double title_size = 12.5;
static const double readout_size = 11.5;
static const double readout_gap = 12.0;
/* How much is seen of sensors that stand back. */
static const double behind_words = 0.3;

static void
clip_to (cairo_t *cr, const PisdBox *box)
{
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
}

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
  const PisdBox whole = pisd_window_get_whole (&picture->window, &layout->heat);
  cairo_t *cr = explorer_layer_begin (&picture->lines, widget);
  g_autoptr (PisdStreamlines) lines = NULL;
  const PisdComplex *z;

  if (cr == NULL)
    return;
  if (picture->velocity == NULL)
    picture->velocity = pisd_velocity_new ();
  z = pisd_velocity_compute (picture->velocity, picture->field->data);
  lines = pisd_flow_create_lines (picture->flow, z, &whole);
  clip_to (cr, &layout->heat);
  if (lines != NULL)
    pisd_draw_streamlines (cr, &whole, picture->palette, picture->flow, lines);
  cairo_destroy (cr);
}

static void
draw_flow (ExplorerFieldPicture *picture,
           cairo_t *cr,
           const PisdPanelLayout *layout,
           GtkWidget *widget)
{
  if (picture->flow == PISD_FLOW_NONE || picture->of_modes)
    return;
  update_lines (picture, layout, widget);
  explorer_layer_paint (&picture->lines, cr);
}

/* Where there is no field they stand back behind the words that say why. */
static void
draw_sensors (const ExplorerFieldPicture *picture, cairo_t *cr, const PisdBox *heat)
{
  const PisdBox whole = pisd_window_get_whole (&picture->window, heat);
  const gboolean is_empty = picture->field == NULL;

  if (is_empty)
    cairo_push_group (cr);
  cairo_save (cr);
  if (picture->window.side > 0.0)
    clip_to (cr, heat); /* else those on the edge stay whole */
  pisd_draw_sensors (cr, &whole, picture->palette, picture->sensors, picture->sensor_info,
                     picture->sensor_frame);
  cairo_restore (cr);
  if (!is_empty)
    return;
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, behind_words);
}

static void
draw_wave_numbers (const ExplorerFieldPicture *picture, cairo_t *cr, const PisdPanelLayout *layout)
{
  const PisdBox whole = pisd_window_get_whole (&picture->window, &layout->heat);

  cairo_save (cr);
  clip_to (cr, &layout->heat);
  pisd_draw_wave_numbers (cr, &layout->heat, &whole, layout->scale, picture->basis,
                          picture->field->nx);
  cairo_restore (cr);
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
  if (picture->sensors != NULL && picture->show_sensors && !picture->of_modes)
    draw_sensors (picture, cr, &layout->heat);
  pisd_draw_panel_frame (cr, layout, picture->palette, explorer_field_picture_get_title (picture),
                         picture->field == NULL ? picture->note : NULL, NULL);
  if (picture->of_modes && picture->field != NULL)
    draw_wave_numbers (picture, cr, layout);
  cairo_destroy (cr);
}

/* The pixels of a field and what lies right over them, in the part `box` of the heatmap. */
static void
draw_content (ExplorerFieldPicture *picture,
              cairo_t *cr,
              const PisdPanelLayout *layout,
              const PisdBox *box,
              GtkWidget *widget)
{
  const PisdBox whole = pisd_window_get_whole (&picture->window, &layout->heat);

  if (picture->field == NULL)
    return;
  update_pixels (picture);
  cairo_save (cr);
  if (picture->window.side > 0.0 || box != &layout->heat)
    clip_to (cr, box);
  pisd_draw_heatmap_pixels (cr, &whole, picture->pixels);
  if (picture->mark != NULL)
    pisd_draw_veil (cr, &layout->heat, picture->palette);
  draw_flow (picture, cr, layout, widget);
  cairo_restore (cr);
}

/* What has no field says why, in its part. */
static void
draw_lack (const ExplorerFieldPicture *picture,
           cairo_t *cr,
           const PisdPanelLayout *layout,
           const PisdBox *box)
{
  const PisdTextStyle style = { .size = title_size * layout->scale,
                                .ink = &picture->palette->faint,
                                .align = 0.5 };

  if (picture->field == NULL && picture->note != NULL)
    pisd_draw_note (cr, box, 0.9, &style, picture->note);
}

static PisdBox
get_right (const ExplorerFieldPicture *picture, const PisdBox *heat)
{
  const double at = round (picture->divider * heat->width);

  return (PisdBox){ heat->x + at, heat->y, heat->width - at, heat->height };
}

static void
draw_pair (ExplorerFieldPicture *picture,
           cairo_t *cr,
           const PisdPanelLayout *layout,
           GtkWidget *widget)
{
  const PisdBox *heat = &layout->heat;
  const PisdBox right = get_right (picture, heat);
  const PisdBox left = { heat->x, heat->y, right.x - heat->x, heat->height };

  draw_content (picture, cr, layout, &left, widget);
  draw_content (picture->beside, cr, layout, &right, widget);
  draw_lack (picture->beside, cr, layout, &right);
}

/* Right of the divider stand its own sensors. */
static void
paint_frames (ExplorerFieldPicture *picture,
              cairo_t *cr,
              const PisdPanelLayout *layout,
              GtkWidget *widget)
{
  const PisdBox right = get_right (picture, &layout->heat);
  ExplorerFieldPicture *beside = picture->beside;
  cairo_t *layer = explorer_layer_begin (&beside->frame, widget);

  if (layer != NULL)
    draw_sensors (beside, layer, &layout->heat);
  g_clear_pointer (&layer, cairo_destroy);
  cairo_save (cr);
  cairo_rectangle (cr, 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_rectangle (cr, right.x, right.y, right.width, right.height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  explorer_layer_paint (&picture->frame, cr);
  cairo_restore (cr);
  cairo_save (cr);
  clip_to (cr, &right);
  explorer_layer_paint (&beside->frame, cr);
  cairo_restore (cr);
}

static void
draw_divider (const ExplorerFieldPicture *picture, cairo_t *cr, const PisdPanelLayout *layout)
{
  g_autofree char *range = NULL;
  PisdPanel panel, beside;

  explorer_field_picture_get_panel (picture, &beside, &panel);
  range = pisd_panel_dup_range_beside (&panel, &beside);
  pisd_draw_divider (cr, &layout->heat, layout->scale, picture->divider, range);
}

void
explorer_field_picture_draw (ExplorerFieldPicture *picture,
                             cairo_t *cr,
                             const PisdPanelLayout *layout,
                             GtkWidget *widget)
{
  if (picture->beside != NULL)
    draw_pair (picture, cr, layout, widget);
  else
    draw_content (picture, cr, layout, &layout->heat, widget);
  update_frame (picture, layout, widget);
  if (picture->beside != NULL && picture->beside->sensors != NULL && picture->show_sensors)
    paint_frames (picture, cr, layout, widget);
  else
    explorer_layer_paint (&picture->frame, cr);
  if (picture->beside != NULL)
    draw_divider (picture, cr, layout);
  if (picture->field != NULL && picture->mark != NULL)
    pisd_draw_mark (cr, &layout->heat, layout->scale, picture->palette, picture->mark);
}

/* "k (3, 5)  0.02": wave numbers along x and y, and the coefficient whose logarithm is shown. */
static char *
dup_mode_readout (const ExplorerFieldPicture *picture, int i, int j, gboolean with_place)
{
  const double value = explorer_field_picture_get_value (picture, i, j);
  g_autofree char *number = pisd_number_dup_markup (pow (10.0, value));

  if (!with_place)
    return g_steal_pointer (&number);
  return g_strdup_printf ("k (%u, %u)  %s", pisd_basis_get_wave_number (picture->basis, (guint) j),
                          pisd_basis_get_wave_number (picture->basis, (guint) i), number);
}

/* "(0.25, 0.50)  −0.13 ◉", the dot where a sensor is. */
static char *
dup_readout (const ExplorerFieldPicture *picture, int i, int j, gboolean with_place)
{
  const double value = explorer_field_picture_get_value (picture, i, j);
  g_autofree char *number = pisd_number_dup_markup (value);
  const char *sensor = explorer_field_picture_has_sensor (picture, i, j) ? " ◉" : "";
  double h;

  if (picture->of_modes)
    return dup_mode_readout (picture, i, j, with_place);
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
