package dev.chasqui.api.operator;

import dev.chasqui.http.Cidr;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.SourceAccount.Access;
import dev.chasqui.model.SourceAccount.Admission;
import dev.chasqui.model.SourceAccount.Secret;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the document of a sender other than Meta and notes all that is wrong with it. A secret
/// that is left out stays as it was; all else is replaced.
final class SourceAccountBody {

  private static final int MAX_NUMBER = 40;
  private static final int MAX_MODES = 10;
  private static final int MAX_ADDRESSES = 100;

  private final DialectName source;
  private final Optional<SourceAccount> old;
  private final Instant now;
  private final Duration overlap;

  /// @param old what there was
  /// @param overlap how long a replaced signing secret stays valid
  SourceAccountBody(
      DialectName source, Optional<SourceAccount> old, Instant now, Duration overlap) {
    this.source = source;
    this.old = old;
    this.now = now;
    this.overlap = overlap;
  }

  /// @param numbers what is known of a phone number id
  /// @throws dev.chasqui.json.InvalidBodyException with all faults
  SourceAccount read(
      WorkspaceId workspace,
      String id,
      Fields fields,
      Function<String, Optional<PhoneNumber>> numbers) {
    SourceChannel channel = channel(id, fields, numbers);
    boolean isTurn = source == DialectName.TURN;
    Access access = isTurn ? turnAccess(fields) : exotelAccess(fields);
    Admission admission = isTurn ? Admission.SIGNED : admission(fields, access);
    fields.check();
    return new SourceAccount(workspace, source, channel, access, admission);
  }

  private SourceChannel channel(
      String id, Fields fields, Function<String, Optional<PhoneNumber>> numbers) {
    String number = fields.digits("phoneNumberId");
    String waba = fields.digits("wabaId");
    String display = fields.text("displayPhoneNumber", MAX_NUMBER);
    if (number == null && source == DialectName.TURN && !fields.has("phoneNumberId")) {
      fields.fault("phoneNumberId", "is required");
    }
    Optional<PhoneNumber> known = number == null ? Optional.empty() : numbers.apply(number);
    return new SourceChannel(
        id,
        number,
        waba == null ? known.map(PhoneNumber::wabaId).orElse(null) : waba,
        display == null ? known.map(PhoneNumber::displayPhoneNumber).orElse(null) : display);
  }

  private Access turnAccess(Fields fields) {
    return new Access(secrets(fields, "secret", old.isEmpty()), null, null, null, null);
  }

  private Access exotelAccess(Fields fields) {
    Optional<Access> was = old.map(SourceAccount::access);
    String key = secret(fields, "apiKey", was.map(Access::apiKey));
    String token = secret(fields, "apiToken", was.map(Access::apiToken));
    if (key == null && !fields.has("apiKey")) {
      fields.fault("apiKey", "is required");
    }
    if (key != null && key.indexOf(':') >= 0) {
      fields.fault("apiKey", "must not have a colon, since it is the user of HTTP Basic");
    }
    if (token == null && !fields.has("apiToken")) {
      fields.fault("apiToken", "is required");
    }
    return new Access(
        secrets(fields, "signingSecret", false),
        key,
        token,
        secret(fields, "urlKey", was.map(Access::urlKey)),
        secret(fields, "verifyToken", was.map(Access::verifyToken)));
  }

  private static @Nullable String secret(Fields fields, String name, Optional<String> was) {
    String given = fields.secret(name);
    return given == null ? was.orElse(null) : given;
  }

  /// The signing secrets; the former one stays valid beside a new one for the overlap.
  private List<Secret> secrets(Fields fields, String name, boolean isRequired) {
    String given = isRequired ? fields.requiredSecret(name) : fields.secret(name);
    List<Secret> former = old.map(it -> it.access().secrets()).orElse(List.of());
    if (given == null) {
      return former;
    }
    List<Secret> secrets = new ArrayList<>(2);
    secrets.add(new Secret(given, null));
    boolean isNew = !former.isEmpty() && !former.getFirst().value().equals(given);
    if (isNew && !overlap.isZero()) {
      secrets.add(new Secret(former.getFirst().value(), now.plus(overlap)));
    } else if (!former.isEmpty() && !isNew) {
      return former;
    }
    return secrets;
  }

  private Admission admission(Fields fields, Access access) {
    List<String> words = fields.texts("authentication", MAX_MODES, 100);
    List<String> addresses = fields.texts("addresses", MAX_ADDRESSES, 50);
    for (int i = 0; i < addresses.size(); i++) {
      cidr(fields, "addresses[" + i + "]", addresses.get(i));
    }
    List<AuthenticationMode> modes = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      mode(fields, "authentication[" + i + "]", words.get(i)).ifPresent(modes::add);
    }
    boolean needsKey = modes.stream().anyMatch(it -> it.uses(Check.URL_KEY));
    boolean needsAddresses = modes.stream().anyMatch(it -> it.uses(Check.ADDRESS));
    if (needsKey && access.urlKey() == null) {
      fields.fault("urlKey", "is required for the authentication url-key");
    }
    if (needsAddresses && addresses.isEmpty()) {
      fields.fault("addresses", "are required for the authentication address");
    }
    return modes.isEmpty()
        ? new Admission(List.of(AuthenticationMode.SIGNATURE), addresses)
        : new Admission(modes, addresses);
  }

  private static Optional<AuthenticationMode> mode(Fields fields, String path, String text) {
    try {
      return Optional.of(AuthenticationMode.parse(text));
    } catch (IllegalArgumentException e) {
      fields.fault(path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void cidr(Fields fields, String path, String text) {
    try {
      Cidr.parse(text);
    } catch (IllegalArgumentException _) {
      fields.fault(path, "must be an address or a block of addresses as 203.0.113.0/24");
    }
  }
}
