package dev.chasqui.messaging;

import java.util.Set;

/// What upstream's error codes mean for us; the one place that knows them
/// (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
public final class Refusals {

  private static final long TOKEN = 190;

  /// No right to do it, or an account that may not send just now.
  private static final Set<Long> PERMISSION = Set.of(3L, 10L, 368L, 131005L, 131031L, 131042L);

  /// Limits of rate, and the platform's own troubles.
  private static final Set<Long> PASSING =
      Set.of(
          1L, 2L, 4L, 17L, 32L, 613L, 80007L, 130429L, 131000L, 131016L, 131048L, 131056L, 131057L,
          133004L);

  /// Too many requests, of the application, the number, or to one recipient.
  private static final Set<Long> RATE =
      Set.of(4L, 17L, 32L, 613L, 80007L, 130429L, 131048L, 131056L);

  /// The recipient cannot be reached by WhatsApp: no user of it (1013, on premises), not
  /// deliverable (131026), or shut out by an experiment (130472). A user who wants no marketing
  /// (131050) or was sent too much of it (131049) can be reached: another channel would go against
  /// their will.
  private static final Set<Long> RECIPIENT = Set.of(1013L, 130472L, 131026L);

  private Refusals() {}

  /// Whether the workspace's access token is not valid: code 190, or 0 as `AuthException`.
  public static boolean isOfToken(SendAnswer.Fault fault) {
    String type = fault.type();
    boolean isAuthentication = fault.code() == 0 && type != null && type.contains("Auth");
    return fault.code() == TOKEN || isAuthentication;
  }

  /// Whether it came too soon after others.
  public static boolean isOfRate(long code) {
    return RATE.contains(code);
  }

  /// Whether a message was refused for its recipient's sake.
  public static boolean isRecipients(long code) {
    return RECIPIENT.contains(code);
  }

  /// Whether the same request may well go through later: then its idempotency key is free again.
  /// What else is refused stays refused, and a repeat is answered with the same refusal.
  ///
  /// @param code 0 if the answer had none: then Graph did not even look at the message
  static boolean mayPass(int status, long code) {
    boolean isOutsideMessage = status == 401 || status == 403 || status == 429 || status >= 500;
    boolean isPermission = PERMISSION.contains(code) || (code >= 200 && code < 300);
    return isOutsideMessage || isPermission || code == 0 || code == TOKEN || PASSING.contains(code);
  }
}
