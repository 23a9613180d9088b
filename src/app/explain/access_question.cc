#include "app/explain/access_question.h"

#include "app/catalog/governed_table.h"
#include "app/evaluate_principal.h"
#include "app/iam_gate_text.h"
#include "base/text.h"
#include "catalog/databases.h"
#include "permissions/principal.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;

bool sees_every_name(const Call& call, const std::string& catalog) {
  auto caller = call.lake_caller(catalog);
  return permissions::Visibility(caller, call.state().permissions(catalog)).sees_everything();
}

base::Result<Subject> location_subject(std::string_view text, const std::string& catalog) {
  Subject out;
  WEIR_TRY(out.resource, Resource::of_location(catalog, text));
  out.action = "lakeformation:GetDataAccess";
  out.arn = "*";
  return out;
}

base::Result<Subject> catalog_subject(const Call& call, const std::string& catalog) {
  Subject out;
  WEIR_TRY(out.resource, Resource::of_catalog(catalog));
  out.action = "glue:CreateDatabase";
  out.arn = "arn:aws:glue:" + call.lake().region + ":" + catalog + ":catalog";
  return out;
}

base::Result<Subject> database_subject(Call& call, std::string_view name, const std::string& catalog) {
  Subject out;
  WEIR_TRY(auto account, names::AccountId::parse(catalog));
  WEIR_TRY(out.resource, Resource::of_database(catalog, name));
  out.action = "glue:GetDatabase";
  out.arn = names::database_arn(call.lake().region, account, base::to_lower(name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, catalog::Databases(*tx).find(catalog, out.resource.database));
  if (found) out.place = location_of(*found);
  return out;
}

// The IAM action that exercises a privilege on a table.
std::string_view table_action(Privilege privilege) {
  switch (privilege) {
    case Privilege::describe: return "glue:GetTable";
    case Privilege::alter: return "glue:UpdateTable";
    case Privilege::drop: return "glue:DeleteTable";
    case Privilege::all:
    case Privilege::select:
    case Privilege::insert:
    case Privilege::delete_:
    case Privilege::create_database:
    case Privilege::create_table:
    case Privilege::data_location_access:
    case Privilege::create_catalog:
    case Privilege::super_user:
    case Privilege::create_lf_tag:
    case Privilege::create_lf_tag_expression:
    case Privilege::associate:
    case Privilege::grant_with_lf_tag_expression: break;
  }
  return "lakeformation:GetDataAccess";
}

identity::Tags tags_of(const State& state, std::string_view arn, const identity::Tags& session_tags) {
  identity::Tags own;
  if (const auto* user = state.directory.find_user_by_arn(arn)) own = (*user)->user.tags;
  if (const auto* role = state.directory.find_role_by_arn(arn)) own = (*role)->role.tags;
  return identity::merged_tags(std::move(own), session_tags);
}

identity::PrincipalPtr session_of(const identity::RoleEntry& entry, identity::Tags tags) {
  auto principal = std::make_shared<identity::Principal>();
  principal->caller.kind = policy::PrincipalKind::role_session;
  principal->caller.account = entry.role.account.text();
  principal->caller.arn = names::session_arn(entry.role.account, entry.role.name, "explain");
  principal->caller.unique_id = entry.role.id;
  principal->caller.user_id = entry.role.id + ":explain";
  principal->caller.role_arn = entry.arn;
  principal->name = entry.role.name;
  principal->tags = std::move(tags);
  return principal;
}

void narrow_to_column(permissions::Decision& decision, const Subject& subject) {
  std::erase_if(decision.view.columns,
                [&](const auto& column) { return !base::equal_ignoring_case(column.name, subject.column); });
  if (!decision.view.columns.empty()) return;
  decision.effect = permissions::Effect::deny;
  if (decision.missing.empty())
    decision.missing = "grant SELECT on column " + subject.column + " of " + subject.resource.text();
}

}  // namespace

base::Result<Subject> subject_of(Call& call, std::string_view text, const std::string& catalog, Privilege privilege) {
  if (text.starts_with("s3://") || text.starts_with("arn:aws:s3")) return location_subject(text, catalog);
  if (text == "*") return catalog_subject(call, catalog);
  auto parts = base::split_n(text, '.', 3);
  if (parts.size() == 1) return database_subject(call, parts[0], catalog);
  auto name = table_name(catalog, parts[0], parts[1]);
  Subject out;
  WEIR_TRY(out.resource, Resource::of_table(name.catalog, name.database, name.table));
  WEIR_TRY(out.table, call.lake().tables.find(name.catalog, name.database, name.table));
  if (!out.table && sees_every_name(call, catalog))
    return base::not_found("Table " + name.database + "." + name.table + " not found.", "table");
  if (out.table) out.facts = facts_of(*out.table);
  out.arn = arn_of(call, name);
  out.action = table_action(privilege);
  if (parts.size() == 3) out.column = parts[2];
  return out;
}

bool may_ask_about_others(const Call& call, const std::string& catalog) {
  const auto& settings = call.state().permissions(catalog).settings();
  auto self = identity::lake_formation_principal(call.caller());
  return settings.is_admin(self) || settings.is_read_only_admin(self);
}

base::Result<identity::PrincipalPtr> principal_of(const Call& call, std::string_view arn,
                                                  const identity::Tags& session_tags) {
  const auto& directory = call.state().directory;
  auto absent = base::not_found("No user or role " + std::string(arn.substr(0, 256)) + " here.", "principal");
  // Those of other accounts are theirs to explain.
  auto parsed = names::Arn::parse(arn);
  if (!parsed || parsed->account != call.caller().account()) return absent;
  auto tags = tags_of(call.state(), arn, session_tags);
  if (const auto* role = directory.find_role_by_arn(arn)) return session_of(**role, std::move(tags));
  const auto* user = directory.find_user_by_arn(arn);
  if (!user) return absent;
  auto principal = std::make_shared<identity::Principal>(*(*user)->principal);
  principal->tags = std::move(tags);
  return identity::PrincipalPtr(std::move(principal));
}

permissions::Caller lake_caller_of(const State& state, std::string_view account, const std::string& principal,
                                   const identity::Tags& session_tags) {
  permissions::Caller caller{std::string(account), {principal}};
  auto parsed = permissions::Principal::parse(principal);
  if (parsed && parsed->is_iam()) caller.principals.push_back(permissions::account_iam_principals(account));
  for (auto& tag : tags_of(state, principal, session_tags))
    caller.tags.emplace_back(std::move(tag.key), std::move(tag.value));
  return caller;
}

bool is_group_of_everybody(std::string_view principal) {
  return principal == permissions::kIamAllowedPrincipals || principal.ends_with(":IAMPrincipals");
}

permissions::GateText iam_gate(const Call& call, const identity::Principal& principal, const std::string& action,
                               const std::string& arn, const std::string& owner, const policy::NamedPolicy* owners) {
  policy::Context context;
  identity::describe_caller(principal, context);
  const auto& account = owner.empty() ? principal.account() : owner;
  identity::describe_organizations(call.state().directory.organizations(), principal.caller, account, context);
  IamQuestion question{principal, action, arn, owner, context, owners};
  auto decision = evaluate_principal(question, call.state().directory);
  auto remedy = decision.allowed() ? "" : smallest_change(question, call.state().directory, decision);
  return iam_gate_text(decision, std::move(remedy));
}

permissions::Decision decide_on(const Subject& subject, permissions::Caller caller, Privilege privilege,
                                const permissions::Snapshot& snapshot) {
  permissions::Question question{std::move(caller), privilege, subject.resource,
                                 subject.table ? &subject.facts : nullptr, subject.place};
  auto decision = permissions::decide(question, snapshot);
  if (!subject.column.empty()) narrow_to_column(decision, subject);
  return decision;
}

}  // namespace weir::app
