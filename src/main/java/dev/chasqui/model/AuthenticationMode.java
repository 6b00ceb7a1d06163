package dev.chasqui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// One way in which a source other than Meta proves who it is: checks that must all pass. Written
/// `signature`, or several with plus signs: `url-key+address`.
public record AuthenticationMode(List<Check> checks) {

  /// A signature over the raw body.
  public static final AuthenticationMode SIGNATURE =
      new AuthenticationMode(List.of(Check.SIGNATURE));

  public enum Check {
    /// HMAC over the raw bytes with a secret of the account.
    SIGNATURE("signature"),
    /// A key in the URL's query, compared in constant time.
    URL_KEY("url-key"),
    /// The account's sid stands in the body. Weak: the sid stands in the URL as well.
    ACCOUNT_SID("account-sid"),
    /// The sender's address is on the account's list.
    ADDRESS("address"),
    /// No check: every request to the URL is accepted.
    NONE("none");

    private final String wire;

    Check(String wire) {
      this.wire = wire;
    }

    /// The word in settings and in the event's detail.
    public String wire() {
      return wire;
    }

    static Check ofWire(String wire) {
      for (Check check : values()) {
        if (check.wire.equals(wire)) {
          return check;
        }
      }
      throw new IllegalArgumentException(
          "must be signature, url-key, account-sid, address or none, or several with +");
    }
  }

  public AuthenticationMode {
    checks = List.copyOf(checks);
    boolean isRepeated = checks.stream().distinct().count() < checks.size();
    if (checks.isEmpty() || isRepeated) {
      throw new IllegalArgumentException("must name each check once");
    }
    if (checks.size() > 1 && checks.contains(Check.NONE)) {
      throw new IllegalArgumentException("none stands alone");
    }
  }

  /// Reads the form of [#text()].
  ///
  /// @throws IllegalArgumentException with a reason for people if the text is no mode
  public static AuthenticationMode parse(String text) {
    List<Check> checks = new ArrayList<>();
    for (String word : text.split("\\+", -1)) {
      checks.add(Check.ofWire(word));
    }
    return new AuthenticationMode(checks);
  }

  public boolean uses(Check check) {
    return checks.contains(check);
  }

  /// The checks' words with plus signs between them.
  public String text() {
    return checks.stream().map(Check::wire).collect(Collectors.joining("+"));
  }
}
