// Filter policies and the messages they meet: whatever they are, an answer or a refusal.
#include <cstddef>
#include <cstdint>

#include "notifications/filter_policy.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::notifications;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  auto cut = input.find('\n');
  auto policy_text = input.substr(0, cut), body = cut == input.npos ? std::string_view() : input.substr(cut + 1);
  for (auto scope : {FilterScope::attributes, FilterScope::body}) {
    auto policy = FilterPolicy::parse(policy_text, scope);
    if (!policy) continue;
    Message message;
    message.text = body;
    message.attributes["k"] = {"String", std::string(body)};
    message.attributes["list"] = {"String.Array", std::string(body)};
    (void)wants(*policy, scope, message, message.text);
  }
  return 0;
}
