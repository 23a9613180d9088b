// Tests only: drives an execution to its end with scripted tasks and a clock that jumps to what is waited for.
//
// A task's script, by state name, is a list of answers; the last one is given again and again:
//   {"output": X}  {"error": "E", "cause": "c"} (both may be absent: {"fails": true})  {"never": true}
//   and with any of them "after": seconds, "submitted": X (TaskSubmitted first), "stage": "starting"|"submitting",
//   "beats": n (a heartbeat every second, n times), "started": "worker" (activities).
#pragma once
#include <algorithm>

#include "workflow/case_files.h"
#include "workflow/limits.h"
#include "workflow/step.h"

namespace weir::workflow {

class Simulation {
 public:
  Simulation(std::shared_ptr<const Definition> definition, Json scripts, const Expressions* jsonata = nullptr)
      : definition_(std::move(definition)), scripts_(std::move(scripts)), jsonata_(jsonata) {}

  bool interrupted = false;  // encode and decode the execution after every step, and say outstanding effects again
  std::vector<HistoryEvent> history;
  std::vector<StartTask> started;
  size_t steps = 0;
  bool by_itself = true;  // false: run() only starts it, and the test says what happens next
  bool stuck = false;     // nothing will happen any more

  Execution run(Json input) {
    execution_.arn = "arn:aws:states:eu-west-1:111122223333:execution:m:run";
    execution_.name = "run";
    execution_.machine_arn = "arn:aws:states:eu-west-1:111122223333:stateMachine:m";
    execution_.machine_name = "m";
    execution_.role_arn = "arn:aws:iam::111122223333:role/machine";
    execution_.region = "eu-west-1";
    execution_.input = std::move(input);
    give({Event::Kind::start});
    return by_itself ? to_end() : execution_;
  }
  Execution give(Event event) {
    event.at = now;
    event.entropy = "sixteen bytes or more " + std::to_string(steps++);
    auto step = workflow::step(*definition_, std::move(execution_), event, jsonata_);
    execution_ = std::move(step.execution);
    history.insert(history.end(), step.history.begin(), step.history.end());
    taken = step.taken;
    for (auto& effect : step.effects) std::visit([&](auto& e) { happen(e); }, effect);
    if (interrupted) restart();
    return execution_;
  }
  Execution to_end() {
    while (execution_.status == ExecutionStatus::running && !stuck && steps < 100'000) next();
    return execution_;
  }
  // The next thing that happens by itself; `stuck` when nothing will.
  void next() {
    if (std::exchange(goes_on_, false)) return void(give({Event::Kind::go_on}));
    auto answer = std::min_element(answers_.begin(), answers_.end(), [](auto& a, auto& b) { return a.at < b.at; });
    bool answers_first = answer != answers_.end() && (!execution_.wake_at || answer->at <= *execution_.wake_at);
    if (answers_first) {
      now = std::max(now, answer->at);
      auto event = answer->event;
      answers_.erase(answer);
      give(std::move(event));
    } else if (execution_.wake_at) {
      now = std::max(now, *execution_.wake_at);
      give({Event::Kind::time});
    } else {
      stuck = true;
    }
  }

  base::Instant now = *base::parse_iso8601("2026-01-01T00:00:00Z");
  bool taken = true;

 private:
  struct Answer {
    base::Instant at;
    Event event;
  };

  void restart() {
    auto record = encode_execution(execution_);
    auto back = decode_execution(record);
    CHECK_TRUE(back.ok(), "a record can be read back");
    CHECK_TRUE(encode_execution(*back) == record, "and says the same");
    execution_ = std::move(*back);
    goes_on_ = false;
    for (auto& effect : outstanding(*definition_, execution_))
      if (std::holds_alternative<GoOn>(effect)) goes_on_ = true;
  }

  void happen(const StartTask& task) {
    started.push_back(task);
    auto* script = scripts_.find(task.state);
    if (!script) return;
    auto& list = *script->as_array();
    size_t turn = turns_[task.state]++;
    answer(task.task, list[std::min(turn, list.size() - 1)]);
  }
  void happen(const CancelTask& task) {
    std::erase_if(answers_, [&](auto& answer) { return answer.event.task == task.task; });
  }
  void happen(const WakeAt&) {}
  void happen(const GoOn&) { goes_on_ = true; }
  void happen(const Ended&) { answers_.clear(); }

  void answer(int64_t task, const Json& script) {
    auto at = now;
    auto add = [&](Event event) { answers_.push_back({at, (event.task = task, std::move(event))}); };
    if (auto* worker = script.find("started")) add({.kind = Event::Kind::task_started, .worker = *worker->as_string()});
    if (auto* output = script.find("submitted")) add({.kind = Event::Kind::task_submitted, .output = *output});
    for (int64_t i = 0; i < script.number("beats"); ++i) {
      at += base::Seconds(1);
      add({.kind = Event::Kind::task_heartbeat});
    }
    at += base::Seconds(script.number("after"));
    if (auto* output = script.find("output")) add({.kind = Event::Kind::task_succeeded, .output = *output});
    if (!script.find("error") && !script.find("fails")) return;
    Event failed{.kind = Event::Kind::task_failed};
    if (script.find("error")) failed.failure.error = script.text("error");
    if (script.find("cause")) failed.failure.cause = script.text("cause");
    if (script.text("stage") == "starting") failed.stage = Event::Stage::starting;
    if (script.text("stage") == "submitting") failed.stage = Event::Stage::submitting;
    add(std::move(failed));
  }

  std::shared_ptr<const Definition> definition_;
  Json scripts_;
  const Expressions* jsonata_;
  Execution execution_;
  std::vector<Answer> answers_;
  std::map<std::string, size_t> turns_;
  bool goes_on_ = false;
};

// History and record as one text, to be compared byte for byte.
inline std::string told(const Simulation& simulation, const Execution& execution) {
  return base::to_json(simulation.history).dump() + encode_execution(execution);
}

}  // namespace weir::workflow
