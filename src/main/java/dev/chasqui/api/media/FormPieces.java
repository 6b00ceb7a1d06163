package dev.chasqui.api.media;

import dev.chasqui.http.Pieces;
import dev.chasqui.http.client.StreamCall.Upload;
import dev.chasqui.model.Bytes;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A file as the `multipart/form-data` that the Graph API wants (RFC 7578), written round it while
/// it passes through.
final class FormPieces implements Pieces {

  private static final int BOUNDARY_BYTES = 16;

  private final Bytes head;
  private final Bytes tail;
  private final MediaFile file;
  private final String boundary;
  private Part next = Part.HEAD;

  private enum Part {
    HEAD,
    FILE,
    END
  }

  /// @param random makes the boundary, which must not stand in the file: it is never looked for
  FormPieces(MediaFile file, RandomGenerator random) {
    byte[] bytes = new byte[BOUNDARY_BYTES];
    random.nextBytes(bytes);
    this.boundary = HexFormat.of().formatHex(bytes);
    this.file = file;
    this.head =
        Bytes.utf8(
            field("messaging_product", "whatsapp")
                + field("type", file.type())
                + "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                    .formatted(boundary)
                + "Content-Type: %s\r\n\r\n".formatted(file.type()));
    this.tail = Bytes.utf8("\r\n--" + boundary + "--\r\n");
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  Upload upload() {
    long length = file.length() < 0 ? -1 : head.length() + file.length() + tail.length();
    return new Upload(length, this);
  }

  private String field(String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(boundary, name, value);
  }

  @Override
  public @Nullable Bytes next() throws InterruptedException {
    return switch (next) {
      case HEAD -> {
        next = Part.FILE;
        yield head;
      }
      case FILE -> {
        Bytes piece = file.content().next();
        next = piece == null ? Part.END : Part.FILE;
        yield piece == null ? tail : piece;
      }
      case END -> null;
    };
  }
}
