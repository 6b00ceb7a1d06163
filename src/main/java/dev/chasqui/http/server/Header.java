package dev.chasqui.http.server;

/// One header field as it was spelled.
public record Header(String name, String value) {}
