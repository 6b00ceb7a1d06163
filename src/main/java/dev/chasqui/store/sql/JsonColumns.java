package dev.chasqui.store.sql;

import dev.chasqui.json.JsonWriter;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// The small JSON texts inside columns.
final class JsonColumns {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<List<@Nullable Object>> LIST = new TypeReference<>() {};
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<List<List<@Nullable Object>>> ROWS = new TypeReference<>() {};

  private JsonColumns() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// An array of texts. Written for each event, so without the mapper's machinery.
  static String writeTexts(Collection<String> texts) {
    JsonWriter json = new JsonWriter(32).beginArray();
    texts.forEach(json::text);
    return json.endArray().bytes().toUtf8();
  }

  static List<@Nullable Object> list(String text) {
    return MAPPER.readValue(text, LIST);
  }

  /// The elements of an array of arrays, one after the other.
  static Elements elements(String text) {
    return new Elements(MAPPER.readerFor(LIST).readValues(text));
  }

  /// What [#elements] is read from; the iterator is taken once.
  record Elements(MappingIterator<List<@Nullable Object>> values) implements AutoCloseable {

    Iterator<List<@Nullable Object>> iterator() {
      return values;
    }

    @Override
    public void close() {
      values.close();
    }
  }

  static List<List<@Nullable Object>> rows(String text) {
    return MAPPER.readValue(text, ROWS);
  }

  static List<String> texts(String text) {
    return MAPPER.readValue(text, TEXTS);
  }

  static Map<String, @Nullable Object> object(String text) {
    return MAPPER.readValue(text, OBJECT);
  }
}
