#include "objects/range.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace weir::objects {
namespace {

constexpr RangeVerdict kWhole{};
constexpr RangeVerdict kUnsatisfiable{RangeAnswer::unsatisfiable, {}};

// Digits only. A number too large for 64 bits is as good as the largest.
std::optional<uint64_t> position(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? value : UINT64_MAX;
}

RangeVerdict suffix(std::string_view text, uint64_t size) {
  auto wanted = position(text);
  if (!wanted) return kWhole;
  auto length = std::min(*wanted, size);
  if (length == 0) return kUnsatisfiable;
  return {RangeAnswer::part, {size - length, length}};
}

}  // namespace

RangeVerdict resolve_range(std::string_view header, uint64_t size) {
  header = base::trim(header);
  if (!base::starts_with_ignoring_case(header, "bytes=")) return kWhole;
  auto spec = base::trim(header.substr(6));
  auto dash = spec.find('-');
  if (dash == std::string_view::npos) return kWhole;
  if (dash == 0) return suffix(spec.substr(1), size);
  auto first = position(spec.substr(0, dash));
  auto last = dash + 1 == spec.size() ? UINT64_MAX : position(spec.substr(dash + 1));
  if (!first || !last || *last < *first) return kWhole;
  if (*first >= size) return kUnsatisfiable;
  return {RangeAnswer::part, {*first, std::min(*last, size - 1) - *first + 1}};
}

base::Result<ByteRange> parse_copy_range(std::string_view header, uint64_t size) {
  auto wrong = [] {
    return base::invalid(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and "
        "last are the zero-based offsets of the first and last bytes to copy",
        "range");
  };
  if (!header.starts_with("bytes=")) return wrong();
  auto ends = base::split(header.substr(6), '-');
  auto first = ends.size() == 2 ? position(ends[0]) : std::nullopt;
  auto last = ends.size() == 2 ? position(ends[1]) : std::nullopt;
  if (!first || !last || *last < *first || *last >= size) return wrong();
  return ByteRange{*first, *last - *first + 1};
}

}  // namespace weir::objects
