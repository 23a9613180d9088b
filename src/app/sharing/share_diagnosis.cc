#include "app/sharing/share_diagnosis.h"

#include <algorithm>

#include "app/catalog/databases.h"
#include "app/sharing/share_walk.h"
#include "base/text.h"
#include "permissions/principal.h"

namespace weir::app {
namespace {

using permissions::Privilege;

base::Status check_accounts(const Call& call, const ShareDiagnosisRequest& request) {
  WEIR_CHECK_OK(names::AccountId::parse(request.from));
  WEIR_CHECK_OK(names::AccountId::parse(request.to));
  if (request.from == request.to)
    return base::invalid("Account " + request.from + " shares nothing with itself.", "to");
  const auto& own = call.caller().account();
  if ((own != request.from && own != request.to) || !may_ask_about_others(call, own))
    return base::denied("Only data lake administrators of account " + request.from + " or account " + request.to +
                            " may ask about what one shares with the other.",
                        "access");
  return {};
}

base::Status check_principal(const ShareDiagnosisRequest& request) {
  if (request.principal.empty()) return {};
  WEIR_TRY(auto parsed, permissions::Principal::parse(request.principal));
  if ((parsed.is_iam() || parsed.is_saml()) && parsed.account() == request.to) return {};
  return base::invalid("The principal is to be a user, role or SAML principal of account " + request.to + ".",
                       "principal");
}

bool is_catalog_name(std::string_view text) {
  return !text.empty() && text != "*" && text.find(':') == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

base::Result<bool> is_there(const Call& call, const Subject& subject) {
  if (!subject.resource.table.empty()) return subject.table != nullptr;
  WEIR_TRY(auto found, find_database(call, {subject.resource.catalog, subject.resource.database}));
  return found.has_value();
}

// A table that is not there is a step of the walk, and no error of the question.
base::Result<Subject> subject_or_absent(Call& call, const ShareDiagnosisRequest& request, Privilege privilege) {
  auto subject = subject_of(call, request.resource, request.from, privilege);
  bool absent = !subject.ok() && subject.error().kind == base::Kind::not_found && subject.error().about == "table";
  if (!absent) return subject;
  auto parts = base::split_n(request.resource, '.', 2);
  Subject out;
  WEIR_TRY(out.resource, permissions::Resource::of_table(request.from, parts[0], parts[1]));
  return out;
}

base::Result<WalkedShare> read(Call& call, const ShareDiagnosisRequest& request) {
  if (!is_catalog_name(request.resource))
    return base::invalid("The resource is to be database or database.table.", "resource");
  bool table = request.resource.find('.') != std::string::npos;
  WalkedShare out{request.from, request.to, request.principal, {}, table ? Privilege::select : Privilege::describe};
  WEIR_TRY(out.subject, subject_or_absent(call, request, out.asked));
  WEIR_TRY(out.there, is_there(call, out.subject));
  return out;
}

}  // namespace

const DiagnosisStep* ShareDiagnosis::first_missing() const {
  auto found =
      std::find_if(steps.begin(), steps.end(), [](const auto& step) { return step.state == StepState::missing; });
  return found == steps.end() ? nullptr : &*found;
}

base::Result<ShareDiagnosis> diagnose_share(Call& call, const ShareDiagnosisRequest& request) {
  call.about("from", request.from);
  call.about("to", request.to);
  call.about("resource", request.resource);
  if (!request.principal.empty()) call.about("principal", request.principal);
  auto gate = [&]() -> std::optional<Refusal> {
    auto status = check_accounts(call, request);
    if (status.ok()) return std::nullopt;
    return Refusal{"administrators of the two accounts", status.error()};
  };
  WEIR_CHECK_OK(call.authorize({.action = "lakeformation:ListPermissions"}, gate));
  WEIR_CHECK_OK(check_principal(request));
  WEIR_TRY(auto about, read(call, request));
  ShareDiagnosis out;
  out.resource = about.subject.resource.text();
  WEIR_TRY(out.steps, ShareWalk(call, std::move(about)).steps());
  return out;
}

}  // namespace weir::app
