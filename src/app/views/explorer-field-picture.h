/* What a view shows of one field: heatmap, colour bar, sensors, and the value at one node.
 * Pixels and dots are kept from one drawing to the next.
 *
 * Units: places in pixels of the widget; nodes as (row i, column j). */
#pragma once

#include "pisd-draw.h"
#include "pisd-draw-panel.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;
  char *note;       /* instead of a field */
  char *mark;       /* across the field, which is veiled; NULL: none */
  PisdField *field; /* NULL: empty */
  PisdColormap map;
  double min, max;
  PisdSensors *sensors; /* NULL: none */
  PisdFieldId sensor_field;
  gboolean show_sensors;
  const PisdPalette *palette;

  /*< private >*/
  cairo_surface_t *pixels; /* the heatmap, one pixel a node; NULL: stale */
  cairo_surface_t *dots;   /* the sensors, in device pixels; NULL: stale */
  PisdBox dots_box;        /* where and ... */
  int dots_scale;          /* ... how finely they were drawn */
  PisdColorScale scale;    /* made with the pixels */
} ExplorerFieldPicture;

void explorer_field_picture_init (ExplorerFieldPicture *picture);
void explorer_field_picture_clear (ExplorerFieldPicture *picture);

/* Each of these copies what it gets, and says whether there is something new to draw. */
gboolean explorer_field_picture_set_title (ExplorerFieldPicture *picture, const char *title);
gboolean explorer_field_picture_set_field (ExplorerFieldPicture *picture,
                                           const PisdField *field,
                                           const char *note);
gboolean explorer_field_picture_set_mark (ExplorerFieldPicture *picture, const char *mark);
gboolean explorer_field_picture_set_colors (ExplorerFieldPicture *picture,
                                            PisdColormap map,
                                            double min,
                                            double max);
/* Those of `field` are drawn. */
void explorer_field_picture_set_sensors (ExplorerFieldPicture *picture,
                                         const PisdSensors *sensors,
                                         PisdFieldId field);

/* Rows and columns of the field, or of the grid where there is none. */
int explorer_field_picture_get_ny (const ExplorerFieldPicture *picture);
int explorer_field_picture_get_nx (const ExplorerFieldPicture *picture);
gboolean explorer_field_picture_has_node (const ExplorerFieldPicture *picture, int i, int j);
/* Whether a sensor of the field lies on that node. */
gboolean explorer_field_picture_has_sensor (const ExplorerFieldPicture *picture, int i, int j);
/* The field must be there, and have that node. */
double explorer_field_picture_get_value (const ExplorerFieldPicture *picture, int i, int j);

void explorer_field_picture_get_layout (const ExplorerFieldPicture *picture,
                                        int width,
                                        int height,
                                        PisdPanelLayout *layout);
/* The node at a place; beyond the heatmap it counts on, to negative numbers or past the grid. */
void explorer_field_picture_find_node (const ExplorerFieldPicture *picture,
                                       const PisdPanelLayout *layout,
                                       double x,
                                       double y,
                                       int *i,
                                       int *j);
PisdBox explorer_field_picture_get_node_box (const ExplorerFieldPicture *picture,
                                             const PisdPanelLayout *layout,
                                             int i,
                                             int j);
/* Draws into a widget of that size, whose pixels are scale x scale of the device's. */
void explorer_field_picture_draw (ExplorerFieldPicture *picture,
                                  cairo_t *cr,
                                  const PisdPanelLayout *layout,
                                  int width,
                                  int height,
                                  int scale);
/* Writes value and place of a node beside the title, and marks the value on the colour bar. */
void explorer_field_picture_draw_readout (const ExplorerFieldPicture *picture,
                                          cairo_t *cr,
                                          const PisdPanelLayout *layout,
                                          int i,
                                          int j);
/* Borrows from the picture. */
void explorer_field_picture_get_panel (const ExplorerFieldPicture *picture, PisdPanel *panel);

G_END_DECLS
