/* One field as a heatmap with its title, its sensors and a read-out; its colour bar is a widget of
 * its own.  The view is shown data and reports strokes; it knows nothing of samplers or sessions.
 *
 * Signals:
 *   "stroke-begin" (gboolean erase)    a drag or a key placed the brush for the first time
 *   "stroke" (int i, int j)            the brush passes over grid node (row i, column j)
 *   "stroke-end" ()                    the button was released, or the stroke was cancelled
 *   "measure" (int i, int j, int to_i, int to_j)  a line is drawn between these nodes
 *   "hover" (int i, int j)             pointer or cross-hair moved; (-1, -1) when it left
 *   "brush-resize" (int direction)     Ctrl and the wheel: +1 or -1
 *   "pick" ()                          the button in the heading was pressed
 *   "maximize" ()                      the heading was clicked twice
 *   "zoom" (double factor, x, y)       about a place of the unit square
 *   "pan" (double dx, double dy)       the part that is seen moves by so much of the unit square
 *   "divide" (double divider)          the divider goes there, a share of the width */
#pragma once

#include <gtk/gtk.h>

#include "pisd-draw.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_FIELD_VIEW (explorer_field_view_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerFieldView, explorer_field_view, EXPLORER, FIELD_VIEW, GtkWidget)

GtkWidget *explorer_field_view_new (void);
/* `brief`: for a small picture, the whole title is then its tooltip. */
void explorer_field_view_set_title (ExplorerFieldView *self, const char *title, const char *brief);
/* The words above the field, and whether they do not fit. */
const char *explorer_field_view_get_title (ExplorerFieldView *self);
gboolean explorer_field_view_cuts_title (ExplorerFieldView *self);
/* The field is copied; with NULL the view is empty and shows `note`. */
void explorer_field_view_set_field (ExplorerFieldView *self,
                                    const PisdField *field,
                                    const char *note);
/* Says across the field that it is of another set-up; NULL: it is not. */
void explorer_field_view_set_mark (ExplorerFieldView *self, const char *mark);
void explorer_field_view_set_colors (ExplorerFieldView *self,
                                     PisdColormap map,
                                     double min,
                                     double max);
/* The sensors are copied; those of that frame are drawn. */
void explorer_field_view_set_sensors (ExplorerFieldView *self,
                                      const PisdSensors *sensors,
                                      const PisdFieldInfo *info,
                                      guint frame);
void explorer_field_view_set_show_sensors (ExplorerFieldView *self, gboolean show);
/* How the velocity is drawn over a field that is a vorticity. */
void explorer_field_view_set_flow (ExplorerFieldView *self, PisdFlow flow);
/* Whether strokes are accepted, whether they erase, and the radius of the brush's outline in
 * nodes (0: one node). */
void explorer_field_view_set_brush (ExplorerFieldView *self,
                                    gboolean editable,
                                    gboolean erasing,
                                    int radius);
/* Puts the cross-hair at a node, (-1, -1): nowhere; does not emit "hover". */
void explorer_field_view_set_crosshair (ExplorerFieldView *self, int i, int j);
void explorer_field_view_set_palette (ExplorerFieldView *self, const PisdPalette *palette);
/* The size of its words, 1 for the usual one. */
void explorer_field_view_set_type (ExplorerFieldView *self, double type, gboolean is_small);
/* A button for what is shown gets its place in the heading; borrowed, NULL: there is none. */
void explorer_field_view_add_picker (ExplorerFieldView *self);
GtkWidget *explorer_field_view_get_picker (ExplorerFieldView *self);
/* The part of the field that is seen. */
void explorer_field_view_set_window (ExplorerFieldView *self, const PisdWindow *window);
/* Rows and columns are modes, not nodes. */
void explorer_field_view_set_modes (ExplorerFieldView *self, gboolean of_modes, PisdBasis basis);
gboolean explorer_field_view_is_of_modes (ExplorerFieldView *self);
/* Field, note, colours, mark, flow, modes and sensors (NULL: the same ones) of the panel, which are
 * copied, stand right of the divider; NULL: nothing does. */
void explorer_field_view_set_beside (ExplorerFieldView *self,
                                     const PisdPanel *panel,
                                     double divider);
/* Whether keys moved the cross-hair last. */
gboolean explorer_field_view_is_led_by_keys (ExplorerFieldView *self);
/* The cross-hair's place in the unit square, or the middle of what is seen. */
void explorer_field_view_get_place (ExplorerFieldView *self, double *x, double *y);
/* What is drawn, as a panel of a figure; it borrows from the view. */
void explorer_field_view_get_panel (ExplorerFieldView *self, PisdPanel *panel);
/* The heatmap, and where all of the field would be that it may be a part of, in the widget's
 * coordinates. */
void explorer_field_view_get_boxes (ExplorerFieldView *self, PisdBox *heat, PisdBox *whole);

/* For tests: the centre of node (i, j) in the widget's coordinates. */
void explorer_field_view_get_node_position (ExplorerFieldView *self,
                                            int i,
                                            int j,
                                            double *x,
                                            double *y);

G_END_DECLS
