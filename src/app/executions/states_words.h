// What the use cases of the States service have in common: whose thing an ARN names, pages, the records of a
// transaction.
//
// Threads: as the Call.
#pragma once
#include "app/call.h"
#include "executions/doorbell.h"
#include "executions/execution_records.h"
#include "executions/machine.h"

namespace weir::app {

inline constexpr size_t kStatesPageDefault = 100;

struct StatesPage {
  size_t items_max = kStatesPageDefault;
  std::string token = {};
};

// The question about a thing of the States service. A thing of another account is its owner's: no policy of the
// caller's opens it, so that what is there and what is not are denied alike.
Ask states_ask(std::string_view verb, std::string resource, std::string owner);

// What an ARN names here. Policies are asked about the ARN as it was given, so that one thing has one: other regions
// and partitions are not spellings of ours.
base::Result<executions::MachineName> machine_here(const Call& call, const std::string& arn);
base::Result<executions::ExecutionId> execution_here(const Call& call, const std::string& arn);
base::Result<executions::ActivityName> activity_here(const Call& call, const std::string& arn);

inline executions::MachineRecords machine_records(const Call& call, store::Transaction& tx) {
  return {tx, call.lake().region};
}
// `ahead`: inside of executions::write_steps(); none for who only reads.
executions::ExecutionRecords execution_records(const Call& call, store::Transaction& tx,
                                               executions::StepsAhead* ahead = nullptr);

// Tokens are keys of the store in other letters. One that does not begin with `prefix` is none of this list's.
std::string states_token(std::string_view key);
base::Result<std::string> key_in_states_token(std::string_view token, std::string_view prefix);

// Of what a page of records is told with.
template <class T>
struct StatesList {
  std::vector<T> items;
  std::string next_token;
};
template <class T>
StatesList<T> states_list(executions::Page<T> page) {
  return {std::move(page.items), page.next.empty() ? std::string() : states_token(page.next)};
}

}  // namespace weir::app
