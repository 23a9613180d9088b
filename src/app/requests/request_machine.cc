#include "app/requests/request_machine.h"

#include <algorithm>

#include "app/executions/states_words.h"
#include "base/text.h"

namespace weir::app {
namespace {

using requests::AskedItem;

constexpr std::string_view kService = "weir", kFulfils = "fulfilAccessRequest", kAsks = "openAccessRequestStep";

// What the sample grants, whatever is asked.
bool are_the_samples(const std::vector<std::string>& permissions) {
  auto has = [&](std::string_view name) { return std::ranges::find(permissions, name) != permissions.end(); };
  return permissions.size() == 2 && has("SELECT") && has("DESCRIBE");
}

std::string bound_of(const AskedItem& item) {
  if (!item.row_filter.empty()) return "the rows of " + item.text();
  if (item.columns.only || !item.columns.names.empty()) return "the columns of " + item.text();
  if (!are_the_samples(item.permissions)) return "the permissions on " + item.text();
  if (!item.grantable) return "that " + item.text() + " is not passed on";
  return {};
}

bool has_task(const workflow::Machine& machine, std::string_view operation) {
  return std::ranges::any_of(machine.states, [&](const workflow::State& state) {
    bool task = state.kind == workflow::StateKind::task && state.resource.aws_sdk &&
                state.resource.service == kService && state.resource.operation == operation;
    return task || std::ranges::any_of(state.machines, [&](const auto& inner) { return has_task(inner, operation); });
  });
}

// What a machine does through this program, in whatever state of it.
struct MachineTasks {
  bool fulfils = false, asks = false;
};

// Of the machine as it is now; nothing of one that is not there.
base::Result<MachineTasks> tasks_of(Call& call, store::Transaction& tx, const std::string& machine_arn) {
  WEIR_TRY(auto name, executions::parse_machine_arn(machine_arn));
  WEIR_TRY(auto machine, machine_records(call, tx).find(name));
  if (!machine) return MachineTasks{};
  WEIR_TRY(auto definition, call.lake().definitions->get(tx, name.account, machine->revision_id));
  return MachineTasks{has_task(definition->machine(), kFulfils), has_task(definition->machine(), kAsks)};
}

std::string steps_text(const requests::PolicyOutcome& outcome) {
  std::vector<std::string> out;
  for (const auto& step : outcome.steps) out.push_back("the approval of " + step.name);
  return base::join(out, ", ");
}

}  // namespace

std::string kept_by_fulfilling_only(const std::vector<AskedItem>& items, const std::optional<int64_t>& duration_s) {
  std::vector<std::string> out;
  if (duration_s) out.emplace_back("its end");
  if (items.size() > 1) out.emplace_back("the items after the first");
  for (const auto& item : items)
    if (auto bound = bound_of(item); !bound.empty()) out.push_back(std::move(bound));
  return base::join(out, ", ");
}

base::Status check_machine_keeps(Call& call, store::Transaction& tx, const std::string& machine_arn,
                                 const JudgedAccess& judged) {
  auto lost = kept_by_fulfilling_only(judged.items, judged.duration_s);
  bool asked_for = judged.outcome.is(requests::Verdict::ask);
  if (lost.empty() && !asked_for) return {};
  WEIR_TRY(auto tasks, tasks_of(call, tx, machine_arn));
  if (tasks.fulfils) return {};  // it is not fulfilled before everybody has approved
  if (asked_for && !tasks.asks) lost += (lost.empty() ? "" : ", ") + steps_text(judged.outcome);
  if (lost.empty()) return {};
  return base::conflict(
      "The state machine that carries requests through shares whole tables for ever, whoever it asks, and would not "
      "keep " +
          lost +
          ". Carry requests by a template (weir mesh deploy-central --template two-step, or Template in the "
          "approval policy), or give the machine a task arn:aws:states:::aws-sdk:weir:fulfilAccessRequest.",
      "machine");
}

}  // namespace weir::app
