// Work that is due at a time, kept in the store: reminders, expiries, sweeps.
//
//   store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
//     ... the change ...
//     return schedule(tx, "grant-end", grant.id, grant.expires);
//   });
//
// and the handler of "grant-end", which server/due_crew.h lists, is called when it is time.
//
// Invariants:
//  1. A kind and an id have one time at most. Times are absolute: they are the same after a restart, and a clock that
//     was set is looked at again.
//  2. What is scheduled stays until its handler answered ok, or until it is scheduled anew or taken back. A handler
//     may be called twice for one time, after a crash: it looks whether what it does is still to be done.
//  3. A handler that fails is called again, later and later, and keeps nobody waiting.
//  4. A handler may schedule its own kind and id again: that stands.
//
// Where: due TIME KIND ID, in the order in which they are due, and due-of KIND ID, the time of each.
//
// Threads: as the transaction; handlers are called from threads of server/due_runner.h, never two for one id.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lake.h"
#include "base/record.h"

namespace weir::app {

struct DueItem {
  std::string kind;
  std::string id;
  base::Instant due{};
  int64_t turn = 0;  // tells what was scheduled anew for the same time from what was there before
  bool operator==(const DueItem&) const = default;
};
WEIR_RECORD(DueItem, FIELD("Kind", &DueItem::kind), FIELD("Id", &DueItem::id), FIELD("Due", &DueItem::due),
            FIELD("Turn", &DueItem::turn))

// In place of what was scheduled for this kind and id.
base::Status schedule(store::Transaction& tx, std::string_view kind, std::string_view id, base::Instant due);
base::Status unschedule(store::Transaction& tx, std::string_view kind, std::string_view id);
base::Result<std::optional<base::Instant>> scheduled(store::Transaction& tx, std::string_view kind,
                                                     std::string_view id);

// By kind. Filled before the first call, never changed after.
using DueHandler = std::function<base::Status(Lake& lake, const DueItem& item)>;
class DueHandlers {
 public:
  void add(std::string kind, DueHandler handler) { handlers_[std::move(kind)] = std::move(handler); }
  // Calls the handler of what is still due, and takes it out when that succeeded. An error is the handler's, or says
  // that nobody handles this kind.
  base::Status call(Lake& lake, const DueItem& item) const;

 private:
  std::map<std::string, DueHandler, std::less<>> handlers_;
};

// For who watches and looks.
namespace due_work {
std::string prefix();
std::string key(const DueItem& item);
// Up to `limit` items from the key `from` on that are due at `now`, in their order; entries that do not read are
// passed over. `next`: the key to go on from, empty at the end; `first_later`: the first time after `now`.
struct Look {
  std::vector<DueItem> items;
  std::string next;
  std::optional<base::Instant> first_later;
};
base::Result<Look> look(store::Transaction& tx, const std::string& from, base::Instant now, size_t limit);
}  // namespace due_work

}  // namespace weir::app
