// One object of a definition being read: each field is taken by name, and what nobody took is a finding.
#pragma once
#include <initializer_list>
#include <optional>
#include <set>

#include "base/json.h"
#include "workflow/diagnostic.h"

namespace weir::workflow {

class Fields {
 public:
  Fields(const base::Json& object, std::string location, Findings& findings);

  const base::Json* take(std::string_view name);  // null pointer when absent
  bool has(std::string_view name) const { return object_.find(name) != nullptr; }
  const std::string& location() const { return location_; }
  std::string place(std::string_view name) const { return location_ + "/" + std::string(name); }
  void wrong(std::string_view name, std::string message) { findings_.error(kSchema, std::move(message), place(name)); }
  void wrong_here(std::string message);
  void require(std::initializer_list<std::string_view> names);
  Findings& findings() { return findings_; }

  // Nothing when absent, and when of another type or outside the range, which is a finding.
  std::optional<std::string> text(std::string_view name);
  std::string state_name(std::string_view name);  // empty when absent; an empty one given is a finding
  std::optional<int64_t> integer(std::string_view name, int64_t least, int64_t most);
  std::optional<bool> flag(std::string_view name);
  const base::Json* object(std::string_view name);
  const base::Json::Array* array(std::string_view name);  // not empty

  template <class Each>
  void each_name(Each each) const {
    for (auto& [name, value] : *object_.as_object()) each(name);
  }
  // Each field that was not taken, in the words of `why(name)`.
  template <class Why>
  void refuse_rest(Why why) {
    for (auto& [name, value] : *object_.as_object())
      if (!taken_.contains(name)) wrong(name, why(name));
  }

 private:
  const base::Json& object_;
  std::string location_;
  Findings& findings_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace weir::workflow
