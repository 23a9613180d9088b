// Reads a definition into its Machine, with a finding for everything that is wrong. One reader per definition.
//
// The members are grouped as their files: machine_reader.cc, state_reader.cc, flow_reader.cc, rules_reader.cc,
// fan_reader.cc. What they return after a finding is never executed.
#pragma once
#include "workflow/definition.h"
#include "workflow/fields.h"

namespace weir::workflow {

class DefinitionReader {
 public:
  DefinitionReader(MachineType type, const Expressions* jsonata) : type_(type), jsonata_(jsonata) {}

  Machine whole(const Json& root);
  std::optional<int64_t> timeout_s() const { return timeout_s_; }
  Findings& findings() { return findings_; }

 private:
  // machine_reader.cc
  void query_language(Fields& fields);
  Machine machine(Fields& fields);
  void states(Fields& fields, Machine& out);
  void repeated_members(const Json& json, const std::string& location);

  // state_reader.cc
  State state(const std::string& name, const Json& json, const std::string& location);
  void language(Fields& fields, State& out);
  void by_kind(Fields& fields, State& out);
  void task(Fields& fields, State& out);
  void resource(Fields& fields, State& out);
  void credentials(Fields& fields, State& out);
  void pass(Fields& fields, State& out);
  void choice(Fields& fields, State& out);
  void wait(Fields& fields, State& out);
  void succeed(Fields& fields, State& out);
  void fail(Fields& fields, State& out);
  void transition(Fields& fields, State& out);
  void refuse_rest(Fields& fields, const State& state);

  // flow_reader.cc
  std::optional<Template> payload(Fields& fields, std::string_view name, QueryLanguage language);
  std::optional<Template> path_or_null(Fields& fields, std::string_view name);
  std::optional<Template> path(Fields& fields, std::string_view name, bool or_intrinsic);
  std::optional<Template> quantity(Fields& fields, const std::string& name, int64_t least, int64_t most,
                                   const State& state);
  std::optional<Template> words(Fields& fields, const std::string& name, const State& state);
  ResultPath result_path(Fields& fields);
  Assignments assign(Fields& fields, QueryLanguage language);
  void flow(Fields& fields, State& out, bool has_result);
  void lint(const Json& json, const std::string& location);

  // rules_reader.cc
  void retry(Fields& fields, State& out);
  void catchers(Fields& fields, State& out);
  Retrier retrier(Fields& fields, bool last);
  Catcher catcher(Fields& fields, bool last, QueryLanguage language);
  std::vector<std::string> error_equals(Fields& fields, bool last);
  ChoiceRule rule(Fields& fields, size_t depth);
  std::optional<ChoiceRule> combined(Fields& fields, size_t depth);
  ChoiceRule comparison(Fields& fields);
  void operand(Fields& fields, const std::string& name, ChoiceRule& out);
  ChoiceRule condition(Fields& fields);

  // fan_reader.cc
  void parallel(Fields& fields, State& out);
  void map(Fields& fields, State& out);
  void refuse_distributed(Fields& fields);
  void processor(Fields& fields, std::string_view name, State& out);
  void nested(const Json& json, const std::string& location, bool has_config, State& out);

  MachineType type_;
  const Expressions* jsonata_;
  Findings findings_;
  QueryLanguage language_ = QueryLanguage::jsonpath;
  std::optional<int64_t> timeout_s_;
  size_t nesting_ = 0;
};

// What only the whole shows: targets, reachability, ends, names given twice, variables of outer levels.
void check_graph(const Machine& machine, Findings& findings);

}  // namespace weir::workflow
