#include "app/explain/rehearsal.h"

namespace weir::app {
namespace {

constexpr size_t kTableBytesMax = size_t{4} << 20;

}  // namespace

base::Status RehearsalJournal::record(audit::Event event) {
  event.additional.set("dryRun", true);
  event.read_only = true;
  if (event.error_code.empty()) {
    event.error_code = "DryRunOperation";
    event.error_message = "The request would have been allowed; it was a dry run and nothing was changed.";
  }
  return real_.record(std::move(event));
}

base::Result<std::unique_ptr<Rehearsal>> Rehearsal::of(Call& call) {
  WEIR_TRY(auto overlay, store::OverlayStore::over(call.lake().store));
  return std::unique_ptr<Rehearsal>(new Rehearsal(call, std::move(overlay)));
}

Rehearsal::Rehearsal(Call& real, std::unique_ptr<store::OverlayStore> store)
    : real_(real),
      store_(std::move(store)),
      journal_(real.lake().journal),
      tables_(*store_, kTableBytesMax),
      lake_{.store = *store_,
            .objects = real.lake().objects,
            .journal = journal_,
            .governance = real.lake().governance,
            .tables = tables_,
            .keys = real.lake().keys,
            .clock = real.lake().clock,
            .randomness = real.lake().randomness,
            .region = real.lake().region,
            .operations = nullptr,  // a rehearsal rehearses nothing
            .definitions = real.lake().definitions,
            .performers = nullptr} {}  // nor does anything outside of it

Call Rehearsal::call_of(std::string service, std::string operation) {
  auto facts = real_.facts();
  facts.service = std::move(service);
  facts.operation = std::move(operation);
  return {lake_, real_.pinned(), std::make_shared<const identity::Principal>(real_.caller()), std::move(facts)};
}

}  // namespace weir::app
