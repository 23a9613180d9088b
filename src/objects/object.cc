#include "objects/object.h"

#include "base/text.h"

namespace weir::objects {

base::Status check_key(std::string_view key) {
  if (key.empty()) return base::invalid("The object key is empty.", "key");
  if (key.size() > kKeyBytesMax) return base::fail(base::Kind::limit_exceeded, "Your key is too long", "key");
  if (key.find('\0') != std::string_view::npos || !base::is_valid_utf8(key))
    return base::invalid("The object key is not valid UTF-8 text without NUL.", "key");
  return {};
}

base::Status check_metadata(const Metadata& metadata) {
  size_t bytes = 0;
  for (auto& [name, value] : metadata.user) {
    bytes += name.size() + value.size();
    if (name.empty() || base::to_lower(name) != name || base::has_control_characters(name) ||
        base::has_control_characters(value))
      return base::invalid("The user metadata is not valid.", "metadata");
  }
  if (bytes > kUserMetadataBytesMax)
    return base::fail(base::Kind::limit_exceeded, "Your metadata headers exceed the maximum allowed metadata size",
                      "metadata");
  return {};
}

}  // namespace weir::objects
