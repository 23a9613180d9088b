// Tokens come from whoever finds the page: whatever they are, they parse or not, and what parses has one spelling.
#include <cstdint>
#include <string_view>

#include "approvals/link.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto link = approvals::parse_link(text);
  if (!link.ok()) return 0;
  static const approvals::LinkKey key{"00", base::Secret("never a key of anybody's")};
  CHECK_TRUE(!approvals::is_signed_with(*link, key), "nobody guesses a signature");
  CHECK_TRUE(text.starts_with(link->signed_part), "what is signed is what was read");
  return 0;
}
