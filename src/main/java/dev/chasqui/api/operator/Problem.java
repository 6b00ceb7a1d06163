package dev.chasqui.api.operator;

import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.OmitNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What RFC 9457 says of a problem; for the OpenAPI document, answers are written elsewhere.
@Doc("Why nothing was done, RFC 9457.")
record Problem(
    String type,
    @Doc(value = "The same for all problems of the kind.", example = "Bad body") String title,
    int status,
    @Doc("What is wrong this time.") String detail,
    @Doc("The wrong places of the query or the body.") @OmitNull
        @Nullable List<WrongPlace> errors) {

  /// One wrong place.
  record WrongPlace(
      @Doc(value = "Where.", example = "policy.schedule[2]") String path, String reason) {}
}
