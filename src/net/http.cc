#include "net/http.h"

#include "base/text.h"

namespace weir::net {

const std::string* Headers::find(std::string_view name) const {
  for (const auto& [key, value] : items_)
    if (key.size() == name.size() && base::equal_ignoring_case(key, name)) return &value;
  return nullptr;
}

std::string_view Headers::get(std::string_view name, std::string_view otherwise) const {
  auto* found = find(name);
  return found ? std::string_view(*found) : otherwise;
}

size_t Headers::count(std::string_view name) const {
  size_t n = 0;
  for (const auto& [key, value] : items_) n += base::equal_ignoring_case(key, name) ? 1 : 0;
  return n;
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(items_, [&](const auto& item) { return base::equal_ignoring_case(item.first, name); });
  add(std::string(name), std::move(value));
}

std::string_view RequestHead::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view RequestHead::query() const {
  auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

}  // namespace weir::net
