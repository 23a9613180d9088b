#include "people/identity_pool.h"

#include <algorithm>

namespace weir::people {
namespace {

constexpr Match kMatches[] = {Match::equals, Match::contains, Match::starts_with, Match::not_equal};

// A claim as text; a list stands for each of its texts.
std::vector<std::string> values_of(const base::Json& claims, const std::string& name) {
  std::vector<std::string> out;
  const auto* claim = claims.find(name);
  if (!claim) return out;
  if (const auto* text = claim->as_string()) out.push_back(*text);
  if (const auto* truth = claim->as_bool()) out.emplace_back(*truth ? "true" : "false");
  if (const auto* list = claim->as_array())
    for (const auto& item : *list)
      if (const auto* text = item.as_string()) out.push_back(*text);
  return out;
}

bool matches(const RoleRule& rule, const std::string& value) {
  switch (rule.match) {
    case Match::equals: return value == rule.value;
    case Match::contains: return value.find(rule.value) != std::string::npos;
    case Match::starts_with: return value.starts_with(rule.value);
    case Match::not_equal: return value != rule.value;
  }
  return false;
}

// A claim that is not there fits no rule, not even that it differs.
bool fits(const RoleRule& rule, const base::Json& claims) {
  auto values = values_of(claims, rule.claim);
  auto fit = [&](const std::string& value) { return matches(rule, value); };
  if (rule.match == Match::not_equal) return !values.empty() && std::ranges::all_of(values, fit);
  return std::ranges::any_of(values, fit);
}

std::optional<std::string> by_rules(const RoleMapping& mapping, const base::Json& claims) {
  for (const auto& rule : mapping.rules)
    if (fits(rule, claims)) return rule.role;
  return std::nullopt;
}

std::optional<std::string> by_groups(const base::Json& claims) {
  auto preferred = claims.text("cognito:preferred_role");
  if (!preferred.empty()) return preferred;
  auto roles = values_of(claims, "cognito:roles");
  return roles.size() == 1 ? std::optional(roles.front()) : std::nullopt;
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::string_view to_string(Match match) {
  switch (match) {
    case Match::equals: return "Equals";
    case Match::contains: return "Contains";
    case Match::starts_with: return "StartsWith";
    case Match::not_equal: return "NotEqual";
  }
  return "";
}

std::optional<Match> parse_match(std::string_view text) {
  for (auto match : kMatches)
    if (to_string(match) == text) return match;
  return std::nullopt;
}

base::Json to_json(Match match) { return to_string(match); }

base::Status from_json(const base::Json& json, Match& match) {
  auto read = parse_match(json.as_string() ? *json.as_string() : "");
  if (!read) return base::internal("a rule of an identity pool has no match");
  match = *read;
  return {};
}

std::string TokenSource::pool() const { return provider.substr(provider.rfind('/') + 1); }

std::string IdentityPool::arn(std::string_view region) const {
  return "arn:aws:cognito-identity:" + std::string(region) + ":" + account + ":identitypool/" + id;
}

const TokenSource* IdentityPool::find(std::string_view user_pool, std::string_view client) const {
  for (const auto& source : sources)
    if (source.pool() == user_pool && source.client == client) return &source;
  return nullptr;
}

const RoleMapping* IdentityPool::mapping_of(const TokenSource& source) const {
  for (const auto& [name, mapping] : mappings)
    if (name.substr(name.rfind('/') + 1) == source.pool() + ":" + source.client) return &mapping;
  return nullptr;
}

std::optional<std::string> choose_role(const IdentityPool& pool, const TokenSource& source, const base::Json& claims,
                                       const std::optional<std::string>& wanted) {
  const auto* mapping = pool.mapping_of(source);
  if (wanted) {
    // Groups alone let somebody choose; a rule says which role it is.
    auto roles = values_of(claims, "cognito:roles");
    bool may = mapping && !mapping->by_rules && std::ranges::find(roles, *wanted) != roles.end();
    return may ? wanted : std::nullopt;
  }
  if (!mapping) return unless_empty(pool.authenticated_role);
  auto role = mapping->by_rules ? by_rules(*mapping, claims) : by_groups(claims);
  if (role || !mapping->otherwise_default) return role;
  return unless_empty(pool.authenticated_role);
}

}  // namespace weir::people
