// Names of API actions as policies write them: service:Name, compared without case.
#pragma once
#include <string_view>

#include "base/text.h"

namespace weir::policy {

// "glue" of "glue:GetTable"; empty when there is no colon.
inline std::string_view service_of(std::string_view action) {
  auto colon = action.find(':');
  return colon == std::string_view::npos ? std::string_view() : action.substr(0, colon);
}
inline std::string_view name_of(std::string_view action) {
  auto colon = action.find(':');
  return colon == std::string_view::npos ? action : action.substr(colon + 1);
}
inline bool is_of_service(std::string_view action, std::string_view service) {
  return base::equal_ignoring_case(service_of(action), service);
}
inline bool same_action(std::string_view a, std::string_view b) { return base::equal_ignoring_case(a, b); }

}  // namespace weir::policy
