#include "store/change_log.h"

namespace weir::store {
namespace {

constexpr size_t kInlineMax = 32 * 1024;  // bytes of values kept per commit
constexpr char kErased = 'e', kWritten = 'w', kLookUp = 'l';

void append_bytes(std::string& out, std::string_view bytes) {
  auto size = static_cast<uint32_t>(bytes.size());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((size >> shift) & 0xff);
  out += bytes;
}

// Takes one length-prefixed string off the front.
base::Result<std::string> take_bytes(std::string_view& text) {
  if (text.size() < 4) return base::internal("change log: cut off");
  size_t size = 0;
  for (unsigned char c : text.substr(0, 4)) size = size << 8 | c;
  if (text.size() - 4 < size) return base::internal("change log: cut off");
  std::string out(text.substr(4, size));
  text.remove_prefix(4 + size);
  return out;
}

}  // namespace

std::string encode_changes(const WriteSet& changes) {
  std::string out;
  size_t kept = 0;
  for (auto& [key, value] : changes) {
    bool fits = value && kept + value->size() <= kInlineMax;
    if (fits) kept += value->size();
    out += !value ? kErased : fits ? kWritten : kLookUp;
    append_bytes(out, key);
    if (fits) append_bytes(out, *value);
  }
  return out;
}

base::Result<std::vector<Change>> decode_changes(
    std::string_view text, const std::function<base::Result<std::optional<std::string>>(const std::string&)>& look) {
  std::vector<Change> out;
  while (!text.empty()) {
    char kind = text.front();
    text.remove_prefix(1);
    WEIR_TRY(auto key, take_bytes(text));
    std::optional<std::string> value;
    if (kind == kWritten) {
      WEIR_TRY(value, take_bytes(text));
    } else if (kind == kLookUp) {
      WEIR_TRY(value, look(key));
    } else if (kind != kErased) {
      return base::internal("change log: an unknown mark");
    }
    out.push_back({std::move(key), std::move(value), false});
  }
  return out;
}

std::vector<Change> to_changes(const WriteSet& set) {
  std::vector<Change> out;
  out.reserve(set.size());
  for (auto& [key, value] : set) out.push_back({key, value, false});
  return out;
}

}  // namespace weir::store
