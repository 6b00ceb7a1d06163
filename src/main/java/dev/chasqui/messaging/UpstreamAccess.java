package dev.chasqui.messaging;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The credentials of a workspace for the Graph API.
///
/// @param token the workspace's `meta-access-token`
/// @param proof the parameter `appsecret_proof`, null if none is sent
public record UpstreamAccess(String token, @Nullable String proof) {

  /// A token without a proof.
  public static UpstreamAccess of(String token) {
    return new UpstreamAccess(token, null);
  }

  /// A token with the proof that its sender knows the app secret: the token's HMAC-SHA256 in hex
  /// (Meta, "Securing Graph API requests"). Apps with "Require App Secret" refuse calls without it.
  public static UpstreamAccess proven(String token, SigningKey appSecret) {
    return new UpstreamAccess(token, HexFormat.of().formatHex(appSecret.hmac(Bytes.utf8(token))));
  }

  /// The address of a call, with the proof in its query if there is one.
  public URI address(String url) {
    if (proof == null) {
      return URI.create(url);
    }
    return URI.create(url + (url.indexOf('?') < 0 ? "?" : "&") + "appsecret_proof=" + proof);
  }

  @Override
  public String toString() {
    return "UpstreamAccess";
  }
}
