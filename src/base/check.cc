#include "base/check.h"

#include <string>

namespace weir::base {

void broken_invariant(const char* condition, const char* why, const char* file, int line) {
  throw BrokenInvariant(std::string(file) + ":" + std::to_string(line) + ": " + condition + ": " + why);
}

}  // namespace weir::base
