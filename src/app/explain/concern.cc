#include "app/explain/concern.h"

#include <algorithm>

#include "app/explain/access_question.h"
#include "catalog/catalog_keys.h"
#include "permissions/opt_in.h"
#include "permissions/records.h"
#include "store/key.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::Resource;
using permissions::ResourceKind;

// A record's value, default-made when there is none.
template <class T>
base::Result<T> record_of(const std::optional<std::string>& value) {
  if (!value) return T{};
  return base::decode_record<T>(*value);
}

bool decide_answers_for(ResourceKind kind) {
  return kind != ResourceKind::lf_tag && kind != ResourceKind::lf_tag_expression;
}

void tell(const Grant& grant, permissions::PrivilegeSet privileges, permissions::PrivilegeSet option,
          std::vector<AccessChange>& into) {
  if (privileges.empty() && option.empty()) return;
  AccessChange row;
  row.principal = grant.principal;
  row.resource = grant.resource.text();
  row.privileges = privileges;
  row.grant_option = option;
  row.condition = grant.condition;
  into.push_back(std::move(row));
}

std::string administration_of(const permissions::DataLakeSettings& settings, const std::string& principal) {
  if (settings.is_admin(principal)) return "data lake administrator";
  return settings.is_read_only_admin(principal) ? "read-only administrator" : "";
}

void tell_administration(const std::string& account, const std::string& principal, const std::string& before,
                         const std::string& after, AccessChanges& into) {
  if (before == after) return;
  AccessChange row;
  row.principal = principal;
  row.resource = "catalog " + account;
  auto lost = row;
  row.administration = after;
  lost.administration = before;
  if (!after.empty()) into.gains.push_back(std::move(row));
  if (!before.empty()) into.losses.push_back(std::move(lost));
}

// What is not administration, member by member.
void tell_settings(const base::Json& before, const base::Json& after, std::vector<std::string>& notices) {
  std::set<std::string> names;
  for (const auto* json : {&before, &after})
    if (const auto* members = json->as_object())
      for (const auto& member : *members) names.insert(member.first);
  for (const auto* told : {"Admins", "ReadOnlyAdmins"}) names.erase(told);
  auto text = [](const base::Json* json) { return json ? json->dump() : std::string("not set"); };
  for (const auto& name : names) {
    auto was = text(before.find(name)), is = text(after.find(name));
    if (was != is) notices.push_back("The setting " + name + " becomes " + is + "; it was " + was + ".");
  }
}

}  // namespace

base::Status Concern::hear(const store::Change& change, const std::optional<std::string>& before) {
  // Of the catalog's records only tables and databases bear access; their versions, partitions, indexes,
  // statistics and functions are reached through them, and their keys are not all of text.
  static const std::string bearing[] = {store::key(permissions::kNoun), store::key("db"), catalog::all_tables_key()};
  if (std::none_of(std::begin(bearing), std::end(bearing), [&](const auto& p) { return change.key.starts_with(p); }))
    return {};
  WEIR_TRY(auto parts, store::split_key(change.key));
  if (parts[0] == permissions::kNoun) return hear_lake(parts, change, before);
  if (parts.size() < 3 || parts[1] != account_) return {};
  concerns_everybody();
  databases_.insert(parts[2]);
  if (parts.size() == 4) concerns_table(parts[2], parts[3]);
  return {};
}

base::Status Concern::hear_lake(const Parts& parts, const store::Change& change,
                                const std::optional<std::string>& before) {
  const std::string noun = parts.size() > 2 && parts[1] == account_ ? parts[2] : "";
  for (const auto* silent :
       {"revision", "grant_on", "opt_in_on", "tag", "tag_use", "passed_on"})  // indexes, and bare tags
    if (noun == silent) return {};
  if (noun == "grant" && parts.size() >= 6) return hear_grant(parts, change, before);
  if (noun == "opt_in" && parts.size() == 6) return hear_opt_in(parts, change);
  if (noun == "settings") return hear_settings(change, before);
  if (noun == "location") return hear_location(change, before);
  concerns_everybody();
  if (noun == "filter" && parts.size() == 6) {
    concerns_table(parts[3], parts[4]);
  } else if (noun == "tag_at" && parts.size() == 7 && parts[4].empty()) {
    databases_.insert(parts[3]);
    contents_of_.insert(parts[3]);
  } else if (noun == "tag_at" && parts.size() == 7) {
    concerns_table(parts[3], parts[4]);
  } else {
    everything_ = true;
  }
  return {};
}

base::Status Concern::hear_grant(const Parts& parts, const store::Change& change,
                                 const std::optional<std::string>& before) {
  concerns(parts[3]);
  WEIR_TRY(auto resource, Resource::parse_key(parts[4]));
  concerns(resource);
  // What other accounts get is not among the principals compared, and is told as it is recorded.
  bool compared = parts.size() == 6 && resource.catalog == account_;
  if (compared && decide_answers_for(resource.kind) && parts[5].empty()) return {};
  WEIR_TRY(auto was, record_of<Grant>(before));
  WEIR_TRY(auto is, record_of<Grant>(change.value));
  tell(is, is.privileges - was.privileges, is.grant_option - was.grant_option, told_.gains);
  tell(was, was.privileges - is.privileges, was.grant_option - is.grant_option, told_.losses);
  return {};
}

base::Status Concern::hear_opt_in(const Parts& parts, const store::Change& change) {
  concerns(parts[3]);
  WEIR_TRY(auto resource, Resource::parse_key(parts[4]));
  concerns(resource);
  if (resource.kind == ResourceKind::database) contents_of_.insert(resource.database);
  if (resource.kind == ResourceKind::catalog) everything_ = true;
  auto condition = parts[5].empty() ? "" : " where " + parts[5];
  notices_.push_back("Lake Formation " + std::string(change.value ? "is" : "is no longer") + " enforced for " +
                     parts[3] + condition + " on " + resource.text() + " while its location is in hybrid access mode.");
  return {};
}

base::Status Concern::hear_settings(const store::Change& change, const std::optional<std::string>& before) {
  WEIR_TRY(auto was, record_of<permissions::DataLakeSettings>(before));
  WEIR_TRY(auto is, record_of<permissions::DataLakeSettings>(change.value));
  std::set<std::string> administrators;
  for (const auto* list : {&was.admins, &was.read_only_admins, &is.admins, &is.read_only_admins})
    administrators.insert(list->begin(), list->end());
  for (const auto& principal : administrators)
    tell_administration(account_, principal, administration_of(was, principal), administration_of(is, principal),
                        told_);
  tell_settings(base::to_json(was), base::to_json(is), notices_);
  return {};
}

// A registration decides who vends credentials and whether hybrid access asks IAM alone.
base::Status Concern::hear_location(const store::Change& change, const std::optional<std::string>& before) {
  WEIR_TRY(auto was, record_of<permissions::Location>(before));
  WEIR_TRY(auto is, record_of<permissions::Location>(change.value));
  const auto& arn = change.value ? is.resource_arn : was.resource_arn;
  if (!before) notices_.push_back("Location " + arn + " becomes registered with " + is.role_arn + ".");
  if (!change.value)
    notices_.push_back("Location " + arn + " is no longer registered: no credentials are vended for it.");
  if (before && change.value && was.role_arn != is.role_arn)
    notices_.push_back("Data at " + arn + " is reached as " + is.role_arn + "; it was " + was.role_arn + ".");
  WEIR_TRY(auto place, names::S3Path::parse(arn));
  locations_.emplace(place.url(), permissions::canonical(place));
  if (was.hybrid_access != is.hybrid_access) everything_ = true;
  concerns_everybody();
  return {};
}

void Concern::concerns(const std::string& principal) {
  principals_.insert(principal);
  if (is_group_of_everybody(principal)) concerns_everybody();
}

void Concern::concerns_table(const std::string& database, const std::string& table) {
  tables_.emplace(database, table);
  databases_.insert(database);  // who reaches something in it sees it
}

void Concern::concerns(const Resource& resource) {
  switch (resource.kind) {
    case ResourceKind::catalog:
    case ResourceKind::nested_catalog: catalog_ = true; return;
    case ResourceKind::database: databases_.insert(resource.database); return;
    case ResourceKind::all_tables:
      databases_.insert(resource.database);
      contents_of_.insert(resource.database);
      return;
    case ResourceKind::table:
    case ResourceKind::columns:
    case ResourceKind::data_cells_filter: return concerns_table(resource.database, resource.table);
    case ResourceKind::data_location:
      locations_.emplace(resource.location.url(), permissions::canonical(resource.location));
      return;
    case ResourceKind::lf_tag_policy: everything_ = true; return;
    case ResourceKind::lf_tag:
    case ResourceKind::lf_tag_expression: return;  // told by the record
  }
}

}  // namespace weir::app
