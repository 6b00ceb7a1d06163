package dev.chasqui.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something was not done, and that nothing of it was. Everything in it is read by the caller.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String title;
  private final transient List<Fault> faults;

  private Refusal(
      Kind kind, String title, String detail, List<Fault> faults, @Nullable Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.title = title;
    this.faults = List.copyOf(faults);
  }

  /// What kind of reason.
  public enum Kind {
    /// What was sent is not what can be taken.
    BAD_INPUT,
    /// The caller may not.
    FORBIDDEN,
    /// There is no such thing, or the caller may not know of it.
    NOT_FOUND,
    /// It does not go with what there is.
    CONFLICT,
    /// It was there, and is deleted.
    GONE
  }

  /// One wrong place of what was sent.
  ///
  /// @param path such as `policy.schedule[2]`, or a parameter's name
  public record Fault(String path, String reason) {}

  /// There is no such thing, or the caller may not know of it.
  public static Refusal notFound() {
    return notFound("there is no such resource");
  }

  /// The same with another reason.
  public static Refusal notFound(String reason) {
    return new Refusal(Kind.NOT_FOUND, "Not found", reason, List.of(), null);
  }

  /// It does not go with what there is.
  public static Refusal conflict(String reason) {
    return new Refusal(Kind.CONFLICT, "Conflict", reason, List.of(), null);
  }

  /// The caller may not.
  public static Refusal forbidden(String reason) {
    return new Refusal(Kind.FORBIDDEN, "Forbidden", reason, List.of(), null);
  }

  /// It was there, and is deleted.
  public static Refusal gone(String reason) {
    return new Refusal(Kind.GONE, "Gone", reason, List.of(), null);
  }

  /// A parameter of the query that is wrong.
  public static Refusal badQuery(String name, String reason) {
    return bad("query", List.of(new Fault(name, reason)));
  }

  /// Parts of the query or of headers that are wrong.
  public static Refusal bad(String place, List<Fault> faults) {
    return new Refusal(
        Kind.BAD_INPUT, "Bad " + place, "the " + place + " has a fault", faults, null);
  }

  /// A member of the body that is wrong.
  public static Refusal badBody(String path, String reason) {
    return badBody(List.of(new Fault(path, reason)));
  }

  /// Members of the body that are wrong.
  public static Refusal badBody(List<Fault> faults) {
    String detail = faults.size() == 1 ? "the body has a fault" : "the body has faults";
    return new Refusal(Kind.BAD_INPUT, "Bad body", detail, faults, null);
  }

  /// A callback that did not prove itself.
  public static Refusal handshake(String reason) {
    return new Refusal(
        Kind.BAD_INPUT,
        "Handshake failed",
        "the callback did not prove that it knows the verify token; nothing was changed",
        List.of(new Fault("callbackUrl", reason)),
        null);
  }

  /// Something else about what was sent.
  public static Refusal bad(String title, String reason, @Nullable Throwable cause) {
    return new Refusal(Kind.BAD_INPUT, title, reason, List.of(), cause);
  }

  public Kind kind() {
    return kind;
  }

  /// A short summary, the same for all of the kind.
  public String title() {
    return title;
  }

  /// What is wrong this time.
  public String detail() {
    return String.valueOf(getMessage());
  }

  /// The wrong places.
  public List<Fault> faults() {
    return faults;
  }
}
