package dev.alexnet.ops.comparison;

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
import java.util.Locale;
import java.util.Map;

/** Fills the page's template. */
final class ComparisonTemplate {
  private static final String TEMPLATE = "comparison.ftlh";

  /** The report's, so that both pages look alike. */
  private static final String STYLE = "/dev/alexnet/ops/report/report.css";

  private ComparisonTemplate() {}

  static byte[] html(ComparisonPage page) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    // FreeMarker sees public classes only, and maps.
    byte[] json = Json.line(page).getBytes(StandardCharsets.UTF_8);
    try (StringWriter out = new StringWriter()) {
      new Template(TEMPLATE, resource(TEMPLATE), configuration)
          .process(
              Map.of("page", Json.read(json, Map.class, "the page"), "style", resource(STYLE)),
              out);
      return out.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the page's template", e);
    } catch (TemplateException e) {
      throw new IllegalStateException("The page's template does not fit its content", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream resource = ComparisonTemplate.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
