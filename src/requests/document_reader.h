// Reads a JSON document whose members are all known: what is not asked for is refused, and the first fault is kept with
// its place.
//
// Threads: one thread.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace weir::requests {

class DocumentFaults {
 public:
  void add(const std::string& place, std::string_view what);
  base::Status status() const;

 private:
  std::string first_;
};

// One object of the document.
class ObjectReader {
 public:
  ObjectReader(const base::Json& json, std::string place, DocumentFaults& faults);
  // What was never asked for is a fault.
  ~ObjectReader();
  ObjectReader(const ObjectReader&) = delete;
  ObjectReader& operator=(const ObjectReader&) = delete;

  const base::Json* member(const std::string& name);  // null when absent
  std::string place_of(const std::string& name) const { return place_.empty() ? name : place_ + "." + name; }
  DocumentFaults& faults() { return faults_; }

  void text(const std::string& name, std::string& out, size_t length_max = 2048);
  void flag(const std::string& name, bool& out);
  void flag(const std::string& name, std::optional<bool>& out);
  void number(const std::string& name, int64_t& out, int64_t min, int64_t max);
  void number(const std::string& name, std::optional<int64_t>& out, int64_t min, int64_t max);
  void texts(const std::string& name, std::vector<std::string>& out, size_t most);
  void text_lists(const std::string& name, std::map<std::string, std::vector<std::string>>& out, size_t most);
  template <class Enum, size_t N>
  void word(const std::string& name, Enum& out, const std::pair<std::string_view, Enum> (&words)[N]) {
    std::string given;
    text(name, given);
    if (!asked_and_there(name)) return;
    for (const auto& [spelled, value] : words)
      if (given == spelled) return void(out = value);
    faults_.add(place_of(name), "is not one of the words it may be");
  }
  // Calls read(json, place) for every element.
  template <class Read>
  void each(const std::string& name, size_t most, Read&& read) {
    const auto* list = array(name, most);
    if (!list) return;
    for (size_t i = 0; i < list->size(); ++i) read((*list)[i], place_of(name) + "[" + std::to_string(i) + "]");
  }

 private:
  const base::Json::Array* array(const std::string& name, size_t most);
  bool asked_and_there(const std::string& name) const;

  const base::Json& json_;
  std::string place_;
  DocumentFaults& faults_;
  std::set<std::string> asked_;
};

}  // namespace weir::requests
