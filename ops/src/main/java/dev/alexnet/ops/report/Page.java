package dev.alexnet.ops.report;

import dev.alexnet.infra.json.Json;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that stands on the page, in the words that stand there.
 *
 * @param title of the page
 * @param subject what was scored with what
 * @param warnings what makes the errors doubtful
 * @param headlines the errors; empty where no image has a label
 * @param counts what became of the images
 * @param comparison with the paper
 * @param curves of the training
 * @param curvesNote what a point of them is, or why there are none
 * @param filters of the first convolution
 * @param filtersNote what they are
 * @param samples images spread over the set
 * @param samplesNote what they are, or why there are none
 * @param mistakes the surest
 * @param neighbours pictures with those most like them; empty where none were given
 * @param confusion the matrix; empty where there is none
 * @param confusions the most frequent
 * @param confusionNote where nothing was confused
 * @param reliability the diagram; empty where there is none
 * @param reliabilityNote what it comes to
 * @param bins its numbers
 * @param worstClasses a picture of the greatest errors by class; empty where there is none
 * @param classes the errors of each
 * @param facts settings and hashes
 */
record Page(
    String title,
    String subject,
    List<String> warnings,
    List<Headline> headlines,
    String counts,
    String comparison,
    List<Image> curves,
    String curvesNote,
    List<Image> filters,
    String filtersNote,
    List<Card> samples,
    String samplesNote,
    List<Card> mistakes,
    List<Neighbourhood> neighbours,
    List<Image> confusion,
    List<ConfusionLine> confusions,
    String confusionNote,
    List<Image> reliability,
    String reliabilityNote,
    List<BinLine> bins,
    List<Image> worstClasses,
    List<ClassLine> classes,
    List<Facts> facts) {
  private static final String TEMPLATE = "report.ftlh";

  /** One error, large. */
  record Headline(String name, String error, String interval, String images, String paper) {}

  /** A picture in both themes, as data URIs. */
  record Image(String text, int width, int height, String light, String dark) {}

  /**
   * One image with what the model says of it.
   *
   * @param picture as a data URI; empty where it is not there
   */
  record Card(String picture, String image, String truth, boolean labelled, List<Guess> guesses) {}

  /**
   * One of the most probable classes.
   *
   * @param width of its bar, in percent
   */
  record Guess(String name, String probability, String width, boolean right) {}

  /** A picture and those most like it. */
  record Neighbourhood(Look query, List<Look> neighbours) {}

  /**
   * An image.
   *
   * @param picture as a data URI
   * @param name of its class; empty where it has none
   * @param distance to the query; empty for the query itself
   * @param same whether it is of the query's class
   */
  record Look(String picture, String name, String distance, boolean same) {}

  /** A frequent confusion. */
  record ConfusionLine(String truth, String guess, String images, String share) {}

  /** A bin of the reliability diagram. */
  record BinLine(String range, String images, String confidence, String accuracy) {}

  /** The errors of a class; the numbers are for sorting. */
  record ClassLine(
      String name,
      String wnid,
      long images,
      String top1,
      double top1Error,
      String top5,
      double top5Error,
      String takenFor,
      long takenForImages) {}

  /** A table of facts. */
  record Facts(String title, List<Fact> facts) {}

  /** One fact. */
  record Fact(String name, String value) {}

  /** The page as HTML that needs no other file. */
  byte[] html() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    try (StringWriter out = new StringWriter()) {
      Template template = new Template(TEMPLATE, resource(TEMPLATE), configuration);
      template.process(
          Map.of(
              "page", asMap(),
              "style", resource("report.css"),
              "script", resource("report.js")),
          out);
      return out.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the page's template", e);
    } catch (TemplateException e) {
      throw new IllegalStateException("The page's template does not fit its content", e);
    }
  }

  /** FreeMarker sees public classes only, and maps. */
  private Map<?, ?> asMap() {
    return Json.read(Json.line(this).getBytes(StandardCharsets.UTF_8), Map.class, "the page");
  }

  private static String resource(String name) throws IOException {
    try (InputStream resource = Page.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
