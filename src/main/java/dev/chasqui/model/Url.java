package dev.chasqui.model;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads URLs as people write them.
public final class Url {

  private static final Pattern HOST = Pattern.compile("(?i)(https?://)([^/?#:@]*)(.*)");

  private Url() {}

  /// Reads a URL. A host name in letters beyond ASCII is put as DNS knows it (RFC 5891:
  /// `b\u00fccher.example` is `xn--bcher-kva.example`); all else is left as it is.
  ///
  /// @throws URISyntaxException if the text is no URI, or the name cannot be one of DNS
  public static URI parse(String text) throws URISyntaxException {
    Matcher matcher = HOST.matcher(text);
    if (!matcher.matches() || isAscii(matcher.group(2))) {
      return new URI(text);
    }
    return new URI(matcher.group(1) + ascii(text, matcher.group(2)) + matcher.group(3));
  }

  private static String ascii(String text, String host) throws URISyntaxException {
    try {
      return IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException _) {
      throw new URISyntaxException(text, "the host cannot be a name of DNS");
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
