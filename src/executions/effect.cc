#include "executions/effect.h"

#include "base/hash.h"
#include "executions/keys.h"

namespace weir::executions {
namespace {

struct Word {
  Effect::Kind kind;
  const char* text;
};
constexpr Word kWords[] = {{Effect::Kind::task, "task"},           {Effect::Kind::go_on, "go-on"},
                           {Effect::Kind::stop, "stop"},           {Effect::Kind::child, "child"},
                           {Effect::Kind::task_over, "task-over"}, {Effect::Kind::stop_all, "stop-all"}};

const char* word_of(Effect::Kind kind) {
  for (auto& word : kWords)
    if (word.kind == kind) return word.text;
  return "";
}

}  // namespace

base::Json to_json(Effect::Kind kind) { return word_of(kind); }

base::Status from_json(const base::Json& json, Effect::Kind& kind) {
  for (auto& word : kWords)
    if (json.as_string() && *json.as_string() == word.text) return kind = word.kind, base::Status();
  return base::internal("record: an effect of an unknown kind");
}

std::string effect_key(const Effect& effect) { return keys::effect(effect.id, effect.task, word_of(effect.kind)); }

base::Status want(store::Transaction& tx, const Effect& effect) { return save(tx, effect_key(effect), effect); }

base::Status done(store::Transaction& tx, const Effect& effect) { return tx.erase(effect_key(effect)); }

std::string idempotency_key(std::string_view execution_arn, base::Instant started, int64_t task) {
  auto seed = std::string(execution_arn) + "\n" + std::to_string(started.time_since_epoch().count()) + "\n" +
              std::to_string(task);
  return base::sha256_hex(seed).substr(0, 32);
}

}  // namespace weir::executions
