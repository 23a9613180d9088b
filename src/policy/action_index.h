// Which statements of a policy can concern an action, without looking at them all.
//
// Thread safety: immutable after the last add().
//
//   1. Every statement that matches the action is visited, exactly once; visited statements may still not match.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "policy/statement.h"

namespace weir::policy {

class ActionIndex {
 public:
  void add(uint32_t number, const Statement& statement);

  // visit(number) for the candidates; `action` in lower case.
  template <class F>
  void each(std::string_view action, F&& visit) const {
    for (auto number : anywhere_) visit(number);
    visit_all(exact_, action, visit);
    visit_all(by_service_, action.substr(0, action.find(':')), visit);
  }

 private:
  using Map = std::unordered_map<std::string, std::vector<uint32_t>, base::TextHash, std::equal_to<>>;
  template <class F>
  static void visit_all(const Map& map, std::string_view key, F&& visit) {
    if (map.empty()) return;
    auto found = map.find(key);
    if (found == map.end()) return;
    for (auto number : found->second) visit(number);
  }

  Map exact_;       // "s3:getobject"
  Map by_service_;  // "s3", for statements with a wildcard in it
  std::vector<uint32_t> anywhere_;
};

}  // namespace weir::policy
