// The inside of step(): one execution while an event is applied. Not for other floors.
//
// Invariants: (1) strands_ holds the strands by id, and references into it stay valid until that strand is erased;
// (2) complete(), fail_strand(), fail_state(), fail_fan() and settle() may erase the strand they are given or any
// below its parent, so they are the last thing a caller does with it; (3) a function that returns an error has
// not changed the strand but for its history.
#pragma once
#include "workflow/step.h"

namespace weir::workflow {

class Run {
 public:
  Run(const Definition& definition, Execution execution, const Event& event, const Expressions* jsonata);
  Step finish() &&;

 private:
  // What a state sees while it evaluates.
  struct Sight {
    Json context;
    Variables merged;  // of a strand inside of others
    Scope scope;
    // The scope, once this value stays where it is.
    const Scope& bound(const Strand& strand) {
      scope.context = &context;
      scope.variables = strand.parent ? &merged : &strand.variables;
      return scope;
    }
  };
  struct Item {
    int64_t index = 0;
    const Fan* fan = nullptr;
  };

  // run.cc: events and rounds
  void apply(const Event& event);
  void begin();
  void redrive();
  void stop(const Failure& failure);
  void happen(const Event& event);
  void expire();
  bool expire_next();
  void rounds();
  void advance(Strand& strand);
  void end(ExecutionStatus status, const char* type, const char* details_name, Json details);
  void end_failed(const Failure& failure);
  void end_full();
  void keep_root();
  bool is_running() const { return execution_.status == ExecutionStatus::running; }
  Strand* by_task(int64_t task);

  // run_history.cc
  int64_t emit(int64_t previous, std::string type, const char* details_name = "", Json details = {});
  void note(Strand& strand, std::string type, const char* details_name = "", Json details = {});
  void entered(Strand& strand, const State& state);
  void task_event(Strand& strand, std::string_view what, Json extra);
  void aborted(Strand& strand, const State& state);

  // run_states.cc: one function per kind of state; each ends in leave(), a blocked phase, or an error
  void enter(Strand& strand);
  void work(Strand& strand);
  Status work_of(Strand& strand, const State& state);
  Status pass(Strand& strand, const State& state);
  Status choice(Strand& strand, const State& state);
  Status wait(Strand& strand, const State& state);
  Status waited(Strand& strand, const State& state);
  Status fail(Strand& strand, const State& state);

  // run_data.cc
  Sight sight(const Strand& strand, const Json& input, std::optional<Item> item = {});
  Json context(const Strand& strand, std::optional<Item> item) const;
  std::optional<Item> item_of(const Strand& strand) const;
  Variables visible(const Strand& strand) const;
  Result<Json> read(const Template& from, const Strand& strand, const Json& input);
  Result<Json> effective_input(const Strand& strand, const State& state);
  Result<int64_t> integer(const Template& from, const Strand& strand, const Json& input, int64_t least, int64_t most);
  Status leave(Strand& strand, const State& state, Json result);
  Status leave_jsonata(Strand& strand, const State& state, Json result);
  Status exit(Strand& strand, const State& state, Json output, Variables assigned, const std::string& next);
  Status within_limits(const State& state, const Json& value) const;
  Status assign(Strand& strand, const Variables& assigned);

  // run_errors.cc
  Failure in_state(Strand& strand, const State& state, base::Error error);
  void fail_state(Strand& strand, const Failure& failure);
  bool retried(Strand& strand, const State& state, const Failure& failure);
  bool caught(Strand& strand, const State& state, const Failure& failure);
  Status catch_with(Strand& strand, const State& state, const Catcher& catcher, const Failure& failure);
  void fail_strand(Strand& strand, const Failure& failure);
  void abort_below(int64_t parent);

  // run_tasks.cc
  Status start_task(Strand& strand, const State& state);
  Status strand_task(Strand& strand, const State& state);
  void scheduled(Strand& strand, const State& state);
  void task_started(Strand& strand, const std::string& worker);
  void task_submitted(Strand& strand, const Json& output);
  void task_succeeded(Strand& strand, Json output);
  void task_failed(Strand& strand, const Failure& failure, Event::Stage stage);
  void task_timed_out(Strand& strand, bool heartbeat);

  // run_fans.cc
  Status start_parallel(Strand& strand, const State& state);
  Status start_map(Strand& strand, const State& state);
  Result<Fan> map_fan(Strand& strand, const State& state);
  Status launch(Strand& strand, const State& state);
  Status start_iteration(Strand& strand, const State& state);
  void start_strand(Strand& parent, const Machine& machine, int64_t index, Json input, int64_t previous);
  void complete(Strand& strand, Json output);
  void settle(Strand& parent);
  void fail_fan(Strand& parent, const Failure& failure);
  void tolerate(Strand& parent, int64_t index, const Failure& failure);

  const State& state_of(const Strand& strand) const { return definition_.state(strand.state); }

  const Definition& definition_;
  const Expressions* jsonata_;
  Execution execution_;
  std::map<int64_t, Strand> strands_;
  base::Instant now_;  // of the event
  base::Instant at_;   // in history
  Entropy entropy_;
  std::vector<Effect> effects_;
  std::vector<HistoryEvent> history_;
  bool taken_ = true;
  bool full_ = false;  // history has no room for more than the end
};

// A payload in history: `name` as JSON text and nameDetails.
void set_payload(Json& details, const char* name, const Json& value);
// error and cause, where the failure has them.
Json failure_details(const Failure& failure);

}  // namespace weir::workflow
