#include "explorer-window-private.h"

#include "explorer-diffusion.h"
#include "explorer-training.h"

static ExplorerLabLesson *
get_diffusion_lesson (GtkWidget *lab)
{
  return explorer_diffusion_get_lesson (EXPLORER_DIFFUSION (lab));
}

static ExplorerLabLesson *
get_training_lesson (GtkWidget *lab)
{
  return explorer_training_get_lesson (EXPLORER_TRAINING (lab));
}

static const struct
{
  GtkWidget *(*create) (GtkApplication *application);
  ExplorerLabLesson *(*get_lesson) (GtkWidget *lab);
} rows[PISD_N_LABS] = {
  [PISD_LAB_DIFFUSION] = { explorer_diffusion_new, get_diffusion_lesson },
  [PISD_LAB_TRAINING] = { explorer_training_new, get_training_lesson },
};

static GtkWidget *
create (ExplorerWindow *self, PisdLab lab)
{
  return rows[lab].create (gtk_window_get_application (GTK_WINDOW (self)));
}

static void
action_diffusion (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (create (data, PISD_LAB_DIFFUSION)));
}

static void
action_training (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (create (data, PISD_LAB_TRAINING)));
}

void
explorer_window_add_lab_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "diffusion", action_diffusion },
    { "training", action_training },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/* The window of the lesson before has done its work; where its lesson was closed it is a person's
 * own. */
static void
close_lab (ExplorerWindow *self)
{
  if (self->lab_lesson != NULL && explorer_lab_lesson_is_open (self->lab_lesson))
    gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->lab_lesson))));
  g_set_weak_pointer (&self->lab_lesson, NULL);
}

static void
on_following (ExplorerWindow *self, guint number)
{
  explorer_loader_open_lesson (self->loader, number);
}

void
explorer_window_open_lab_lesson (ExplorerWindow *self, const ExplorerLessonPlace *place)
{
  const PisdLab lab = pisd_stage_get_lab (place->lesson->stage);
  GtkWidget *window = create (self, lab);
  ExplorerLabLesson *lesson = rows[lab].get_lesson (window);

  explorer_window_close_lesson (self);
  close_lab (self);
  g_set_weak_pointer (&self->lab_lesson, lesson);
  g_signal_connect_object (lesson, "following", G_CALLBACK (on_following), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  explorer_lab_lesson_open (lesson, place, self->preferences);
}
