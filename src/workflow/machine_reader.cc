#include <set>

#include "base/text.h"
#include "workflow/limits.h"
#include "workflow/reader.h"

namespace weir::workflow {
namespace {

bool is_state_name(const std::string& name) {
  return !name.empty() && base::utf8_length(name) <= kStateNameLengthMax && !base::has_control_characters(name);
}

ReadDefinition refused(const char* code, std::string message) {
  Findings findings;
  findings.error(code, std::move(message), "");
  return {nullptr, findings.take()};
}

}  // namespace

ReadDefinition parse_definition(std::string_view text, MachineType type, const Expressions* jsonata) {
  if (base::trim(text).empty()) return refused(kMissingDescription, "The definition is empty");
  if (text.size() > kDefinitionBytesMax)
    return refused(kSchema, "The definition has more than " + std::to_string(kDefinitionBytesMax) + " bytes");
  auto json = base::parse_json(text, kDefinitionDepthMax);
  if (!json.ok()) return refused(kInvalidJson, json.error().says);
  if (!json->as_object()) return refused(kSchema, "Definition must be a valid JSON object");
  DefinitionReader reader(type, jsonata);
  auto machine = reader.whole(*json);
  bool is_sound = !reader.findings().has_errors();
  auto diagnostics = reader.findings().take();
  if (!is_sound) return {nullptr, std::move(diagnostics)};
  return {std::make_shared<const Definition>(std::move(machine), reader.timeout_s()), std::move(diagnostics)};
}

Machine DefinitionReader::whole(const Json& root) {
  repeated_members(root, "");
  Fields fields(root, "", findings_);
  fields.text("Comment");
  query_language(fields);
  timeout_s_ = fields.integer("TimeoutSeconds", 1, kSecondsMax);
  auto version = fields.text("Version");
  if (version && *version != "1.0") fields.wrong("Version", "The only version is '1.0'");
  auto out = machine(fields);
  fields.refuse_rest([](auto&) { return "Field is not supported"; });
  check_graph(out, findings_);
  return out;
}

void DefinitionReader::query_language(Fields& fields) {
  auto name = fields.text("QueryLanguage");
  if (name && *name == "JSONata") language_ = QueryLanguage::jsonata;
  if (name && *name != "JSONata" && *name != "JSONPath")
    fields.wrong("QueryLanguage", "QueryLanguage is one of [JSONPath, JSONata]");
}

Machine DefinitionReader::machine(Fields& fields) {
  Machine out;
  out.location = fields.location();
  fields.require({"States", "StartAt"});
  out.start = fields.state_name("StartAt");
  states(fields, out);
  return out;
}

void DefinitionReader::states(Fields& fields, Machine& out) {
  auto* object = fields.object("States");
  if (!object) return;
  auto& members = *object->as_object();
  if (members.empty()) fields.wrong("States", "Expected at least one state");
  for (auto& [name, json] : members) {
    auto location = fields.place("States") + "/" + name;
    if (!is_state_name(name))
      findings_.error(kInvalidStateName, "A state's name has 1 to 80 characters and none that is a control", location);
    if (json.as_object()) {
      out.states.push_back(state(name, json, location));
    } else {
      findings_.error(kSchema, "Expected value of type Object", location);
    }
  }
}

void DefinitionReader::repeated_members(const Json& json, const std::string& location) {
  if (auto* array = json.as_array())
    for (size_t i = 0; i < array->size(); ++i) repeated_members((*array)[i], location + "[" + std::to_string(i) + "]");
  auto* object = json.as_object();
  if (!object) return;
  std::set<std::string_view> seen;
  for (auto& [name, value] : *object) {
    auto place = location + "/" + name;
    auto* code = location.ends_with("/States") ? kDuplicateStateName : kSchema;
    if (!seen.insert(name).second) findings_.error(code, "The name '" + name + "' is given twice", place);
    repeated_members(value, place);
  }
}

}  // namespace weir::workflow
