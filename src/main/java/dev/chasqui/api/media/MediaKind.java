package dev.chasqui.api.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds of files that WhatsApp takes, with the types and the size of each
/// (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media). The platform judges
/// what is in them; these are told apart so that nobody sends it megabytes that it must refuse.
public enum MediaKind {
  AUDIO(
      16,
      "audio/aac",
      "audio/amr",
      "audio/mpeg",
      "audio/mp4",
      "audio/ogg",
      // The same as audio/ogg under the codec's own name.
      "audio/opus"),
  IMAGE(5, "image/jpeg", "image/png"),
  STICKER(1, "image/webp"),
  VIDEO(16, "video/mp4", "video/3gpp"),
  DOCUMENT(
      100,
      "text/plain",
      "application/pdf",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation");

  private static final int MEBIBYTE = 1 << 20;

  private final long maxBytes;

  /// With a blank before and after each.
  private final String types;

  MediaKind(int maxMebibytes, String... types) {
    this.maxBytes = (long) maxMebibytes * MEBIBYTE;
    this.types = " " + String.join(" ", types) + " ";
  }

  /// The most that a file of this kind may have.
  public long maxBytes() {
    return maxBytes;
  }

  /// The kind of a media type, whatever its parameters; empty if it is none that WhatsApp takes.
  public static Optional<MediaKind> of(String mediaType) {
    int end = mediaType.indexOf(';');
    String bare = (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
    String type = bare.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> kind.types.contains(" " + type + " "))
        .findFirst();
  }

  /// All types there are, for people.
  public static String allTypes() {
    return Arrays.stream(values())
        .map(kind -> kind.types.strip().replace(" ", ", "))
        .collect(Collectors.joining(", "));
  }
}
