// A tag: a key whose case does not tell keys apart, and a value whose case does.
//
// Threads: values and free functions.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"

namespace weir::identity {

struct Tag {
  std::string key;
  std::string value;
  bool operator==(const Tag&) const = default;
};
WEIR_RECORD(Tag, FIELD("Key", &Tag::key), FIELD("Value", &Tag::value))

using Tags = std::vector<Tag>;

inline constexpr size_t kTagsMax = 50;

const Tag* find_tag(std::span<const Tag> tags, std::string_view key);
bool has_key(std::span<const std::string> keys, std::string_view key);

// At most 50 tags, keys of 1..128 and values of 0..256 characters of the allowed alphabet, no two keys
// that differ only in case, no key in the reserved "aws:" space.
base::Status check_tags(std::span<const Tag> tags);
base::Status check_tag_keys(std::span<const std::string> keys);

// `over` wins where keys are equal; the spelling of the winning key is kept.
Tags merged_tags(Tags under, std::span<const Tag> over);
// Takes the tags of those keys out; absent keys are no error.
Tags without_tags(Tags tags, std::span<const std::string> keys);

}  // namespace weir::identity
