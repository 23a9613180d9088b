#include "app/permissions/lf_tags.h"

#include <algorithm>

#include "app/catalog/creation.h"
#include "app/filled_page.h"
#include "app/organizations/memberships.h"
#include "app/permissions/data_lake_settings.h"
#include "app/permissions/tag_rights.h"
#include "app/sharing/shared_grants.h"

namespace weir::app {
namespace {

using permissions::kAnyTagValue;
using permissions::LfTag;
using permissions::Privilege;

bool has(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Lower case, each once, in the order given.
base::Result<std::vector<std::string>> normal_values(const std::vector<std::string>& given) {
  std::vector<std::string> out;
  for (const auto& text : given) {
    WEIR_TRY(auto value, permissions::tag_value(text));
    if (value == kAnyTagValue)
      return base::invalid("The value * stands for all values of an LF-Tag; no LF-Tag has it.", "tag");
    if (!has(out, value)) out.push_back(std::move(value));
  }
  return out;
}

base::Status check_room(store::Transaction& tx, const std::string& catalog) {
  WEIR_TRY(auto page, permissions::list_tags(tx, catalog, "", permissions::kTagsPerAccountMax));
  if (page.items.size() < permissions::kTagsPerAccountMax) return {};
  return base::fail(base::Kind::limit_exceeded,
                    "An account has at most " + std::to_string(permissions::kTagsPerAccountMax) + " LF-Tags.", "tag");
}

base::Error update_not_allowed(const std::string& key, const std::string& value, std::string_view why) {
  return base::invalid("Update not allowed: value " + value + " of LF-Tag " + key + " " + std::string(why), "tag");
}

base::Status take_value(store::Transaction& tx, const std::string& catalog, LfTag& tag, const std::string& value) {
  if (!has(tag.values, value)) return update_not_allowed(tag.key, value, "does not exist.");
  WEIR_TRY(bool assigned, permissions::value_is_assigned(tx, catalog, tag.key, value));
  if (assigned) return update_not_allowed(tag.key, value, "is assigned to resources; remove it from them first.");
  std::erase(tag.values, value);
  return {};
}

base::Status add_values(LfTag& tag, const std::vector<std::string>& add, const std::vector<std::string>& removed) {
  for (const auto& value : add) {
    if (has(removed, value)) return update_not_allowed(tag.key, value, "is both added and deleted.");
    if (!has(tag.values, value)) tag.values.push_back(value);
  }
  if (tag.values.empty()) return base::invalid("Update not allowed: an LF-Tag keeps at least one value.", "tag");
  if (tag.values.size() <= permissions::kValuesPerTagMax) return {};
  return base::invalid(
      "Update not allowed: an LF-Tag has at most " + std::to_string(permissions::kValuesPerTagMax) + " values.", "tag");
}

}  // namespace

base::Result<LfTag> lf_tag_there(store::Transaction& tx, const std::string& catalog, const std::string& key) {
  WEIR_TRY(auto tag, permissions::get_tag(tx, catalog, key));
  if (!tag) return base::not_found("LF-Tag " + key + " not found.", "tag");
  return std::move(*tag);
}

base::Status check_values_there(store::Transaction& tx, const std::string& catalog,
                                const permissions::TagExpression& expression) {
  for (const auto& term : expression.terms()) {
    WEIR_TRY(auto tag, lf_tag_there(tx, catalog, term.key));
    for (const auto& value : term.values)
      if (!has(tag.values, value)) return base::not_found("LF-Tag " + term.key + " has no value " + value + ".", "tag");
  }
  return {};
}

base::Status create_lf_tag(Call& call, const TagInput& input) {
  call.about("tagKey", input.key);
  call.about("tagValues", base::to_json(input.values));
  Ask ask{"lakeformation:CreateLFTag"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, input.catalog));
  TagRights rights(call, input.catalog);
  WEIR_CHECK_OK(call.authorize(ask, [&] { return rights.lacks_on_catalog(Privilege::create_lf_tag, "create tag"); }));
  LfTag tag;
  WEIR_TRY(tag.key, permissions::tag_key(input.key));
  WEIR_TRY(tag.values, normal_values(input.values));
  WEIR_TRY(auto resource, permissions::Resource::of_tag(input.catalog, tag.key, kAnyTagValue));
  tag.created_by = identity::lake_formation_principal(call.caller());
  tag.last_updated = call.now();
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_tag(tx, input.catalog, tag.key));
    if (there) return base::invalid("LF-Tag " + tag.key + " already exists.", "tag");
    WEIR_CHECK_OK(check_room(tx, input.catalog));
    WEIR_CHECK_OK(permissions::put_tag(tx, input.catalog, tag));
    return grant_to_tag_maker(tx, call, resource);
  });
}

base::Result<LfTag> get_lf_tag(Call& call, const std::string& catalog, const std::string& given) {
  call.about("tagKey", given);
  Ask ask{"lakeformation:GetLFTag"};
  WEIR_CHECK_OK(check_reachable_catalog(call, ask, catalog));
  WEIR_TRY(auto key, permissions::tag_key(given));
  TagRights rights(call, catalog);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto tag, permissions::get_tag(*tx, catalog, key));
  if (tag) tag->values = rights.described(*tag);
  // An absent tag and one of which no value is shown are refused in the same words.
  WEIR_CHECK_OK(call.authorize(ask, [&]() -> std::optional<Refusal> {
    if (tag && !tag->values.empty()) return std::nullopt;
    return rights.lacks(Privilege::describe, key, kAnyTagValue);
  }));
  if (!tag) return base::not_found("LF-Tag " + key + " not found.", "tag");
  return std::move(*tag);
}

base::Status update_lf_tag(Call& call, const TagChange& change) {
  call.about("tagKey", change.key);
  call.about("tagValuesToAdd", base::to_json(change.add));
  call.about("tagValuesToDelete", base::to_json(change.remove));
  Ask ask{"lakeformation:UpdateLFTag"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, change.catalog));
  WEIR_TRY(auto key, permissions::tag_key(change.key));
  TagRights rights(call, change.catalog);
  WEIR_CHECK_OK(call.authorize(ask, [&] { return rights.lacks(Privilege::alter, key, kAnyTagValue); }));
  WEIR_TRY(auto add, normal_values(change.add));
  WEIR_TRY(auto remove, normal_values(change.remove));
  WEIR_TRY(auto resource, permissions::Resource::of_tag(change.catalog, key, kAnyTagValue));
  if (add.empty() && remove.empty()) return base::invalid("No values to add or to delete were named.", "tag");
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto tag, lf_tag_there(tx, change.catalog, key));
    for (const auto& value : remove) WEIR_CHECK_OK(take_value(tx, change.catalog, tag, value));
    WEIR_CHECK_OK(add_values(tag, add, remove));
    tag.last_updated = call.now();
    WEIR_CHECK_OK(permissions::put_tag(tx, change.catalog, tag));
    return remove.empty() ? base::Status() : leave_shares(call, tx, resource);
  });
}

base::Status delete_lf_tag(Call& call, const std::string& catalog, const std::string& given) {
  call.about("tagKey", given);
  Ask ask{"lakeformation:DeleteLFTag"};
  WEIR_CHECK_OK(check_own_catalog(call, ask, catalog));
  WEIR_TRY(auto key, permissions::tag_key(given));
  TagRights rights(call, catalog);
  WEIR_CHECK_OK(call.authorize(ask, [&] { return rights.lacks(Privilege::drop, key, kAnyTagValue); }));
  WEIR_TRY(auto resource, permissions::Resource::of_tag(catalog, key, kAnyTagValue));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(lf_tag_there(tx, catalog, key));
    WEIR_CHECK_OK(permissions::erase_tag(tx, catalog, key));
    return leave_shares(call, tx, resource);
  });
}

namespace {

std::vector<std::string> catalogs_of(const Call& call, const TagList& request) {
  const auto& own = call.caller().account();
  if (request.of == TagOwners::catalog) return {request.catalog};
  OrganizationMemberships memberships(call.state().directory.organizations());
  auto out = call.state().shares.owners_sharing_with(own, call.lake_caller(own).principals, memberships);
  if (request.of == TagOwners::all) out.push_back(own);
  std::sort(out.begin(), out.end());
  return out;
}

base::Result<permissions::Page<LfTag>> tags_of_catalog(const Call& call, store::Transaction& tx,
                                                       const std::string& catalog, const std::string& from,
                                                       size_t count) {
  TagRights rights(call, catalog);
  return filled_page<LfTag>(
      from, count,
      [&](const std::string& token, size_t limit) { return permissions::list_tags(tx, catalog, token, limit); },
      [&](LfTag& tag) {
        tag.values = rights.described(tag);
        return !tag.values.empty();
      });
}

// A token is a catalog and, where the page ended within it, the catalog's own token.
struct TagPlace {
  std::string catalog, token;
};
base::Result<TagPlace> parse_tag_place(const std::string& text) {
  if (text.empty()) return TagPlace{};
  auto colon = text.find(':');
  if (colon == text.npos) return base::invalid("The NextToken is not one of this list.", "token");
  return TagPlace{text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

base::Result<permissions::Page<ListedTag>> list_lf_tags(Call& call, const TagList& request) {
  Ask ask{"lakeformation:ListLFTags"};
  WEIR_CHECK_OK(check_reachable_catalog(call, ask, request.catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_TRY(auto from, parse_tag_place(request.token));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  permissions::Page<ListedTag> out;
  for (const auto& catalog : catalogs_of(call, request)) {
    if (catalog < from.catalog) continue;
    if (out.items.size() == request.limit) return out.next = catalog + ":", out;
    auto token = catalog == from.catalog ? from.token : "";
    WEIR_TRY(auto page, tags_of_catalog(call, *tx, catalog, token, request.limit - out.items.size()));
    for (auto& tag : page.items) out.items.push_back({catalog, std::move(tag)});
    if (!page.next.empty()) return out.next = catalog + ":" + page.next, out;
  }
  return out;
}

}  // namespace weir::app
