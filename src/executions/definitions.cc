#include "executions/definitions.h"

namespace weir::executions {
namespace {

// A record of a definition that was accepted reads again, unless this program is older than the one that wrote it.
base::Result<DefinitionPtr> parse(const Revision& revision, const workflow::Expressions* jsonata) {
  auto type = revision.express ? workflow::MachineType::express : workflow::MachineType::standard;
  auto text = revision.definition;
  if (revision.express) {
    WEIR_TRY(auto json, workflow::parse_payload(text));
    auto own = json.number("TimeoutSeconds", kExpressSecondsMax);
    text = json.set("TimeoutSeconds", std::min(own, kExpressSecondsMax)).dump();
  }
  auto read = workflow::parse_definition(text, type, jsonata);
  if (!read.definition) return base::internal("a kept definition does not read: " + refusal(read.diagnostics));
  return std::move(read.definition);
}

}  // namespace

base::Result<DefinitionPtr> Definitions::get(store::Transaction& tx, std::string_view account,
                                             const std::string& revision_id) {
  if (auto found = kept(revision_id)) return found;
  WEIR_TRY(auto revision, MachineRecords(tx, "").revision(account, revision_id));
  WEIR_TRY(auto definition, parse(revision, jsonata_));
  keep({revision_id, definition, revision.definition.size()});
  return definition;
}

DefinitionPtr Definitions::kept(const std::string& id) {
  std::lock_guard lock(mutex_);
  auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return found->second->definition;
}

void Definitions::keep(Entry entry) {
  std::lock_guard lock(mutex_);
  if (by_id_.contains(entry.id)) return;
  bytes_ += entry.bytes;
  order_.push_front(std::move(entry));
  by_id_.emplace(order_.front().id, order_.begin());
  while (bytes_ > bytes_max_ && order_.size() > 1) {
    bytes_ -= order_.back().bytes;
    by_id_.erase(order_.back().id);
    order_.pop_back();
  }
}

}  // namespace weir::executions
