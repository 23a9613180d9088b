#include "executions/steps_ahead.h"

#include "base/hash.h"
#include "store/overlay_store.h"

namespace weir::executions {
namespace {

constexpr int kAttempts = 16;

std::string key_of(const workflow::Execution& execution, const workflow::Event& event) {
  auto how = std::to_string(static_cast<int>(event.kind)) + " " + std::to_string(event.task) + "\n";
  return base::sha256(how + event.entropy + workflow::encode_execution(execution));
}

base::Error too_many() {
  return base::fail(base::Kind::unavailable, "The execution is changed by many at once; try again.", "execution");
}

}  // namespace

base::Error StepsAhead::miss() {
  missed_ = true;
  return too_many();
}

void StepsAhead::leave_writer() {
  in_writer_ = false;
  definitions_.clear();
  steps_.clear();
}

base::Result<DefinitionPtr> StepsAhead::definition(store::Transaction& tx, Definitions& definitions,
                                                   std::string_view account, const std::string& revision_id) {
  if (auto held = definitions_.find(revision_id); held != definitions_.end()) return held->second;
  if (auto kept = definitions.kept(revision_id)) return kept;
  if (in_writer_) return miss();
  WEIR_TRY(auto read, definitions.get(tx, account, revision_id));
  return definitions_[revision_id] = std::move(read);
}

base::Result<workflow::Step> StepsAhead::step(const Definitions& definitions, const workflow::Definition& definition,
                                              workflow::Execution execution, const workflow::Event& event) {
  if (!definition.has_jsonata()) return workflow::step(definition, std::move(execution), event);
  auto key = key_of(execution, event);
  if (auto done = steps_.find(key); done != steps_.end()) return done->second;
  if (in_writer_) return miss();
  return steps_[key] = workflow::step(definition, std::move(execution), event, definitions.jsonata());
}

base::Status write_steps(store::Store& store,
                         const std::function<base::Status(store::Transaction&, StepsAhead&)>& body) {
  StepsAhead ahead;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto status = store::write(store, [&](store::Transaction& tx) {
      ahead.enter_writer();
      return body(tx, ahead);
    });
    if (!ahead.missed_) return status;
    ahead.leave_writer();
    WEIR_TRY(auto overlay, store::OverlayStore::over(store));
    WEIR_TRY(auto aside, overlay->begin(store::Mode::write));
    (void)body(*aside, ahead);  // what it answers is said by the one that counts
  }
  return too_many();
}

}  // namespace weir::executions
