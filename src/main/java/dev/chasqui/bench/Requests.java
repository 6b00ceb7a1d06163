package dev.chasqui.bench;

import dev.chasqui.model.Bytes;

/// Makes the requests of a generator, all of the same length. For one thread.
interface Requests {

  /// The request of this number. The bytes are valid until the next call.
  Bytes request(long sequence, long epochSecond);

  /// The length of each request in bytes.
  int length();
}
