package dev.chasqui.operations.endpoints;

import dev.chasqui.json.JsonBody;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Subscriptions;
import dev.chasqui.model.Tls;
import dev.chasqui.model.Url;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.outbound.Sender;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads the document of an endpoint, as POST brings it and as PATCH makes it, and notes all that
/// is wrong with it.
public final class EndpointBody {

  private static final int MAX_NAME = 100;
  private static final int MAX_URL = 2_048;
  private static final int MAX_WORDS = 200;
  private static final int MAX_WORD = 100;
  private static final int MAX_HEADERS = 20;
  private static final int MAX_HEADER = 8_192;
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  /// Headers that belong to the delivery itself.
  private static final Pattern OWN_HEADER =
      Pattern.compile(
          "host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|user-agent"
              + "|chasqui-.*|webhook-.*|x-hub-signature.*|x-turn-.*|x-exotel-.*");

  private final ReceiverDialects dialects;
  private final Sender sender;

  public EndpointBody(ReceiverDialects dialects, Sender sender) {
    this.dialects = dialects;
    this.sender = sender;
  }

  /// A dialect that is available.
  record Spoken(DialectName name, ReceiverDialects.Traits traits) {}

  /// What a document says.
  record Draft(
      String name,
      Spoken dialect,
      URI url,
      Endpoint.Scope scope,
      Endpoint.Interest interest,
      Rest rest) {}

  /// The rest of what a document says.
  ///
  /// @param secret null if none is given
  /// @param allowTwin whether there may be another one like it
  record Rest(
      @Nullable String secret,
      Map<String, String> headers,
      Tls tls,
      Policy policy,
      boolean allowTwin) {}

  /// Reads a document.
  ///
  /// @param checkUrl whether the address is to be looked at, which asks the resolver
  /// @throws dev.chasqui.json.InvalidBodyException with all faults
  Draft read(ObjectNode document, boolean checkUrl) throws InterruptedException {
    Fields fields = new Fields(JsonBody.of(document));
    String name = fields.requiredText("name", MAX_NAME);
    Optional<Spoken> dialect = dialect(fields);
    URI url = url(fields, checkUrl);
    Endpoint.Scope scope = scope(fields.object("scope"));
    Endpoint.Interest interest = interest(fields, subscriptions(fields, dialect));
    String secret = secret(fields, dialect);
    Map<String, String> headers = headers(fields);
    Tls tls = TlsBody.read(fields.object("tls"), sender);
    Fields policyFields = fields.object("policy");
    // With a dialect that is none the rest is looked at all the same.
    Policy policy =
        PolicyBody.read(policyFields, dialect.map(Spoken::traits).orElseGet(this::any).defaults());
    boolean allowTwin = fields.flag("allowTwin", false);
    fields.check();
    Rest rest = new Rest(secret, headers, tls, policy, allowTwin);
    return new Draft(name, dialect.orElseThrow(), url, scope, interest, rest);
  }

  private ReceiverDialects.Traits any() {
    return dialects.find(DialectName.META).orElseThrow();
  }

  private Optional<Spoken> dialect(Fields fields) {
    String word = fields.requiredText("dialect", 20);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      DialectName name = DialectName.ofWire(word);
      Optional<Spoken> spoken = dialects.find(name).map(it -> new Spoken(name, it));
      if (spoken.isPresent()) {
        return spoken;
      }
      fields.fault("dialect", word + " is not spoken to receivers here");
    } catch (IllegalArgumentException e) {
      fields.fault("dialect", "must be meta, turn, exotel or standard");
    }
    return Optional.empty();
  }

  private URI url(Fields fields, boolean check) throws InterruptedException {
    String text = fields.requiredText("url", MAX_URL);
    URI none = URI.create("");
    if (text.isEmpty()) {
      return none;
    }
    try {
      URI url = Url.parse(text);
      Optional<String> objection = check ? sender.objection(url) : Optional.empty();
      objection.ifPresent(it -> fields.fault("url", it));
      return url;
    } catch (URISyntaxException e) {
      fields.fault("url", "must be an absolute http or https URL");
      return none;
    }
  }

  private static Endpoint.Scope scope(Fields scope) {
    String waba = scope.digits("wabaId");
    String number = scope.digits("phoneNumberId");
    scope.finish();
    return new Endpoint.Scope(waba, number);
  }

  /// An endpoint that names no subscription has its dialect's defaults; one that names an empty
  /// list where one is needed is mistaken.
  private static Set<String> subscriptions(Fields fields, Optional<Spoken> dialect) {
    List<String> words = fields.texts("subscriptions", MAX_WORDS, MAX_WORD);
    if (dialect.isEmpty()) {
      return Set.of();
    }
    Subscriptions known = dialect.get().traits().subscriptions();
    if (!fields.has("subscriptions")) {
      return known.defaults();
    }
    if (words.isEmpty() && known.isOneNeeded()) {
      fields.fault(
          "subscriptions", "must name at least one of " + String.join(", ", known.words()));
    }
    for (int i = 0; i < words.size(); i++) {
      String path = "subscriptions[" + i + "]";
      known.objection(words.get(i)).ifPresent(reason -> fields.fault(path, reason));
    }
    return words.stream().map(known::current).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether a document names a subscription by a former name.
  boolean isDeprecated(ObjectNode document, DialectName dialect) {
    Set<String> former =
        dialects.find(dialect).map(it -> it.subscriptions().deprecated().keySet()).orElse(Set.of());
    return document
        .path("subscriptions")
        .valueStream()
        .anyMatch(it -> former.contains(it.asString("")));
  }

  private static Endpoint.Interest interest(Fields fields, Set<String> subscriptions) {
    Fields filters = fields.object("filters");
    Set<String> directions = filters.words("directions", 2, MAX_WORD);
    if (!Set.of("inbound", "outbound").containsAll(directions)) {
      filters.fault("directions", "must be inbound, outbound or both");
    }
    Endpoint.Interest interest =
        new Endpoint.Interest(
            subscriptions,
            filters.words("fields", MAX_WORDS, MAX_WORD),
            filters.words("messageTypes", MAX_WORDS, MAX_WORD),
            filters.words("statuses", MAX_WORDS, MAX_WORD),
            directions,
            filters.words("senders", MAX_WORDS, MAX_WORD),
            new Endpoint.Extras(chats(filters), fields.flag("exactPayload", false)));
    filters.finish();
    return interest;
  }

  private static Set<String> chats(Fields filters) {
    Set<String> chats = filters.words("chats", 2, MAX_WORD);
    if (!Set.of(Endpoint.Extras.GROUP, Endpoint.Extras.DIRECT).containsAll(chats)) {
      filters.fault("chats", "must be group, direct or both");
    }
    return chats;
  }

  private static @Nullable String secret(Fields fields, Optional<Spoken> dialect) {
    String secret = fields.secret("secret");
    if (secret != null) {
      dialect
          .flatMap(it -> it.traits().secretObjection().apply(secret))
          .ifPresent(it -> fields.fault("secret", it));
    }
    return secret;
  }

  private static Map<String, String> headers(Fields fields) {
    Map<String, String> given = fields.textMap("headers");
    Map<String, String> headers = new LinkedHashMap<>();
    if (given.size() > MAX_HEADERS) {
      fields.fault("headers", "must be at most " + MAX_HEADERS);
      return headers;
    }
    for (Map.Entry<String, String> header : given.entrySet()) {
      String fault = headerFault(header.getKey(), header.getValue());
      if (fault.isEmpty()) {
        headers.put(header.getKey(), header.getValue());
      } else {
        fields.fault("headers." + header.getKey(), fault);
      }
    }
    return headers;
  }

  private static String headerFault(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()) {
      return "is no header name";
    }
    if (OWN_HEADER.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return "belongs to the delivery itself";
    }
    if (value.equals(EndpointSettings.MASK)) {
      return "is a masked value; send the real one or leave the header out";
    }
    boolean good =
        value.length() <= MAX_HEADER && value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    return good ? "" : "must be a text of at most " + MAX_HEADER + " plain characters";
  }
}
