#include "identity/tag.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace weir::identity {
namespace {

// The documented alphabet is letters, digits and spaces of any script and _.:/=+-@. Beyond ASCII we take
// every printable character: refusing a letter we do not know would be worse than keeping it.
bool is_tag_character(char c) {
  if (static_cast<unsigned char>(c) >= 0x80) return true;
  return std::isalnum(static_cast<unsigned char>(c)) || std::string_view(" _.:/=+-@").find(c) != std::string_view::npos;
}

base::Status check_text(std::string_view text, size_t least, size_t most, std::string_view what) {
  bool good = base::is_valid_utf8(text) && !base::has_control_characters(text) &&
              std::all_of(text.begin(), text.end(), is_tag_character);
  size_t length = good ? base::utf8_length(text) : 0;
  if (!good || length < least || length > most)
    return base::invalid("The " + std::string(what) + " must have " + std::to_string(least) + " to " +
                             std::to_string(most) + " letters, digits, spaces or _.:/=+-@ characters.",
                         "tags");
  return {};
}

base::Status check_key(std::string_view key) {
  WEIR_CHECK_OK(check_text(key, 1, 128, "tag key"));
  if (base::starts_with_ignoring_case(key, "aws:"))
    return base::invalid("Tag keys that begin with aws: are reserved for system use.", "tags");
  return {};
}

base::Error duplicate_keys() {
  return base::invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.", "tags");
}

}  // namespace

const Tag* find_tag(std::span<const Tag> tags, std::string_view key) {
  for (auto& tag : tags)
    if (base::equal_ignoring_case(tag.key, key)) return &tag;
  return nullptr;
}

bool has_key(std::span<const std::string> keys, std::string_view key) {
  return std::any_of(keys.begin(), keys.end(), [&](auto& k) { return base::equal_ignoring_case(k, key); });
}

base::Status check_tags(std::span<const Tag> tags) {
  if (tags.size() > kTagsMax) return base::fail(base::Kind::limit_exceeded, "At most 50 tags can be set.", "tags");
  for (size_t i = 0; i < tags.size(); ++i) {
    WEIR_CHECK_OK(check_key(tags[i].key));
    WEIR_CHECK_OK(check_text(tags[i].value, 0, 256, "tag value"));
    if (find_tag(tags.first(i), tags[i].key)) return duplicate_keys();
  }
  return {};
}

base::Status check_tag_keys(std::span<const std::string> keys) {
  if (keys.size() > kTagsMax)
    return base::fail(base::Kind::limit_exceeded, "At most 50 tag keys can be given.", "tags");
  for (size_t i = 0; i < keys.size(); ++i) {
    WEIR_CHECK_OK(check_key(keys[i]));
    if (has_key(keys.first(i), keys[i])) return duplicate_keys();
  }
  return {};
}

Tags merged_tags(Tags under, std::span<const Tag> over) {
  for (auto& tag : over) {
    if (auto* there = const_cast<Tag*>(find_tag(under, tag.key))) {
      *there = tag;
    } else {
      under.push_back(tag);
    }
  }
  return under;
}

Tags without_tags(Tags tags, std::span<const std::string> keys) {
  std::erase_if(tags, [&](auto& tag) { return has_key(keys, tag.key); });
  return tags;
}

}  // namespace weir::identity
