#include "app/explain.h"

#include "app/evaluate_principal.h"
#include "app/governed_table.h"
#include "base/text.h"
#include "permissions/explain.h"
#include "permissions/principal.h"
#include "permissions/visibility.h"

namespace weir::app {
namespace {

using permissions::Privilege;

// Who does not gets the same answer for a table that is not there as for one it has no grant on.
bool sees_every_name(const Call& call, const ExplainRequest& request) {
  auto caller = call.lake_caller();
  return permissions::Visibility(caller, call.state().permissions(request.catalog)).sees_everything();
}

// What is asked, taken apart.
struct Subject {
  permissions::Resource resource;
  std::shared_ptr<const catalog::Table> table;
  std::string column;
  std::string arn;
  std::string action;  // the IAM action that goes with it
};

base::Result<Subject> subject_of(Call& call, const ExplainRequest& request, Privilege privilege) {
  Subject out;
  if (request.resource.starts_with("s3://") || request.resource.starts_with("arn:aws:s3")) {
    WEIR_TRY(out.resource, permissions::Resource::of_location(request.catalog, request.resource));
    out.action = "lakeformation:GetDataAccess";
    out.arn = "*";
    return out;
  }
  auto parts = base::split_n(request.resource, '.', 3);
  WEIR_TRY(auto account, names::AccountId::parse(request.catalog));
  if (parts.size() == 1) {
    WEIR_TRY(out.resource, permissions::Resource::of_database(request.catalog, parts[0]));
    out.action = "glue:GetDatabase";
    out.arn = names::database_arn(call.lake().region, account, base::to_lower(parts[0]));
    return out;
  }
  auto name = table_name(request.catalog, parts[0], parts[1]);
  WEIR_TRY(out.resource, permissions::Resource::of_table(name.catalog, name.database, name.table));
  WEIR_TRY(out.table, call.lake().tables.find(name.catalog, name.database, name.table));
  if (!out.table && sees_every_name(call, request))
    return base::not_found("Table " + name.database + "." + name.table + " not found.", "table");
  out.arn = arn_of(call, name);
  out.action = privilege == Privilege::describe ? "glue:GetTable" : "lakeformation:GetDataAccess";
  if (parts.size() == 3) out.column = parts[2];
  return out;
}

// The principal as it would call: its own policies, no session. Those of other accounts are theirs to explain.
base::Result<identity::PrincipalPtr> principal_of(const Call& call, const std::string& arn) {
  const auto& directory = call.state().directory;
  auto absent = base::not_found("No user or role " + arn + " here.", "principal");
  auto parsed = names::Arn::parse(arn);
  if (!parsed || parsed->account != call.caller().account()) return absent;
  if (auto* user = directory.find_user_by_arn(arn)) return (*user)->principal;
  if (auto* role = directory.find_role_by_arn(arn)) {
    auto principal = std::make_shared<identity::Principal>();
    principal->caller.kind = policy::PrincipalKind::role_session;
    principal->caller.account = (*role)->role.account.text();
    principal->caller.arn = names::session_arn((*role)->role.account, (*role)->role.name, "explain");
    principal->caller.unique_id = (*role)->role.id;
    principal->caller.user_id = (*role)->role.id + ":explain";
    principal->caller.role_arn = arn;
    principal->name = (*role)->role.name;
    principal->tags = (*role)->role.tags;
    return identity::PrincipalPtr(std::move(principal));
  }
  return absent;
}

bool may_ask(const Call& call, const ExplainRequest& request) {
  const auto& settings = call.state().permissions(request.catalog).settings();
  auto self = identity::lake_formation_principal(call.caller());
  return self == request.principal || settings.is_admin(self) || settings.is_read_only_admin(self);
}

// The column question narrows the table's answer: is it there, and in which rows?
void narrow_to_column(permissions::Decision& decision, const Subject& subject) {
  std::erase_if(decision.view.columns,
                [&](const auto& column) { return !base::equal_ignoring_case(column.name, subject.column); });
  if (!decision.view.columns.empty()) return;
  decision.effect = permissions::Effect::deny;
  if (decision.missing.empty())
    decision.missing = "grant SELECT on column " + subject.column + " of " + subject.resource.text();
}

permissions::GateText iam_gate(Call& call, const identity::Principal& principal, const Subject& subject,
                               const std::string& catalog) {
  policy::Context context;
  identity::describe_caller(principal, context);
  IamQuestion question{principal, subject.action, subject.arn, catalog, context};
  auto decision = evaluate_principal(question, call.state().directory);
  permissions::GateText gate{"IAM: " + subject.action, decision.allowed(), "", ""};
  for (const auto& because : decision.because) gate.reason += (gate.reason.empty() ? "" : "; ") + because.text();
  if (gate.reason.empty()) gate.reason = decision.message();
  if (!decision.allowed()) gate.remedy = smallest_change(question, call.state().directory, decision);
  return gate;
}

}  // namespace

base::Result<Explanation> explain(Call& call, const ExplainRequest& request) {
  call.about("principal", request.principal);
  call.about("resource", request.resource);
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}));
  if (!may_ask(call, request))
    return base::denied("Only data lake administrators may ask about other principals.", "access");
  WEIR_TRY(auto privilege, permissions::parse_privilege(request.action));
  WEIR_TRY(auto subject, subject_of(call, request, privilege));
  WEIR_TRY(auto principal, principal_of(call, request.principal));
  auto gate = iam_gate(call, *principal, subject, request.catalog);
  permissions::TableFacts facts;
  if (subject.table) facts = facts_of(*subject.table);
  permissions::Caller caller{principal->account(),
                             {request.principal, permissions::account_iam_principals(principal->account())}};
  auto decision = permissions::decide({caller, privilege, subject.resource, subject.table ? &facts : nullptr},
                                      call.state().permissions(request.catalog));
  if (!subject.column.empty()) narrow_to_column(decision, subject);
  return Explanation{gate.allowed && decision.allowed(), permissions::explain(decision, {gate}),
                     permissions::explain_text(decision, {gate})};
}

base::Result<Explanation> explain_decision(Call& call, const std::string& decision_id) {
  WEIR_CHECK_OK(call.authorize({.action = "cloudtrail:LookupEvents"}));
  auto& journal = call.lake().journal;
  WEIR_CHECK_OK(journal.flush());
  WEIR_TRY(auto event, journal.find(call.caller().account(), decision_id));
  auto* additional = event ? event->find("additionalEventData") : nullptr;
  if (!additional || additional->text("decisionId") != decision_id)
    return base::not_found("No denial with the decision id " + decision_id + " in this account.", "decision");
  Explanation out;
  if (auto* explanation = additional->find("explanation")) out.json = *explanation;
  out.text = event->text("eventTime") + " " + event->text("eventName") + " by " +
             additional->text("lakeFormationPrincipal") + "\n" + event->text("errorMessage") + "\n" +
             additional->text("explanationText");
  return out;
}

}  // namespace weir::app
