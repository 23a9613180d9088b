// Conditional requests, decided by one pure function in the order of RFC 9110 §13.2.2.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace weir::objects {

// The value of If-Match or If-None-Match: `*`, or entity tags. Quotes are optional, as S3 has it.
struct EtagSet {
  struct Tag {
    std::string text{};  // without quotes
    bool weak = false;
  };
  bool any = false;
  std::vector<Tag> tags{};
};
base::Result<EtagSet> parse_etags(std::string_view header);

struct Conditions {
  std::optional<EtagSet> if_match{};
  std::optional<EtagSet> if_none_match{};
  std::optional<base::Instant> if_modified_since{};
  std::optional<base::Instant> if_unmodified_since{};
  bool empty() const { return !if_match && !if_none_match && !if_modified_since && !if_unmodified_since; }
};

enum class Access { read, write };
enum class Verdict { proceed, not_modified, precondition_failed };

// What a condition is held against; a null pointer means that there is no object.
struct Current {
  std::string_view etag;
  base::Instant last_modified{};
};

// If-Match rules out If-Unmodified-Since, If-None-Match rules out If-Modified-Since; dates count in
// whole seconds. A write never answers not_modified.
Verdict evaluate(const Conditions& conditions, const Current* current, Access access);

}  // namespace weir::objects
