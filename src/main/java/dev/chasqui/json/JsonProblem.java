package dev.chasqui.json;

/// A fault of one part of a body: where it is, and what is wrong.
///
/// @param path where, for example `policy.schedule[2]`; empty for the body as a whole
/// @param reason in words for the caller, without the value
public record JsonProblem(String path, String reason) {}
