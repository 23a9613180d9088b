#include "server/content_choice.h"

#include <optional>

#include "base/text.h"

namespace weir::server {
namespace {

// "q=0", "q=0.000": not at all.
bool is_refused(std::string_view parameters) {
  auto weight = base::trim(parameters);
  if (weight.size() < 3 || base::ascii_lower(weight[0]) != 'q' || weight[1] != '=') return false;
  return weight.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool takes_encoding(std::string_view accept_encoding, std::string_view coding) {
  std::optional<bool> named, any;
  for (auto item : base::split(accept_encoding, ',')) {
    auto end = item.find(';');
    auto name = base::trim(item.substr(0, end));
    bool wanted = end == item.npos || !is_refused(item.substr(end + 1));
    if (base::equal_ignoring_case(name, coding)) named = wanted;
    if (name == "*") any = wanted;
  }
  return named.value_or(any.value_or(false));
}

bool has_already(std::string_view if_none_match, std::string_view etag) {
  for (auto item : base::split(if_none_match, ',')) {
    auto tag = base::trim(item);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag || tag == "*") return true;
  }
  return false;
}

}  // namespace weir::server
