#include <set>

#include "workflow/payload_template.h"

namespace weir::workflow {
namespace {

class TemplateReader {
 public:
  TemplateReader(QueryLanguage language, const Expressions* jsonata, std::string_view field)
      : language_(language), jsonata_(jsonata), field_(field) {}

  Template read(const Json& json, const std::string& place) {
    if (auto* text = json.as_string(); text && language_ == QueryLanguage::jsonata) return marked(*text, place);
    if (auto* array = json.as_array()) return items(*array, place);
    if (auto* object = json.as_object()) return members(*object, place);
    return Template::of(json);
  }
  std::vector<TemplateFault> take_faults() { return std::move(faults_); }

 private:
  void fault(const std::string& place, std::string message) { faults_.push_back({place, std::move(message)}); }

  Template marked(const std::string& text, const std::string& place) {
    auto inside = between_marks(text);
    if (!inside) {
      if (text.starts_with("{%")) fault(place, "A JSONata expression ends with '%}'");
      return Template::of(Json(text));
    }
    Template out;
    out.kind = Template::Kind::jsonata;
    auto reads = checked(*inside);
    if (!reads.ok()) return fault(place, reads.error().says), out;
    out.jsonata = {std::string(*inside), std::move(*reads), field_ + place};
    return out;
  }

  Result<std::vector<std::string>> checked(std::string_view expression) {
    if (!jsonata_) return base::fail(base::Kind::unsupported, "JSONata is not offered");
    return jsonata_->check(expression);
  }

  Template items(const Json::Array& array, const std::string& place) {
    Template out;
    bool all_static = true;
    for (size_t i = 0; i < array.size(); ++i) {
      out.items.push_back(read(array[i], place + "[" + std::to_string(i) + "]"));
      all_static = all_static && out.items.back().is_static();
    }
    if (all_static) return Template::of(Json(array));
    out.kind = Template::Kind::array;
    return out;
  }

  Template members(const Json::Object& object, const std::string& place) {
    Template out;
    bool all_static = true;
    std::set<std::string> names;
    for (auto& [name, value] : object) {
      out.members.push_back(member(name, value, place + "/" + name));
      all_static = all_static && out.members.back().value.is_static();
      if (!names.insert(out.members.back().name).second)
        fault(place + "/" + name, "The field '" + out.members.back().name + "' is given twice");
    }
    if (all_static) return Template::of(Json(object));
    out.kind = Template::Kind::object;
    return out;
  }

  Template::Member member(const std::string& name, const Json& value, const std::string& place) {
    if (language_ == QueryLanguage::jsonata || !name.ends_with(".$")) return {name, read(value, place)};
    return {name.substr(0, name.size() - 2), computed(name, value, place)};
  }

  Template computed(const std::string& name, const Json& value, const std::string& place) {
    auto* text = value.as_string();
    auto expression = text ? Expression::parse(*text) : base::invalid("a string was expected");
    if (expression.ok()) return Template::of(std::move(*expression));
    fault(place, "The value for the field '" + name +
                     "' must be a valid JSONPath or a valid intrinsic function call (" + expression.error().says + ")");
    return {};
  }

  QueryLanguage language_;
  const Expressions* jsonata_;
  std::string field_;
  std::vector<TemplateFault> faults_;
};

}  // namespace

ReadTemplate read_template(const Json& json, QueryLanguage language, const Expressions* jsonata,
                           std::string_view field) {
  TemplateReader reader(language, jsonata, field);
  auto value = reader.read(json, "");
  return {std::move(value), reader.take_faults()};
}

}  // namespace weir::workflow
