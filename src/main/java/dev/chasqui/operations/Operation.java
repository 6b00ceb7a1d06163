package dev.chasqui.operations;

import tools.jackson.databind.node.ObjectNode;

/// One thing that can be asked or done.
///
/// @param name what it is called everywhere, such as `endpoints.pause`; also the permission it
///   needs
/// @param summary one sentence for people
/// @param check what is looked at before anything is done
/// @param input what it takes; its members are told in the OpenAPI document
/// @param result what it answers
/// @param <I> the record in
/// @param <O> the answer
public record Operation<I extends Record, O>(
    String name,
    String summary,
    Access access,
    Class<I> input,
    Check<I> check,
    Result<O> result,
    Action<I, O> action) {

  /// Notes what is wrong with a record beyond its shape, so that all faults are told at once.
  ///
  /// @param <I> the record in
  @FunctionalInterface
  public interface Check<I> {

    /// @param input what could be read; a member that was at fault is null or nought, whatever its
    ///   type says
    void check(Invocation call, I input, Faults faults) throws InterruptedException;
  }

  /// Takes nothing.
  public record Nothing() {}

  /// Does it; blocks.
  ///
  /// @param <I> the record in
  /// @param <O> the answer
  @FunctionalInterface
  public interface Action<I, O> {

    /// @throws Refusal if it cannot be done, with the reason for the caller
    O run(Invocation call, I input) throws InterruptedException;
  }

  /// What is answered.
  ///
  /// @param <O> its Java type
  public sealed interface Result<O> {

    /// One record.
    record One<O extends Record>(Class<O> type) implements Result<O> {}

    /// A page of a list of records.
    record Pages<O extends Record>(Class<O> item) implements Result<Listed<O>> {}

    /// One record as it was written down when it was first answered.
    record Written(Class<? extends Record> type) implements Result<ObjectNode> {}

    /// Nothing but that it is done.
    record Done() implements Result<Nothing> {}

    /// Bytes of some media type.
    record Raw(String mediaType) implements Result<Download> {}
  }

  /// An operation that reads and may be made public to viewers.
  public static <I extends Record> Draft<I> reads(String name, Class<I> input, String summary) {
    return new Draft<>(name, summary, Access.READ, input, (_, _, _) -> {});
  }

  /// An operation that reads what people wrote.
  public static <I extends Record> Draft<I> readsContent(
      String name, Class<I> input, String summary) {
    return new Draft<>(name, summary, Access.READ_CONTENT, input, (_, _, _) -> {});
  }

  /// An operation that changes something.
  public static <I extends Record> Draft<I> changes(String name, Class<I> input, String summary) {
    return new Draft<>(name, summary, Access.CHANGE, input, (_, _, _) -> {});
  }

  /// Whether it changes nothing.
  public boolean isRead() {
    return access != Access.CHANGE;
  }

  /// An operation that does not yet say what it answers.
  ///
  /// @param <I> the record in
  public record Draft<I extends Record>(
      String name, String summary, Access access, Class<I> input, Check<I> check) {

    /// The same, which looks at what it is given before anything is done.
    public Draft<I> checked(Check<I> looking) {
      return new Draft<>(name, summary, access, input, looking);
    }

    /// Answers one record.
    public <O extends Record> Operation<I, O> one(Class<O> type, Action<I, O> action) {
      return new Operation<>(name, summary, access, input, check, new Result.One<>(type), action);
    }

    /// Answers one record as it was written down when it was first answered.
    public Operation<I, ObjectNode> written(
        Class<? extends Record> type, Action<I, ObjectNode> action) {
      return new Operation<>(name, summary, access, input, check, new Result.Written(type), action);
    }

    /// Answers a page of records.
    public <O extends Record> Operation<I, Listed<O>> pages(
        Class<O> item, Action<I, Listed<O>> action) {
      return new Operation<>(name, summary, access, input, check, new Result.Pages<>(item), action);
    }

    /// Answers nothing.
    public Operation<I, Nothing> done(Step<I> step) {
      return new Operation<>(
          name,
          summary,
          access,
          input,
          check,
          new Result.Done(),
          (call, given) -> {
            step.run(call, given);
            return new Nothing();
          });
    }

    /// Answers bytes.
    public Operation<I, Download> raw(String mediaType, Action<I, Download> action) {
      return new Operation<>(
          name, summary, access, input, check, new Result.Raw(mediaType), action);
    }
  }

  /// Does it, and has nothing to say.
  ///
  /// @param <I> the record in
  @FunctionalInterface
  public interface Step<I> {

    /// @throws Refusal if it cannot be done
    void run(Invocation call, I input) throws InterruptedException;
  }
}
