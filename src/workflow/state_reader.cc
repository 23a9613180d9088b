#include <algorithm>
#include <array>

#include "workflow/limits.h"
#include "workflow/reader.h"

namespace weir::workflow {
namespace {

constexpr std::array<std::string_view, 13> kOnlyJsonPath = {
    "InputPath",   "Parameters",    "ResultSelector",     "ResultPath",           "OutputPath", "Result",   "ItemsPath",
    "SecondsPath", "TimestampPath", "TimeoutSecondsPath", "HeartbeatSecondsPath", "ErrorPath",  "CausePath"};
constexpr std::array<std::string_view, 3> kOnlyJsonata = {"Arguments", "Output", "Items"};

template <size_t N>
bool is_in(const std::array<std::string_view, N>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

State DefinitionReader::state(const std::string& name, const Json& json, const std::string& location) {
  State out;
  out.name = name;
  out.location = location;
  Fields fields(json, location, findings_);
  fields.text("Comment");
  fields.require({"Type"});
  auto type = fields.text("Type");
  auto kind = type ? state_kind(*type) : std::nullopt;
  language(fields, out);
  if (!kind) {
    if (type) fields.wrong("Type", "'" + *type + "' is no type of state");
    return out;
  }
  out.kind = *kind;
  by_kind(fields, out);
  refuse_rest(fields, out);
  return out;
}

void DefinitionReader::language(Fields& fields, State& out) {
  out.language = language_;
  auto name = fields.text("QueryLanguage");
  if (!name) return;
  if (*name != "JSONata" && *name != "JSONPath")
    return fields.wrong("QueryLanguage", "QueryLanguage is one of [JSONPath, JSONata]");
  out.language = *name == "JSONata" ? QueryLanguage::jsonata : QueryLanguage::jsonpath;
  if (language_ == QueryLanguage::jsonata && out.language == QueryLanguage::jsonpath)
    fields.wrong_here("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
}

void DefinitionReader::by_kind(Fields& fields, State& out) {
  switch (out.kind) {
    case StateKind::task: return task(fields, out);
    case StateKind::pass: return pass(fields, out);
    case StateKind::choice: return choice(fields, out);
    case StateKind::wait: return wait(fields, out);
    case StateKind::succeed: return succeed(fields, out);
    case StateKind::fail: return fail(fields, out);
    case StateKind::parallel: return parallel(fields, out);
    case StateKind::map: return map(fields, out);
  }
}

void DefinitionReader::task(Fields& fields, State& out) {
  fields.require({"Resource"});
  resource(fields, out);
  credentials(fields, out);
  out.timeout = quantity(fields, "TimeoutSeconds", 1, kSecondsMax, out);
  out.heartbeat = quantity(fields, "HeartbeatSeconds", 1, kSecondsMax, out);
  bool both_fixed = out.timeout && out.heartbeat && out.timeout->is_static() && out.heartbeat->is_static();
  if (both_fixed && *out.heartbeat->literal.as_int() >= *out.timeout->literal.as_int())
    fields.wrong("HeartbeatSeconds", "HeartbeatSeconds must be smaller than TimeoutSeconds");
  flow(fields, out, true);
  retry(fields, out);
  catchers(fields, out);
  transition(fields, out);
}

void DefinitionReader::resource(Fields& fields, State& out) {
  auto text = fields.text("Resource");
  if (!text) return;
  auto resource = TaskResource::parse(*text);
  if (!resource.ok()) return findings_.error(kInvalidResource, resource.error().says, fields.place("Resource"));
  out.resource = std::move(*resource);
  bool waits = out.resource.has_token() || out.resource.is_submitted();
  if (type_ == MachineType::express && waits)
    fields.wrong("Resource", "Express state machine does not support '" + out.resource.resource_name() + "'");
}

void DefinitionReader::credentials(Fields& fields, State& out) {
  auto* object = fields.object("Credentials");
  if (!object) return;
  Fields inner(*object, fields.place("Credentials"), findings_);
  bool computed = out.language == QueryLanguage::jsonpath && inner.has("RoleArn.$");
  if (!computed) inner.require({"RoleArn"});
  if (computed) {
    out.role = path(inner, "RoleArn.$", true);
  } else {
    auto* role = object->find("RoleArn");
    if (role && !role->as_string()) return inner.wrong("RoleArn", "Expected value of type String");
    out.role = payload(inner, "RoleArn", out.language);
  }
  inner.refuse_rest([](auto&) { return "Credentials have a RoleArn only"; });
}

void DefinitionReader::pass(Fields& fields, State& out) {
  if (auto* result = out.language == QueryLanguage::jsonpath ? fields.take("Result") : nullptr) {
    out.result = Template::of(*result);
    lint(*result, fields.place("Result"));
  }
  flow(fields, out, false);
  transition(fields, out);
}

void DefinitionReader::choice(Fields& fields, State& out) {
  fields.require({"Choices"});
  out.otherwise = fields.state_name("Default");
  if (auto* choices = fields.array("Choices"))
    for (size_t i = 0; i < choices->size(); ++i) {
      auto place = fields.place("Choices") + "[" + std::to_string(i) + "]";
      if (!(*choices)[i].as_object()) {
        findings_.error(kSchema, "Expected value of type Object", place);
        continue;
      }
      Fields inner((*choices)[i], place, findings_);
      ChoiceBranch branch;
      inner.text("Comment");
      inner.require({"Next"});
      branch.next = inner.state_name("Next");
      branch.assign = assign(inner, out.language);
      if (out.language == QueryLanguage::jsonata) branch.output = payload(inner, "Output", out.language);
      branch.rule = out.language == QueryLanguage::jsonata ? condition(inner) : rule(inner, 0);
      inner.refuse_rest([](auto&) { return "Field is not supported in a choice"; });
      out.choices.push_back(std::move(branch));
    }
  flow(fields, out, false);
}

void DefinitionReader::wait(Fields& fields, State& out) {
  out.seconds = quantity(fields, "Seconds", 0, kSecondsMax, out);
  out.timestamp = words(fields, "Timestamp", out);
  int given = fields.has("Seconds") + fields.has("SecondsPath") + fields.has("Timestamp") + fields.has("TimestampPath");
  if (given != 1) fields.wrong_here("Expected exactly one of [Seconds, SecondsPath, Timestamp, TimestampPath]");
  bool fixed = out.timestamp && out.timestamp->is_static();
  if (fixed && !timestamp_of(*out.timestamp->literal.as_string()))
    fields.wrong("Timestamp", "Expected an RFC 3339 timestamp with 'T' and a zone");
  flow(fields, out, false);
  transition(fields, out);
}

void DefinitionReader::succeed(Fields& fields, State& out) { flow(fields, out, false); }

void DefinitionReader::fail(Fields& fields, State& out) {
  out.error = words(fields, "Error", out);
  out.cause = words(fields, "Cause", out);
}

void DefinitionReader::transition(Fields& fields, State& out) {
  out.next = fields.state_name("Next");
  auto end = fields.flag("End");
  bool ends = end && *end;
  if (ends == fields.has("Next")) fields.wrong_here("Expected exactly one of [Next, End: true]");
}

void DefinitionReader::refuse_rest(Fields& fields, const State& state) {
  fields.refuse_rest([&](const std::string& name) -> std::string {
    if (state.language == QueryLanguage::jsonata && is_in(kOnlyJsonPath, name))
      return "Field '" + name + "' is of the query language JSONPath";
    if (state.language == QueryLanguage::jsonpath && is_in(kOnlyJsonata, name))
      return "Field '" + name + "' is of the query language JSONata";
    return "Field '" + name + "' is not supported in a state of type " + std::string(to_string(state.kind));
  });
}

}  // namespace weir::workflow
