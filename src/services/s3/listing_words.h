// What the listings have in common: sizes of pages, keys in URL encoding, tokens.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "wire/s3_types.h"

namespace weir::services {

// 0 to 1000; more is 1000, absent is 1000. `name` is the parameter's.
base::Result<size_t> read_page_size(const std::optional<int32_t>& given, std::string_view name);

// How keys are written into the answer: as they are, or with encoding-type=url percent-encoded.
class KeyText {
 public:
  static base::Result<KeyText> read(const std::optional<std::string>& encoding_type);
  std::string operator()(std::string_view key) const;
  std::optional<std::string> operator()(const std::optional<std::string>& key) const;

 private:
  bool url_ = false;
};

// Where the next page begins, for nobody to make up: it holds for the bucket it was made for.
std::string continuation_token(std::string_view bucket, std::string_view after);
base::Result<std::string> read_continuation_token(std::string_view bucket, std::string_view token);

inline wire::s3::Owner owner_of(const std::string& account) { return {.DisplayName = account, .ID = account}; }

}  // namespace weir::services
