#include "explorer-reading.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-background.h"
#include "explorer-entry.h"
#include "explorer-number.h"
#include "explorer-reading-words.h"
#include "explorer-reading-work.h"
#include "explorer-spin.h"
#include "pisd-color-range.h"
#include "pisd-draw.h"
#include "pisd-error.h"

#define N_FIELDS EXPLORER_READING_N_FIELDS

struct _ExplorerReading
{
  AdwWindow parent_instance;

  GtkWidget *arrays[N_FIELDS]; /* which array is which field */
  GtkWidget *titles[N_FIELDS];
  GtkWidget *pictures[N_FIELDS];
  GtkWidget *order;
  GtkWidget *factor;
  GtkWidget *index;
  GtkWidget *cases; /* how many there are */
  GtkWidget *status;
  GtkWidget *open;

  PisdFileQuestion *question;
  GPtrArray *names; /* of arrays that can be a field */
  PisdReading *shown;
  PisdField *fields[N_FIELDS]; /* of the shown reading; NULL: none */
  GTask *task;
  PisdCancel *cancel; /* of the task */
  gboolean has_looked;
  gboolean has_factor; /* a person's own */
  gboolean is_filling; /* rows change because of what was found */
};

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerReading, explorer_reading, ADW_TYPE_WINDOW)

/* What is shown. */

static const PisdOperator *
get_row (ExplorerReading *self)
{
  return pisd_operator_get (pisd_file_question_get_equation (self->question)->problem);
}

static void
draw_field (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const PisdField *field = *(PisdField **) data;
  const double side = MIN (width, height);
  const PisdBox box = { 0.5 * (width - side), 0.5 * (height - side), side, side };
  double min, max;

  if (field == NULL || side < 1.0)
    return;
  pisd_color_get_symmetric (field, &min, &max);
  pisd_draw_heatmap (cr, &box, field, PISD_COLORMAP_DIVERGING, min, max);
}

static void
show_status (ExplorerReading *self)
{
  g_autofree char *text = explorer_reading_dup_words (self->shown);

  gtk_label_set_text (GTK_LABEL (self->status), text);
}

/* Position of a name in the list; that of the solution has a last row for none. */
static guint
find_name (ExplorerReading *self, const char *name)
{
  for (guint k = 0; k < self->names->len; k++)
    if (g_strcmp0 (g_ptr_array_index (self->names, k), name) == 0)
      return k;
  return self->names->len;
}

static void
show_cases (ExplorerReading *self)
{
  const gsize n = self->shown->n_cases;
  g_autofree char *text = n > 0 ? g_strdup_printf (_ ("of 0 to %zu"), n - 1) : NULL;

  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->index), 0, n > 0 ? (double) n - 1 : 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->index), (double) self->shown->index);
  gtk_widget_set_sensitive (self->index, n > 1);
  gtk_label_set_text (GTK_LABEL (self->cases), text != NULL ? text : _ ("no stack"));
}

static void
show_rows (ExplorerReading *self)
{
  g_autofree char *factor = explorer_number_format_digits (self->shown->factor, 6);

  self->is_filling = TRUE;
  for (guint k = 0; k < N_FIELDS; k++)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->arrays[k]),
                                find_name (self, self->shown->names[k]));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->order), self->shown->is_xy);
  if (!self->has_factor)
    gtk_editable_set_text (GTK_EDITABLE (self->factor), factor);
  show_cases (self);
  self->is_filling = FALSE;
}

static void
take_fields (ExplorerReading *self, PisdField **fields)
{
  for (guint k = 0; k < N_FIELDS; k++)
    {
      pisd_field_free (self->fields[k]);
      self->fields[k] = g_steal_pointer (&fields[k]);
      gtk_widget_queue_draw (self->pictures[k]);
    }
}

static void
on_looked (gpointer data, GTask *task)
{
  ExplorerReading *self = data;
  ExplorerReadingWork *work = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;

  if (task != self->task)
    return;
  g_clear_pointer (&self->shown, pisd_reading_free);
  if (g_task_propagate_boolean (task, &error))
    {
      self->shown = g_steal_pointer (&work->reading);
      show_rows (self);
      show_status (self);
    }
  else
    gtk_label_set_text (GTK_LABEL (self->status), error->message);
  take_fields (self, work->fields);
  gtk_widget_set_sensitive (self->open, self->shown != NULL);
  if (!self->has_looked) /* Enter takes what was found */
    gtk_widget_grab_focus (self->open);
  self->has_looked = TRUE;
  explorer_background_forget (&self->task, &self->cancel);
}

/* What is chosen. */

static void
start (ExplorerReading *self, const PisdReadingWish *wish)
{
  explorer_background_forget (&self->task, &self->cancel);
  self->cancel = pisd_cancel_new ();
  self->task = explorer_background_start (
      self, explorer_reading_work_new (self->question, wish, self->cancel),
      explorer_reading_work_free, explorer_reading_work_run, on_looked);
}

static const char *
get_name (ExplorerReading *self, guint field)
{
  const guint k = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->arrays[field]));

  return k < self->names->len ? g_ptr_array_index (self->names, k) : NULL;
}

/* FALSE, and that is said, where what was typed is none. */
static gboolean
read_factor (ExplorerReading *self, double *factor)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->factor));
  g_autofree char *message = NULL;
  double typed;

  explorer_entry_mark (self->factor, FALSE);
  if (!self->has_factor)
    return TRUE;
  if (explorer_number_parse (text, &typed) && typed != 0)
    {
      *factor = typed;
      return TRUE;
    }
  message = g_strdup_printf (_ ("Got “%s”, expected a number that is not 0"), text);
  explorer_entry_refuse (self->factor, message);
  return FALSE;
}

/* Nothing can be opened before it was looked at. */
static void
look_again (ExplorerReading *self)
{
  g_auto (PisdReadingWish) wish = { 0 };

  if (self->is_filling)
    return;
  explorer_background_forget (&self->task, &self->cancel);
  gtk_widget_set_sensitive (self->open, FALSE);
  pisd_reading_wish_init (&wish);
  if (!read_factor (self, &wish.factor))
    return;
  for (guint k = 0; k < N_FIELDS; k++)
    wish.names[k] = g_strdup (get_name (self, k));
  wish.order = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->order));
  wish.index = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->index));
  start (self, &wish);
}

/* An empty one is found again. */
static void
on_factor (ExplorerReading *self)
{
  if (self->is_filling)
    return;
  self->has_factor = *gtk_editable_get_text (GTK_EDITABLE (self->factor)) != '\0';
  look_again (self);
}

/* Another array has another factor. */
static void
on_array (ExplorerReading *self)
{
  if (self->is_filling)
    return;
  self->has_factor = FALSE;
  look_again (self);
}

static void
answer (ExplorerReading *self, const PisdReading *reading)
{
  g_autoptr (PisdReading) taken = pisd_reading_dup (reading);

  g_object_ref (self);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, taken);
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}

static void
on_open (ExplorerReading *self)
{
  if (self->shown != NULL)
    answer (self, self->shown);
}

static void
on_cancel (ExplorerReading *self)
{
  answer (self, NULL);
}

static gboolean
explorer_reading_close_request (GtkWindow *window)
{
  answer (EXPLORER_READING (window), NULL);
  return TRUE;
}

/* The window. */

/* Closed: nothing is read any more.  Whoever reads still holds the window. */
static void
explorer_reading_unmap (GtkWidget *widget)
{
  ExplorerReading *self = EXPLORER_READING (widget);

  explorer_background_forget (&self->task, &self->cancel);
  GTK_WIDGET_CLASS (explorer_reading_parent_class)->unmap (widget);
}

static void
explorer_reading_dispose (GObject *object)
{
  ExplorerReading *self = EXPLORER_READING (object);

  explorer_background_forget (&self->task, &self->cancel);
  gtk_widget_dispose_template (GTK_WIDGET (self), EXPLORER_TYPE_READING);
  G_OBJECT_CLASS (explorer_reading_parent_class)->dispose (object);
}

static void
explorer_reading_finalize (GObject *object)
{
  ExplorerReading *self = EXPLORER_READING (object);

  pisd_file_question_unref (self->question);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  pisd_reading_free (self->shown);
  for (guint k = 0; k < N_FIELDS; k++)
    pisd_field_free (self->fields[k]);
  G_OBJECT_CLASS (explorer_reading_parent_class)->finalize (object);
}

static void
bind (GtkWidgetClass *class)
{
#define BIND(name, field)                                        \
  gtk_widget_class_bind_template_child_full (class, name, FALSE, \
                                             G_STRUCT_OFFSET (ExplorerReading, field))
  BIND ("source", arrays[0]);
  BIND ("solution", arrays[1]);
  BIND ("source_title", titles[0]);
  BIND ("solution_title", titles[1]);
  BIND ("source_picture", pictures[0]);
  BIND ("solution_picture", pictures[1]);
  BIND ("order", order);
  BIND ("factor", factor);
  BIND ("index", index);
  BIND ("cases", cases);
  BIND ("status", status);
  BIND ("open", open);
#undef BIND
  gtk_widget_class_bind_template_callback (class, look_again);
  gtk_widget_class_bind_template_callback (class, on_array);
  gtk_widget_class_bind_template_callback (class, on_factor);
  gtk_widget_class_bind_template_callback (class, on_open);
  gtk_widget_class_bind_template_callback (class, on_cancel);
}

static void
explorer_reading_class_init (ExplorerReadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = explorer_reading_dispose;
  object_class->finalize = explorer_reading_finalize;
  widget_class->unmap = explorer_reading_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_reading_close_request;
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-reading.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  bind (widget_class);
}

/* What entries have to say. */
static void
action_say (GSimpleAction *action, GVariant *message, gpointer data)
{
  ExplorerReading *self = data;

  gtk_label_set_text (GTK_LABEL (self->status), g_variant_get_string (message, NULL));
}

static void
add_actions (ExplorerReading *self)
{
  static const GActionEntry entries[] = { { "say", action_say, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (group));
}

static void
explorer_reading_init (ExplorerReading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  self->names = g_ptr_array_new_with_free_func (g_free);
  explorer_spin_install (self->index);
  for (guint k = 0; k < N_FIELDS; k++)
    gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->pictures[k]), draw_field,
                                    &self->fields[k], NULL);
}

static void
collect_names (ExplorerReading *self)
{
  const GPtrArray *readings = pisd_file_question_get_readings (self->question);

  for (guint k = 0; k < readings->len; k++)
    for (guint f = 0; f < N_FIELDS; f++)
      {
        const char *name = ((PisdReading *) g_ptr_array_index (readings, k))->names[f];

        if (name != NULL && find_name (self, name) == self->names->len)
          g_ptr_array_add (self->names, g_strdup (name));
      }
}

static void
fill_lists (ExplorerReading *self)
{
  for (guint f = 0; f < N_FIELDS; f++)
    {
      GtkStringList *list = gtk_string_list_new (NULL);

      for (guint k = 0; k < self->names->len; k++)
        {
          g_autofree char *shown = pisd_error_escape (g_ptr_array_index (self->names, k));

          gtk_string_list_append (list, shown);
        }
      if (f > 0)
        gtk_string_list_append (list, _ ("computed from the source"));
      gtk_drop_down_set_model (GTK_DROP_DOWN (self->arrays[f]), G_LIST_MODEL (list));
      g_object_unref (list);
      gtk_label_set_text (GTK_LABEL (self->titles[f]), _ (get_row (self)->fields[f].title));
    }
}

GtkWidget *
explorer_reading_new (GtkWindow *parent, PisdFileQuestion *question)
{
  ExplorerReading *self =
      g_object_new (EXPLORER_TYPE_READING, "application", gtk_window_get_application (parent),
                    "transient-for", parent, "modal", TRUE, NULL);
  const PisdReading *best = g_ptr_array_index (pisd_file_question_get_readings (question), 0);
  g_auto (PisdReadingWish) wish = { 0 };
  g_autofree char *base = pisd_error_escape_base (pisd_file_question_get_name (question));
  g_autofree char *title = g_strdup_printf (_ ("Open %s"), base);

  self->question = pisd_file_question_ref (question);
  gtk_window_set_title (GTK_WINDOW (self), title);
  collect_names (self);
  self->is_filling = TRUE;
  fill_lists (self);
  self->is_filling = FALSE;
  pisd_reading_wish_init (&wish);
  pisd_reading_wish_set (&wish, best);
  wish.factor = NAN;
  start (self, &wish);
  return GTK_WIDGET (self);
}

const PisdReading *
explorer_reading_get_shown (ExplorerReading *self)
{
  return self->shown;
}
