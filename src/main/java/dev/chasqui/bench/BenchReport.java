package dev.chasqui.bench;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints figures as they come and keeps them for the file.
final class BenchReport {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String store;
  private final PrintWriter out;
  private final List<Figure> figures = new ArrayList<>();

  /// @param store the kind of store that was measured
  BenchReport(String store, PrintWriter out) {
    this.store = store;
    this.out = out;
  }

  void add(Figure figure) {
    figures.add(figure);
    String share =
        figure.ofCeiling().isPresent()
            ? String.format(
                Locale.ROOT, "%6.1f %% of no-op", figure.ofCeiling().getAsDouble() * 100)
            : "";
    say(
        String.format(
            Locale.ROOT,
            "  %-9s %-48s %12s %-9s %s",
            figure.section(),
            figure.name(),
            number(figure.value()),
            figure.unit(),
            share));
  }

  void add(String section, String name, double value, String unit) {
    add(Figure.of(section, name, value, unit));
  }

  /// A line for people.
  void say(String line) {
    out.println(line.stripTrailing());
    out.flush();
  }

  /// Writes all figures to a file named for the time.
  Path write(Path folder, Instant now) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(NAME.format(now) + ".json");
    Files.write(file, json(now));
    return file;
  }

  private byte[] json(Instant now) {
    JsonWriter json = new JsonWriter(4_096).beginObject();
    json.name("at").text(now.toString()).name("version").text(Version.VALUE);
    json.name("java").text(Runtime.version().toString());
    json.name("machine")
        .text(Machine.describe())
        .name("store")
        .text(store)
        .name("figures")
        .beginArray();
    for (Figure figure : figures) {
      json.beginObject().name("section").text(figure.section()).name("name").text(figure.name());
      json.name("value").raw(raw(figure.value())).name("unit").text(figure.unit());
      figure.ofCeiling().ifPresent(ratio -> json.name("ofCeiling").raw(raw(ratio)));
      json.endObject();
    }
    return json.endArray().endObject().bytes().toArray();
  }

  private static Bytes raw(double value) {
    return Bytes.utf8(String.format(Locale.ROOT, "%.4f", value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f" : "%.2f", value);
  }
}
