#include "objects/multipart.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace weir::objects {
namespace {

using base::Result;

std::string_view unquoted(std::string_view etag) {
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') return etag.substr(1, etag.size() - 2);
  return etag;
}

const Part* find_part(std::span<const Part> stored, const CompletedPart& wanted) {
  auto found = std::ranges::find(stored, wanted.number, &Part::number);
  if (found == stored.end() || found->etag != unquoted(wanted.etag)) return nullptr;
  if (!wanted.checksum.empty() && (!found->checksum || found->checksum->value != wanted.checksum)) return nullptr;
  return &*found;
}

bool ascending(std::span<const CompletedPart> parts) {
  return std::ranges::adjacent_find(parts, [](auto& a, auto& b) { return a.number >= b.number; }) == parts.end();
}

}  // namespace

base::Status check_part_number(int number) {
  if (number >= 1 && number <= kPartNumberMax) return {};
  return base::invalid("Part number must be an integer between 1 and 10000, inclusive", "part-number");
}

Result<std::vector<Part>> choose_parts(std::span<const Part> stored, std::span<const CompletedPart> wanted,
                                       int64_t part_bytes_min) {
  if (wanted.empty()) return base::invalid("You must specify at least one part", "parts");
  if (!ascending(wanted))
    return base::invalid(
        "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
        "part-order");
  std::vector<Part> chosen;
  chosen.reserve(wanted.size());
  for (auto& one : wanted) {
    auto* part = find_part(stored, one);
    if (!part)
      return base::invalid(
          "One or more of the specified parts could not be found. The part may not have been uploaded, or the "
          "specified entity tag may not match the part's entity tag.",
          "part");
    if (part->size < part_bytes_min && &one != &wanted.back())
      return base::invalid("Your proposed upload is smaller than the minimum allowed size", "part-size");
    chosen.push_back(*part);
  }
  return chosen;
}

Result<std::string> multipart_etag(std::span<const Part> parts) {
  std::string digests;
  for (auto& part : parts) {
    WEIR_TRY(auto raw, base::unhex(part.etag));
    digests += raw;
  }
  return base::hex(base::md5(digests)) + "-" + std::to_string(parts.size());
}

Result<std::optional<Checksum>> multipart_checksum(const Upload& upload, std::span<const Part> parts) {
  if (!upload.algorithm) return std::optional<Checksum>();
  std::vector<PartChecksum> values;
  for (auto& part : parts)
    values.push_back({part.checksum ? part.checksum->value : std::string(), static_cast<uint64_t>(part.size)});
  WEIR_TRY(auto whole, combine(*upload.algorithm, upload.checksum_type, values));
  return std::optional<Checksum>(std::move(whole));
}

}  // namespace weir::objects
