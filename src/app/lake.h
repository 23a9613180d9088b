// Everything a use case works with: one Lake per process, made by the composition in server/.
#pragma once
#include <memory>
#include <string>

#include "app/governance.h"
#include "app/sessions/federation_settings.h"
#include "audit/journal.h"
#include "base/clock.h"
#include "catalog/table_cache.h"
#include "identity/key_ring.h"
#include "objects/backend.h"
#include "store/store.h"

namespace weir::notifications {
class Signer;
}

// Known by name alone: their headers bring the States Language along.
namespace weir::executions {
class Definitions;
class Doorbell;
}  // namespace weir::executions

namespace weir::app {

class Operations;
class PublicUrl;
class TaskPerformers;
class WebIdentityKeys;

// References outlive the Lake; all of them may be used from any thread.
struct Lake {
  store::Store& store;
  objects::ObjectBackend& objects;
  audit::Journal& journal;
  Governance& governance;
  catalog::TableCache& tables;
  const identity::KeyRing& keys;
  const base::Clock& clock;
  base::Randomness& randomness;
  std::string region;
  const Operations* operations = nullptr;  // of this program, by name; none where no services are
  FederationSettings federation = {};
  WebIdentityKeys* web_identity_keys = nullptr;    // none: no web identity is let in
  PublicUrl* public_url = nullptr;                 // what links begin with
  const notifications::Signer* signer = nullptr;   // of messages to subscribers
  executions::Definitions* definitions = nullptr;  // of state machines; none: there are none
  executions::Doorbell* doorbell = nullptr;        // for who waits for an execution or an activity
  const TaskPerformers* performers = nullptr;      // of tasks of executions
  base::Seconds share_invitations_open_for = std::chrono::hours(12);
};

}  // namespace weir::app
