#include "workflow/execution.h"

#include "workflow/limits.h"

namespace weir::workflow {
namespace {

template <class E>
struct Word {
  std::string_view text;
  E value;
};
constexpr Word<Phase> kPhases[] = {{"enter", Phase::enter}, {"again", Phase::again}, {"waited", Phase::waited},
                                   {"wait", Phase::wait},   {"retry", Phase::retry}, {"task", Phase::task},
                                   {"fan", Phase::fan}};
constexpr Word<ExecutionStatus> kStatuses[] = {{"RUNNING", ExecutionStatus::running},
                                               {"SUCCEEDED", ExecutionStatus::succeeded},
                                               {"FAILED", ExecutionStatus::failed},
                                               {"TIMED_OUT", ExecutionStatus::timed_out},
                                               {"ABORTED", ExecutionStatus::aborted}};

template <class E, size_t N>
std::string_view text_of(const Word<E> (&words)[N], E value) {
  for (auto& word : words)
    if (word.value == value) return word.text;
  return {};
}

template <class E, size_t N>
Status value_of(const Word<E> (&words)[N], const Json& json, E& value) {
  for (auto& word : words)
    if (json.as_string() && *json.as_string() == word.text) return value = word.value, Status();
  return base::internal("record: " + json.dump() + " is no word of its kind");
}

}  // namespace

std::string_view to_string(ExecutionStatus status) { return text_of(kStatuses, status); }
Json to_json(Phase phase) { return text_of(kPhases, phase); }
Status from_json(const Json& json, Phase& phase) { return value_of(kPhases, json, phase); }
Json to_json(ExecutionStatus status) { return text_of(kStatuses, status); }
Status from_json(const Json& json, ExecutionStatus& status) { return value_of(kStatuses, json, status); }

std::string encode_execution(const Execution& execution) { return base::encode_record(execution); }

// Not decode_record(): payloads may be deeper than records usually are.
Result<Execution> decode_execution(std::string_view record) {
  WEIR_TRY(auto json, base::parse_json(record, kRecordDepthMax));
  Execution out;
  WEIR_CHECK_OK(base::from_json(json, out));
  return out;
}

}  // namespace weir::workflow
