package dev.chasqui.api.operator;

import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Answers of reads, compressed with gzip for callers who take it: a page of events is a tenth of
/// its size. What a write answers may hold a new secret beside words of the caller, which would be
/// guessed by its compressed size (BREACH), so it goes as it is.
final class Compressed {

  /// Below it the headers weigh more than what is saved.
  private static final int MIN_BYTES = 1_024;

  private static final String ENCODING = "Content-Encoding";

  private Compressed() {}

  static Response of(Request request, Response answer) {
    boolean isRead = request.method().equals("GET");
    if (!isRead || answer.body().length() < MIN_BYTES || !isText(answer)) {
      return answer;
    }
    Response varied = answer.with("Vary", "Accept-Encoding");
    return takesGzip(request) ? gzipped(varied) : varied;
  }

  /// The bytes of an event go as they were received, whatever they are.
  private static boolean isText(Response answer) {
    return answer.headers().stream()
        .filter(it -> it.name().equalsIgnoreCase("Content-Type"))
        .anyMatch(it -> it.value().contains("json"));
  }

  /// Whether gzip is named with a weight other than nought (RFC 9110, 12.5.3).
  private static boolean takesGzip(Request request) {
    String accepted = String.join(",", request.headers().all("Accept-Encoding"));
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equals("gzip")) {
        return parts.length == 1 || !parts[1].matches("q\\s*=\\s*0(\\.0*)?");
      }
    }
    return false;
  }

  private static Response gzipped(Response answer) {
    Bytes body = answer.body();
    ByteArrayOutputStream small = new ByteArrayOutputStream(body.length() / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(body.array(), body.offset(), body.length());
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return new Response(answer.status(), answer.headers(), Bytes.of(small.toByteArray()))
        .with(ENCODING, "gzip");
  }
}
