// Everything behind the signature: whatever XML is there, it is read or refused without harm.
#include <cstdlib>

#include "identity/saml/decryption.h"
#include "identity/saml/golden.h"
#include "identity/saml/signature_shape.h"

using namespace weir;
using namespace weir::identity::saml;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Expectation kExpected = golden_expectation();
  auto document = Document::parse({reinterpret_cast<const char*>(data), size}, kMessageRules);
  if (!document.ok()) return 0;
  auto root = document->root();
  for (auto child : root.children()) {
    if (auto read = read_assertion(child, kExpected); read.ok() && read->aws.roles.empty()) std::abort();
    if (auto signature = child.only(kSignatureNs, "Signature")) (void)check_signature_shape(signature, child).ok();
  }
  (void)read_assertion(root, kExpected).ok();
  (void)decrypted(root, {}).ok();
  return 0;
}
