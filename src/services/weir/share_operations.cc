#include "services/weir/share_operations.h"

#include "app/sharing/share_diagnosis.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

std::string state_text(app::StepState state) {
  switch (state) {
    case app::StepState::done: return "DONE";
    case app::StepState::missing: return "MISSING";
    case app::StepState::optional: return "OPTIONAL";
    case app::StepState::other_account: return "OTHER_ACCOUNT";
  }
  return "MISSING";
}

DiagnosisStep to_wire(const app::DiagnosisStep& step) {
  DiagnosisStep out;
  out.Name = step.name;
  out.State = state_text(step.state);
  out.Says = step.says;
  if (!step.who.empty()) out.Who = step.who;
  if (!step.remedy.empty()) out.Remedy = step.remedy;
  return out;
}

}  // namespace

base::Result<DiagnoseShareResponse> diagnose_share(app::Call& call, const DiagnoseShareRequest& in) {
  WEIR_TRY(auto found, app::diagnose_share(call, {*in.From, *in.To, *in.Resource, in.Principal.value_or("")}));
  DiagnoseShareResponse out;
  const auto* missing = found.first_missing();
  out.Complete = missing == nullptr;
  if (missing) out.Missing = to_wire(*missing);
  out.Resource = std::move(found.resource);
  out.Steps.give();
  for (const auto& step : found.steps) out.Steps.push_back(to_wire(step));
  return out;
}

}  // namespace weir::services
