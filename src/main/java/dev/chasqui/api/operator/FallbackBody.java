package dev.chasqui.api.operator;

import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.Url;
import dev.chasqui.operations.Outlet;
import dev.chasqui.operations.shape.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// What the document of a fallback channel says.
///
/// @param secret null if none is given
record FallbackBody(URI url, @Nullable String secret, int errorThreshold, boolean resendOnSwitch) {

  private static final int MAX_URL = 2_048;
  private static final URI NO_URL = URI.create("");

  /// @throws dev.chasqui.json.InvalidBodyException with all faults
  static FallbackBody read(Fields fields, Outlet outlet) throws InterruptedException {
    URI url = url(fields, outlet);
    String secret = fields.secret("secret");
    int threshold =
        fields.count(
            "errorThreshold", 1, FallbackChannel.MAX_THRESHOLD, FallbackChannel.DEFAULT_THRESHOLD);
    boolean resend = fields.flag("resendOnSwitch", false);
    fields.check();
    return new FallbackBody(url, secret, threshold, resend);
  }

  private static URI url(Fields fields, Outlet outlet) throws InterruptedException {
    String text = fields.requiredText("url", MAX_URL);
    if (text.isEmpty()) {
      return NO_URL;
    }
    try {
      URI url = Url.parse(text);
      outlet.objection(url).ifPresent(it -> fields.fault("url", it));
      return url;
    } catch (URISyntaxException _) {
      fields.fault("url", "must be an absolute http or https URL");
      return NO_URL;
    }
  }

  @Override
  public String toString() {
    return "FallbackBody[" + errorThreshold + "]";
  }
}
