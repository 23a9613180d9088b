#include "objects/conditions.h"

#include <algorithm>

#include "base/text.h"

namespace weir::objects {
namespace {

// Takes one tag off the front of `rest`, quoted (a comma inside the quotes is part of it) or bare.
std::optional<EtagSet::Tag> take_tag(std::string_view& rest) {
  EtagSet::Tag tag;
  if (rest.starts_with("W/\"")) tag.weak = true, rest.remove_prefix(2);
  size_t end;
  if (rest.starts_with('"')) {
    end = rest.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    tag.text = rest.substr(1, end - 1);
    ++end;
  } else {
    end = std::min(rest.find(','), rest.size());
    tag.text = base::trim(rest.substr(0, end));
    if (tag.text.empty() || tag.text.find('"') != std::string::npos) return std::nullopt;
  }
  rest = base::trim(rest.substr(end));
  return tag;
}

bool strong_match(const EtagSet& set, const Current* current) {
  if (!current) return false;
  return set.any || std::ranges::any_of(set.tags, [&](auto& tag) { return !tag.weak && tag.text == current->etag; });
}
bool weak_match(const EtagSet& set, const Current* current) {
  if (!current) return false;
  return set.any || std::ranges::any_of(set.tags, [&](auto& tag) { return tag.text == current->etag; });
}
bool modified_since(const Current* current, base::Instant since) {
  return !current || base::to_epoch_whole_seconds(current->last_modified) > base::to_epoch_whole_seconds(since);
}

}  // namespace

base::Result<EtagSet> parse_etags(std::string_view header) {
  EtagSet set;
  auto rest = base::trim(header);
  if (rest == "*" || rest == "\"*\"") return set.any = true, set;
  while (true) {
    auto tag = take_tag(rest);
    if (!tag) return base::invalid("An entity tag was expected.", "etag");
    set.tags.push_back(std::move(*tag));
    if (rest.empty()) return set;
    if (rest[0] != ',') return base::invalid("Entity tags are separated by commas.", "etag");
    rest = base::trim(rest.substr(1));
  }
}

Verdict evaluate(const Conditions& conditions, const Current* current, Access access) {
  if (conditions.if_match) {
    if (!strong_match(*conditions.if_match, current)) return Verdict::precondition_failed;
  } else if (conditions.if_unmodified_since) {
    if (modified_since(current, *conditions.if_unmodified_since)) return Verdict::precondition_failed;
  }
  auto unchanged = access == Access::read ? Verdict::not_modified : Verdict::precondition_failed;
  if (conditions.if_none_match) return weak_match(*conditions.if_none_match, current) ? unchanged : Verdict::proceed;
  if (conditions.if_modified_since && access == Access::read && !modified_since(current, *conditions.if_modified_since))
    return Verdict::not_modified;
  return Verdict::proceed;
}

}  // namespace weir::objects
