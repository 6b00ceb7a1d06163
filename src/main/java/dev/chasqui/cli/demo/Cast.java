package dev.chasqui.cli.demo;

import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Overrides;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.SampleReceiver;
import java.util.List;
import java.util.random.RandomGenerator;

/// Who takes part: three businesses, whose webhooks go three ways, and six receivers.
///
/// @param callbacks the application's callback, the account's and the number's: Meta's format
/// @param crm gets everything, as Standard Webhooks
/// @param bot gets the messages of one number; stumbles over each delivery once
/// @param archive gets two account fields; is down all day
record Cast(
    Callbacks callbacks,
    SampleReceiver crm,
    SampleReceiver bot,
    SampleReceiver archive,
    Secrets secrets) {

  /// The application's own number.
  static final Business SHOP = Business.SAMPLE;

  /// A number of the same account with a callback of its own.
  static final Business DESK = Business.SAMPLE.withNumber(1);

  /// An account with a callback of its own.
  static final Business BRANCH = Business.SAMPLE.withAccount(1);

  /// What the platform would do with a change of theirs.
  static final Overrides OVERRIDES = new Overrides(BRANCH.wabaId(), DESK.phoneNumberId());

  /// The fields that the archive asks for.
  static final List<String> ARCHIVED = List.of("security", "flows");

  private static final int SECRET_BYTES = 32;

  /// The receivers of Meta's format.
  record Callbacks(SampleReceiver application, SampleReceiver waba, SampleReceiver phoneNumber) {}

  /// What the subscribers' deliveries are signed with.
  record Secrets(
      ReceiverSecret.Standard crm, ReceiverSecret.Standard bot, ReceiverSecret.Standard archive) {}

  static Cast of(String appSecret, String verifyToken, RandomGenerator random) {
    ReceiverSecret meta = new ReceiverSecret.Meta(new AppSecret(appSecret));
    Callbacks callbacks =
        new Callbacks(
            new SampleReceiver("application", meta, verifyToken),
            new SampleReceiver("waba", meta, verifyToken),
            new SampleReceiver("phone-number", meta, verifyToken));
    Secrets secrets = new Secrets(secret(random), secret(random), secret(random));
    return new Cast(
        callbacks,
        new SampleReceiver("crm", secrets.crm(), verifyToken),
        new SampleReceiver("bot", secrets.bot(), verifyToken),
        new SampleReceiver("archive", secrets.archive(), verifyToken),
        secrets);
  }

  List<SampleReceiver> receivers() {
    return List.of(
        callbacks.application(), callbacks.waba(), callbacks.phoneNumber(), crm, bot, archive);
  }

  private static ReceiverSecret.Standard secret(RandomGenerator random) {
    byte[] key = new byte[SECRET_BYTES];
    random.nextBytes(key);
    return ReceiverSecret.Standard.of(key);
  }
}
