// A lake to rehearse in: reads are the real lake's, writes stay in an overlay, and what is recorded says so.
//
// Invariants:
//  1. The real store is only read.
//  2. Every event recorded in it carries additionalEventData.dryRun = true, and what would have been allowed has
//     the error code DryRunOperation: no reader of the trail takes it for a change.
//
// Threads: one request's.
#pragma once
#include <memory>

#include "app/call.h"
#include "store/overlay_store.h"

namespace weir::app {

class RehearsalJournal final : public audit::Journal {
 public:
  explicit RehearsalJournal(audit::Journal& real) : real_(real) {}
  base::Status record(audit::Event event) override;
  base::Status flush() override { return real_.flush(); }
  base::Result<audit::Found> lookup(const audit::Lookup& lookup) override { return real_.lookup(lookup); }
  base::Result<std::optional<base::Json>> find(std::string_view account, std::string_view event_id) override {
    return real_.find(account, event_id);
  }

 private:
  audit::Journal& real_;
};

class Rehearsal {
 public:
  // Of the caller of `call`, on the State it is pinned to.
  static base::Result<std::unique_ptr<Rehearsal>> of(Call& call);

  // A call of that operation by the same caller, in here.
  Call call_of(std::string service, std::string operation);
  store::OverlayStore& store() { return *store_; }

 private:
  Rehearsal(Call& real, std::unique_ptr<store::OverlayStore> store);

  Call& real_;
  std::unique_ptr<store::OverlayStore> store_;
  RehearsalJournal journal_;
  catalog::TableCache tables_;
  Lake lake_;
};

}  // namespace weir::app
