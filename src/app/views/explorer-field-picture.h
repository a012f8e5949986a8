/* What a view shows of one field: title, heatmap, sensors, and the value at one node.  The pixels,
 * and all that stands on and around them, are kept from one drawing to the next.
 *
 * Units: places in pixels of the widget; nodes as (row i, column j). */
#pragma once

#include "explorer-layer.h"
#include "pisd-draw-panel.h"
#include "pisd-velocity.h"

G_BEGIN_DECLS

typedef struct _ExplorerFieldPicture ExplorerFieldPicture;

struct _ExplorerFieldPicture
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
  double type;         /* size of the words, 1 for the usual one */
  gboolean is_small;   /* too small for the whole title ... */
  gboolean is_cut;     /* ... or that is too long, as it was drawn last */
  gboolean has_picker; /* a button stands in the heading */
  gboolean is_crowded; /* which has no room for it */
  PisdWindow window;   /* the part that is seen */
  gboolean of_modes;   /* rows and columns are modes of `basis` */
  PisdBasis basis;
  ExplorerFieldPicture *beside; /* what stands right of the divider; owned, NULL: nothing */
  double divider;               /* its place, a share of the heatmap's width */

  /*< private >*/
  cairo_surface_t *pixels; /* the heatmap, one pixel a node; NULL: stale */
  PisdVelocity *velocity;  /* NULL before the first flow is drawn */
  ExplorerLayer lines;     /* the flow's */
  ExplorerLayer frame;     /* title, outline and sensors */
};

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
gboolean explorer_field_picture_set_window (ExplorerFieldPicture *picture,
                                            const PisdWindow *window);
gboolean explorer_field_picture_set_modes (ExplorerFieldPicture *picture,
                                           gboolean of_modes,
                                           PisdBasis basis);
/* Field, note, colours, mark, flow, modes and sensors (NULL: the same ones) of the panel stand
 * right of the divider; NULL: nothing does. */
gboolean explorer_field_picture_set_beside (ExplorerFieldPicture *picture, const PisdPanel *panel);
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
/* Whether some of that node is seen, where only a part of the field is. */
gboolean explorer_field_picture_sees_node (const ExplorerFieldPicture *picture, int i, int j);
/* Whether that column lies right of a divider. */
gboolean explorer_field_picture_is_beside (const ExplorerFieldPicture *picture, int j);
/* Whether a sensor of the field lies on that node. */
gboolean explorer_field_picture_has_sensor (const ExplorerFieldPicture *picture, int i, int j);
/* On its side of a divider; NaN where there is no field, or not that node. */
double explorer_field_picture_get_value (const ExplorerFieldPicture *picture, int i, int j);

void explorer_field_picture_get_layout (const ExplorerFieldPicture *picture,
                                        int width,
                                        int height,
                                        PisdPanelLayout *layout);
/* Whether the button goes from the heading to the picture's corner, or back: where even the brief
 * title has no room beside it. */
gboolean explorer_field_picture_make_room (ExplorerFieldPicture *picture, int width, int height);
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
/* Borrows from the picture.  beside: becomes what stands right of the divider, to which `panel`
 * points then; NULL: without that. */
void explorer_field_picture_get_panel (const ExplorerFieldPicture *picture,
                                       PisdPanel *beside,
                                       PisdPanel *panel);

G_END_DECLS
