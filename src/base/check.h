// CHECK_TRUE(condition, "why it must hold"): what we believe, kept on in release.
//
// A broken belief throws BrokenInvariant: the request that met it fails closed with an internal
// error and an incident line in the log, the process lives. Never used on input.
#pragma once
#include <stdexcept>

namespace weir::base {

class BrokenInvariant : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void broken_invariant(const char* condition, const char* why, const char* file, int line);

}  // namespace weir::base

#define CHECK_TRUE(condition, why) \
  ((condition) ? void() : ::weir::base::broken_invariant(#condition, why, __FILE__, __LINE__))
