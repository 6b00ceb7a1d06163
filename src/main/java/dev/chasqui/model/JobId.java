package dev.chasqui.model;

/// The id of a job, written `job_` and the ULID.
public record JobId(Ulid ulid) implements Comparable<JobId> {

  private static final String PREFIX = "job_";

  /// @throws IllegalArgumentException if the text is not this kind of id
  public static JobId parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an id of a job begins with " + PREFIX);
    }
    return new JobId(Ulid.parse(text.substring(PREFIX.length())));
  }

  /// @throws IllegalArgumentException unless there are exactly 16 bytes
  public static JobId fromBytes(byte[] bytes) {
    return new JobId(Ulid.fromBytes(bytes));
  }

  /// The 16-byte binary form.
  public byte[] toBytes() {
    return ulid.toBytes();
  }

  @Override
  public int compareTo(JobId other) {
    return ulid.compareTo(other.ulid);
  }

  @Override
  public String toString() {
    return PREFIX + ulid;
  }
}
