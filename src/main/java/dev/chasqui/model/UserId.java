package dev.chasqui.model;

import java.util.regex.Pattern;

/// The form of a business-scoped user id (BSUID): a country's two letters, a dot, and up to 128
/// letters and digits, as `US.1349`; a parent id has `ENT` in between, as `US.ENT.1349`. WhatsApp
/// may write one wherever it writes phone numbers, so the form tells what an id is, not its member.
public final class UserId {

  private static final int DOT = 2;

  private static final Pattern FORM = Pattern.compile("[A-Za-z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

  private UserId() {}

  /// Whether a text is a user id. A phone number costs one comparison.
  public static boolean matches(String text) {
    return text.length() > DOT && text.charAt(DOT) == '.' && FORM.matcher(text).matches();
  }
}
