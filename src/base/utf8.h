// UTF-8 that has to be cut. (Whether a text is UTF-8, and how long: text.h.)
#pragma once
#include <string>
#include <string_view>

namespace weir::base {

// The whole characters at the beginning of `text` that fit into `bytes_max`. Of what is no UTF-8, at most that many bytes.
inline std::string_view utf8_prefix(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0) == 0x80) --bytes_max;
  return text.substr(0, bytes_max);
}

inline std::string shortened(std::string text, size_t bytes_max) {
  text.resize(utf8_prefix(text, bytes_max).size());
  return text;
}

}  // namespace weir::base
