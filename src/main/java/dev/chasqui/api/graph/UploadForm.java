package dev.chasqui.api.graph;

import dev.chasqui.http.Pieces;
import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A multipart form on its way up, of which the fields in front of the file have been read. The
/// client's token is one of ours and is taken out; all else passes as it was written.
final class UploadForm implements Pieces {

  /// How much is read to find the fields in front of the file.
  private static final int MAX_FIELDS_BYTES = 64 << 10;

  private static final Pattern FILE = Pattern.compile("(?is)content-disposition:[^\r\n]*filename");

  private final Pieces rest;
  private final Map<String, Bytes> fields;
  private final long takenOut;
  private @Nullable Bytes beginning;

  private UploadForm(Pieces rest, Map<String, Bytes> fields, Bytes beginning, long takenOut) {
    this.rest = rest;
    this.fields = fields;
    this.beginning = beginning;
    this.takenOut = takenOut;
  }

  /// Reads the beginning of a form.
  ///
  /// @throws GraphException 100 if the content type names no boundary
  static UploadForm read(String contentType, Pieces body) throws InterruptedException {
    String delimiter = MultipartForm.delimiter(contentType);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    String text = "";
    while (read.size() < MAX_FIELDS_BYTES && !isEnough(text, delimiter)) {
      Bytes piece = body.next();
      if (piece == null) {
        break;
      }
      read.write(piece.array(), piece.offset(), piece.length());
      text = MultipartForm.latin(Bytes.of(read.toByteArray()));
    }
    return of(text, delimiter, body);
  }

  private static UploadForm of(String text, String delimiter, Pieces rest) {
    Map<String, Bytes> fields = new LinkedHashMap<>();
    StringBuilder kept = new StringBuilder(text.length());
    List<MultipartForm.Part> parts = MultipartForm.parts(text, delimiter);
    int done = 0;
    for (MultipartForm.Part part : parts) {
      if (part.isFile()) {
        break;
      }
      UrlEncodedForm.put(fields, part.name(), part.value());
      boolean isOurs = GraphParameters.isOfTheCall(part.name());
      kept.append(text, done, isOurs ? part.from() : part.to());
      done = part.to();
    }
    kept.append(text, done, text.length());
    Bytes beginning = Bytes.of(kept.toString().getBytes(StandardCharsets.ISO_8859_1));
    return new UploadForm(rest, fields, beginning, text.length() - beginning.length());
  }

  /// Whether the head of the file, or the end, is there.
  private static boolean isEnough(String text, String delimiter) {
    return FILE.matcher(text).find() || text.contains(delimiter + "--");
  }

  /// The fields in front of the file.
  Map<String, Bytes> fields() {
    return fields;
  }

  /// How many bytes were taken out.
  long takenOut() {
    return takenOut;
  }

  @Override
  public @Nullable Bytes next() throws InterruptedException {
    Bytes first = beginning;
    if (first != null) {
      beginning = null;
      if (first.length() > 0) {
        return first;
      }
    }
    return rest.next();
  }
}
