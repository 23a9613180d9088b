#include "store/key.h"

#include <bit>

namespace weir::store {
namespace {

constexpr char kNullTag = 0x01;
constexpr char kIntegerTag = 0x02;
constexpr char kNumberTag = 0x03;
constexpr char kTextTag = 0x04;
constexpr uint64_t kSign = uint64_t{1} << 63;

void append_big_endian(std::string& out, uint64_t bits) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((bits >> shift) & 0xff);
}

void append_text(std::string& out, std::string_view part) {
  for (char c : part) {
    out += c;
    if (c == '\0') out += '\xff';
  }
  out.append("\0\1", 2);
}

}  // namespace

std::string encode_text(std::string_view part) {
  std::string out;
  out.reserve(part.size() + 2);
  append_text(out, part);
  return out;
}

base::Result<std::vector<std::string>> split_key(std::string_view key) {
  std::vector<std::string> parts;
  std::string part;
  bool open = false;
  for (size_t i = 0; i < key.size(); ++i) {
    open = true;
    part += key[i];
    if (key[i] != '\0') continue;
    if (++i == key.size()) return base::internal("key: cut off inside an escape");
    if (key[i] == '\xff') continue;
    if (key[i] != '\1') return base::internal("key: not a key of text parts");
    part.pop_back();
    parts.push_back(std::move(part));
    part.clear();
    open = false;
  }
  if (open) return base::internal("key: the last part has no end");
  return parts;
}

KeyBuilder& KeyBuilder::null() {
  key_ += kNullTag;
  return *this;
}

KeyBuilder& KeyBuilder::integer(int64_t value) {
  key_ += kIntegerTag;
  append_big_endian(key_, static_cast<uint64_t>(value) ^ kSign);
  return *this;
}

KeyBuilder& KeyBuilder::number(double value) {
  key_ += kNumberTag;
  // -0.0 and 0.0 are one value, so they are one key; a negative number's bits sort backwards.
  auto bits = std::bit_cast<uint64_t>(value == 0 ? 0.0 : value);
  append_big_endian(key_, bits & kSign ? ~bits : bits | kSign);
  return *this;
}

KeyBuilder& KeyBuilder::text(std::string_view value) {
  key_ += kTextTag;
  append_text(key_, value);
  return *this;
}

}  // namespace weir::store
