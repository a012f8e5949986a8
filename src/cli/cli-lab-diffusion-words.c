#include "cli-lab-diffusion-words.h"

void
cli_lab_diffusion_words_clear (CliLabDiffusionWords *words)
{
  char *const texts[] = { words->data,    words->strokes,  words->schedule, words->times,
                          words->predict, words->weight,   words->latents,  words->width,
                          words->layers,  words->features, words->batch,    words->activation,
                          words->rate,    words->drop,     words->train,    words->rule,
                          words->steps,   words->eta,      words->variance, words->guidance,
                          words->label,   words->samples,  words->limit,    words->seed,
                          words->threads, words->network,  words->latent };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

static const char summary[] =
    "Trains a small diffusion model, draws samples from it and says how good they are:\n"
    "  pisd lab diffusion --data moons --png F.png\n"
    "  pisd lab diffusion --data digits-8 --guidance 1 --png F.png\n"
    "  pisd lab diffusion --data moons --compare\n"
    "Data are moons, spiral, checkerboard, ring, mixture, drawn (with --strokes), digits-8,\n"
    "digits-16 and fields.  The same seed gives the same bits, whatever the number of threads.";

/* An option whose value is read later. */
#define WORD(name, word, text, value)                          \
  {                                                            \
    name, 0, 0, G_OPTION_ARG_STRING, &words->word, text, value \
  }

gboolean
cli_lab_diffusion_words_parse (CliLabDiffusionWords *words,
                               CliLabDiffusionOptions *self,
                               int argc,
                               char **argv,
                               GError **error)
{
  const GOptionEntry entries[] = {
    WORD ("data", data,
          "What is learned: moons (default), spiral, checkerboard, ring, mixture, drawn, digits-8, "
          "digits-16 or fields",
          "NAME"),
    { "strokes", 0, 0, G_OPTION_ARG_FILENAME, &words->strokes,
      "A drawing: rows stroke,x,y below a head", "F.csv" },
    WORD ("schedule", schedule, "linear, cosine (default), sigmoid or edm", "NAME"),
    WORD ("times", times, "T, the steps into noise (default: points 100, pictures 250)", "T"),
    WORD ("predict", predict, "What the network says: noise, x0 or v (default)", "NAME"),
    WORD ("weight", weight, "uniform (default) or min-snr", "NAME"),
    { "learned-variance", 0, 0, G_OPTION_ARG_NONE, &self->learns_variance,
      "Learn the variance too, by the hybrid loss", NULL },
    WORD ("network", network, "perceptron (default), or convolution, of pictures", "NAME"),
    WORD ("latents", latents,
          "Learn so many latents, 0 the samples themselves (default 0, fields 40); perceptron",
          "N"),
    WORD ("latent", latent, "Principal components (default) or cosine modes: components, cosine",
          "NAME"),
    WORD ("width", width,
          "Units of a hidden layer (default: points 128, pictures 256), or channels (default 16)",
          "N"),
    WORD ("layers", layers,
          "Hidden ones (default 3), or residual blocks on a grid of the convolution (default 1)",
          "N"),
    WORD ("features", features, "Sines and cosines of the time (default 32); perceptron", "N"),
    WORD ("activation", activation, "Default swish; perceptron", "NAME"),
    WORD ("batch", batch, "Samples of a step (default 256, convolution 64)", "N"),
    WORD ("rate", rate,
          "Of Adam, at first (default: points 0.005, pictures 0.001, convolution 0.003)", "R"),
    { "keep-rate", 0, 0, G_OPTION_ARG_NONE, &words->keep_rate,
      "Keep it; else it falls to zero along a cosine", NULL },
    WORD ("drop", drop, "Part of the labels that is left out (default: points 0.5, pictures 0.1)",
          "P"),
    WORD ("train", train, "Steps of training (default 3000)", "N"),
    { "exact", 0, 0, G_OPTION_ARG_NONE, &self->is_exact,
      "No network: the closed form, of ring and mixture; no option of a network then", NULL },
    WORD ("rule", rule, "ddpm, ddim (default) or heun", "NAME"),
    WORD ("steps", steps, "Of sampling (default 50)", "N"),
    WORD ("eta", eta, "Noise of ddim, 0 (default) to 1", "E"),
    WORD ("variance", variance, "Of ddpm: small (default), large or learned", "NAME"),
    WORD ("guidance", guidance, "Classifier-free, 0 (default) to 10", "W"),
    WORD ("label", label, "Samples of this one alone", "K"),
    WORD ("samples", samples, "How many (default: points 2000, pictures 500)", "N"),
    WORD ("limit", limit, "Cut estimates of x0 to [-L, L] (default 0: not)", "L"),
    { "bounds", 0, 0, G_OPTION_ARG_NONE, &self->bounds,
      "Print the variational bound in bits per dimension", NULL },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &self->compares,
      "Print ddim in T/4 steps beside ddpm in T, guidance, hybrid beside simple loss (T: 1000)",
      NULL },
    WORD ("seed", seed, "Default 1", "S"),
    WORD ("threads", threads, "0 (default): one a core", "T"),
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv, "Write the samples", "F.csv" },
    { "losses", 0, 0, G_OPTION_ARG_FILENAME, &self->losses, "Write the loss of every step",
      "F.csv" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self->json, "Write set-up and results", "F.json" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png, "Write a figure; .svg and .pdf work too",
      "F.png" },
    { NULL },
  };

  return cli_parse_alone (entries, summary, argc, argv, error);
}
