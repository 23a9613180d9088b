#include "app/iam/iam_page.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::app {
namespace {

constexpr size_t kWholeMax = 200, kKeptOfLonger = 160, kHashCharacters = 32;

}  // namespace

std::string page_key(std::string_view key) {
  if (key.size() <= kWholeMax) return std::string(key);
  return std::string(key.substr(0, kKeptOfLonger)) + base::sha256_hex(key).substr(0, kHashCharacters);
}

std::string marker_of(std::string_view key) { return base::base64url(key); }

base::Result<std::string> key_in_marker(std::string_view marker) {
  if (marker.empty()) return std::string();
  auto key = base::unbase64url(marker);
  if (!key.ok() || key->empty()) return base::invalid("The marker is not one that a list returned.", "marker");
  return key;
}

}  // namespace weir::app
