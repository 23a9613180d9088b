#include "workflow/intrinsic.h"

#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

constexpr size_t kMany = 1'000'000;

constexpr Intrinsic kIntrinsics[] = {
    {"Format", 1, kMany, format},
    {"StringToJson", 1, 1, string_to_json},
    {"JsonToString", 1, 1, json_to_string},
    {"Array", 0, kMany, array_of},
    {"ArrayPartition", 2, 2, array_partition},
    {"ArrayContains", 2, 2, array_contains},
    {"ArrayRange", 3, 3, array_range},
    {"ArrayGetItem", 2, 2, array_get_item},
    {"ArrayLength", 1, 1, array_length},
    {"ArrayUnique", 1, 1, array_unique},
    {"Base64Encode", 1, 1, base64_encode},
    {"Base64Decode", 1, 1, base64_decode},
    {"Hash", 2, 2, hash},
    {"JsonMerge", 3, 3, json_merge},
    {"MathRandom", 2, 3, math_random},
    {"MathAdd", 2, 2, math_add},
    {"StringSplit", 2, 2, string_split},
    {"UUID", 0, 0, uuid},
};

}  // namespace

std::span<const Intrinsic> all_intrinsics() { return kIntrinsics; }

const Intrinsic* find_intrinsic(std::string_view name) {
  for (auto& intrinsic : kIntrinsics)
    if (intrinsic.name == name) return &intrinsic;
  return nullptr;
}

std::string without_escapes(std::string_view literal) {
  std::string out;
  for (size_t i = 0; i < literal.size(); ++i) {
    bool escaped = literal[i] == '\\' && i + 1 < literal.size() &&
                   std::string_view("'{}\\").find(literal[i + 1]) != std::string_view::npos;
    if (escaped) ++i;
    out += literal[i];
  }
  return out;
}

base::Error intrinsic_failure(std::string cause) { return states_error(kIntrinsicFailure, std::move(cause)); }

}  // namespace weir::workflow
