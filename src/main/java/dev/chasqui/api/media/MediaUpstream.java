package dev.chasqui.api.media;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.client.StreamAnswer;
import dev.chasqui.http.client.StreamCall;
import dev.chasqui.http.client.StreamCall.Upload;
import dev.chasqui.http.client.StreamResult;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.messaging.UpstreamAccess;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.model.TextRule;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The platform's own interface for files, used with the workspace's access token: `POST
/// {upstream}/{version}/{number}/media`, `GET` and `DELETE {upstream}/{version}/{id}`. No call is
/// repeated by itself. Safe for use by many threads.
///
/// What a file's metadata names as its address is the platform's word, not the operator's: it is
/// called only if it is upstream's own host, or one of the platform's for files, and then through
/// the address guard. The token goes nowhere else.
public final class MediaUpstream {

  /// More than any document of the platform's about a file has.
  private static final int MAX_DOCUMENT_BYTES = 64 << 10;

  /// Where the platform keeps files (`lookaside.fbsbx.com`).
  private static final String FILES_DOMAIN = ".fbsbx.com";

  private final Ports ports;
  private final MediaSettings settings;

  public MediaUpstream(Ports ports, MediaSettings settings) {
    this.ports = ports;
    this.settings = settings;
  }

  /// What it works with.
  ///
  /// @param upstream calls what the operator set as upstream, wherever that is
  /// @param outside calls other hosts, with the address guard of receivers
  /// @param access the current `meta-access-token` of a workspace
  /// @param random for boundaries; must be hard to guess
  public record Ports(
      Calls upstream,
      Calls outside,
      Function<WorkspaceId, Optional<UpstreamAccess>> access,
      RandomGenerator random) {}

  /// Makes calls whose bodies go piece by piece.
  @FunctionalInterface
  public interface Calls {
    /// @throws BrokenStreamException if the body to send broke
    StreamResult exchange(StreamCall call) throws InterruptedException;
  }

  /// The owner of files.
  ///
  /// @param phoneNumberId digits; the platform then refuses files of other numbers. Null for any
  ///   number that the workspace's token reaches
  public record Owner(WorkspaceId workspace, @Nullable String phoneNumberId) {}

  /// A call of the Graph API for a workspace.
  ///
  /// @param path with the version, without a slash in front
  /// @param query encoded; empty if there is none
  public record Ask(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      @Nullable Upload upload) {

    /// A call without a body.
    public static Ask of(String method, String path, String query) {
      return new Ask(method, path, query, Map.of(), null);
    }
  }

  /// Where a form is posted to.
  ///
  /// @param version as `v24.0`
  /// @param query encoded, without the client's token; empty if there is none
  public record Target(String version, String query) {}

  /// The limits under which it works.
  public MediaSettings settings() {
    return settings;
  }

  /// Takes a file up.
  ///
  /// @throws BrokenStreamException if the file broke off, or is over its limit
  public MediaAnswer upload(Owner owner, MediaFile file, MediaKind kind)
      throws InterruptedException {
    long most = Math.min(kind.maxBytes(), settings.maxBytes());
    MediaFile counted =
        new MediaFile(file.type(), file.length(), new CountedPieces(file.content(), most));
    FormPieces form = new FormPieces(counted, ports.random());
    return upload(owner, new Target(settings.version(), ""), form.contentType(), form.upload());
  }

  /// Takes a form up as a client of the Graph API wrote it.
  ///
  /// @throws BrokenStreamException if the form broke off
  public MediaAnswer upload(Owner owner, Target target, String contentType, Upload form)
      throws InterruptedException {
    String path = target.version() + "/" + owner.phoneNumberId() + "/media";
    Map<String, String> headers = Map.of("Content-Type", contentType);
    return document(owner.workspace(), new Ask("POST", path, target.query(), headers, form));
  }

  /// Deletes a file.
  ///
  /// @param id letters, digits, `-` and `_`
  public MediaAnswer delete(Owner owner, String id) throws InterruptedException {
    return document(owner.workspace(), file("DELETE", owner, id));
  }

  /// Begins to take a file down.
  ///
  /// @param id letters, digits, `-` and `_`
  public MediaAnswer download(Owner owner, String id) throws InterruptedException {
    MediaAnswer metadata = document(owner.workspace(), file("GET", owner, id));
    if (!(metadata instanceof MediaAnswer.Told told) || !told.isDone()) {
      return metadata;
    }
    URI address = address(told.document());
    Calls calls = address == null ? null : callsTo(address);
    if (address == null || calls == null) {
      return new MediaAnswer.Silent(false, "upstream names no address of its own for the file");
    }
    String type = told.document().path("mime_type").stringValue("application/octet-stream");
    return open(owner, address, calls, type);
  }

  private Ask file(String method, Owner owner, String id) {
    String number = owner.phoneNumberId();
    String query = number == null ? "" : "phone_number_id=" + number;
    return Ask.of(method, settings.version() + "/" + id, query);
  }

  private static @Nullable URI address(JsonNode metadata) {
    try {
      URI address = URI.create(metadata.path("url").stringValue(""));
      return address.getHost() == null ? null : address;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// @return null if the token must not go there
  private @Nullable Calls callsTo(URI address) {
    URI base = settings.base();
    boolean isUpstream =
        address.getHost().equalsIgnoreCase(base.getHost())
            && address.getPort() == base.getPort()
            && address.getScheme().equalsIgnoreCase(base.getScheme());
    if (isUpstream) {
      return ports.upstream();
    }
    boolean isPlatforms = address.getHost().toLowerCase(Locale.ROOT).endsWith(FILES_DOMAIN);
    boolean isUsual = address.getScheme().equalsIgnoreCase("https") && address.getPort() < 0;
    return isPlatforms && isUsual ? ports.outside() : null;
  }

  private MediaAnswer open(Owner owner, URI address, Calls calls, String type)
      throws InterruptedException {
    Optional<UpstreamAccess> access = access(owner.workspace());
    if (access.isEmpty()) {
      return noToken();
    }
    StreamCall call =
        new StreamCall("GET", address, headers(access.get(), Map.of()), null, bounds());
    return switch (exchange(calls, call)) {
      case StreamResult.Failed failed -> silent(failed);
      case StreamResult.Answered(StreamAnswer answer) -> {
        if (answer.status() == 200) {
          String told = answer.header("Content-Type");
          yield new MediaAnswer.Content(answer, told == null ? type : told);
        }
        yield told(answer);
      }
    };
  }

  /// Whether there is a token to call with.
  public boolean isOpenFor(WorkspaceId workspace) {
    return access(workspace).isPresent();
  }

  /// Makes a call whose answer is a document of 64 KiB at most.
  public MediaAnswer document(WorkspaceId workspace, Ask ask) throws InterruptedException {
    return switch (exchange(workspace, ask)) {
      case null -> noToken();
      case StreamResult.Failed failed -> silent(failed);
      case StreamResult.Answered(StreamAnswer answer) -> told(answer);
    };
  }

  /// Makes a call whose answer may be of any size.
  ///
  /// @return null if the workspace has no access token
  public @Nullable StreamResult exchange(WorkspaceId workspace, Ask ask)
      throws InterruptedException {
    Optional<UpstreamAccess> access = access(workspace);
    if (access.isEmpty()) {
      return null;
    }
    String query = ask.query().isEmpty() ? "" : "?" + ask.query();
    URI url = access.get().address(settings.base() + "/" + ask.path() + query);
    return exchange(
        ports.upstream(),
        new StreamCall(
            ask.method(), url, headers(access.get(), ask.headers()), ask.upload(), bounds()));
  }

  /// A token that cannot stand in a header is none.
  private Optional<UpstreamAccess> access(WorkspaceId workspace) {
    return ports
        .access()
        .apply(workspace)
        .filter(it -> TextRule.tokenObjection(it.token()).isEmpty());
  }

  /// A request that cannot be written as HTTP is not sent.
  private static StreamResult exchange(Calls calls, StreamCall call) throws InterruptedException {
    try {
      return calls.exchange(call);
    } catch (IllegalArgumentException e) {
      return new StreamResult.Failed(
          Failure.BAD_ANSWER, "the call cannot be made: " + e.getMessage());
    }
  }

  private static MediaAnswer noToken() {
    return new MediaAnswer.Silent(
        false, "the workspace has no meta-access-token that can stand in a header");
  }

  private static MediaAnswer silent(StreamResult.Failed failed) {
    return new MediaAnswer.Silent(
        failed.failure() == Failure.TIMEOUT, "upstream did not answer: " + failed.detail());
  }

  private static MediaAnswer told(StreamAnswer answer) throws InterruptedException {
    try (answer) {
      Bytes body = answer.rest(MAX_DOCUMENT_BYTES);
      return new MediaAnswer.Told(
          answer.status(), answer.header("Retry-After"), document(body), body);
    } catch (BrokenStreamException e) {
      return new MediaAnswer.Silent(false, "upstream's answer broke off: " + e.getMessage());
    }
  }

  private static JsonNode document(Bytes body) {
    try {
      return Json.read(body);
    } catch (MalformedJsonException e) {
      return Json.object();
    }
  }

  private Map<String, String> headers(UpstreamAccess access, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + access.token());
    headers.put("User-Agent", settings.userAgent());
    return headers;
  }

  private StreamCall.Bounds bounds() {
    return new StreamCall.Bounds(settings.deadline(), settings.stall(), settings.maxBytes());
  }
}
