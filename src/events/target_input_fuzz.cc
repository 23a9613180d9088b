// Patterns, paths and templates with the events they meet: whatever they are, an answer or a refusal.
#include <cstddef>
#include <cstdint>

#include "events/pattern.h"
#include "events/target_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  auto cut = input.find('\n');
  auto words = input.substr(0, cut);
  auto event = base::parse_json(cut == input.npos ? std::string_view("{}") : input.substr(cut + 1));
  if (!event || !event->as_object()) return 0;
  if (auto pattern = events::EventPattern::parse(words); pattern.ok()) (void)pattern->matches(*event);
  (void)events::text_at(words, *event);
  events::Target by_path{.id = "t", .arn = "a"}, by_template = by_path;
  by_path.input_path = std::string(words);
  by_template.transformer = events::InputTransformer{{{"a", std::string(words)}}, std::string(words) + "\"<a>\" <a>"};
  for (const auto& target : {by_path, by_template}) {
    (void)events::check_target_input(target);
    (void)events::target_input(target, *event, {"arn", "name"}, base::Instant{});
  }
  return 0;
}
