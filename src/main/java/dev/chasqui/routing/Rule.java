package dev.chasqui.routing;

/// By which rule an endpoint gets something of an event.
public enum Rule {
  /// The phone number has a callback of its own (seed 001, first step).
  PHONE_NUMBER_OVERRIDE("phone_number_override", "the phone number's own callback"),
  /// The phone number has none, its WhatsApp Business Account has one (seed 001, second step).
  WABA_OVERRIDE("waba_override", "the WABA's own callback"),
  /// Neither has one, or the field follows no override.
  APPLICATION_CALLBACK("application_callback", "the application's callback"),
  /// A further endpoint whose scope and interest the item meets.
  SUBSCRIPTION("subscription", "its scope, subscriptions and filters include it");

  private final String wire;
  private final String words;

  Rule(String wire, String words) {
    this.wire = wire;
    this.words = words;
  }

  /// The word in the API.
  public String wire() {
    return wire;
  }

  /// The same for people.
  public String words() {
    return words;
  }
}
