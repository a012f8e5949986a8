/* What a view shows of one field: title, heatmap, sensors, and the value at one node.  The pixels,
 * and all that stands on and around them, are kept from one drawing to the next.
 *
 * Units: places in pixels of the widget; nodes as (row i, column j). */
#pragma once

#include "explorer-layer.h"
#include "pisd-draw-panel.h"
#include "pisd-velocity.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;
  char *brief;      /* the title of a small picture, and where the whole one does not fit */
  char *note;       /* instead of a field */
  char *mark;       /* across the field, which is veiled; NULL: none */
  PisdField *field; /* NULL: empty */
  PisdColormap map;
  double min, max;
  PisdSensors *sensors;             /* NULL: none */
  const PisdFieldInfo *sensor_info; /* of the field that they are on; NULL: without sensors */
  guint sensor_frame;               /* and of its frames the one that is shown */
  gboolean show_sensors;
  PisdFlow flow; /* over a vorticity */
  const PisdPalette *palette;
  double type;       /* size of the words, 1 for the usual one */
  gboolean is_small; /* too small for the whole title ... */
  gboolean is_cut;   /* ... or that is too long, as it was drawn last */

  /*< private >*/
  cairo_surface_t *pixels; /* the heatmap, one pixel a node; NULL: stale */
  PisdVelocity *velocity;  /* NULL before the first flow is drawn */
  ExplorerLayer lines;     /* the flow's */
  ExplorerLayer frame;     /* title, outline and sensors */
} ExplorerFieldPicture;

void explorer_field_picture_init (ExplorerFieldPicture *picture);
void explorer_field_picture_clear (ExplorerFieldPicture *picture);

/* Each of these copies what it gets, and says whether there is something new to draw. */
gboolean explorer_field_picture_set_title (ExplorerFieldPicture *picture,
                                           const char *title,
                                           const char *brief);
gboolean explorer_field_picture_set_field (ExplorerFieldPicture *picture,
                                           const PisdField *field,
                                           const char *note);
gboolean explorer_field_picture_set_mark (ExplorerFieldPicture *picture, const char *mark);
gboolean explorer_field_picture_set_colors (ExplorerFieldPicture *picture,
                                            PisdColormap map,
                                            double min,
                                            double max);
void explorer_field_picture_set_show_sensors (ExplorerFieldPicture *picture, gboolean show);
void explorer_field_picture_set_flow (ExplorerFieldPicture *picture, PisdFlow flow);
void explorer_field_picture_set_palette (ExplorerFieldPicture *picture, const PisdPalette *palette);
gboolean explorer_field_picture_set_type (ExplorerFieldPicture *picture,
                                          double type,
                                          gboolean is_small);
/* Those of that frame are drawn. */
void explorer_field_picture_set_sensors (ExplorerFieldPicture *picture,
                                         const PisdSensors *sensors,
                                         const PisdFieldInfo *info,
                                         guint frame);

/* The words above the field: the title, or the brief one. */
const char *explorer_field_picture_get_title (const ExplorerFieldPicture *picture);
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
/* Draws all of the widget. */
void explorer_field_picture_draw (ExplorerFieldPicture *picture,
                                  cairo_t *cr,
                                  const PisdPanelLayout *layout,
                                  GtkWidget *widget);
/* Writes value and place of a node beside the title. */
void explorer_field_picture_draw_readout (const ExplorerFieldPicture *picture,
                                          cairo_t *cr,
                                          const PisdPanelLayout *layout,
                                          int i,
                                          int j);
/* Borrows from the picture. */
void explorer_field_picture_get_panel (const ExplorerFieldPicture *picture, PisdPanel *panel);

G_END_DECLS
