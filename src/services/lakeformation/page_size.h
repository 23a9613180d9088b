// MaxResults of Lake Formation's lists: validated by the model, and its maximum when absent.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

namespace weir::services {

inline constexpr size_t kLakeFormationPageMax = 1000;
inline constexpr size_t kTagSearchPageMax = 100;

inline size_t page_size(std::optional<int32_t> given, size_t largest = kLakeFormationPageMax) {
  return given ? static_cast<size_t>(*given) : largest;
}

}  // namespace weir::services
