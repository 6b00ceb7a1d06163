package dev.chasqui.api.graph;

import dev.chasqui.http.server.Request;
import java.util.regex.Pattern;

/// The addresses of files that are told to clients: on this gateway, as the client reached it.
final class PublicAddress {

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

  private final String configured;

  /// @param configured the setting `public.url`; empty to take the request's word
  PublicAddress(String configured) {
    this.configured = configured.replaceFirst("/+$", "");
  }

  /// Where a file's bytes are.
  String of(Request request, String version, String mediaId) {
    return base(request) + "/" + version + "/" + mediaId + "/" + PassThrough.CONTENT;
  }

  private String base(Request request) {
    if (!configured.isEmpty()) {
      return configured;
    }
    String host = request.headers().first("Host");
    boolean isPlain = host == null || !HOST.matcher(host).matches();
    String scheme = request.headers().first("X-Forwarded-Proto");
    boolean isTls = scheme != null && scheme.strip().equalsIgnoreCase("https");
    return (isTls ? "https://" : "http://") + (isPlain ? "localhost" : host);
  }
}
