package dev.chasqui.json;

/// What is wrong with one part of a body.
///
/// @param path where, for example `policy.schedule[2]`; empty for the body as a whole
/// @param reason in words for the caller, without the value
public record JsonProblem(String path, String reason) {}
