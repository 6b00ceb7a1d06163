package dev.chasqui.sim;

/// The business that the simulated platform works for. All its numbers are invented.
///
/// @param wabaId the WhatsApp Business Account
/// @param portfolioId the business portfolio above it; the entry id of a few account fields
/// @param phoneNumberId the number's id
/// @param displayPhoneNumber the number, in digits
public record Business(
    String wabaId, String portfolioId, String phoneNumberId, String displayPhoneNumber) {

  /// The business that the demo and the examples use.
  public static final Business SAMPLE =
      new Business("215500000000001", "315500000000001", "115500000000001", "15550001111");

  /// The same account's n-th further number, from 1.
  public Business withNumber(int n) {
    return new Business(
        wabaId,
        portfolioId,
        Long.toString(Long.parseLong(phoneNumberId) + n),
        Long.toString(Long.parseLong(displayPhoneNumber) + n));
  }

  /// The n-th further account of the same portfolio, from 1, with a number of its own.
  public Business withAccount(int n) {
    return new Business(
        Long.toString(Long.parseLong(wabaId) + n),
        portfolioId,
        Long.toString(Long.parseLong(phoneNumberId) + 1000L * n),
        Long.toString(Long.parseLong(displayPhoneNumber) + 1000L * n));
  }
}
