package dev.chasqui.sim.graph;

/// A client's word that somebody has read an inbound message.
///
/// @param messageId the inbound message
/// @param isTyping whether the user is shown that an answer is being written
public record ReadMark(String phoneNumberId, String messageId, boolean isTyping) {}
