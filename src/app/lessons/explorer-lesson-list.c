#include "explorer-lesson-list.h"

#include "explorer-lesson-marks.h"
#include "pisd-lesson-bundle.h"
#include "pisd-lesson.h"

#define TICK "\u2713"

struct _ExplorerLessonList
{
  GtkBox parent_instance;

  GtkWidget *box;
  ExplorerPreferences *preferences;
  GPtrArray *buttons; /* of GtkWidget, borrowed */
  GPtrArray *titles;
};

G_DEFINE_FINAL_TYPE (ExplorerLessonList, explorer_lesson_list, GTK_TYPE_BOX)

/* In the person's language; what cannot be read is called by its name. */
static char *
dup_title (guint number)
{
  g_autoptr (PisdInput) input = pisd_lesson_bundle_open (number);
  char *title = pisd_lesson_load_title (input, g_get_language_names (), NULL);

  return title != NULL ? title : g_strdup (pisd_lesson_bundle_get_name (number));
}

static void
add_button (ExplorerLessonList *self, guint number)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *place = gtk_flow_box_child_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.lesson");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  g_ptr_array_add (self->buttons, button);
  g_ptr_array_add (self->titles, dup_title (number));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (place), button);
  gtk_widget_set_focusable (place, FALSE); /* its button is */
  gtk_flow_box_append (GTK_FLOW_BOX (self->box), place);
}

/* "3 ✓ Sensors pull" */
static void
update_ticks (ExplorerLessonList *self)
{
  for (guint k = 0; k < self->buttons->len; k++)
    {
      GtkWidget *label = gtk_button_get_child (g_ptr_array_index (self->buttons, k));
      const char *title = g_ptr_array_index (self->titles, k);
      g_autofree char *words = g_strdup_printf (
          "%u %s %s", k + 1, explorer_lesson_list_is_ticked (self, k) ? TICK : "", title);

      gtk_label_set_label (GTK_LABEL (label), words);
    }
}

static void
explorer_lesson_list_map (GtkWidget *widget)
{
  ExplorerLessonList *self = EXPLORER_LESSON_LIST (widget);

  if (self->buttons->len == 0)
    for (guint k = 0; k < pisd_lesson_bundle_get_n (); k++)
      add_button (self, k);
  update_ticks (self);
  GTK_WIDGET_CLASS (explorer_lesson_list_parent_class)->map (widget);
}

static void
explorer_lesson_list_dispose (GObject *object)
{
  ExplorerLessonList *self = EXPLORER_LESSON_LIST (object);

  g_ptr_array_set_size (self->buttons, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_LESSON_LIST);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (explorer_lesson_list_parent_class)->dispose (object);
}

static void
explorer_lesson_list_finalize (GObject *object)
{
  ExplorerLessonList *self = EXPLORER_LESSON_LIST (object);

  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->titles);
  G_OBJECT_CLASS (explorer_lesson_list_parent_class)->finalize (object);
}

static void
explorer_lesson_list_class_init (ExplorerLessonListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_lesson_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_lesson_list_finalize;
  widget_class->map = explorer_lesson_list_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-lesson-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonList, box);
}

static void
explorer_lesson_list_init (ExplorerLessonList *self)
{
  self->buttons = g_ptr_array_new ();
  self->titles = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
explorer_lesson_list_set_preferences (ExplorerLessonList *self, ExplorerPreferences *preferences)
{
  g_return_if_fail (EXPLORER_IS_LESSON_LIST (self) && self->preferences == NULL);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (preferences, "notify::finished-lessons", G_CALLBACK (update_ticks), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
explorer_lesson_list_get_button (ExplorerLessonList *self, guint number)
{
  g_return_val_if_fail (EXPLORER_IS_LESSON_LIST (self), NULL);
  return number < self->buttons->len ? g_ptr_array_index (self->buttons, number) : NULL;
}

gboolean
explorer_lesson_list_is_ticked (ExplorerLessonList *self, guint number)
{
  g_return_val_if_fail (EXPLORER_IS_LESSON_LIST (self), FALSE);
  return explorer_lesson_marks_has (self->preferences, pisd_lesson_bundle_get_name (number));
}
