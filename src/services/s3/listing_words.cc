#include "services/s3/listing_words.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace weir::services {
namespace {

constexpr int32_t kPageMax = 1000;
constexpr size_t kSealBytes = 8;

std::string token_seal(std::string_view bucket, std::string_view after) {
  return base::sha256("list " + std::string(bucket) + '\0' + std::string(after)).substr(0, kSealBytes);
}

}  // namespace

base::Result<size_t> read_page_size(const std::optional<int32_t>& given, std::string_view name) {
  if (given && *given < 0)
    return base::invalid("Argument " + std::string(name) + " must be an integer between 0 and 2147483647",
                         std::string(name));
  return static_cast<size_t>(std::min(given.value_or(kPageMax), kPageMax));
}

base::Result<KeyText> KeyText::read(const std::optional<std::string>& encoding_type) {
  KeyText text;
  if (encoding_type && *encoding_type != "url")
    return base::invalid("Invalid Encoding Method specified in Request", "encoding-type");
  text.url_ = encoding_type.has_value();
  return text;
}

std::string KeyText::operator()(std::string_view key) const {
  return url_ ? base::uri_encode(key, true) : std::string(key);
}
std::optional<std::string> KeyText::operator()(const std::optional<std::string>& key) const {
  return key ? std::optional((*this)(std::string_view(*key))) : std::nullopt;
}

std::string continuation_token(std::string_view bucket, std::string_view after) {
  return base::base64url(token_seal(bucket, after) + std::string(after));
}

base::Result<std::string> read_continuation_token(std::string_view bucket, std::string_view token) {
  auto bytes = base::unbase64url(token);
  if (bytes && bytes->size() > kSealBytes) {
    auto after = bytes->substr(kSealBytes);
    if (bytes->substr(0, kSealBytes) == token_seal(bucket, after)) return after;
  }
  return base::invalid("The continuation token provided is incorrect", "continuation-token");
}

}  // namespace weir::services
