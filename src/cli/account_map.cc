#include "cli/account_map.h"

#include <algorithm>
#include <array>

#include "names/arn.h"

namespace weir::cli {
namespace {

using base::Json;

template <size_t N>
bool one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 3> kCatalogs = {"CatalogId", "TableCatalogId", "Id"};
constexpr std::array<std::string_view, 7> kNamed = {"DataLakePrincipalIdentifier",
                                                    "RoleArn",
                                                    "ExpectedResourceOwnerAccount",
                                                    "TrustedResourceOwners",
                                                    "PermissionsBoundary",
                                                    "PolicyArn",
                                                    "ResourceArn"};
constexpr std::array<std::string_view, 2> kDocuments = {"PolicyDocument", "AssumeRolePolicyDocument"};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

base::Result<AccountMap> AccountMap::parse(std::string_view text) {
  AccountMap out;
  if (text.empty()) return out;
  auto equals = text.find('=');
  out.from_ = text.substr(0, equals);
  if (equals != std::string_view::npos) out.to_ = text.substr(equals + 1);
  if (names::is_account_id(out.from_) && names::is_account_id(out.to_)) return out;
  return base::invalid("--map-account takes FROM=TO, two account ids", "account");
}

std::string AccountMap::account(std::string_view account) const {
  return std::string(!from_.empty() && account == from_ ? std::string_view(to_) : account);
}

std::string AccountMap::text(std::string_view member, const std::string& text) const {
  if (one_of(kDocuments, member)) {
    auto in_arns = replaced(text, ":" + from_ + ":", ":" + to_ + ":");
    return replaced(in_arns, "\"" + from_ + "\"", "\"" + to_ + "\"");
  }
  if (!one_of(kCatalogs, member) && !one_of(kNamed, member)) return text;
  if (text == from_) return to_;
  if (text.starts_with(from_ + ":")) return to_ + text.substr(from_.size());  // FROM:IAMPrincipals, nested catalogs
  auto arn = names::Arn::parse(text);
  if (!arn || arn->account != from_) return text;
  arn->account = to_;
  return arn->text();
}

Json AccountMap::value(std::string_view member, const Json& value) const {
  if (value.as_string()) return text(member, *value.as_string());
  if (value.as_array()) {
    Json::Array out;
    for (const auto& item : *value.as_array()) out.push_back(this->value(member, item));
    return out;
  }
  return item(value);
}

Json AccountMap::item(const Json& item) const {
  if (from_.empty() || !item.as_object()) return item;
  Json::Object out;
  // Parameters and tags are maps of what people wrote; their keys are not names of members.
  for (const auto& [name, value] : *item.as_object())
    out.emplace_back(name, name == "Parameters" || name == "Tags" ? value : this->value(name, value));
  return out;
}

}  // namespace weir::cli
