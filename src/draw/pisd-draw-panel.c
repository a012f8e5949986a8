#include "pisd-draw-panel.h"
#include "pisd-draw-streamlines.h"
#include "pisd-draw-mark.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures at scale 1. */
static const double margin = 5.0; /* room for a focus ring and half a number */
static const double title_height = 22.0;
static const double bar_gap = 9.0;
static const double bar_width = PISD_COLOR_SCALE_WIDTH;
static const double type_size = 12.5;
static const double least_size = 7.5; /* of a title in a narrow panel, whatever the scale */

/* Type grows more slowly than the panel. */
static double
choose_scale (const PisdBox *box)
{
  double side = MIN (box->width - bar_width - bar_gap, box->height - title_height);

  return CLAMP (sqrt (MAX (side, 1.0) / 260.0), 0.8, 1.8);
}

void
pisd_panel_layout_init (PisdPanelLayout *layout, const PisdBox *box, guint ny, guint nx)
{
  double scale, width, height, cell, left;

  g_return_if_fail (layout != NULL && box != NULL && ny > 0 && nx > 0);

  scale = choose_scale (box);
  width = box->width - 2.0 * margin - (bar_gap + bar_width) * scale;
  height = box->height - 2.0 * margin - title_height * scale;
  cell = MAX (0.0, MIN (width / nx, height / ny));
  layout->scale = scale;
  layout->heat.width = floor (cell * nx);
  layout->heat.height = floor (cell * ny);
  left = 0.5 * (width - layout->heat.width);
  layout->heat.x = round (box->x + margin + MAX (left, 0.0));
  layout->heat.y = round (box->y + margin + title_height * scale
                          + MAX (0.5 * (height - layout->heat.height), 0.0));
  layout->title = (PisdBox){ layout->heat.x, layout->heat.y - title_height * scale,
                             layout->heat.width, title_height * scale };
  layout->bar = (PisdBox){ layout->heat.x + layout->heat.width + bar_gap * scale, layout->heat.y,
                           bar_width * scale, layout->heat.height };
}

void
pisd_panel_layout_init_without_bar (PisdPanelLayout *layout,
                                    const PisdBox *box,
                                    guint ny,
                                    guint nx,
                                    double scale)
{
  const double title = PISD_PANEL_TITLE * scale;
  double width, height, cell;

  g_return_if_fail (layout != NULL && box != NULL && ny > 0 && nx > 0);

  width = box->width - 2.0 * PISD_PANEL_MARGIN;
  height = box->height - PISD_PANEL_MARGIN - title;
  cell = MAX (0.0, MIN (width / nx, height / ny));
  *layout = (PisdPanelLayout){ .scale = scale };
  layout->heat.width = floor (cell * nx);
  layout->heat.height = floor (cell * ny);
  layout->heat.x = round (box->x + PISD_PANEL_MARGIN + MAX (0.5 * (width - cell * nx), 0.0));
  layout->heat.y = round (box->y + title + MAX (0.5 * (height - cell * ny), 0.0));
  layout->title = (PisdBox){ layout->heat.x, layout->heat.y - title, layout->heat.width, title };
}

gboolean
pisd_panel_cuts_title (const PisdPanelLayout *layout, const char *title)
{
  const PisdTextStyle style = { .size = fmin (least_size, type_size * layout->scale),
                                .bold = TRUE };
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  return pisd_text_get_width (&style, escaped) > layout->title.width;
}

void
pisd_draw_outline (cairo_t *cr, const PisdBox *heat, const PisdPalette *palette)
{
  cairo_rectangle (cr, heat->x - 0.5, heat->y - 0.5, heat->width + 1.0, heat->height + 1.0);
  cairo_set_line_width (cr, palette->weight);
  pisd_ink_set (cr, &palette->line);
  cairo_stroke (cr);
}

void
pisd_draw_panel_frame (cairo_t *cr,
                       const PisdPanelLayout *layout,
                       const PisdPalette *palette,
                       const char *title,
                       const char *note,
                       const PisdColorScale *scale)
{
  PisdTextStyle style, faint;

  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL);

  style = (PisdTextStyle){ .size = type_size * layout->scale,
                           .bold = TRUE,
                           .ink = &palette->text,
                           .max_width = layout->title.width };
  faint =
      (PisdTextStyle){ .size = type_size * layout->scale, .ink = &palette->faint, .align = 0.5 };
  if (title != NULL)
    pisd_draw_fitted_text (cr, layout->title.x, layout->title.y + 0.46 * layout->title.height,
                           &style, fmin (least_size / style.size, 1.0), title);
  pisd_draw_outline (cr, &layout->heat, palette);
  if (scale != NULL)
    pisd_draw_color_scale (cr, &layout->bar, palette, scale);
  else if (note != NULL)
    pisd_draw_note (cr, &layout->heat, 0.8, &faint, note);
}

PisdBox
pisd_window_get_whole (const PisdWindow *window, const PisdBox *heat)
{
  if (window->side <= 0.0)
    return *heat;
  return (PisdBox){ heat->x - window->x / window->side * heat->width,
                    heat->y - window->y / window->side * heat->height, heat->width / window->side,
                    heat->height / window->side };
}

static void
clip_to (cairo_t *cr, const PisdBox *box)
{
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
}

/* What lies over the pixels of a field. */
static void
draw_over (cairo_t *cr, const PisdBox *whole, const PisdPalette *palette, const PisdPanel *panel)
{
  if (panel->of_modes)
    return;
  pisd_draw_flow (cr, whole, palette, panel->flow, panel->field);
  if (panel->sensors != NULL)
    pisd_draw_sensors (cr, whole, palette, panel->sensors, panel->sensor_info, panel->sensor_frame);
}

/* A field and what lies over it, in the part `box` of the heatmap. */
static void
draw_content (cairo_t *cr,
              const PisdPanelLayout *layout,
              const PisdBox *box,
              const PisdPalette *palette,
              const PisdPanel *panel)
{
  const PisdBox whole = pisd_window_get_whole (&panel->window, &layout->heat);

  if (panel->field == NULL)
    return;
  cairo_save (cr);
  if (panel->window.side > 0.0 || box != &layout->heat)
    clip_to (cr, box); /* else sensors on the edge stay whole */
  pisd_draw_heatmap (cr, &whole, panel->field, panel->map, panel->min, panel->max);
  if (panel->mark != NULL)
    pisd_draw_veil (cr, &layout->heat, palette);
  draw_over (cr, &whole, palette, panel);
  if (panel->of_modes)
    pisd_draw_wave_numbers (cr, &layout->heat, &whole, layout->scale, panel->basis,
                            panel->field->nx);
  cairo_restore (cr);
}

/* Two fields, left and right of the divider. */
static void
draw_pair (cairo_t *cr,
           const PisdPanelLayout *layout,
           const PisdPalette *palette,
           const PisdPanel *panel)
{
  const PisdBox *heat = &layout->heat;
  const double at = panel->divider * heat->width;
  const PisdBox left = { heat->x, heat->y, at, heat->height };
  const PisdBox right = { heat->x + at, heat->y, heat->width - at, heat->height };
  g_autofree char *range = pisd_panel_dup_range_beside (panel, panel->beside);

  draw_content (cr, layout, &left, palette, panel);
  draw_content (cr, layout, &right, palette, panel->beside);
  pisd_draw_divider (cr, heat, layout->scale, panel->divider, range);
}

void
pisd_draw_panel (cairo_t *cr,
                 const PisdBox *box,
                 const PisdPalette *palette,
                 const PisdPanel *panel)
{
  PisdPanelLayout layout;
  PisdColorScale scale;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && panel != NULL);

  if (panel->field == NULL)
    {
      pisd_panel_layout_init (&layout, box, PISD_GRID, PISD_GRID);
      pisd_draw_panel_frame (cr, &layout, palette, panel->title, panel->note, NULL);
      return;
    }
  pisd_panel_layout_init (&layout, box, panel->field->ny, panel->field->nx);
  pisd_color_scale_init (&scale, panel->map, panel->min, panel->max, panel->field);
  if (panel->beside != NULL)
    draw_pair (cr, &layout, palette, panel);
  else
    draw_content (cr, &layout, &layout.heat, palette, panel);
  pisd_draw_panel_frame (cr, &layout, palette, panel->title, NULL, &scale);
  if (panel->mark != NULL)
    pisd_draw_mark (cr, &layout.heat, layout.scale, palette, panel->mark);
}
