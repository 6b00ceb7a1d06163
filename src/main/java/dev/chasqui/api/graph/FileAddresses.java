package dev.chasqui.api.graph;

import dev.chasqui.api.media.MediaUpstream.Owner;
import dev.chasqui.http.server.Request;
import dev.chasqui.model.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Makes the addresses of files for clients: on this gateway, as the client reached it.
///
/// Some clients send their token to the platform's hosts only, so the address holds a ticket, which
/// opens that one file for five minutes; the platform's own addresses are good for as long. The
/// ticket's key lives as long as the process; later, or in another process, a client needs a token
/// or asks for the file again.
final class FileAddresses {

  /// The edge after a media id that answers the file's bytes.
  static final String CONTENT = "content";

  /// The query's parameter.
  static final String TICKET = "ticket";

  private static final Duration GOOD_FOR = Duration.ofMinutes(5);
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

  private final String publicUrl;
  private final UnaryOperator<String> seal;
  private final Clock clock;

  /// @param publicUrl the setting `public.url`; empty to go by the request
  FileAddresses(String publicUrl, GraphApi.Tickets tickets) {
    this.publicUrl = publicUrl.replaceFirst("/+$", "");
    this.seal = tickets.seal();
    this.clock = tickets.clock();
  }

  /// Where a file's bytes are.
  String of(Request request, String version, Owner owner, String mediaId) {
    String file = "/" + version + "/" + mediaId + "/" + CONTENT;
    return base(request) + file + "?" + TICKET + "=" + ticket(owner, mediaId);
  }

  /// The owner whose file a ticket opens; empty if the ticket is not from this process, for another
  /// file, or too old.
  Optional<Owner> owner(String ticket, String mediaId) {
    int dot = ticket.lastIndexOf('.');
    String claims = ticket.substring(0, Math.max(0, dot));
    byte[] given = ticket.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    byte[] right = signature(claims, mediaId).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, right)) {
      return Optional.empty();
    }
    String[] parts = claims.split("\\.", -1);
    boolean isGood = clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[0])));
    String number = parts[2];
    return isGood
        ? Optional.of(new Owner(new WorkspaceId(parts[1]), number.isEmpty() ? null : number))
        : Optional.empty();
  }

  private String ticket(Owner owner, String mediaId) {
    long until = clock.instant().plus(GOOD_FOR).getEpochSecond();
    String number = owner.phoneNumberId() == null ? "" : owner.phoneNumberId();
    String claims = until + "." + owner.workspace() + "." + number;
    return claims + "." + signature(claims, mediaId);
  }

  private String signature(String claims, String mediaId) {
    return seal.apply(claims + "/" + mediaId);
  }

  private String base(Request request) {
    if (!publicUrl.isEmpty()) {
      return publicUrl;
    }
    String host = request.headers().first("Host");
    boolean isPlain = host != null && HOST.matcher(host).matches();
    String scheme = request.headers().first("X-Forwarded-Proto");
    boolean isTls = scheme != null && scheme.strip().equalsIgnoreCase("https");
    return (isTls ? "https://" : "http://") + (isPlain ? host : "localhost");
  }
}
