#include "explorer-lesson-text.h"

#define MOST_LINES 8

struct _ExplorerLessonText
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (ExplorerLessonText, explorer_lesson_text, GTK_TYPE_WIDGET)

static int
get_most (ExplorerLessonText *self)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (self->label), NULL, NULL);
  const int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return MOST_LINES * line;
}

static GtkSizeRequestMode
explorer_lesson_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
explorer_lesson_text_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  ExplorerLessonText *self = EXPLORER_LESSON_TEXT (widget);

  gtk_widget_measure (self->label, orientation,
                      orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = MIN (*minimum, get_most (self));
      *natural = MIN (*natural, get_most (self));
    }
  *minimum_baseline = -1;
  *natural_baseline = -1;
}

static void
explorer_lesson_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (EXPLORER_LESSON_TEXT (widget)->scroller, width, height, -1, NULL);
}

static void
explorer_lesson_text_dispose (GObject *object)
{
  g_clear_pointer (&EXPLORER_LESSON_TEXT (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (explorer_lesson_text_parent_class)->dispose (object);
}

static void
explorer_lesson_text_class_init (ExplorerLessonTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_lesson_text_dispose;
  widget_class->get_request_mode = explorer_lesson_text_get_request_mode;
  widget_class->measure = explorer_lesson_text_measure;
  widget_class->size_allocate = explorer_lesson_text_size_allocate;
}

static void
explorer_lesson_text_init (ExplorerLessonText *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "yalign", 0.0, "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE, NULL);
  gtk_widget_add_css_class (self->label, "sentences");
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "child", self->label, NULL);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
explorer_lesson_text_set (ExplorerLessonText *self, const char *text)
{
  g_return_if_fail (EXPLORER_IS_LESSON_TEXT (self) && text != NULL);

  if (g_str_equal (explorer_lesson_text_get (self), text))
    return;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_adjustment_set_value (explorer_lesson_text_get_adjustment (self), 0.0);
}

const char *
explorer_lesson_text_get (ExplorerLessonText *self)
{
  g_return_val_if_fail (EXPLORER_IS_LESSON_TEXT (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

GtkAdjustment *
explorer_lesson_text_get_adjustment (ExplorerLessonText *self)
{
  g_return_val_if_fail (EXPLORER_IS_LESSON_TEXT (self), NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}
