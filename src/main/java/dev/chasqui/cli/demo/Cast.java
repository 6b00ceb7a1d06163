package dev.chasqui.cli.demo;

import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Overrides;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.SampleReceiver;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The participants: six businesses, whose webhooks go three ways, and ten receivers.
///
/// @param callbacks the application's callback, the account's and the number's: Meta's format
/// @param secrets of the businesses whose webhooks come by way of Turn and of Exotel
record Cast(Callbacks callbacks, Subscribers subscribers, SourceSecrets secrets) {

  /// The application's own number.
  static final Business SHOP = Business.SAMPLE;

  /// A number of the same account with a callback of its own.
  static final Business DESK = Business.SAMPLE.withNumber(1);

  /// An account with a callback of its own.
  static final Business BRANCH = Business.SAMPLE.withAccount(1);

  /// A number whose webhooks come from Turn.
  static final Business CLINIC = Business.SAMPLE.withNumber(2);

  /// A number whose webhooks come from Exotel.
  static final Business DEPOT = Business.SAMPLE.withNumber(3);

  /// A number that sends messages, and has another way to its contacts than WhatsApp.
  static final Business CLUB = Business.SAMPLE.withNumber(4);

  /// What the platform would do with a change of theirs.
  static final Overrides OVERRIDES = new Overrides(BRANCH.wabaId(), DESK.phoneNumberId());

  private static final int SECRET_BYTES = 32;

  /// The receivers of Meta's format.
  record Callbacks(SampleReceiver application, SampleReceiver waba, SampleReceiver phoneNumber) {
    List<SampleReceiver> all() {
      return List.of(application, waba, phoneNumber);
    }
  }

  /// What Turn and Exotel sign with.
  record SourceSecrets(String turn, String exotel) {
    @Override
    public String toString() {
      return "SourceSecrets";
    }
  }

  static Cast of(String appSecret, String verifyToken, RandomGenerator random) {
    ReceiverSecret meta = new ReceiverSecret.Meta(new AppSecret(appSecret));
    Callbacks callbacks =
        new Callbacks(
            new SampleReceiver("application", meta, verifyToken),
            new SampleReceiver("waba", meta, verifyToken),
            new SampleReceiver("phone-number", meta, verifyToken));
    return new Cast(
        callbacks,
        Subscribers.of(verifyToken, () -> bytes(random)),
        new SourceSecrets(text(random), text(random)));
  }

  List<SampleReceiver> receivers() {
    return Stream.concat(
            callbacks.all().stream(), subscribers.all().stream().map(Subscriber::receiver))
        .toList();
  }

  private static String text(RandomGenerator random) {
    return HexFormat.of().formatHex(bytes(random));
  }

  private static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
