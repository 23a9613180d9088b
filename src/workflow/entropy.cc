#include "workflow/entropy.h"

#include "base/hash.h"

namespace weir::workflow {

std::string Entropy::bytes(size_t n) {
  std::string out;
  while (out.size() < n) out += base::hmac_sha256(seed_, std::to_string(drawn_++));
  out.resize(n);
  return out;
}

double Entropy::fraction() {
  return static_cast<double>(below(uint64_t{1} << 53)) / static_cast<double>(uint64_t{1} << 53);
}

uint64_t Entropy::below(uint64_t end) {
  uint64_t drawn = 0;
  for (char c : bytes(8)) drawn = drawn << 8 | static_cast<unsigned char>(c);
  return end ? drawn % end : 0;
}

}  // namespace weir::workflow
