#include "cli/answers.h"

namespace weir::cli {

std::string printable(const std::optional<std::string>& text) {
  std::string out;
  for (char c : text.value_or("")) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out;
}

}  // namespace weir::cli
