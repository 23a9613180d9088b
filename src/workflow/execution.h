// An execution of a definition, as a value: everything that is needed to go on, and nothing else.
//
// It is written as a record after every step and read back after a restart; times in it are absolute. History is
// not in it but for the number of its last event: steps give history out, and the caller keeps it.
// Invariants: (1) a running execution has a root strand (parent 0) and every other strand's parent is a strand in
// a fan; (2) `strands` is ordered by id; (3) decode(encode(x)) steps as x does, byte for byte.
#pragma once
#include "workflow/expression.h"
#include "workflow/states_error.h"

namespace weir::workflow {

enum class ExecutionStatus { running, succeeded, failed, timed_out, aborted };
std::string_view to_string(ExecutionStatus status);  // RUNNING, ... as DescribeExecution says it

// What a Task state waits for.
struct TaskRun {
  int64_t id = 0;     // unique in the execution
  std::string token;  // for callbacks and activities
  Json input;
  std::optional<std::string> role;  // to be assumed for it
  base::Instant deadline;
  std::optional<int64_t> heartbeat_s;
  std::optional<base::Instant> heartbeat_due;
  bool started = false;
  bool submitted = false;
};
WEIR_RECORD(TaskRun, FIELD("Id", &TaskRun::id), FIELD("Token", &TaskRun::token), FIELD("Input", &TaskRun::input),
            FIELD("Role", &TaskRun::role), FIELD("Deadline", &TaskRun::deadline),
            FIELD("HeartbeatSeconds", &TaskRun::heartbeat_s), FIELD("HeartbeatDue", &TaskRun::heartbeat_due),
            FIELD("Started", &TaskRun::started), FIELD("Submitted", &TaskRun::submitted))

// What a Parallel or Map state has going on: one strand per branch or item, as many at once as it may.
struct Fan {
  Json input;                     // of the branches; of Map what ItemSelector reads
  std::vector<Json> items;        // Map
  std::vector<std::string> keys;  // of the items, when they were an object's members
  int64_t count = 0;
  int64_t started = 0;
  int64_t finished = 0;
  std::vector<Json> outputs;    // by index
  std::vector<int64_t> failed;  // indexes that were tolerated
  int64_t concurrency = 0;
  std::optional<int64_t> tolerated_count;
  std::optional<double> tolerated_percentage;
  int64_t running() const { return started - finished; }
};
WEIR_RECORD(Fan, FIELD("Input", &Fan::input), FIELD("Items", &Fan::items), FIELD("Keys", &Fan::keys),
            FIELD("Count", &Fan::count), FIELD("Started", &Fan::started), FIELD("Finished", &Fan::finished),
            FIELD("Outputs", &Fan::outputs), FIELD("Failed", &Fan::failed), FIELD("Concurrency", &Fan::concurrency),
            FIELD("ToleratedCount", &Fan::tolerated_count), FIELD("ToleratedPercentage", &Fan::tolerated_percentage))

enum class Phase {
  enter,   // may run: enters its state
  again,   // may run: does its state's work once more
  waited,  // may run: a Wait state is over
  wait,    // until wake_at
  retry,   // until wake_at
  task,    // until the task ends
  fan,     // until the fan does
};
Json to_json(Phase phase);
Status from_json(const Json& json, Phase& phase);
Json to_json(ExecutionStatus status);
Status from_json(const Json& json, ExecutionStatus& status);

// One line of states after each other: the whole execution, a branch, an iteration.
struct Strand {
  int64_t id = 0;
  int64_t parent = 0;  // the strand whose state started it; 0 for the root
  int64_t index = 0;   // which branch or item
  Phase phase = Phase::enter;
  std::string state;
  Json input;  // of the state, raw
  base::Instant entered_at;
  int64_t entered_event = 0;
  int64_t last_event = 0;
  Variables variables;            // assigned on this strand
  std::vector<int64_t> attempts;  // retries so far, by retrier
  int64_t retry_count = 0;
  std::optional<base::Instant> wake_at;
  std::optional<TaskRun> task;
  std::optional<Fan> fan;
};
WEIR_RECORD(Strand, FIELD("Id", &Strand::id), FIELD("Parent", &Strand::parent), FIELD("Index", &Strand::index),
            FIELD("Phase", &Strand::phase), FIELD("State", &Strand::state), FIELD("Input", &Strand::input),
            FIELD("EnteredAt", &Strand::entered_at), FIELD("EnteredEvent", &Strand::entered_event),
            FIELD("LastEvent", &Strand::last_event), FIELD("Variables", &Strand::variables),
            FIELD("Attempts", &Strand::attempts), FIELD("RetryCount", &Strand::retry_count),
            FIELD("WakeAt", &Strand::wake_at), FIELD("Task", &Strand::task), FIELD("Fan", &Strand::fan))

struct Execution {
  // Given by who starts it.
  std::string arn;
  std::string name;
  std::string machine_arn;
  std::string machine_name;
  std::string role_arn;
  std::string region;
  std::optional<std::string> version_arn, alias_arn;
  Json input;

  // Kept by step().
  ExecutionStatus status = ExecutionStatus::running;
  base::Instant started_at;
  base::Instant updated_at;
  std::optional<base::Instant> ended_at;
  std::optional<base::Instant> deadline;
  Json output;  // when succeeded
  Failure failure;
  int64_t redrive_count = 0;
  std::optional<base::Instant> redriven_at;
  int64_t last_event = 0;
  int64_t last_strand = 0;
  int64_t last_task = 0;
  std::optional<base::Instant> wake_at;  // the earliest instant that something is due
  std::vector<Strand> strands;
};
WEIR_RECORD(Execution, FIELD("Arn", &Execution::arn), FIELD("Name", &Execution::name),
            FIELD("MachineArn", &Execution::machine_arn), FIELD("MachineName", &Execution::machine_name),
            FIELD("RoleArn", &Execution::role_arn), FIELD("Region", &Execution::region),
            FIELD("VersionArn", &Execution::version_arn), FIELD("AliasArn", &Execution::alias_arn),
            FIELD("Input", &Execution::input), FIELD("Status", &Execution::status),
            FIELD("StartedAt", &Execution::started_at), FIELD("UpdatedAt", &Execution::updated_at),
            FIELD("EndedAt", &Execution::ended_at), FIELD("Deadline", &Execution::deadline),
            FIELD("Output", &Execution::output), FIELD("Failure", &Execution::failure),
            FIELD("RedriveCount", &Execution::redrive_count), FIELD("RedrivenAt", &Execution::redriven_at),
            FIELD("LastEvent", &Execution::last_event), FIELD("LastStrand", &Execution::last_strand),
            FIELD("LastTask", &Execution::last_task), FIELD("WakeAt", &Execution::wake_at),
            FIELD("Strands", &Execution::strands))

std::string encode_execution(const Execution& execution);
Result<Execution> decode_execution(std::string_view record);

}  // namespace weir::workflow
