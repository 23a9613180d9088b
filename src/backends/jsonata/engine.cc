#include "backends/jsonata/engine.h"

#include <algorithm>
#include <chrono>

#include "backends/jsonata/questions.h"
#include "base/text.h"
#include "workflow/limits.h"

namespace weir::backends::jsonata {
namespace {

using base::Json;
using base::JsonWriter;
using base::Result;
using workflow::Answer;
using workflow::JsonataQuery;
using workflow::Scope;

constexpr size_t kSeedBytes = 16;
constexpr size_t kExpressionBytesMax = 65'536;

bool any_reads(const std::vector<const JsonataQuery*>& queries, std::string_view name) {
  return std::any_of(queries.begin(), queries.end(), [&](auto* query) {
    return std::find(query->reads.begin(), query->reads.end(), name) != query->reads.end();
  });
}

void write_states(JsonWriter& out, const Scope& scope) {
  out.key("states");
  out.begin_object();
  for (auto [name, value] : {std::pair("input", scope.input), std::pair("context", scope.context),
                             std::pair("result", scope.result), std::pair("errorOutput", scope.error_output)}) {
    if (!value) continue;
    out.key(name);
    out.value(*value);
  }
  out.end_object();
}

// Only what the expressions read is sent: variables may be ten megabytes.
std::string question_of(const std::vector<const JsonataQuery*>& queries, const Scope& scope) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  out.key("expressions");
  out.begin_array();
  for (auto* query : queries) out.string(query->text);
  out.end_array();
  if (any_reads(queries, "states")) write_states(out, scope);
  out.key("variables");
  out.begin_object();
  for (auto& [name, value] : *scope.variables) {
    if (!any_reads(queries, name)) continue;
    out.key(name);
    out.value(value);
  }
  out.end_object();
  out.key("now");
  out.integer(std::chrono::duration_cast<std::chrono::milliseconds>(scope.now.time_since_epoch()).count());
  out.key("seed");
  out.string(base::hex(scope.entropy->bytes(kSeedBytes)));
  out.end_object();
  return text;
}

Answer answer_of(Json& json) {
  if (auto* fault = json.find("fault")) return base::invalid(*fault->as_string());
  auto* value = json.find("value");
  return value ? std::optional<Json>(std::move(*value)) : std::nullopt;
}

Result<Json> read_answer(const std::string& text) {
  WEIR_TRY(auto answer, base::parse_json(text, workflow::kRecordDepthMax));
  if (auto* fault = answer.find("fault")) return base::invalid(*fault->as_string());
  return answer;
}

std::vector<Answer> all(size_t count, const base::Error& error) { return std::vector<Answer>(count, Answer(error)); }

}  // namespace

Engine::Engine(std::string program, size_t workers_max) : program_(std::move(program)), workers_max_(workers_max) {}

Result<std::vector<std::string>> Engine::check(std::string_view expression) const {
  if (expression.size() > kExpressionBytesMax) return base::invalid("the expression is too long");
  WEIR_TRY(auto text, ask_any(Json::object().set("check", expression).dump()));
  WEIR_TRY(auto answer, read_answer(text));
  std::vector<std::string> out;
  for (auto& name : *answer.find("reads")->as_array()) out.push_back(*name.as_string());
  return out;
}

std::vector<Answer> Engine::evaluate(const std::vector<const JsonataQuery*>& queries, const Scope& scope) const {
  auto question = question_of(queries, scope);
  if (question.size() > kQuestionBytesMax)
    return all(queries.size(), base::invalid("what the expressions read is too large"));
  auto text = ask_any(question);
  if (!text.ok()) return all(queries.size(), text.error());
  auto answered = read_answer(*text);
  if (!answered.ok()) return all(queries.size(), answered.error());
  std::vector<Answer> out;
  for (auto& one : *answered->find("answers")->as_array()) out.push_back(answer_of(one));
  CHECK_TRUE(out.size() == queries.size(), "the driver answers each expression");
  return out;
}

// A worker that left between two questions is replaced once.
Result<std::string> Engine::ask_any(const std::string& question) const {
  for (bool again : {true, false}) {
    auto worker = take();
    if (!worker.ok()) return std::move(worker).error();
    auto answer = (*worker)->ask(question);
    bool gone = !answer.ok() && answer.error().kind == base::Kind::unavailable;
    give_back(answer.ok() ? std::move(*worker) : nullptr);
    if (!gone || !again) return answer;
  }
  return base::internal("unreachable");
}

Result<Engine::Worker> Engine::take() const {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [&] { return busy_ < workers_max_; });
  ++busy_;
  if (!idle_.empty()) {
    auto out = std::move(idle_.back());
    idle_.pop_back();
    return out;
  }
  lock.unlock();
  auto started = WorkerProcess::start(program_);
  if (!started.ok()) give_back(nullptr);
  return started;
}

void Engine::give_back(Worker worker) const {
  std::lock_guard lock(mutex_);
  --busy_;
  if (worker) idle_.push_back(std::move(worker));
  freed_.notify_one();
}

}  // namespace weir::backends::jsonata
