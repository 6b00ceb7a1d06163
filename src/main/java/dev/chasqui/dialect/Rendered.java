package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A delivery in the form of its dialect.
///
/// @param headers in order, spelled as the dialect's receivers know them; each name once
public record Rendered(List<Header> headers, Bytes body) {

  public Rendered {
    headers = List.copyOf(headers);
  }

  public record Header(String name, String value) {}

  /// The headers as a map that keeps their order.
  public Map<String, String> headerMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (Header header : headers) {
      map.put(header.name(), header.value());
    }
    return map;
  }
}
