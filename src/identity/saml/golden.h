// For tests and fuzzers: a response that tests/saml_idp.py once signed, and whom it is for. Run from the root
// of the source tree.
#pragma once
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "identity/saml/response.h"

namespace weir::identity::saml {

inline std::string golden_text(const std::string& name) {
  std::ifstream in("src/identity/saml/testdata/" + name, std::ios::binary);
  if (!in) throw std::runtime_error("run from the root of the source tree: no " + name);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline const Metadata& golden_metadata() {
  static const auto kMetadata = parse_metadata(golden_text("metadata.xml"));
  return kMetadata.value();
}

inline Expectation golden_expectation() {
  return {.provider = golden_metadata(),
          .audiences = aws_audiences(),
          .recipients = aws_recipients("eu-west-1"),
          .now = base::parse_iso8601("2026-11-22T12:00:00Z").value()};
}

}  // namespace weir::identity::saml
