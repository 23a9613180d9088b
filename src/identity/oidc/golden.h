// For tests and fuzzers: a token that PyJWT once signed (tests/oidc_test.py), and whom it is for. Run from the root
// of the source tree.
#pragma once
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "identity/oidc/token.h"

namespace weir::identity::oidc {

inline std::string golden_text(const std::string& name) {
  std::ifstream in("src/identity/oidc/testdata/" + name, std::ios::binary);
  if (!in) throw std::runtime_error("run from the root of the source tree: no " + name);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline const KeySet& golden_keys() {
  static const auto kKeys = KeySet::parse(golden_text("keys.json"));
  return kKeys.value();
}

inline Expectation golden_expectation() {
  return {.issuer = "https://token.actions.githubusercontent.com",
          .audiences = {"sts.amazonaws.com"},
          .keys = golden_keys(),
          .now = base::parse_iso8601("2026-11-22T12:00:00Z").value()};
}

}  // namespace weir::identity::oidc
