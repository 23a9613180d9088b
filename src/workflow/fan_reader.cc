#include "workflow/limits.h"
#include "workflow/reader.h"

namespace weir::workflow {

void DefinitionReader::parallel(Fields& fields, State& out) {
  fields.require({"Branches"});
  if (auto* branches = fields.array("Branches"))
    for (size_t i = 0; i < branches->size(); ++i)
      nested((*branches)[i], fields.place("Branches") + "[" + std::to_string(i) + "]", false, out);
  flow(fields, out, true);
  retry(fields, out);
  catchers(fields, out);
  transition(fields, out);
}

void DefinitionReader::map(Fields& fields, State& out) {
  bool legacy = fields.has("Iterator");
  if (legacy == fields.has("ItemProcessor")) fields.wrong_here("Expected exactly one of [ItemProcessor, Iterator]");
  processor(fields, legacy ? "Iterator" : "ItemProcessor", out);
  refuse_distributed(fields);
  if (out.language == QueryLanguage::jsonata) {
    out.items = payload(fields, "Items", out.language);
  } else {
    out.items = path(fields, "ItemsPath", false);
  }
  bool old_selector = out.language == QueryLanguage::jsonpath && fields.has("Parameters");
  if (old_selector && fields.has("ItemSelector"))
    fields.wrong("Parameters", "Only one of [ItemSelector, Parameters] may be given");
  out.item_selector = payload(fields, old_selector ? "Parameters" : "ItemSelector", out.language);
  out.concurrency = quantity(fields, "MaxConcurrency", 0, kSecondsMax, out);
  out.tolerated_count = quantity(fields, "ToleratedFailureCount", 0, kSecondsMax, out);
  out.tolerated_percentage = quantity(fields, "ToleratedFailurePercentage", 0, 100, out);
  flow(fields, out, true);
  retry(fields, out);
  catchers(fields, out);
  transition(fields, out);
}

void DefinitionReader::refuse_distributed(Fields& fields) {
  for (auto* name : {"ItemReader", "ItemBatcher", "ResultWriter", "Label"})
    if (fields.take(name))
      fields.wrong(name, std::string(name) + " is of Map states in mode DISTRIBUTED, which is not offered");
}

void DefinitionReader::processor(Fields& fields, std::string_view name, State& out) {
  auto* json = fields.object(name);
  if (json) nested(*json, fields.place(name), true, out);
}

void DefinitionReader::nested(const Json& json, const std::string& location, bool has_config, State& out) {
  if (!json.as_object()) return findings_.error(kSchema, "Expected value of type Object", location);
  if (++nesting_ > kMachineNestingMax) {
    findings_.error(kTooDeeplyNested, "The states are too deeply nested", location);
  } else {
    Fields fields(json, location, findings_);
    fields.text("Comment");
    if (auto* config = has_config ? fields.object("ProcessorConfig") : nullptr) {
      Fields inner(*config, fields.place("ProcessorConfig"), findings_);
      auto mode = inner.text("Mode");
      if (mode && *mode == "DISTRIBUTED") inner.wrong("Mode", "A Map state in mode DISTRIBUTED is not offered");
      if (mode && *mode != "DISTRIBUTED" && *mode != "INLINE")
        inner.wrong("Mode", "Mode is one of [INLINE, DISTRIBUTED]");
      inner.refuse_rest([](auto&) { return "Field is not supported in mode INLINE"; });
    }
    out.machines.push_back(machine(fields));
    fields.refuse_rest([](auto&) { return "Field is not supported"; });
  }
  --nesting_;
}

}  // namespace weir::workflow
