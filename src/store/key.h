// Tuple keys whose bytes compare as their parts do.
//
//   Key("tbl", account, database, name)          strings: shorter first, prefix-free
//   KeyBuilder().text("part").integer(-5).text("x").take()
//
// Encoding of a text part: its bytes with 00 -> 00 FF, then 00 01. So ("a","b") < ("a\0","...") < ("ab").
// Integers: tag 02 and eight bytes big-endian with the sign bit flipped; doubles: tag 03 and the usual
// total order; null: tag 01 (lowest); text inside a typed tuple: tag 04. See docs/store.md.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::store {

std::string encode_text(std::string_view part);

// A key of text parts, the usual kind.
template <class... Parts>
std::string key(const Parts&... parts) {
  std::string out;
  ((out += encode_text(std::string_view(parts))), ...);
  return out;
}

// Takes a key of text parts apart again.
base::Result<std::vector<std::string>> split_key(std::string_view key);

// Typed parts, for values that must sort by type (partition values).
class KeyBuilder {
 public:
  explicit KeyBuilder(std::string prefix = {}) : key_(std::move(prefix)) {}
  KeyBuilder& null();
  KeyBuilder& integer(int64_t value);
  KeyBuilder& number(double value);
  KeyBuilder& text(std::string_view value);
  std::string take() { return std::move(key_); }

 private:
  std::string key_;
};

}  // namespace weir::store
