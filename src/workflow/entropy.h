// The chance of one step, given from above as a text of secret random bytes: the same seed makes the same
// step, and without it nothing drawn here (task tokens, UUIDs) can be foretold.
#pragma once
#include <string>

#include "base/clock.h"

namespace weir::workflow {

class Entropy final : public base::Randomness {
 public:
  explicit Entropy(std::string seed) : seed_(std::move(seed)) {}
  std::string bytes(size_t n) override;
  double fraction();  // in [0, 1)
  uint64_t below(uint64_t end);

 private:
  std::string seed_;
  uint64_t drawn_ = 0;
};

}  // namespace weir::workflow
