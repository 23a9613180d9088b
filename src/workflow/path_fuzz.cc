// A path and a document, cut at the first line feed. Beliefs: no crash; what parses says its own text and parses
// again; a definite path gives one value, any other an array; a reference path can be written through.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "workflow/result_path.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::workflow;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto cut = std::min(text.find('\n'), text.size());
  auto path = Path::parse(text.substr(0, cut));
  if (!path.ok()) return 0;
  CHECK_TRUE(path->text() == text.substr(0, cut), "a path keeps its text");
  auto document = parse_payload(text.substr(std::min(cut + 1, text.size())));
  if (!document.ok()) return 0;
  auto found = path->find(*document, *document);
  bool counts = !path->steps().empty() && path->steps().back().kind == PathStep::Kind::length;
  if (found.ok() && *found && !path->is_definite() && !counts)
    CHECK_TRUE((**found).as_array(), "an indefinite path gives an array");
  if (!path->is_reference()) return 0;
  auto combined = ResultPath{false, *path}.combine(*document, Json(7));
  if (!combined.ok()) return 0;
  auto again = path->find(*combined, *combined);
  CHECK_TRUE(again.ok() && *again && **again == Json(7), "what was put there is there");
  return 0;
}
