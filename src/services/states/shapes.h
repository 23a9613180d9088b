// What the requests and answers of Step Functions have in common: pages, tags, settings kept as given.
//
// Threads: free functions.
#pragma once
#include "app/executions/states_words.h"
#include "identity/tag.h"
#include "wire/json_codec.h"
#include "wire/states_operations.h"

namespace weir::services::states {

namespace w = wire::states;

inline constexpr int64_t kPageMost = 1000;

// maxResults 0 means the default.
template <class In>
app::StatesPage page_of(const In& in) {
  app::StatesPage page;
  if (in.maxResults && *in.maxResults > 0) page.items_max = static_cast<size_t>(*in.maxResults);
  page.token = in.nextToken.value_or("");
  return page;
}

template <class T, class List, class Out, class Show>
void answer_page(app::StatesList<T> found, List& list, Out& out, Show show) {
  list.give();
  for (auto& item : found.items) list.push_back(show(item));
  if (!found.next_token.empty()) out.nextToken = std::move(found.next_token);
}

identity::Tags from_wire(const wire::List<w::Tag>& tags);
wire::List<w::Tag> to_wire(const identity::Tags& tags);

// A structure that is kept and given back and never looked into.
template <class T>
std::optional<base::Json> kept(const std::optional<T>& given) {
  if (!given) return std::nullopt;
  std::string text;
  wire::encode_json(wire::shape_of<T>(), &*given, text);
  auto json = base::parse_json(text);
  return json.ok() ? std::optional(std::move(*json)) : std::nullopt;
}
template <class T>
std::optional<T> given_back(const base::Json& kept) {
  T out{};
  if (kept.is_null() || !wire::decode_json(wire::shape_of<T>(), kept.dump(), &out).ok()) return std::nullopt;
  return out;
}

template <class Out>
base::Result<Out> answered(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return Out{};
}

}  // namespace weir::services::states
