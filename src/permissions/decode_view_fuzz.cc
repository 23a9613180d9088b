// What an engine is told of a view: whatever is read can be written and read again, and is never wider the second time.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "permissions/encode_view.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::permissions;
  static const std::vector<weir::catalog::SchemaColumn> kSchema = {
      {"id", "bigint", false}, {"a", "struct<b:int,c:struct<d:string,e:int>>", false}, {"dt", "string", true}};
  EncodedView told;
  // One column a line; a tab parts its cell filter from it.
  for (auto line : weir::base::split(std::string_view(reinterpret_cast<const char*>(data), size), '\n')) {
    auto tab = line.find('\t');
    told.authorized_columns.emplace_back(line.substr(0, tab));
    if (tab != std::string_view::npos)
      told.cell_filters.push_back({std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))});
  }
  auto view = decode_view(told, kSchema);
  if (!view.ok()) return 0;
  auto encoded = encode_view(*view);
  if (!encoded.ok()) return 0;
  auto again = decode_view(*encoded, kSchema);
  if (!again.ok() || leaves_of(*again).size() != leaves_of(*view).size()) std::abort();
  if (again->level() != view->level() || again->shows_everything() != view->shows_everything()) std::abort();
  return 0;
}
