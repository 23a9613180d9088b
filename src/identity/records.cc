#include "identity/records.h"

#include "base/text.h"

namespace weir::identity {
namespace {

constexpr size_t kScanPiece = 256;
constexpr size_t kItemsMax = 1000;

std::string capitalised(Noun noun) {
  std::string text(to_string(noun));
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

base::Error bad_marker() { return base::invalid("The marker is not one that a list returned.", "marker"); }

// A marker is the key last seen, less the prefix that every key of the list has.
base::Result<std::string> first_after(std::string_view prefix, std::string_view marker) {
  if (marker.empty()) return std::string(prefix);
  auto rest = base::unbase64url(marker);
  if (!rest.ok() || rest->empty()) return bad_marker();
  return std::string(prefix) + *rest + '\0';
}

}  // namespace

base::Result<bool> exists(store::Transaction& tx, std::string_view key) {
  WEIR_TRY(auto value, tx.get(key));
  return value.has_value();
}

base::Result<bool> any_under(store::Transaction& tx, std::string_view prefix) {
  WEIR_TRY(auto found, tx.scan(store::prefix_range(prefix), 1));
  return !found.empty();
}

base::Result<std::vector<store::Entry>> all_under(store::Transaction& tx, std::string_view prefix) {
  return tx.scan(store::prefix_range(prefix), SIZE_MAX);
}

base::Error no_such(Noun noun, std::string_view name) {
  return base::not_found(
      "The " + std::string(to_string(noun)) + " with name " + std::string(name) + " cannot be found.",
      std::string(to_string(noun)));
}

base::Error already_there(Noun noun, std::string_view name) {
  return base::already_exists(capitalised(noun) + " with name " + std::string(name) + " already exists.",
                              std::string(to_string(noun)));
}

base::Result<std::optional<std::string>> walk_page(store::Transaction& tx, std::string_view prefix,
                                                   const PageRequest& request, const Take& take) {
  if (request.items_max == 0 || request.items_max > kItemsMax)
    return base::invalid("MaxItems must be between 1 and 1000.", "maxItems");
  auto range = store::prefix_range(prefix);
  WEIR_TRY(range.first, first_after(prefix, request.marker));
  size_t taken = 0;
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(range, kScanPiece));
    for (auto& entry : entries) {
      WEIR_TRY(bool took, take(entry));
      if (!took) continue;
      if (++taken < request.items_max) continue;
      // Whether anything wanted follows is not known yet; an empty last page is allowed.
      range.first = entry.key + '\0';
      WEIR_TRY(auto more, tx.scan(range, 1));
      if (more.empty()) return std::optional<std::string>();
      return std::optional(base::base64url(std::string_view(entry.key).substr(prefix.size())));
    }
    if (entries.size() < kScanPiece) return std::optional<std::string>();
    range.first = entries.back().key + '\0';
  }
}

}  // namespace weir::identity
