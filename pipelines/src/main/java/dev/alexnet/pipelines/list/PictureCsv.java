package dev.alexnet.pipelines.list;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.infra.text.PlainText;
import dev.alexnet.infra.text.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A list of pictures, one row each, with values separated by commas or tabs and quoted if they
 * contain either. Blank lines are ignored.
 */
public record PictureCsv(Location file, PictureCsvColumns columns) {
  /**
   * A picture of the list.
   *
   * @param line the line where its row starts, from 1
   * @param path the path as written in the list
   * @param label the class as written in the list; empty if the list has no classes
   */
  public record Row(long line, String path, String label) {}

  /** Receives the rows in order. */
  public interface Reading {
    /**
     * @return whether to continue
     */
    boolean row(Row row);

    /** A malformed row, with line and column. */
    void problem(String problem);
  }

  /** Whether a file has the name of a list. */
  public static boolean isList(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv") || lower.endsWith(".tsv");
  }

  /**
   * Recognises the columns.
   *
   * @throws Failure of kind BAD_DATA if there is no row, or the meaning of the columns is not clear
   *     from the first row
   */
  public static PictureCsv open(ObjectStore store, Location file) {
    PictureCsvColumns[] columns = new PictureCsvColumns[1];
    records(
        store,
        file,
        (line, record) -> {
          columns[0] = PictureCsvColumns.of(record.toList(), file);
          return false;
        });
    if (columns[0] == null) {
      throw new Failure(
          Failure.Kind.BAD_DATA, file + " is empty; it must have one row per picture");
    }
    return new PictureCsv(file, columns[0]);
  }

  /**
   * @throws Failure of kind BAD_DATA if broken quotes or a broken encoding make it impossible to
   *     separate the rows
   */
  public void read(ObjectStore store, Reading reading) {
    boolean[] first = {columns.heading()};
    records(
        store,
        file,
        (line, record) -> {
          if (first[0]) {
            first[0] = false;
            return true;
          }
          if (record.size() != columns.count()) {
            reading.problem(
                "line %d has %s; the first has %d"
                    .formatted(line, Quantity.of(record.size(), "column"), columns.count()));
            return true;
          }
          String path = record.get(columns.path()).strip();
          String label = columns.hasClasses() ? record.get(columns.label()).strip() : "";
          if (path.isEmpty()) {
            reading.problem(at(line, columns.path()) + ": the path is missing");
            return true;
          }
          if (PlainText.hasControls(path)) {
            reading.problem(
                "%s: '%s' has a line break or a control character; write it escaped, as shown"
                    .formatted(at(line, columns.path()), ByteText.of(path)));
            return true;
          }
          if (columns.hasClasses() && label.isEmpty()) {
            reading.problem(at(line, columns.label()) + ": the class is missing");
            return true;
          }
          return reading.row(new Row(line, path, label));
        });
  }

  public static String at(long line, int column) {
    return "line " + line + ", column " + (column + 1);
  }

  private interface Records {
    boolean next(long line, CSVRecord record);
  }

  private static void records(ObjectStore store, Location file, Records records) {
    long line = 1;
    try (InputStream stream = ObjectStream.open(store, file);
        Reader reader = reader(stream);
        CSVParser parser = CSVParser.parse(reader, format(file, reader))) {
      Iterator<CSVRecord> rows = parser.iterator();
      boolean more = true;
      while (more && rows.hasNext()) {
        CSVRecord row = rows.next();
        boolean blank = row.size() == 1 && row.get(0).isBlank();
        more = blank || records.next(line, row);
        line = parser.getCurrentLineNumber() + 1;
      }
      // An object's checksum is compared at its end.
      if (file.isCloud()) {
        stream.transferTo(OutputStream.nullOutputStream());
      }
    } catch (CharacterCodingException e) {
      throw broken(file, line, "a byte after this line is not UTF-8; save the list as UTF-8");
    } catch (UncheckedIOException | IllegalStateException e) {
      // The parser reports quotes that are not closed, or closed in the middle of a value.
      boolean encoding = e.getCause() instanceof CharacterCodingException;
      throw broken(
          file,
          line,
          encoding
              ? "a byte in or after this line is not UTF-8; save the list as UTF-8"
              : "the quotes from here on are broken: " + reason(e));
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
  }

  private static String reason(RuntimeException e) {
    return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
  }

  private static Failure broken(Location file, long line, String problem) {
    return new Failure(Failure.Kind.BAD_DATA, file + ", line " + line + ": " + problem);
  }

  private static Reader reader(InputStream stream) throws IOException {
    // An explicit decoder reports malformed bytes, which a reader created from a charset would
    // replace.
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()));
    reader.mark(1);
    if (reader.read() != PlainText.BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  /**
   * Tabs if the file's extension is .tsv, or if it is neither .csv nor .tsv and the first line has
   * a tab.
   */
  private static CSVFormat format(Location file, Reader reader) throws IOException {
    boolean tabs =
        file.name().toLowerCase(Locale.ROOT).endsWith(".tsv")
            || (!isList(file.name()) && startsWithTabs(reader));
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(tabs ? '\t' : ',')
        .setIgnoreEmptyLines(false)
        .build();
  }

  private static boolean startsWithTabs(Reader reader) throws IOException {
    char[] start = new char[4096];
    reader.mark(start.length);
    int count = Math.max(0, reader.read(start));
    reader.reset();
    return new String(start, 0, count).lines().findFirst().orElse("").indexOf('\t') >= 0;
  }
}
