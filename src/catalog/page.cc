#include "catalog/page.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::catalog {
namespace {

constexpr size_t kMarkSize = 8;
// Ties a token to its list and its key; guards against mix-ups, hides nothing.
std::string mark(std::string_view list, std::string_view tail) {
  std::string text = "page/1/" + std::to_string(list.size()) + "/";
  return base::sha256(text.append(list).append(tail)).substr(0, kMarkSize);
}

}  // namespace

std::string page_token(std::string_view list, std::string_view key) {
  CHECK_TRUE(key.starts_with(list), "an entry's key starts with its list's prefix");
  auto tail = key.substr(list.size());
  return base::base64url(mark(list, tail).append(tail));
}

base::Result<std::string> page_start(std::string_view list, std::string_view token) {
  auto bytes = base::unbase64url(token);
  bool fits = bytes.ok() && bytes->size() > kMarkSize &&
              bytes->substr(0, kMarkSize) == mark(list, std::string_view(*bytes).substr(kMarkSize));
  if (!fits) return base::invalid("NextToken is not one of this list.", "token");
  return std::string(list) + bytes->substr(kMarkSize) + '\0';
}

}  // namespace weir::catalog
