#include "app/requests/request_machine.h"

#include <algorithm>

#include "app/executions/states_words.h"
#include "base/text.h"

namespace weir::app {
namespace {

using requests::AskedItem;

constexpr std::string_view kService = "weir", kOperation = "fulfilAccessRequest";

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

bool fulfils(const workflow::Machine& machine) {
  return std::ranges::any_of(machine.states, [](const workflow::State& state) {
    bool task = state.kind == workflow::StateKind::task && state.resource.aws_sdk &&
                state.resource.service == kService && state.resource.operation == kOperation;
    return task || std::ranges::any_of(state.machines, fulfils);
  });
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

base::Result<bool> machine_fulfils(Call& call, store::Transaction& tx, const std::string& machine_arn) {
  WEIR_TRY(auto name, executions::parse_machine_arn(machine_arn));
  WEIR_TRY(auto machine, machine_records(call, tx).find(name));
  if (!machine) return false;
  WEIR_TRY(auto definition, call.lake().definitions->get(tx, name.account, machine->revision_id));
  return fulfils(definition->machine());
}

base::Status check_machine_keeps(Call& call, store::Transaction& tx, const std::string& machine_arn,
                                 const std::vector<AskedItem>& items, const std::optional<int64_t>& duration_s) {
  auto lost = kept_by_fulfilling_only(items, duration_s);
  if (lost.empty()) return {};
  WEIR_TRY(bool keeps, machine_fulfils(call, tx, machine_arn));
  if (keeps) return {};
  return base::conflict(
      "The state machine that carries requests through shares whole tables for ever and would not keep " + lost +
          ". Carry requests by a template (weir mesh deploy-central --template two-step, or Template in the "
          "approval policy), or give the machine a task arn:aws:states:::aws-sdk:weir:fulfilAccessRequest.",
      "machine");
}

}  // namespace weir::app
