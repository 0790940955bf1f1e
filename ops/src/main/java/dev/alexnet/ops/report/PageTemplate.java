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
import java.util.Locale;
import java.util.Map;

/** Fills the page's template. */
final class PageTemplate {
  private static final String TEMPLATE = "report.ftlh";

  private PageTemplate() {}

  /** The page as HTML that needs no other file. */
  static byte[] html(Page page) {
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
              "page", asMap(page),
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
  private static Map<?, ?> asMap(Page page) {
    return Json.read(Json.line(page).getBytes(StandardCharsets.UTF_8), Map.class, "the page");
  }

  private static String resource(String name) throws IOException {
    try (InputStream resource = PageTemplate.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
