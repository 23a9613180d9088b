// A message without our provider's private key yields the claims of the one message it signed, or a refusal.
#include <cstdlib>

#include "base/record.h"
#include "base/text.h"
#include "identity/saml/golden.h"

using namespace weir;
using namespace weir::identity::saml;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Expectation kExpected = golden_expectation();
  static const auto kGolden = verify(base::base64(golden_text("response.xml")), kExpected);
  if (!kGolden.ok()) std::abort();
  auto read = verify(base::base64({reinterpret_cast<const char*>(data), size}), kExpected);
  if (!read.ok()) return 0;
  bool same = read->id == kGolden->id && read->subject.value == kGolden->subject.value &&
              read->attributes == kGolden->attributes && read->aws.roles == kGolden->aws.roles;
  if (!same) std::abort();
  return 0;
}
