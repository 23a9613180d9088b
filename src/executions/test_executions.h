// Tests only: a store in memory with one state machine, a clock that is moved by hand, and what stands for a runner.
#pragma once
#include <gtest/gtest.h>

#include "executions/activity_queue.h"
#include "executions/execution_records.h"
#include "executions/keys.h"
#include "store/memory_store.h"

namespace weir::executions {

inline constexpr char kAccount[] = "111122223333";
inline constexpr char kRegion[] = "eu-west-1";

class World {
 public:
  store::MemoryStore store;
  Definitions definitions;
  StepsAhead ahead;
  Quotas quotas;
  base::SeededRandomness randomness{7};
  base::Instant now = *base::parse_iso8601("2026-01-01T00:00:00Z");

  // `states`: the members of States; the first begins.
  void make_machine(const std::string& name, const std::string& definition, bool express = false) {
    write([&](store::Transaction& tx) -> base::Status {
      MachineRecords records(tx, kRegion);
      Revision revision{name + "-1", express, definition, "arn:aws:iam::111122223333:role/m", {}, {}, {}, now};
      WEIR_CHECK_OK(records.put_revision(kAccount, revision));
      return records.add({kAccount, name, express, false, revision.id, false, 0, now, now});
    });
  }
  workflow::Execution start(const ExecutionId& id, base::Json input = base::Json::object(),
                            std::optional<Starter> starter = {}) {
    workflow::Execution out;
    write([&](store::Transaction& tx) -> base::Status {
      workflow::Execution fresh;
      fresh.input = input;
      About about{id.machine + "-1", "", starter, ""};
      WEIR_TRY(out, records(tx).start(id, about, fresh, now, randomness.bytes(32)));
      return {};
    });
    return out;
  }
  Advanced give(const ExecutionId& id, workflow::Event event) {
    Advanced out;
    write([&](store::Transaction& tx) -> base::Status {
      event.at = now;
      event.entropy = randomness.bytes(32);
      WEIR_TRY(out, records(tx).advance(id, event));
      return {};
    });
    return out;
  }
  std::optional<workflow::Execution> find(const ExecutionId& id) {
    auto tx = *store.begin(store::Mode::read);
    return *records(*tx).find(id);
  }
  ExecutionRecords records(store::Transaction& tx) { return {tx, kRegion, definitions, &ahead, quotas}; }
  void write(const std::function<base::Status(store::Transaction&)>& body) {
    auto status = store::write(store, body);
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }
  template <base::Record T>
  std::vector<T> all(const std::string& prefix) {
    auto tx = *store.begin(store::Mode::read);
    std::vector<T> out;
    auto entries = *tx->scan(store::prefix_range(prefix), 1000);
    for (auto& entry : entries) out.push_back(*base::decode_record<T>(entry.value));
    return out;
  }
  size_t count(const std::string& prefix) {
    auto tx = *store.begin(store::Mode::read);
    return tx->scan(store::prefix_range(prefix), 100'000)->size();
  }
  std::vector<Effect> effects() { return all<Effect>(keys::effects()); }
  std::vector<Wake> wakes() { return all<Wake>(keys::wakes()); }
};

inline ExecutionId run_of(const std::string& machine, const std::string& run) { return {kAccount, machine, run}; }

inline constexpr char kCallback[] = R"({"StartAt":"Ask","TimeoutSeconds":100,"States":{"Ask":{"Type":"Task",
  "Resource":"arn:aws:states:::sns:publish.waitForTaskToken","Parameters":{"Token.$":"$$.Task.Token"},
  "TimeoutSeconds":50,"End":true}}})";
inline constexpr char kPass[] = R"({"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}})";
inline constexpr char kWait[] = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}})";
inline constexpr char kWork[] = R"({"StartAt":"A","States":{"A":{"Type":"Task",
  "Resource":"arn:aws:states:eu-west-1:111122223333:activity:work","End":true}}})";

}  // namespace weir::executions
