package dev.chasqui.sim;

import java.util.random.RandomGenerator;

/// A WhatsApp user in one conversation.
///
/// @param waId the phone number in digits
/// @param userId the business-scoped user id (BSUID)
/// @param username what others see if the user has chosen one
/// @param isPhoneHidden whether webhooks leave the phone number out, as the platform may since 2026
record User(String waId, String userId, String name, String username, boolean isPhoneHidden) {

  private static final String[] NAMES = {
    "Amaru",
    "Bel\u00e9n",
    "Chaska",
    "Diego",
    "Illari",
    "Jos\u00e9",
    "Killa",
    "Mayta",
    "Nina",
    "Qori"
  };

  /// An invented user: 1555 numbers and a BSUID of digits, which no person has.
  static User random(RandomGenerator random, boolean isPhoneHidden) {
    long number = random.nextLong(10_000_000L);
    String name = NAMES[random.nextInt(NAMES.length)];
    return new User(
        "1555%07d".formatted(number),
        userId("1555%07d".formatted(number)),
        name,
        "chasqui.user%07d".formatted(number),
        isPhoneHidden);
  }

  /// The user with that number.
  ///
  /// @param waId digits
  static User of(String waId) {
    String name = NAMES[Math.floorMod(waId.hashCode(), NAMES.length)];
    return new User(waId, userId(waId), name, "chasqui.user" + waId, false);
  }

  /// A number's business-scoped user id, always the same.
  static String userId(String waId) {
    return "US.%020d".formatted(Math.floorMod(Long.parseLong(waId) * 7_919L + 1, 1L << 60));
  }
}
