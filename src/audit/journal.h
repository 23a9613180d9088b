// Where audit events go, and how they are found again.
//
// Invariants:
//  1. record() never waits for a disk; what it accepted is on disk within the adapter's bound, at once on flush().
//  2. When it cannot accept (the bounded queue is full, the disk failed) it says so, and its caller denies.
//  3. Events of one journal keep their order; each line carries a hash over itself and the line before.
//
// Threads: any.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/event.h"
#include "base/result.h"

namespace weir::audit {

// CloudTrail's lookup attributes; empty members do not narrow.
struct Lookup {
  std::string account;
  std::string event_id, event_name, event_source, user_name, access_key_id, resource_name, resource_type;
  std::optional<bool> read_only;
  std::optional<base::Instant> from, until;
  size_t limit = 50;
  std::string next_token;
};

struct Found {
  std::vector<base::Json> events;  // records, newest first
  std::string next_token;          // empty: the end
};

class Journal {
 public:
  virtual ~Journal() = default;
  virtual base::Status record(Event event) = 0;
  virtual base::Status flush() = 0;
  virtual base::Result<Found> lookup(const Lookup& lookup) = 0;
  // The event of that id in that account, whatever its age.
  virtual base::Result<std::optional<base::Json>> find(std::string_view account, std::string_view event_id) = 0;
};

}  // namespace weir::audit
